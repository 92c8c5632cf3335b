import type { Evidence } from '../evidence/evidence.ts';
import { count } from '../rules/words.ts';
import type { Report, ReportFinding } from './report.ts';

/** One sentence that a person on call reads first. */
export const buildVerdict = (
  findings: readonly ReportFinding[],
  evidence: Evidence,
  outcomes: Report['outcomes'],
  problems: Report['problems'],
): string => {
  const partial =
    problems.length > 0
      ? ` ${count(problems.length, 'problem')} kept the scan from reading everything.`
      : '';
  const failed = outcomes.some((outcome) => outcome.status === 'failed')
    ? ' A rule failed: this report is not complete.'
    : '';
  const [worst] = findings;
  if (evidence.files.length === 0 && findings.length === 0) {
    return `No binary or relay log was read: nothing can be said about replication.${partial}${failed}`;
  }
  if (!worst) {
    const unsure = outcomes.filter((outcome) => outcome.status === 'not-assessed').length;
    const rest = unsure > 0 ? ` ${count(unsure, 'rule')} could not be assessed.` : '';
    return `Nothing was found in ${count(evidence.files.length, 'log')} of ${count(evidence.servers.length, 'server')}.${rest}${partial}${failed}`;
  }
  const more = findings.length - 1;
  const others = more > 0 ? `, and ${count(more, 'further finding')}` : '';
  const sure = worst.confidence === 'proven' ? '' : `, ${worst.confidence}`;
  const place = worst.server === null ? '' : ` (server ${worst.server})`;
  const lead =
    worst.severity === 'info' || worst.severity === 'low' ? 'Nothing that asks for action: ' : '';
  return `${lead}${worst.title}${place}: ${worst.severity}${sure}${others}.${partial}${failed}`;
};
