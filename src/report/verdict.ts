import type { Evidence } from '../evidence/evidence.ts';
import { replicaStatuses } from '../evidence/replica-statuses.ts';
import { count } from '../rules/words.ts';
import type { Report, ReportFinding } from './report.ts';
import { saidByStatuses } from './said-by-statuses.ts';

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
    if (readable === 0) {
      const [problem] = problems;
      const why = problem && problems.length === 1 ? ` (${toldOnce(problem)})` : '';
      const others = problem && problems.length === 1 ? failed : rest;
      const said = saidByStatuses(evidence);
      const given =
        evidence.files.length === 0 && said !== null ? 'No log was given' : 'No log could be read';
      return said === null
        ? `${given}${why}: nothing can be said about replication.${others}`
        : `${given}${why}. ${said}${others}`;
    }
    const assessed = unassessed(outcomes);
    const all = evidence.files.length;
    const logs =
      readable === all
        ? count(all, 'log')
        : `the ${count(readable, 'log')} of ${all} that could be read`;
    return `Nothing was found in ${logs}, of ${count(evidence.servers.length, 'server')}.${assessed}${rest}`;
  }
  // An error log alone, say: what it shows is all that there is to say
  const isAll =
    readable === 0 && evidence.threadWitnesses.length === 0 && evidence.statuses.length === 0;
  if (isAll)
    return `${told(worst)}. ${gradeOf(worst)}.${further(findings, worst)} No log of replication could be read: nothing else is said here.${unassessed(outcomes)}${failed}`;
  const lead =
    findings.every(({ severity }) => severity === 'info' || severity === 'low') &&
    !standsStill(evidence)
      ? 'Nothing asks for action. '
      : '';
  return `${lead}${told(worst)}. ${gradeOf(worst)}.${following(findings, worst)}${further(findings, worst)}${rest}`;
};

/** `nosuch: no such file or directory`: some messages begin with their path. */
const toldOnce = ({ path, message }: Report['problems'][number]): string =>
  message.startsWith(path) ? message : `${path}: ${message}`;

const gradeOf = ({ severity, confidence }: ReportFinding): string =>
  `${severity.charAt(0).toUpperCase()}${severity.slice(1)}, ${confidence}`;

/** Commands that a verdict holds; the section on what was not assessed has them all. */
const COMMANDS = 2;

const unassessed = (outcomes: Report['outcomes']): string => {
  const unsure = outcomes.filter(({ status }) => status === 'not-assessed');
  if (unsure.length === 0) return '';
  const rules = unsure.length === 1 ? ` (${unsure[0]?.rule})` : '';
  const commands = [...new Set(unsure.flatMap(({ bring }) => bring?.split('; ') ?? []))];
  const more = commands.length > COMMANDS ? '; and more, see below' : '';
  const bring =
    commands.length > 0 ? ` (bring: ${commands.slice(0, COMMANDS).join('; ')}${more})` : '';
  return ` ${count(unsure.length, 'rule')}${rules} could not be assessed${bring}.`;
};

const told = ({ server, serverName, title }: ReportFinding): string => {
  const name = serverName ?? (server === null ? '' : `server ${server}`);
  return name === '' ? title : `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${title}`;
};

/** By its newest status one of the threads does not run: whatever was found, somebody has to look. */
const standsStill = ({ statuses }: Evidence): boolean =>
  statuses.some(({ server, channel }) => {
    const row = replicaStatuses(server, channel).at(-1)?.row;
    return row?.receiverRunning === 'no' || row?.applierRunning === 'no';
  });

/** What was not read, beyond the damage that the findings tell of. */
const unread = (findings: readonly ReportFinding[], problems: Report['problems']): string => {
  const told = new Set(findings.flatMap((finding) => finding.evidence.map((entry) => entry.path)));
  const rest = problems.filter((problem) => !told.has(problem.path)).length;
  return rest > 0 ? ` Not everything could be read: ${count(rest, 'problem')}.` : '';
};

/** Is `cause` where `finding` comes from, at once or by way of others? */
const comesFrom = (
  finding: ReportFinding,
  cause: ReportFinding,
  findings: readonly ReportFinding[],
): boolean => {
  const seen = new Set<ReportFinding>();
  for (let at: ReportFinding | undefined = finding; at && !seen.has(at); ) {
    if (at.causedBy === cause.fingerprint) return true;
    seen.add(at);
    const { causedBy }: ReportFinding = at;
    at = findings.find(({ fingerprint }) => fingerprint === causedBy);
  }
  return false;
};

/** Consequences that a verdict names; it counts the others. */
const NAMED = 2;

/** What the root cause explains: no news of its own, said once. */
const following = (findings: readonly ReportFinding[], root: ReportFinding): string => {
  const titles = findings
    .filter((finding) => finding !== root && comesFrom(finding, root, findings))
    .map(({ title }) => title);
  if (titles.length === 0) return '';
  const named = [...new Set(titles)].slice(0, NAMED);
  const more = titles.length > named.length ? ` (${titles.length} findings in all)` : '';
  return ` From it ${titles.length === 1 ? 'follows' : 'follow'}: ${named.join('; ')}${more}.`;
};

/** Other roots, and what follows from those. */
const further = (findings: readonly ReportFinding[], root: ReportFinding): string => {
  const others = findings.filter(
    (finding) => finding !== root && !comesFrom(finding, root, findings),
  );
  const own = others.filter(({ causedBy }) => causedBy === null);
  const next = own.find(({ severity }) => severity === 'critical' || severity === 'high');
  const parts = [
    ...(own.length > 0 ? [count(own.length, 'further finding')] : []),
    ...(others.length > own.length
      ? [
          `${others.length - own.length} that ${others.length - own.length === 1 ? 'follows' : 'follow'} from another`,
        ]
      : []),
  ];
  if (parts.length === 0) return '';
  return ` ${parts.join(', and ')}.${next ? ` Next: ${told(next)} (${next.severity}).` : ''}`;
};
