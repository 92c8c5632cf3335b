import type { Fix, Precondition, Severity } from '../../rules/finding.ts';
import { UNKNOWN_DIALECT } from '../../rules/finding.ts';
import type { Report, ReportFinding } from '../report.ts';
import { serverOfFinding } from './finding-words.ts';
import { isShown } from './shown-findings.ts';
import { findingNames, numberRanges } from './words.ts';

/** What is known of a precondition. */
export const STATE_WORDS: Readonly<Record<Precondition['state'], string>> = {
  met: 'met',
  unmet: 'UNMET',
  unknown: 'not known from these files',
};

/** `steps 1 to 3 of the plan`: those that a finding asks for; null for none. */
const stepsFor = (report: Report, { fingerprint }: ReportFinding): string | null => {
  const numbers = report.plan
    .map((step, at) => (step.findings.includes(fingerprint) ? at + 1 : null))
    .filter((n) => n !== null);
  return numbers.length === 0
    ? null
    : `step${numbers.length === 1 ? '' : 's'} ${numberRanges(numbers)} of the plan`;
};

/** The same for what a finding follows from; null where that has no repair either. */
const stepsForCause = (report: Report, { causedBy }: ReportFinding): string | null => {
  const cause = report.findings.find(({ fingerprint }) => fingerprint === causedBy);
  const steps = cause ? stepsFor(report, cause) : null;
  return cause && steps !== null
    ? `with ${findingNames(report, [cause.fingerprint])}: ${steps}`
    : null;
};

/** Which steps of the plan mend this finding; the plan is printed once, above. */
const steps = (report: Report, finding: ReportFinding, fix: Fix): string =>
  stepsFor(report, finding) ??
  stepsForCause(report, finding) ??
  (fix.withheld === null ? 'nothing to run in the plan' : `withheld: ${fix.withheld}`);

const told = ({ server, fix }: ReportFinding): string =>
  JSON.stringify([server, fix?.steps, fix?.preconditions, fix?.sideEffects, fix?.undo]);

/** The findings of each report that are the first to ask for their repair, by what is told of it. */
const firsts = new WeakMap<Report, ReadonlyMap<string, ReportFinding>>();

const firstsOf = (report: Report): ReadonlyMap<string, ReportFinding> => {
  const known = firsts.get(report);
  if (known) return known;
  const found = new Map<string, ReportFinding>();
  for (const finding of report.findings) {
    if (!finding.fix || finding.fix.steps.length === 0) continue;
    const key = told(finding);
    if (!found.has(key)) found.set(key, finding);
  }
  firsts.set(report, found);
  return found;
};

/**
 * The finding before this one that asks for the same repair, so that what it requires and costs
 * stands there already; null where there is none, or where it is not shown.
 */
export const sameRepair = (
  report: Report,
  finding: ReportFinding,
  minSeverity: Severity,
): string | null => {
  if (!finding.fix || finding.fix.alternatives.length > 0) return null;
  const same = firstsOf(report).get(told(finding));
  const isTold = same !== undefined && same !== finding && isShown(same, minSeverity);
  return isTold ? findingNames(report, [same.fingerprint]) : null;
};

/** `steps 1 to 7 of the plan (mysql-5.6)`. */
export const whereFixed = (report: Report, finding: ReportFinding, fix: Fix): string =>
  `${steps(report, finding, fix)}${fix.dialect === UNKNOWN_DIALECT ? '' : ` (${fix.dialect})`}`;

/** Where the statements that undo a repair are run. */
export const whereUndone = (finding: ReportFinding): string => {
  const server = serverOfFinding(finding);
  return server === '' ? 'with:' : `on ${server}:`;
};
