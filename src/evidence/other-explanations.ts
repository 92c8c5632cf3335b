import type { Server, Stream } from './evidence.ts';
import type { Laps } from './laps.ts';

/** Seconds by which `exec_time` must grow from lap to lap: one is rounding. */
export const GROWTH = 2;

export const growth = (of: { execTimeMin: number | null; execTimeMax: number | null }): number =>
  (of.execTimeMax ?? 0) - (of.execTimeMin ?? 0);

/** Why copies of a transaction are no laps, whatever identifies it; null where nothing says so. */
export const otherExplanation = (
  laps: Laps,
  all: readonly Laps[],
  servers: readonly Server[],
): string | null => {
  if (!isForeign(laps))
    return 'this server, or its direct source, has that id and drops what comes back';
  if (speaksOn(laps, all))
    return 'their server writes on behind them: it is alive, and drops what comes back';
  if (sentByOrigin(laps, servers)) return 'the binary log of their origin holds as many';
  return null;
};

/**
 * Without GTID and commit timestamp a client's equal statements of one second look like laps, and
 * a replica that applies them slowly makes them age. Says why that explains the copies; null where
 * it does not.
 */
export const equalStatements = (laps: Laps, streams: readonly Stream[]): string | null => {
  if (arrivedWithoutAgeing(laps, streams))
    return 'they arrived that often without ageing: this server applied them slowly';
  if (onlyForeigner(laps)) return 'no other server’s events show that they overtook anything';
  return null;
};

/** Neither this server's present id nor its direct source's: those two drop it. */
const isForeign = ({ stream, serverId }: Laps): boolean => {
  const channels = stream.channel ? [stream.channel] : stream.server.channels;
  return (
    stream.server.ids[0] !== serverId &&
    !channels.some((channel) => channel.sourceIds.at(-1) === serverId)
  );
};

/**
 * Did that server write on behind its last copies? Then it is alive upstream, and sent these too.
 * Likewise where likeness alone speaks and one set of copies ends before another begins: what a
 * server left behind goes round all together.
 */
const speaksOn = (laps: Laps, all: readonly Laps[]): boolean => {
  const { files } = laps.stream.chain;
  const place = (path: string, offset: number): number =>
    files.findIndex((file) => file.path === path) * 2 ** 40 + offset;
  const its = all.filter((other) => other.serverId === laps.serverId && other.laps > 2);
  const ends = its.map(({ last }) => place(last.file.path, last.copy.end));
  const lastCopy = Math.max(...ends);
  const firstEnd = Math.min(...ends);
  return (
    (laps.proof === 'content' &&
      its.some(({ first }) => place(first.file.path, first.copy.offset) >= firstEnd)) ||
    files.some((file) => {
      const { sketch, sketchComplete } = file.facts.transactions;
      const whole = sketch.some(
        ({ key, serverId, copy }) =>
          serverId === laps.serverId &&
          place(file.path, copy.offset) >= lastCopy &&
          !all.some((other) => other.key === key),
      );
      if (whole || sketchComplete) return whole;
      // The file may end in the middle of a lap: events of an open transaction tell nothing
      const open = file.facts.transactions.open?.start.offset ?? Number.POSITIVE_INFINITY;
      const tally = file.facts.serverIds.find((one) => one.serverId === laps.serverId);
      return (
        tally !== undefined &&
        tally.lastOffset < open &&
        place(file.path, tally.lastOffset) >= lastCopy
      );
    })
  );
};

const copiesOf = (laps: Laps, stream: Stream): { copies: number; ageing: number } => {
  let copies = 0;
  let ageing = 0;
  for (const { facts } of stream.chain.files) {
    for (const repeat of facts.transactions.repeats) {
      if (repeat.key !== laps.key) continue;
      copies += repeat.copies;
      ageing = Math.max(ageing, growth(repeat));
    }
  }
  return { copies, ageing };
};

/** As many, or nearly, as these copies would be for one channel. */
const ENOUGH = 0.9;

/** A log of the origin holds them, written by clients or replayed there: own events cannot come back to it. */
const sentByOrigin = (laps: Laps, servers: readonly Server[]): boolean => {
  const wanted = (laps.laps / Math.max(1, laps.stream.server.channels.length)) * ENOUGH;
  return servers.some(
    (server) =>
      server.ids.includes(laps.serverId) &&
      server.binlogs.some((chain) => {
        const { copies, ageing } = copiesOf(laps, { server, chain, channel: null });
        return (
          copies >= wanted &&
          (server.ids[0] === laps.serverId || (laps.proof === 'content' && ageing < GROWTH))
        );
      }),
  );
};

/** In the own binary log they age, in the relay logs beside it they do not: a slow applier. */
const arrivedWithoutAgeing = (laps: Laps, streams: readonly Stream[]): boolean =>
  laps.stream.channel === null &&
  streams.some(
    (stream) =>
      stream.channel !== null &&
      stream.server === laps.stream.server &&
      copiesOf(laps, stream).copies >= laps.laps * ENOUGH &&
      copiesOf(laps, stream).ageing < GROWTH,
  );

/** An own binary log without relay logs, whose only foreign id is this one: its direct source's, most likely. */
const onlyForeigner = (laps: Laps): boolean => {
  const { server, channel, chain } = laps.stream;
  if (channel !== null || server.channels.some((one) => one.relay)) return false;
  const foreign = new Set(
    chain.files.flatMap(({ facts }) => facts.serverIds.map((tally) => tally.serverId)),
  );
  for (const id of server.ids) foreign.delete(id);
  foreign.delete(laps.serverId);
  return foreign.size === 0;
};
