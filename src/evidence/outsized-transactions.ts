import type { ExtremeFact } from '../facts/facts.ts';
import type { LogFile, Stream } from './evidence.ts';
import { isNext } from './log-chain.ts';

/** One large or long transaction, where a log holds it. */
export interface PlacedTransaction {
  readonly stream: Stream;
  readonly file: LogFile;
  readonly offset: number;
  /** Over all the files that it goes through. */
  readonly bytes: number;
  /** Bytes of the logs of this stream that it stands in. */
  readonly ofBytes: number;
  readonly serverId: number;
  /** Null where it goes through several files: then nothing is known but its size. */
  readonly fact: ExtremeFact | null;
}

/** The largest transactions of a stream: whole ones, and those that go through several relay logs. */
export const largestTransactions = (stream: Stream): PlacedTransaction[] => [
  ...stream.chain.files.flatMap((file) =>
    file.facts.largest.map((fact) => placed(stream, file, fact)),
  ),
  ...splitTransactions(stream),
];

export const longestTransactions = (stream: Stream): PlacedTransaction[] =>
  stream.chain.files.flatMap((file) =>
    file.facts.longest.map((fact) => placed(stream, file, fact)),
  );

const placed = (stream: Stream, file: LogFile, fact: ExtremeFact): PlacedTransaction => ({
  stream,
  file,
  offset: fact.offset,
  bytes: fact.end - fact.offset,
  ofBytes: file.facts.bytes,
  serverId: fact.serverId,
  fact,
});

/**
 * A relay log that is rotated by size may be so in the middle of a transaction (MySQL up to 5.6,
 * MariaDB): the parts are put together, from the file that ends inside one to the one that ends it.
 */
const splitTransactions = (stream: Stream): PlacedTransaction[] =>
  stream.chain.files.flatMap((file, i) => {
    const start = file.facts.transactions.open?.start;
    const rest = start ? restOf(stream, i) : null;
    if (!start || rest === null) return [];
    return [
      {
        stream,
        file,
        offset: start.offset,
        bytes: file.facts.wholeUntil - start.offset + rest.bytes,
        ofBytes: file.facts.bytes + rest.ofBytes,
        serverId: start.serverId,
        fact: null,
      },
    ];
  });

/** What the files behind `i` hold of the transaction that is open there; null where nothing ends it. */
const restOf = (
  { chain }: Stream,
  i: number,
): { readonly bytes: number; readonly ofBytes: number } | null => {
  let bytes = 0;
  let ofBytes = 0;
  for (let at = i; isNext(chain, at); at += 1) {
    const facts = chain.files[at + 1]?.facts;
    const head = facts?.transactions.headContinuation;
    // A connect between may have asked for all of it once more
    if (!facts || !head) return null;
    ofBytes += facts.bytes;
    const begins = facts.firstData?.offset ?? 0;
    if (head.offset >= 0) return { bytes: bytes + head.endOffset - begins, ofBytes };
    bytes += facts.wholeUntil - begins;
  }
  return null;
};

/** Copies of one transaction in several logs: the one nearest to its origin is kept. */
export const nearestToOrigin = (
  all: readonly PlacedTransaction[],
): readonly PlacedTransaction[] => {
  const kept = new Map<string, PlacedTransaction>();
  for (const one of [...all].sort((a, b) => distance(a) - distance(b))) {
    const key = keyOf(one);
    if (!kept.has(key)) kept.set(key, one);
  }
  return all.filter((one) => kept.get(keyOf(one)) === one);
};

/** What every hop leaves as it is; of one in several files only its place tells. */
const keyOf = ({ fact, file, offset }: PlacedTransaction): string =>
  fact === null
    ? `${file.path}@${offset}`
    : [
        fact.serverId,
        fact.threadId,
        fact.firstTimestamp,
        fact.lastTimestamp,
        fact.originalCommit,
      ].join('/');

/** The writer's own log, then other binary logs, then relay logs. */
const distance = ({ stream: { channel, server }, serverId }: PlacedTransaction): number =>
  channel !== null ? 2 : server.ids.includes(serverId) ? 0 : 1;

/** Did the server that wrote this log write the transaction, too, or is it received from there directly? */
export const hasOriginsFigures = ({
  stream: { channel, server },
  serverId,
}: PlacedTransaction): boolean =>
  channel === null ? server.ids.includes(serverId) : channel.sourceIds.includes(serverId);
