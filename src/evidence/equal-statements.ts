import type { Server, Stream } from './evidence.ts';
import type { Laps } from './laps.ts';

/** Seconds by which `exec_time` must grow from lap to lap: one is rounding. */
export const GROWTH = 2;

export const growth = (of: { execTimeMin: number | null; execTimeMax: number | null }): number =>
  (of.execTimeMax ?? 0) - (of.execTimeMin ?? 0);

/**
 * Without GTID and commit timestamp a client's equal statements of one second look like laps, and
 * a replica that applies them slowly makes them age. Says why that explains the copies; null where
 * it does not. `all` are the repeated transactions of the same stream.
 */
export const equalStatements = (
  laps: Laps,
  all: readonly Laps[],
  servers: readonly Server[],
  streams: readonly Stream[],
): string | null => {
  if (sentByClient(laps, servers))
    return 'the binary log of their origin holds as many, without ageing';
  if (arrivedWithoutAgeing(laps, streams))
    return 'they arrived that often without ageing: this server applied them slowly';
  if (speaksOn(laps, all)) return 'their server writes on behind them';
  if (onlyForeigner(laps)) return 'no other server’s events show that they overtook anything';
  return null;
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

const explains = (laps: Laps, stream: Stream): boolean => {
  const { copies, ageing } = copiesOf(laps, stream);
  return copies >= laps.laps * 0.9 && ageing < GROWTH;
};

const sentByClient = (laps: Laps, servers: readonly Server[]): boolean =>
  servers.some(
    (server) =>
      server.ids.includes(laps.serverId) &&
      server.binlogs.some((chain) => explains(laps, { server, chain, channel: null })),
  );

/** In the own binary log they age, in the relay logs beside it they do not: a slow applier. */
const arrivedWithoutAgeing = (laps: Laps, streams: readonly Stream[]): boolean =>
  laps.stream.channel === null &&
  streams.some(
    (stream) =>
      stream.channel !== null && stream.server === laps.stream.server && explains(laps, stream),
  );

/** Events of that server behind its last repeated one: it is alive upstream, and sent these too. */
const speaksOn = (laps: Laps, all: readonly Laps[]): boolean => {
  const { files } = laps.stream.chain;
  const place = (path: string, offset: number): number =>
    files.findIndex((file) => file.path === path) * 2 ** 40 + offset;
  const lastCopy = Math.max(
    ...all
      .filter((other) => other.serverId === laps.serverId && other.laps > 2)
      .map(({ last }) => place(last.file.path, last.copy.end)),
  );
  return files.some(({ path, facts }) =>
    facts.serverIds.some(
      (tally) => tally.serverId === laps.serverId && place(path, tally.lastOffset) >= lastCopy,
    ),
  );
};

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
