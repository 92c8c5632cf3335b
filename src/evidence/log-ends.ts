import { compareLogNames } from '../binlog/coordinates.ts';
import type { EventRef, IntegrityFact, LogFacts } from '../facts/facts.ts';
import type { Connection, Evidence, LogChain, LogFile, Stream } from './evidence.ts';
import { isNext } from './log-chain.ts';
import { isLiveTail } from './log-state.ts';
import { isWhole } from './readable.ts';

/** A log that ends before what it holds does. */
export interface CutEnd {
  readonly stream: Stream;
  readonly file: LogFile;
  /** The bytes that are not whole; null where the file ends at an event's end, inside a transaction. */
  readonly torn: IntegrityFact | null;
  /** The transaction that is open there. */
  readonly open: EventRef | null;
  /** End of the last whole event, and where the source stood after it. */
  readonly wholeUntil: number;
  readonly sourceEnd: { readonly log: string | null; readonly position: number } | null;
  readonly newest: boolean;
  /** A copy of a log that was being written, as far as anything tells. */
  readonly live: boolean;
  /** What the next connect asked for; null in the newest file. */
  readonly next: Connection | null;
  /** Source bytes that the receiver counts as stored and that are not there. */
  readonly missingUntil: number | null;
  /** Does the next connect ask for more than was stored? */
  readonly skipped: boolean;
}

const TORN = new Set<IntegrityFact['kind']>(['torn-event', 'torn-header', 'zeros']);
const IN_USE = 0x1;
/** Positions in headers are 32 bits wide. */
const WRAP = 2 ** 32;

/** Every log whose end is cut: inside an event, or inside a transaction that nothing continues. */
export const findCutEnds = (evidence: Pick<Evidence, 'streams' | 'relays'>): CutEnd[] =>
  evidence.streams.flatMap((stream) =>
    stream.chain.files.flatMap((file, i) => cutEnd(stream, file, i, evidence) ?? []),
  );

const cutEnd = (
  stream: Stream,
  file: LogFile,
  i: number,
  evidence: Pick<Evidence, 'streams' | 'relays'>,
): CutEnd | null => {
  const { facts } = file;
  if (!isWhole(facts)) return null;
  const torn = facts.integrity.find((fact) => TORN.has(fact.kind)) ?? null;
  const open = facts.transactions.open;
  if (!torn && !open) return null;
  const newest = i === stream.chain.files.length - 1;
  const next = nextOfSource(stream.chain, i);
  const later = stream.chain.files.slice(i + 1);
  const last = later.every(({ facts: after }) => after.lastForeign === null);
  const missingUntil = last ? readBeyond(stream, file) : null;
  const connection = next
    ? (stream.channel?.connections.find(({ path }) => path === next.path) ?? null)
    : null;
  if (!torn) {
    if (!next && missingUntil === null) return null;
    if (next && continues(file, next, connection)) return null;
  }
  return {
    stream,
    file,
    torn,
    open: open?.start ?? null,
    wholeUntil: facts.wholeUntil,
    sourceEnd: stream.channel ? facts.sourceEnd : null,
    newest,
    live: isLiveTail(file, evidence),
    next: connection,
    missingUntil,
    skipped: connection !== null && asksBeyond(file, connection),
  };
};

/**
 * The next file that could go on with file `i`: a restarted server begins with relay logs that hold
 * nothing of the source. Null where there is none, or a file is missing between.
 */
const nextOfSource = (chain: LogChain, i: number): LogFile | null => {
  for (let at = i; isNext(chain, at); at += 1) {
    const file = chain.files[at + 1];
    if (file && (file.kind !== 'relay-log' || file.facts.lastForeign)) return file;
  }
  return null;
};

/** Does a connect ask for more than the receiver stored of the same log? */
const asksBeyond = ({ facts }: LogFile, { asked }: Connection): boolean =>
  asked !== null &&
  facts.sourceEnd !== null &&
  (facts.sourceEnd.log ?? asked.file) === asked.file &&
  asked.position % WRAP > storedUntil(facts);

/** Where the source stood at the end; events without a position (MariaDB 11.4+) count by their size. */
const storedUntil = ({ sourceEnd, lastData, wholeUntil, transactions }: LogFacts): number => {
  const unplaced = lastData?.endLogPos === 0 ? (transactions.open?.start.offset ?? null) : null;
  return (sourceEnd?.position ?? 0) + (unplaced === null ? 0 : wholeUntil - unplaced);
};

/**
 * Does the next file take the open transaction up again: by its first events (rotation by size or
 * FLUSH), by asking on from the same place (reconnect by position), by asking for all of it once
 * more (auto-position), or by a mark that makes the applier roll it back (MariaDB's own format
 * description; that of a source that was started anew)?
 */
const continues = (file: LogFile, next: LogFile, connection: Connection | null): boolean => {
  if (next.kind !== 'relay-log') return next.facts.transactions.headContinuation !== null;
  if (!connection?.asked) return true;
  if (next.facts.formats.some((format, i) => i > 0 && (format.flags & IN_USE) !== 0)) return true;
  const { asked, format } = connection;
  const log = file.facts.sourceEnd?.log;
  if (log && compareLogNames(asked.file, log) > 0) return format !== null && format.created !== 0;
  return !asksBeyond(file, connection);
};

/** Where the receiver believes to have read to, when that lies behind what the newest relay log holds. */
const readBeyond = (stream: Stream, file: LogFile): number | null => {
  const master = stream.channel?.masterInfo?.value;
  const end = file.facts.sourceEnd;
  if (!master || !end || master.readPosition === null || usesGtid(stream)) return null;
  if (end.log !== null && end.log !== master.sourceLogFile) return null;
  const open = file.facts.transactions.open !== null || file.facts.integrity.length > 0;
  const beyond = master.readPosition % WRAP > storedUntil(file.facts);
  return open && beyond ? master.readPosition : null;
};

const usesGtid = (stream: Stream): boolean => {
  const master = stream.channel?.masterInfo?.value;
  return (
    master?.autoPosition === true ||
    (master?.usingGtid !== null && master?.usingGtid !== undefined && master.usingGtid !== 'no')
  );
};
