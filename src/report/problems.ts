import { dirname } from 'node:path/posix';
import { logNameOf } from '../binlog/coordinates.ts';
import { documentsOf } from '../evidence/channels.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { isLiveTail } from '../evidence/log-state.ts';
import { isWhole } from '../evidence/readable.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { Expansion, FoundFile } from '../inputs/expand.ts';
import type { Gathered } from '../inputs/gather-facts.ts';
import type { KeyProblem } from '../inputs/key-ring.ts';
import type { SortedInputs } from '../inputs/sort-inputs.ts';
import type { Problem } from './report.ts';

const problem = (path: string, offset: number | null, what: string): Problem => ({
  path,
  offset,
  message: offset === null ? `${path}: ${what}` : `${path}: at ${offset}: ${what}`,
});

/** Everything that makes the verdict partial: what was missing, unreadable, damaged or not understood. */
export const buildProblems = ({
  found,
  sorted,
  gathered,
  keyProblems,
  evidence,
}: {
  readonly found: Expansion;
  readonly sorted: SortedInputs;
  readonly gathered: Gathered;
  readonly keyProblems: readonly KeyProblem[];
  readonly evidence: Evidence;
}): Problem[] => [
  ...found.missing.map(({ path, problem: what }) => problem(path, null, what)),
  ...emptySearches(found, sorted, evidence),
  ...found.passedOver.map((folder) =>
    problem(
      folder,
      null,
      'holds logs, and was not searched since it lies below a folder of logs: name it to have it scanned',
    ),
  ),
  ...sorted.unreadable.map(({ file, problem: what }) => problem(file.path, null, what)),
  ...keyProblems.map(({ path, offset, problem: what }) => problem(path, offset, what)),
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
  ...sorted.metadata.flatMap(({ document }) =>
    document.problems.map(({ offset, field, problem: what }) =>
      problem(document.path, offset, `${field}: ${what}`),
    ),
  ),
  ...gathered.facts.flatMap((log) => logProblems(log, evidence)),
];

/** What a server has that replicates nothing: alone it is no evidence of replication. */
const isAnyServers = (kind: string, sorted: SortedInputs): boolean =>
  kind === 'settings' || (kind === 'error-log' && sorted.logs.length === 0);

/** Directories in which nothing of replication lies: most likely not the ones that were meant. */
const emptySearches = (
  found: Expansion,
  sorted: SortedInputs,
  { threadWitnesses }: Evidence,
): Problem[] => {
  const metadata = sorted.metadata.filter(({ document }) => !isAnyServers(document.kind, sorted));
  const used = [
    ...[...sorted.logs, ...metadata, ...sorted.unreadable].map(({ file }) => file.path),
    // An error log that tells of replication is its server's only witness
    ...threadWitnesses.flatMap(({ inputs }) => inputs),
  ];
  return found.searched
    .filter(
      (folder) =>
        !used.some(
          (path) => folder === '.' || path.startsWith(folder === '/' ? folder : `${folder}/`),
        ),
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
    named.has(`${dirname(file.path)}/${logNameOf(file.path)}`);
  return sorted.skipped
    .filter(isNamed)
    .map((file) =>
      problem(file.path, 0, 'magic: an index names this file as a log, and its content is none'),
    );
};

const WRITER = { mysql: 'MySQL', mariadb: 'MariaDB', percona: 'Percona Server 5.7' } as const;
/** Damaged places before the end of compressed data may be the doing of these: they are only counted. */
const compressionProblem = (log: LogFacts, format: string, what: string): Problem => {
  const places = log.integrity.filter(({ resumedAt }) => resumedAt !== null).length;
  const before =
    places === 0
      ? ''
      : `, and ${places} damaged places before it may have come from the same fault`;
  const message = `${format}: ${what}: the log behind this place is not known${before}`;
  return problem(log.path, log.bytes, message);
};

const logProblems = (log: LogFacts, evidence: Evidence): Problem[] => {
  const { format, problem: what = null } = log.compression ?? {};
  return [
    ...contentProblems(log, evidence),
    ...(format && what !== null ? [compressionProblem(log, format, what)] : []),
  ];
};

const contentProblems = (log: LogFacts, evidence: Evidence): Problem[] => {
  if (log.encryption && !log.encryption.decrypted) {
    const { scheme, keyId, offset, problem: why } = log.encryption;
    const key = keyId === null ? '' : ` with key ${keyId}`;
    const tried = why === null ? '' : `: ${why}`;
    return [
      problem(
        log.path,
        offset,
        `encryption: the events are encrypted (${WRITER[scheme]})${key}, and are not read${tried}`,
      ),
    ];
  }
  if (log.unsupported !== null) {
    const remedy = log.unpack === null ? '' : `; ${log.unpack} | repl-forensics scan - may read it`;
    return [problem(log.path, 0, `format: ${log.unsupported}, which is not read here${remedy}`)];
  }
  if (!isWhole(log)) return [];
  const file = evidence.files.find((other) => other.path === log.path);
  if (file && isLiveTail(file, evidence)) return [];
  const facts = log.integrity.map((fact) =>
    problem(log.path, fact.offset, `${fact.field}: ${fact.problem}`),
  );
  if (log.integrityLeftOut > 0)
    facts.push(problem(log.path, null, `${log.integrityLeftOut} further damaged places`));
  return facts;
};
