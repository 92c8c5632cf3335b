import type { Fix, Precondition } from '../../rules/finding.ts';
import type { Report, ReportFinding } from '../report.ts';
import { serverOfFinding } from './finding-words.ts';
import { numberRanges } from './words.ts';

/** What is known of a precondition. */
export const STATE_WORDS: Readonly<Record<Precondition['state'], string>> = {
  met: 'met',
  unmet: 'UNMET',
  unknown: 'not known from these files',
};

/** Which steps of the plan mend this finding; the plan is printed once, above. */
const steps = (report: Report, finding: ReportFinding, fix: Fix): string => {
  if (fix.withheld !== null) return `withheld: ${fix.withheld}`;
  const numbers = report.plan
    .map((step, at) => (step.findings.includes(finding.fingerprint) ? at + 1 : null))
    .filter((n) => n !== null);
  if (numbers.length === 0) return 'nothing to run in the plan';
  return `step${numbers.length === 1 ? '' : 's'} ${numberRanges(numbers)} of the plan`;
};

/** `steps 1 to 7 of the plan (mysql-5.6)`. */
export const whereFixed = (report: Report, finding: ReportFinding, fix: Fix): string =>
  `${steps(report, finding, fix)} (${fix.dialect})`;

/** Where the statements that undo a repair are run. */
export const whereUndone = (finding: ReportFinding): string => {
  const server = serverOfFinding(finding);
  return server === '' ? 'with:' : `on ${server}:`;
};
