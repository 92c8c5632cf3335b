import type { Server, Stream } from './evidence.ts';
import { findLaps, type Laps } from './laps.ts';
import { equalStatements, GROWTH, growth, otherExplanation } from './other-explanations.ts';
import { feeds } from './source-of.ts';

/** One stream's view of a loop: its transactions, most laps first. */
export interface LoopStream {
  readonly stream: Stream;
  readonly laps: readonly [Laps, ...Laps[]];
  /** Does the stream end while it still goes round? */
  readonly running: boolean;
}

export type LoopCause =
  | { readonly kind: 'removed-server' }
  | { readonly kind: 'renumbered-server'; readonly to: number }
  | { readonly kind: 'unknown' };

/** Transactions of one server id that come back and back. */
export interface Loop {
  readonly serverId: number;
  readonly streams: readonly [LoopStream, ...LoopStream[]];
  /** `strong`: an identity came back at least three times, or the content with growing age. */
  readonly strength: 'strong' | 'weak';
  readonly proof: Laps['proof'];
  /** Is it seen on two servers, or in a ring whose filter works? */
  readonly corroborated: boolean;
  readonly running: boolean;
  readonly cause: LoopCause;
}

/** A lap is one of at least this many copies; two are a re-fetch, a replay, or a diamond. */
const LAPS = 3;
/** In a ring: more than a transaction and two replays of it by hand. */
const RING_LAPS = 4;
/**
 * Fewer may have another origin where the signs are weak: a log replayed by hand more than once;
 * equal statements of a living server, which pass through one that applies them slowly.
 */
const MANY_LAPS = 10;
/** Seconds and lap times after the last lap until a loop counts as over. */
const QUIET_SECONDS = 2;
const QUIET_LAPS = 5;

/** Every loop that the streams show, those with most laps first. */
export const findLoops = (streams: readonly Stream[], servers: readonly Server[]): Loop[] => {
  const candidates = streams.flatMap((stream) => {
    const all = findLaps(stream);
    return all.flatMap((laps) => {
      const strength = judge(laps, all, servers, streams);
      return strength === null ? [] : [{ laps, strength }];
    });
  });
  const groups = new Map<string, typeof candidates>();
  for (const candidate of candidates) {
    const key = `${candidate.laps.serverId}/${candidate.strength}`;
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return [...groups.values()]
    .flatMap((group) =>
      connected(group.map(({ laps }) => laps)).map((laps) =>
        buildLoop(laps, group[0]?.strength ?? 'weak', servers),
      ),
    )
    .sort(
      (a, b) => b.streams[0].laps[0].laps - a.streams[0].laps[0].laps || a.serverId - b.serverId,
    )
    .filter(
      (loop, _, all) =>
        loop.strength === 'strong' ||
        !all.some((other) => other.strength === 'strong' && other.serverId === loop.serverId),
    );
};

/** Null where something other than a loop explains the copies. */
const judge = (
  laps: Laps,
  all: readonly Laps[],
  servers: readonly Server[],
  streams: readonly Stream[],
): Loop['strength'] | null => {
  // MySQL skips a GTID that it has: a returning one is not executed again
  if (laps.proof === 'mysql-gtid') return null;
  const { server, channel } = laps.stream;
  // One copy a channel in the own log is a diamond
  if (channel === null && laps.laps <= server.channels.length) return null;
  const ring = ringSigns(server, servers);
  if (otherExplanation(laps, all, servers) !== null) return null;
  if (laps.proof !== 'content') {
    if (laps.laps >= (ring ? RING_LAPS : MANY_LAPS)) return 'strong';
    return ring || laps.laps >= LAPS ? 'weak' : null;
  }
  if (laps.laps < LAPS || laps.sameBytes !== true) return null;
  // A loop's copies grow older from one to the next
  if (growth(laps) < 1 || laps.execTimeFalls > laps.laps / 10) return null;
  if (equalStatements(laps, streams) !== null) return null;
  // Equal statements that a slow applier logged one after the other age like laps: only a ring makes them a loop
  if (ring && laps.laps >= MANY_LAPS) return 'strong';
  return ring || growth(laps) >= GROWTH ? 'weak' : null;
};

/**
 * Does this server get events that come from itself? Its receiver drops them and leaves holes; so it
 * does with ignored ids, whose holes say nothing of a ring.
 */
const ringSigns = (server: Server, servers: readonly Server[]): boolean =>
  server.channels.some(
    ({ masterInfo, relay }) =>
      !masterInfo?.value.ignoreServerIds?.length &&
      relay?.files.some(({ facts }) => facts.holes.count > 0),
  ) || servers.some((other) => other !== server && feeds(other, server) && feeds(server, other));

/** Sets of laps that share a transaction, directly or through others on the same server. */
const connected = (all: readonly Laps[]): Laps[][] => {
  const sets: Laps[][] = [];
  for (const laps of all) {
    const linked = sets.filter((set) =>
      set.some((other) => other.key === laps.key || other.stream.server === laps.stream.server),
    );
    const rest = sets.filter((set) => !linked.includes(set));
    sets.length = 0;
    sets.push(...rest, [...linked.flat(), laps]);
  }
  return sets;
};

const buildLoop = (
  all: readonly Laps[],
  strength: Loop['strength'],
  servers: readonly Server[],
): Loop => {
  const byStream = new Map<Stream, Laps[]>();
  for (const laps of all) byStream.set(laps.stream, [...(byStream.get(laps.stream) ?? []), laps]);
  const streams = [...byStream]
    .map(([stream, list]) => ({
      stream,
      laps: list as [Laps, ...Laps[]],
      running: isRunning(list as [Laps, ...Laps[]]),
    }))
    .sort((a, b) => b.laps[0].laps - a.laps[0].laps) as unknown as [LoopStream, ...LoopStream[]];
  const [
    {
      laps: [top],
    },
  ] = streams;
  const ring = new Set(streams.map(({ stream }) => stream.server));
  return {
    serverId: top.serverId,
    streams,
    strength,
    proof: top.proof,
    corroborated: ring.size > 1 || [...ring].some((server) => ringSigns(server, servers)),
    running:
      streams.some((stream) => stream.running) &&
      ![...ring].some((server) =>
        server.channels.some((channel) => ignores(channel, top.serverId)),
      ),
    cause: causeOf(top.serverId, [...ring], servers),
  };
};

export const ignores = (channel: Server['channels'][number], serverId: number): boolean =>
  channel.masterInfo?.value.ignoreServerIds?.includes(serverId) === true;

/**
 * Does the stream end within a few laps of the last one, by place and by time? What stands behind
 * the last lap counts as quiet time from two seconds on (times are written in whole seconds).
 * Copies without a time of writing (rows on MariaDB) need more than one transaction behind them.
 */
const isRunning = (list: readonly [Laps, ...Laps[]]): boolean => {
  const [top] = list;
  const last = list.reduce(
    (newest, laps) => (laps.last.index > newest.index ? laps.last : newest),
    top.last,
  );
  const behind = top.transactions - 1 - last.index;
  const spacing = (top.last.index - top.second.index) / Math.max(1, top.laps - 2);
  if (behind > Math.max(3, QUIET_LAPS * spacing)) return false;
  const { writtenAt, notBefore } = last.copy;
  if (writtenAt === null && behind < 2) return true;
  // By the last event, not by the newest time: a client may set any (SET TIMESTAMP), and clocks differ
  const end = top.stream.chain.files.findLast(({ facts }) => facts.lastData)?.facts.lastData;
  const quietFor = (end?.timestamp ?? 0) - Math.max(writtenAt ?? 0, notBefore);
  return quietFor < Math.max(QUIET_SECONDS, QUIET_LAPS * (paceOf(top)?.seconds ?? 0));
};

/** How fast a loop goes round. */
export interface Pace {
  readonly seconds: number;
  /** Times in whole seconds: it is at least this fast. */
  readonly atLeast: boolean;
}

/** From the second lap on, since the first copy may be the original; null where the copies do not tell. */
export const paceOf = (laps: Laps): Pace | null => {
  const from = laps.second.copy;
  const to = laps.last.copy;
  const rounds = laps.laps - 2;
  if (rounds < 1) return null;
  const exact = laps.proof === 'original-commit-timestamp';
  const written = from.writtenAt !== null && to.writtenAt !== null;
  const elapsed = written ? to.writtenAt - from.writtenAt : to.notBefore - from.notBefore;
  if (exact) return elapsed > 0 ? { seconds: elapsed / rounds, atLeast: false } : null;
  return { seconds: (elapsed + 1) / rounds, atLeast: true };
};

/**
 * A renumbered source betrays itself: the Rotate at a connect carries the new id, the format
 * description of its old binary log the old one. Otherwise an id that no channel receives from
 * belongs to a server that has left.
 */
const causeOf = (
  serverId: number,
  ring: readonly Server[],
  servers: readonly Server[],
): LoopCause => {
  for (const server of ring) {
    const [current] = server.ids;
    if (current !== undefined && current !== serverId && server.ids.includes(serverId)) {
      return { kind: 'renumbered-server', to: current };
    }
    for (const channel of server.channels) {
      for (const { sourceId, format } of channel.connections) {
        if (sourceId !== null && format?.serverId === serverId && sourceId !== serverId) {
          return { kind: 'renumbered-server', to: sourceId };
        }
      }
    }
  }
  const active = ring.some(
    (server) =>
      server.ids[0] === serverId ||
      server.channels.some((channel) => channel.sourceIds.at(-1) === serverId),
  );
  return active || servers.length === 0 ? { kind: 'unknown' } : { kind: 'removed-server' };
};
