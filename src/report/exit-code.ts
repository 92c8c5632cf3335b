import { SEVERITIES, type Severity } from '../rules/finding.ts';
import type { InputState, Report } from './report.ts';

/** From which severity on a finding makes the run fail. */
export type FailOn = Severity | 'never';

/** What `--fail-on` takes, strictest last. */
export const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** `open` is a copy of a log that was being written: no damage, so the input counts as whole. */
const IS_WHOLE = {
  complete: true,
  open: true,
  truncated: false,
  corrupt: false,
  encrypted: false,
  unreadable: false,
} as const satisfies Record<InputState, boolean>;

const toolFailed = (report: Report): boolean =>
  report.outcomes.some((outcome) => outcome.status === 'failed');

/** Counted from the summary, which stays whole where a rendering hides findings. */
const reachesThreshold = (report: Report, failOn: FailOn): boolean =>
  failOn !== 'never' &&
  SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).some(
    (severity) => report.summary.bySeverity[severity] > 0,
  );

const isPartial = (report: Report): boolean =>
  report.summary.partial ||
  report.problems.length > 0 ||
  report.inputs.some((input) => !IS_WHOLE[input.state] || (input.badChecksums ?? 0) > 0);

/**
 * The exit code that a report stands for: 4 when a rule failed, else 1 for a finding at or above
 * `failOn`, else 3 when not everything given was read whole, else 0. An interrupt (130) and a
 * usage error (2) are known only to the command line.
 */
export const exitCode = ({
  report,
  failOn,
}: {
  readonly report: Report;
  readonly failOn: FailOn;
}): 0 | 1 | 3 | 4 => {
  if (toolFailed(report)) return 4;
  if (reachesThreshold(report, failOn)) return 1;
  return isPartial(report) ? 3 : 0;
};
