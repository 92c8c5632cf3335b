import type { Evidence, LogFile } from '../evidence/evidence.ts';
import { isoTime } from '../evidence/iso-time.ts';
import { logState } from '../evidence/log-state.ts';
import { isLocked } from '../evidence/readable.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { FoundFile } from '../inputs/expand.ts';
import type { SortedInputs } from '../inputs/sort-inputs.ts';
import type { MetadataDocument } from '../metadata/index.ts';
import { type StatusText, subjectOf } from '../metadata/status-text/status-text.ts';
import type { ReportInput } from './report.ts';

const RELAY_LOG = 0x40;

/** The table of inputs, in the order of their paths. */
export const buildInputs = (
  files: readonly FoundFile[],
  sorted: SortedInputs,
  facts: readonly LogFacts[],
  evidence: Evidence,
): ReportInput[] => {
  const factsOf = new Map(facts.map((log) => [log.path, log]));
  const placeOf = new Map(evidence.files.map((file) => [file.path, file]));
  const logs = new Set(sorted.logs.map(({ file }) => file.path));
  const documents = new Map(sorted.metadata.map((one) => [one.file.path, one]));
  const errorLogs = new Set(sorted.errorLogs.map(({ path }) => path));
  const skipped = new Set(sorted.skipped.map((file) => file.path));
  return files
    .filter((file) => !skipped.has(file.path))
    .map((file) => {
      const log = factsOf.get(file.path);
      if (log) return logInput(file, log, placeOf.get(file.path) ?? null, evidence);
      const { document, file: read, compression } = documents.get(file.path) ?? {};
      return {
        ...plain(read ?? file),
        ...(compression ? { compression } : {}),
        kind:
          (document && kindNamed(document)) ??
          (logs.has(file.path) ? 'log' : errorLogs.has(file.path) ? 'error-log' : 'unrecognised'),
        state: document ? (document.problems.length > 0 ? 'corrupt' : 'complete') : 'unreadable',
      };
    });
};

const plain = (file: FoundFile): Omit<ReportInput, 'kind' | 'state'> => ({
  path: file.path,
  flavor: null,
  serverVersion: null,
  serverId: null,
  sourceServerId: null,
  bytes: file.bytes,
  events: null,
  checksum: null,
  badChecksums: null,
  first: null,
  last: null,
  foundBeside: file.origin === 'beside',
});

const decryptedWith = ({ encryption }: LogFacts): Pick<ReportInput, 'decryptedWith'> =>
  encryption?.decrypted && encryption.keyId !== null ? { decryptedWith: encryption.keyId } : {};

const logInput = (
  file: FoundFile,
  log: LogFacts,
  placed: LogFile | null,
  evidence: Evidence,
): ReportInput => {
  const [own] = log.formats;
  const source = log.formats
    .slice(1)
    .findLast((format) => (format.flags & RELAY_LOG) === 0 && format.serverId !== own?.serverId);
  return {
    ...plain(file),
    bytes: log.bytes,
    ...(log.compression ? { compression: log.compression.format } : {}),
    kind: placed?.kind ?? 'log',
    flavor: log.flavor,
    serverVersion: own?.serverVersion ?? null,
    serverId: own?.serverId ?? null,
    sourceServerId: placed?.kind === 'relay-log' ? (source?.serverId ?? null) : null,
    events: isLocked(log) ? null : log.events,
    checksum: log.checksum,
    badChecksums: log.checksumsBad,
    first: isoTime(log.firstTimestamp),
    last: isoTime(log.lastTimestamp),
    state: logState(log, placed, evidence),
    ...decryptedWith(log),
  };
};

/** Of a text with the output of one statement alone, that statement. */
const kindNamed = (document: MetadataDocument): string =>
  document.kind === 'status-text' ? subjectOf(document.value as StatusText) : document.kind;
