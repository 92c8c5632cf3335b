import { GtidSet } from '../binlog/gtid-set.ts';
import type { ErrantGtids } from './errant-gtids.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { executedGtids, ownChain, receivedGtids } from './executed-gtids.ts';
import { setOf, transactionsIn } from './gtid-transactions.ts';
import { uuidOf } from './server-uuid.ts';

/**
 * What the replica's files alone tell: transactions under its own uuid, written after its oldest
 * relay log was begun (before, it may have been the source), and before others that came from the
 * source (behind the last one, it may have been made the source). Null in a ring, where others fetch
 * them. `skew` in seconds.
 */
export const writtenHere = (
  server: Server,
  channels: readonly Channel[],
  skew: number,
): ErrantGtids | null => {
  const own = uuidOf(server);
  const executed = executedGtids(server);
  const [channel] = channels;
  if (own === null || !executed || !channel || channels.some(isRing)) return null;
  const received = channels.reduce((set, one) => set.union(receivedGtids(one)), new GtidSet());
  const relays = channels.flatMap(({ relay }) => relay?.files ?? []);
  const since = Math.min(...relays.flatMap(({ facts }) => facts.formats[0]?.timestamp ?? []));
  const files = ownChain(server)?.files ?? [];
  const [first, ...others] = transactionsIn(
    files,
    executed.set.ofUuid(own).subtract(received),
  ).filter(({ timestamp }) => timestamp >= since);
  const last = lastReceived(files, received, own);
  if (!first || !last || isBehind(first, last, files)) return null;
  const sent = Math.max(...relays.map(({ facts }) => facts.lastTimestamp ?? 0));
  return {
    state: 'written-here',
    server,
    channel,
    source: null,
    gtids: setOf([first, ...others]),
    transactions: [first, ...others],
    reused: [],
    overtaken: first.timestamp + skew < sent,
    beforeOthers: false,
  };
};

const NOBODY = 0;

/** A server's own events that come back to it leave a hole, or a mark, behind the first stored one. */
const isRing = ({ relay }: Channel): boolean =>
  relay?.files.some(({ facts: { firstData, holes, rotates } }) => {
    const from = firstData?.offset ?? Number.POSITIVE_INFINITY;
    return (
      holes.first.some(({ offset }) => offset > from) ||
      rotates.some(({ serverId, offset }) => serverId === NOBODY && offset > from)
    );
  }) ?? false;

interface Place {
  readonly file: LogFile;
  readonly offset: number;
}

/** The last transaction in the own logs whose uuid the relay logs know. */
const lastReceived = (files: readonly LogFile[], received: GtidSet, own: string): Place | null => {
  const uuids = new Set(received.ranges().map(({ uuid }) => uuid));
  uuids.delete(own);
  for (const file of [...files].reverse()) {
    const offsets = file.facts.gtids.sources
      .filter(({ uuid }) => uuids.has(uuid))
      .map(({ lastOffset }) => lastOffset);
    if (offsets.length > 0) return { file, offset: Math.max(...offsets) };
  }
  return null;
};

const isBehind = (a: Place, b: Place, files: readonly LogFile[]): boolean => {
  const order = files.indexOf(a.file) - files.indexOf(b.file);
  return order > 0 || (order === 0 && a.offset > b.offset);
};
