import { basename, dirname } from 'node:path/posix';
import { documentsOf } from '../evidence/channels.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { isLiveTail } from '../evidence/log-state.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { Expansion, FoundFile } from '../inputs/expand.ts';
import type { Gathered } from '../inputs/gather-facts.ts';
import type { SortedInputs } from '../inputs/sort-inputs.ts';
import type { Problem } from './report.ts';

const problem = (path: string, offset: number | null, what: string): Problem => ({
  path,
  offset,
  message: offset === null ? `${path}: ${what}` : `${path}: at ${offset}: ${what}`,
});

/** Everything that makes the verdict partial: what was missing, unreadable, damaged or not understood. */
export const buildProblems = (
  found: Expansion,
  sorted: SortedInputs,
  gathered: Gathered,
  evidence: Evidence,
): Problem[] => [
  ...found.missing.map(({ path, problem: what }) => problem(path, null, what)),
  ...emptySearches(found, sorted),
  ...found.passedOver.map((folder) =>
    problem(
      folder,
      null,
      'holds logs, and was not searched since it lies below a folder of logs: name it to have it scanned',
    ),
  ),
  ...sorted.unreadable.map(({ file, problem: what }) => problem(file.path, null, what)),
  ...gathered.failed.map(({ file, problem: what }) => problem(file.path, null, what)),
  ...gathered.interrupted.map((file) =>
    problem(file.path, null, 'not read: the scan was interrupted'),
  ),
  ...sorted.unrecognised.map((file) =>
    problem(
      file.path,
      null,
      'neither a binary or relay log nor a status file of replication, by its content',
    ),
  ),
  ...expectedLogs(sorted),
  ...[...sorted.metadata, ...sorted.statusTexts].flatMap(({ document }) =>
    document.problems.map(({ offset, field, problem: what }) =>
      problem(document.path, offset, `${field}: ${what}`),
    ),
  ),
  ...gathered.facts.flatMap((log) => logProblems(log, evidence)),
];

/** Directories in which nothing of replication lies: most likely not the ones that were meant. */
const emptySearches = (found: Expansion, sorted: SortedInputs): Problem[] => {
  const used = [
    ...sorted.logs,
    ...sorted.metadata,
    ...sorted.statusTexts,
    ...sorted.unreadable,
  ].map(({ file }) => file.path);
  return found.searched
    .filter(
      (folder) =>
        !used.some((path) => folder === '.' || path.startsWith(`${folder.replace(/\/$/, '')}/`)),
    )
    .map((folder) => problem(folder, null, 'holds no binary or relay log and no status file'));
};

/** A file of a directory that an index or relay-log.info names, and that is no log by its content. */
const expectedLogs = (sorted: SortedInputs): Problem[] => {
  const documents = sorted.metadata.map(({ document }) => document);
  const named = new Set<string>();
  for (const index of documentsOf(documents, 'log-index')) {
    for (const { name } of index.value.entries) named.add(`${dirname(index.path)}/${name}`);
  }
  const isNamed = (file: FoundFile): boolean =>
    named.has(`${dirname(file.path)}/${basename(file.path)}`);
  return sorted.skipped
    .filter(isNamed)
    .map((file) =>
      problem(file.path, 0, 'magic: an index names this file as a log, and its content is none'),
    );
};

const logProblems = (log: LogFacts, evidence: Evidence): Problem[] => {
  if (log.encryption) {
    const { scheme, keyId, offset } = log.encryption;
    const key = keyId === null ? '' : ` with key ${keyId}`;
    return [
      problem(
        log.path,
        offset,
        `encryption: the events are encrypted (${scheme === 'mysql' ? 'MySQL' : 'MariaDB'})${key}, and are not read`,
      ),
    ];
  }
  if (log.unsupported !== null)
    return [problem(log.path, 0, `format: ${log.unsupported}, which is not read here`)];
  const file = evidence.files.find((other) => other.path === log.path);
  if (file && isLiveTail(file, evidence)) return [];
  const facts = log.integrity.map((fact) =>
    problem(log.path, fact.offset, `${fact.field}: ${fact.problem}`),
  );
  if (log.integrityLeftOut > 0)
    facts.push(problem(log.path, null, `${log.integrityLeftOut} further damaged places`));
  return facts;
};
