import { mariadbEncryption } from '../binlog/encryption/decrypt-mariadb-log.ts';
import { isDecrypted } from '../binlog/encryption/decrypted-source.ts';
import { findStartOfEncryption } from '../binlog/encryption/start-of-encryption.ts';
import { refAt } from '../binlog/event-ref.ts';
import { eventTypeName } from '../binlog/event-type.ts';
import { type LogHead, readLogHead } from '../binlog/log-head.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { isArchive, UNPACK_COMMANDS } from '../bytes/packing.ts';
import { describeTransaction, sameBytes } from './describe-repeat.ts';
import {
  type CopyFact,
  type EventRef,
  type ExtremeFact,
  FACTS_VERSION,
  type LogFacts,
  type RepeatFact,
  type TransactionFact,
} from './facts.ts';
import type { Extent } from './families/extremes.ts';
import { gtidText } from './families/identity.ts';
import type { Repeat, SeenTransaction } from './families/repeats.ts';
import { LogWalk } from './log-walk.ts';
import { gtidsAt } from './previous-gtids.ts';

/** Repeated transactions that are compared byte for byte and described; further ones are counted. */
const DESCRIBED = 500;

export interface LogInput {
  readonly path: string;
  /** An encrypted log as its file holds it, or in clear (`DecryptedSource`). */
  readonly source: ByteSource;
  /** Why the keys at hand did not open an encrypted log. */
  readonly keyProblem?: string | null;
  readonly compression?: LogFacts['compression'];
  readonly identity: string | null;
  readonly modified: string | null;
  /** Offsets that status files name in this log. */
  readonly probes: readonly number[];
  /** Source positions that status files name. */
  readonly positions: readonly number[];
}

/**
 * Reads one log from its first byte to its last and answers what it says. A generator: after each
 * slice of 64 MiB it yields the offset reached. Never throws on what the bytes hold.
 */
export function* gatherLogFacts(input: LogInput): Generator<number, LogFacts> {
  const window = new FileWindow(input.source);
  const head = readLogHead(window);
  const walk = new LogWalk(input.path, window, input, isDecrypted(input.source));
  if (head.kind === 'log') yield* walk.run();
  return assemble(input, window, head, walk);
}

const assemble = (input: LogInput, window: FileWindow, head: LogHead, walk: LogWalk): LogFacts => {
  const { transactions, controls, positions } = walk;
  const lastData = refAt(window, walk.lastDataOffset);
  const probes = walk.probes.finish(walk.wholeUntil, walk.surroundings);
  return {
    factsVersion: FACTS_VERSION,
    path: input.path,
    bytes: window.size,
    identity: input.identity,
    modified: input.modified,
    encryption: encryption(input, head, walk),
    compression: input.compression ?? null,
    unsupported: walk.unsupported ?? unsupportedHead(head),
    unpack: head.kind === 'packed' ? UNPACK_COMMANDS[head.packing] : null,
    flavor: walk.flavor,
    events: walk.events,
    types: Object.fromEntries(
      [...walk.types].flatMap((count, code) => (count > 0 ? [[eventTypeName(code), count]] : [])),
    ),
    checksum: walk.checksum,
    checksumsVerified: walk.verified,
    checksumsBad: walk.badChecksums,
    formats: controls.formats,
    rotates: controls.rotates,
    stops: controls.stops,
    incidents: controls.incidents,
    controlsLeftOut: controls.leftOut,
    serverIds: walk.serverIds.facts(),
    firstTimestamp: walk.lastTimestamp > 0 ? walk.firstTimestamp : null,
    lastTimestamp: walk.lastTimestamp > 0 ? walk.lastTimestamp : null,
    firstData: walk.firstData,
    lastData,
    lastForeign: later(controls.lastForeign, lastData),
    last: refAt(window, walk.lastOffset),
    sourceEnd:
      positions.sourcePosition > 0
        ? { log: transactions.sourceLog, position: positions.sourcePosition }
        : null,
    ownPositions: positions.own,
    otherPositions: positions.other,
    holes: positions.facts(),
    transactions: {
      count: transactions.count,
      style: transactions.style,
      newest: transactions.newest,
      ...repeatsOf(input, walk),
      sketch: transactions.repeats.sketch.entries().map(transactionFact),
      sketchComplete: transactions.repeats.sketch.complete,
      tail: transactions.repeats.tail.map(transactionFact),
      headContinuation: transactions.headContinuation,
      open: transactions.start
        ? { start: transactions.start, lastEnd: transactions.lastEnd }
        : null,
      abandoned: transactions.abandoned,
      lastComplete: transactions.lastComplete,
    },
    ...extremesOf(input, walk),
    largestEvent: refAt(window, transactions.largestEvent),
    commitLags: transactions.commitLags.facts(),
    gtids: walk.gtids.facts(),
    previousGtids: walk.previousGtidsAt
      ? gtidsAt(
          input.path,
          window,
          walk.previousGtidsAt,
          walk.layouts.at(walk.previousGtidsAt.offset),
        )
      : null,
    integrity:
      head.kind === 'log' && head.magic === 'damaged'
        ? [damagedMagic(window), ...walk.integrity.facts]
        : walk.integrity.facts,
    integrityLeftOut: walk.integrity.leftOut,
    probes,
    positions: walk.sourcePositions.facts,
    wholeUntil: walk.wholeUntil,
  };
};

const encryption = (input: LogInput, head: LogHead, walk: LogWalk): LogFacts['encryption'] => {
  const { source, path, keyProblem: problem = null } = input;
  if (isDecrypted(source)) return { ...source.encryption, decrypted: true, problem: null };
  if (head.kind === 'encrypted') {
    const { keyId, uuid } = head;
    return { scheme: 'mysql', offset: 0, keyId, uuid, decrypted: false, problem };
  }
  if (walk.encryptedAt === null) return null;
  const offset = walk.encryptedAt;
  const start = findStartOfEncryption(source, path);
  if (start?.offset === offset) return { ...mariadbEncryption(start), decrypted: false, problem };
  // Its body is damaged, and nothing behind it is in clear all the same
  return { scheme: 'mariadb', offset, keyId: null, uuid: null, decrypted: false, problem };
};

const unsupportedHead = (head: LogHead): string | null => {
  if (head.kind === 'packed') {
    return isArchive(head.packing)
      ? `an archive (${head.packing})`
      : `a file compressed with ${head.packing}`;
  }
  if (head.kind === 'none') return 'no binary or relay log';
  return null;
};

const damagedMagic = (window: FileWindow): LogFacts['integrity'][number] => ({
  kind: 'magic',
  offset: 0,
  length: 4,
  field: 'magic',
  problem: `${window.copy(0, 4).toString('hex')} instead of fe62696e; the format description behind it is whole`,
  event: null,
  resumedAt: 4,
  transaction: null,
  lastComplete: null,
});

const later = (a: EventRef | null, b: EventRef | null): EventRef | null =>
  a === null || (b !== null && b.offset > a.offset) ? b : a;

const keyOf = (seen: SeenTransaction): string => {
  const gtid = gtidText(seen.proof, seen.id, seen.serverId);
  return gtid ?? `${seen.serverId}@${seen.id}`;
};

const transactionFact = (seen: SeenTransaction): TransactionFact => ({
  key: keyOf(seen),
  proof: seen.proof,
  serverId: seen.serverId,
  timestamp: seen.timestamp,
  copy: seen.copy,
});

/** A small window: copies lie far apart, and each read would fill a large one. */
const LOOK_BYTES = 1 << 14;

/** The transactions that came back most often, compared and described. */
const repeatsOf = (
  input: LogInput,
  walk: LogWalk,
): Pick<LogFacts['transactions'], 'repeats' | 'repeatsLeftOut'> => {
  const { found, leftOut } = walk.transactions.repeats;
  const sorted = [...found.values()].sort(
    (a, b) => b.copies - a.copies || a.seen.copy.offset - b.seen.copy.offset,
  );
  const window = new FileWindow(input.source, LOOK_BYTES);
  return {
    repeats: sorted
      .slice(0, DESCRIBED)
      .map((repeat) => repeatFact(input.path, window, walk, repeat)),
    repeatsLeftOut: leftOut + Math.max(0, sorted.length - DESCRIBED),
  };
};

/** The largest and longest transactions, described. */
const extremesOf = (
  { path, source }: LogInput,
  { transactions: { extremes }, layouts }: LogWalk,
): Pick<LogFacts, 'largest' | 'longest'> => {
  const window = new FileWindow(source, LOOK_BYTES);
  const described = new Map<Extent, ExtremeFact>();
  const fact = (extent: Extent): ExtremeFact => {
    const { offset, end } = extent;
    const known = described.get(extent);
    if (known) return known;
    const layout = layouts.at(offset);
    const made = {
      ...extent,
      ...describeTransaction(path, window, [{ copy: { offset, end }, layout }]),
    };
    described.set(extent, made);
    return made;
  };
  return { largest: extremes.largest.map(fact), longest: extremes.longest.map(fact) };
};

const repeatFact = (
  path: string,
  window: FileWindow,
  walk: LogWalk,
  repeat: Repeat,
): RepeatFact => {
  const { seen, copies, second, last, execTimeMin, execTimeMax, execTimeFalls } = repeat;
  // The first copy may differ: rows that already stood so are not logged again by the next server.
  const other = copies > 2 ? second : seen.copy;
  const placed = (copy: CopyFact) => ({ copy, layout: walk.layouts.at(copy.offset) });
  return {
    key: keyOf(seen),
    proof: seen.proof,
    gtid: gtidText(seen.proof, seen.id, seen.serverId),
    serverId: seen.serverId,
    timestamp: seen.timestamp,
    threadId: seen.threadId,
    originalCommit: seen.proof === 'original-commit-timestamp' ? Number(seen.id) : null,
    copies,
    first: seen.copy,
    second,
    last,
    execTimeMin,
    execTimeMax,
    execTimeFalls,
    sameBytes: sameBytes(path, window, placed(other), placed(last)),
    ...describeTransaction(path, window, [placed(seen.copy), placed(last)]),
  };
};
