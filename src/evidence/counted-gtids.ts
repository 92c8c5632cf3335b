import { GtidSet } from '../binlog/gtid-set.ts';
import { usesGtid } from './channel-view.ts';
import type { Channel, Server } from './evidence.ts';
import { contentsOf, executedGtids, gtidsBefore, ownChain } from './executed-gtids.ts';
import { type GtidGap, holesOf, isWholeChain, loggedSince, mayIgnore } from './gtid-gaps.ts';
import { type GtidTransaction, transactionsIn } from './gtid-transactions.ts';
import { sourceOf } from './source-of.ts';

/**
 * Transactions that a replica with auto-position names as its own when it connects, though none of its
 * logs ever held them. The source sends in the order of its log all that the replica does not name: what
 * stands there before a transaction that came, and did not come itself, was named.
 * Source: MySQL sql/rpl_binlog_sender.cc, Binlog_sender::skip_event
 */
export const findCountedGtids = (servers: readonly Server[]): GtidGap[] =>
  servers.flatMap((server) => {
    const channels = server.channels.filter(({ relay }) => relay !== null);
    const isJudged =
      server.version?.flavor === 'mysql' &&
      channels.every((one) => usesGtid(one) && isWholeChain(one) && !mayIgnore(server, one));
    const holes = isJudged ? holesOf(server, channels) : new GtidSet();
    return holes.isEmpty ? [] : channels.flatMap((one) => countedOf(server, one, holes, servers));
  });

const countedOf = (
  server: Server,
  channel: Channel,
  holes: GtidSet,
  servers: readonly Server[],
): GtidGap[] => {
  const source = sourceOf(channel, server, servers);
  const has = source && executedGtids(source);
  if (!source || !has?.complete) return [];
  const files = ownChain(server)?.files ?? [];
  const relayed = channel.relay?.files ?? [];
  const received = contentsOf(relayed);
  const onSource = holes.intersect(has.set);
  let missing = new GtidSet();
  let below: GtidTransaction | null = null;
  for (const hole of apart(
    loggedSince(files, onSource).union(behindReceived(received, onSource)),
  )) {
    const { uuid, tag, interval } = hole;
    const before = GtidSet.of({ uuid, tag, gno: interval[0] - 1n });
    const last = transactionsIn(files, before)[0] ?? transactionsIn(relayed, before)[0];
    const next = GtidSet.of({ uuid, tag, gno: interval[1] });
    if (!last || !next.isSubsetOf(received) || !wroteBefore(source, hole.set, next)) continue;
    missing = missing.union(hole.set);
    below ??= last;
  }
  if (!below) return [];
  return [
    {
      server,
      channel,
      missing,
      source,
      onSource: transactionsIn(ownChain(source)?.files ?? [], missing),
      below,
      stillThere: true,
      plain: true,
      counted: true,
    },
  ];
};

interface Hole {
  readonly uuid: string;
  readonly tag: string;
  readonly interval: readonly [from: bigint, to: bigint];
  readonly set: GtidSet;
}

const apart = (set: GtidSet): Hole[] =>
  set.ranges().flatMap(({ uuid, tag, intervals }) =>
    intervals.map(([from, to]) => {
      const one = new GtidSet();
      one.addInterval(uuid, tag, [from, to]);
      return { uuid, tag, interval: [from, to] as const, set: one };
    }),
  );

/** Holes right behind a transaction that the relay logs at hand hold. */
const behindReceived = (received: GtidSet, holes: GtidSet): GtidSet =>
  apart(holes)
    .filter(({ uuid, tag, interval: [from] }) =>
      GtidSet.of({ uuid, tag, gno: from - 1n }).isSubsetOf(received),
    )
    .reduce((set, { set: hole }) => set.union(hole), new GtidSet());

/** Do all of these stand in the source's logs before that one? Those of a parallel applier there may not. */
const wroteBefore = (source: Server, these: GtidSet, that: GtidSet): boolean => {
  const files = ownChain(source)?.files ?? [];
  const file = files.find((one) => that.isSubsetOf(contentsOf([one])));
  const before = file && gtidsBefore(file.facts);
  if (!file || !before) return false;
  const inIt = these.subtract(before);
  if (inIt.isEmpty) return true;
  const [next] = transactionsIn([file], that);
  const others = transactionsIn([file], inIt);
  return (
    next !== undefined &&
    BigInt(others.length) === inIt.count &&
    others.every(({ offset }) => offset < next.offset)
  );
};
