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
  const failed = outcomes.some((outcome) => outcome.status === 'failed')
    ? ' A rule failed: this report is not complete.'
    : '';
  const rest = `${unread(findings, problems)}${failed}`;
  const readable = evidence.logs.length;
  const [worst] = findings;
  if (!worst) {
    if (readable === 0)
      return `No log could be read: nothing can be said about replication.${rest}`;
    const unsure = outcomes.filter((outcome) => outcome.status === 'not-assessed').length;
    const assessed = unsure > 0 ? ` ${count(unsure, 'rule')} could not be assessed.` : '';
    const all = evidence.files.length;
    const logs =
      readable === all
        ? count(all, 'log')
        : `the ${count(readable, 'log')} of ${all} that could be read`;
    return `Nothing was found in ${logs}, of ${count(evidence.servers.length, 'server')}.${assessed}${rest}`;
  }
  const place = worst.server === null ? '' : `Server ${worst.server}: `;
  const lead =
    worst.severity === 'info' || worst.severity === 'low' ? 'Nothing asks for action. ' : '';
  const others = further(findings);
  const grade = `${worst.severity}, ${worst.confidence}`;
  return `${lead}${place}${worst.title}. ${grade.charAt(0).toUpperCase()}${grade.slice(1)}.${others}${rest}`;
};

/** What was not read, beyond the damage that the findings tell of. */
const unread = (findings: readonly ReportFinding[], problems: Report['problems']): string => {
  const told = new Set(findings.flatMap((finding) => finding.evidence.map((entry) => entry.path)));
  const rest = problems.filter((problem) => !told.has(problem.path)).length;
  return rest > 0 ? ` Not everything could be read: ${count(rest, 'problem')}.` : '';
};

/** Findings beside the first; those that follow from another are no news of their own. */
const further = (findings: readonly ReportFinding[]): string => {
  const own = findings.slice(1).filter((finding) => finding.causedBy === null).length;
  const following = findings.length - 1 - own;
  const parts = [
    ...(own > 0 ? [count(own, 'further finding')] : []),
    ...(following > 0
      ? [`${following} that ${following === 1 ? 'follows' : 'follow'} from another`]
      : []),
  ];
  return parts.length > 0 ? ` ${parts.join(', and ')}.` : '';
};
