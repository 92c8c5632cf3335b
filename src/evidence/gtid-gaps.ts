import { GtidSet } from '../binlog/gtid-set.ts';
import { mayUseGtid, usesGtid } from './channel-view.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import {
  contentsOf,
  executedGtids,
  gtidsBefore,
  ownChain,
  purgedGtids,
  receivedGtids,
} from './executed-gtids.ts';
import { type GtidTransaction, transactionsIn } from './gtid-transactions.ts';
import { missingRelayLogs } from './missing-relay-logs.ts';
import { uuidOf } from './server-uuid.ts';
import { sourceOf } from './source-of.ts';

/** Numbers that a replica has neither executed nor received, with later ones of the same source around them. */
export interface GtidGap {
  readonly server: Server;
  readonly channel: Channel;
  readonly missing: GtidSet;
  /** The source whose logs have them; null where it was not given. */
  readonly source: Server | null;
  readonly onSource: readonly GtidTransaction[];
  /** The last transaction before the first hole, in the replica’s own logs. */
  readonly below: GtidTransaction;
  /** Can the source still send them? Null when nothing tells. */
  readonly stillThere: boolean | null;
  /** Is it known that the channel works by file and position, and ignores nobody? */
  readonly plain: boolean;
  /** Does the replica count them as executed, so that no connect asks for them? */
  readonly counted: boolean;
}

/** Group replication hands numbers out to its members in blocks of a million. */
const BLOCK = 100_000n;

/** Holes that neither a parallel applier, a backup nor a missing log explains (MySQL). */
export const findGtidGaps = (servers: readonly Server[]): GtidGap[] =>
  servers.flatMap((server) => {
    const channels = server.channels.filter(({ relay }) => relay !== null);
    if (server.version?.flavor !== 'mysql' || !channels.every(isWholeChain)) return [];
    const holes = holesOf(server, channels);
    // With auto-position the source sends what is missing, or the server has it and its logs do not
    const channel = channels.find((one) => !usesGtid(one));
    return channel && !holes.isEmpty ? (gapOf(server, channel, holes, servers) ?? []) : [];
  });

export const isWholeChain = (channel: Channel): boolean =>
  missingRelayLogs(channel).length === 0 &&
  (channel.relay?.files ?? []).every(
    ({ facts }) => facts.integrity.length === 0 && facts.gtids.complete,
  );

export const holesOf = (server: Server, channels: readonly Channel[]): GtidSet => {
  const executed = executedGtids(server);
  const holes = new GtidSet();
  if (!executed?.complete) return holes;
  const has = channels.reduce((set, one) => set.union(receivedGtids(one)), executed.set);
  const own = uuidOf(server);
  for (const { uuid, tag, intervals } of has.ranges()) {
    if (uuid === own) continue;
    for (const [i, [start]] of intervals.entries()) {
      const end = intervals[i - 1]?.[1];
      if (end !== undefined && start - end < BLOCK) holes.addInterval(uuid, tag, [end, start]);
    }
  }
  return holes;
};

const gapOf = (
  server: Server,
  channel: Channel,
  holes: GtidSet,
  servers: readonly Server[],
): GtidGap | null => {
  const files = ownChain(server)?.files ?? [];
  const source = sourceOf(channel, server, servers);
  const has = source && executedGtids(source);
  // Its own holes are nobody’s loss
  const unfilled = passedBy(channel, holes);
  const missing = has?.complete
    ? loggedSince(files, unfilled.intersect(has.set))
    : loggedSince(files, outlasted(files, unfilled));
  const below = lastBelow(files, missing);
  if (missing.isEmpty || !below) return null;
  const known = source !== null && has?.complete === true;
  const purged = known ? purgedGtids(source) : null;
  return {
    server,
    channel,
    missing,
    source: known ? source : null,
    onSource: known ? transactionsIn(ownChain(source)?.files ?? [], missing) : [],
    below,
    stillThere: purged ? missing.intersect(purged.set).isEmpty : null,
    plain: !mayUseGtid(server, channel) && !mayIgnore(server, channel),
    counted: false,
  };
};

/** Ignored transactions leave holes on purpose; from MySQL 8.4 on none are while GTIDs are on. */
export const mayIgnore = ({ dialect }: Server, { masterInfo }: Channel): boolean =>
  dialect?.abilities.ignoreServerIdsUnderGtid !== false &&
  masterInfo?.value.ignoreServerIds?.length !== 0;

/** Holes below what the relay logs at hand hold: the source went on behind them. */
const passedBy = ({ relay }: Channel, holes: GtidSet): GtidSet => {
  const passed = new GtidSet();
  for (const { uuid, tag, intervals } of contentsOf(relay?.files ?? []).ranges()) {
    const end = intervals.at(-1)?.[1];
    if (end !== undefined) passed.addInterval(uuid, tag, [1n, end]);
  }
  return holes.intersect(passed);
};

/** Holes in what the replica had logged when it began its newest log, and still has not filled. */
const outlasted = (files: readonly LogFile[], holes: GtidSet): GtidSet => {
  const newest = files.at(-1)?.facts;
  const before = newest && gtidsBefore(newest);
  const result = new GtidSet();
  if (!before) return result;
  const inside = new GtidSet();
  for (const { uuid, tag, intervals } of before.ranges()) {
    const first = intervals[0]?.[0];
    const end = intervals.at(-1)?.[1];
    const goesOn = newest.gtids.sources.some((one) => one.uuid === uuid && one.tag === tag);
    if (goesOn && first !== undefined && end !== undefined)
      inside.addInterval(uuid, tag, [first, end]);
  }
  return holes.intersect(inside);
};

/**
 * Holes behind a transaction that was written after the replica’s oldest log was begun. Lower ones
 * may have come with a backup, whose gtid_purged is in no binary log.
 */
export const loggedSince = (files: readonly LogFile[], holes: GtidSet): GtidSet => {
  const begun = files[0]?.facts.formats[0]?.timestamp ?? Number.POSITIVE_INFINITY;
  const result = new GtidSet();
  for (const { uuid, tag, intervals } of holes.ranges()) {
    for (const interval of intervals) {
      const hole = new GtidSet();
      hole.addInterval(uuid, tag, interval);
      const below = lastBelow(files, hole);
      if (below && below.timestamp >= begun) result.addInterval(uuid, tag, interval);
    }
  }
  return result;
};

/** The transaction right before the first of these numbers. */
const lastBelow = (files: readonly LogFile[], set: GtidSet): GtidTransaction | null => {
  const [first] = set.ranges();
  const start = first?.intervals[0]?.[0];
  if (!first || start === undefined) return null;
  const { uuid, tag } = first;
  return transactionsIn(files, GtidSet.of({ uuid, tag, gno: start - 1n }))[0] ?? null;
};
