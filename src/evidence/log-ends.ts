import type { EventRef, IntegrityFact } from '../facts/facts.ts';
import type { Connection, Evidence, LogFile, Stream } from './evidence.ts';
import { isNext } from './log-chain.ts';
import { isLiveTail } from './log-state.ts';

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
}

const TORN = new Set<IntegrityFact['kind']>(['torn-event', 'torn-header', 'zeros']);
const IN_USE = 0x1;

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
  const torn = facts.integrity.find((fact) => TORN.has(fact.kind)) ?? null;
  const open = facts.transactions.open;
  if (!torn && !open) return null;
  const newest = i === stream.chain.files.length - 1;
  const next = newest ? null : (stream.chain.files[i + 1] ?? null);
  const missingUntil = newest ? readBeyond(stream, file) : null;
  const connection = next
    ? (stream.channel?.connections.find(({ path }) => path === next.path) ?? null)
    : null;
  if (!torn) {
    if (newest && missingUntil === null) return null;
    if (next && (!isNext(stream.chain, i) || continues(file, next, connection))) return null;
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
  };
};

/**
 * Does the next file take the open transaction up again: by its first events (rotation by size or
 * FLUSH), by asking on from the same place (reconnect by position), by asking for all of it once
 * more (auto-position), or by the mark that makes MariaDB's applier roll it back?
 */
const continues = (file: LogFile, next: LogFile, connection: Connection | null): boolean => {
  const end = file.facts.sourceEnd?.position ?? 0;
  const start = file.facts.transactions.open?.start;
  if (next.kind !== 'relay-log') return next.facts.transactions.headContinuation !== null;
  if (!connection || connection.kind === 'relay-rotation') return true;
  if (next.facts.formats.some((format, i) => i > 0 && (format.flags & IN_USE) !== 0)) return true;
  const asked = connection.asked?.position ?? 0;
  return asked <= end || asked === 4 || (start !== undefined && asked <= start.endLogPos);
};

/** Where the receiver believes to have read to, when that lies behind what the newest relay log holds. */
const readBeyond = (stream: Stream, file: LogFile): number | null => {
  const master = stream.channel?.masterInfo?.value;
  const end = file.facts.sourceEnd;
  if (!master || !end || master.readPosition === null || usesGtid(stream)) return null;
  if (end.log !== null && end.log !== master.sourceLogFile) return null;
  const open = file.facts.transactions.open !== null || file.facts.integrity.length > 0;
  return open && master.readPosition > end.position ? master.readPosition : null;
};

const usesGtid = (stream: Stream): boolean => {
  const master = stream.channel?.masterInfo?.value;
  return (
    master?.autoPosition === true ||
    (master?.usingGtid !== null && master?.usingGtid !== undefined && master.usingGtid !== 'no')
  );
};
