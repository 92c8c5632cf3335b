import { parseMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import type { GtidsFact } from '../facts/facts.ts';
import { usesGtid } from './channel-view.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { isLast, isWhole, ownChain } from './executed-gtids.ts';
import { feeds, sourceOf } from './source-of.ts';

type StreamOfServer = GtidsFact['streams'][number];

/** What a MariaDB replica wrote under its own server id, and its source never had. */
export interface MariadbLocalWrites {
  readonly server: Server;
  readonly channel: Channel;
  readonly source: Server;
  readonly domain: number;
  /** Sequence numbers of the first and the last one. */
  readonly first: number;
  readonly last: number;
  readonly transactions: number;
  /** Where the newest logs show them, oldest first. */
  readonly places: readonly [LocalPlace, ...LocalPlace[]];
  /** Does the source write in that domain too? */
  readonly sharesDomain: boolean;
  /** Do GTIDs decide where this channel reads on? */
  readonly usesGtid: boolean;
}

export interface LocalPlace {
  readonly file: LogFile;
  readonly stream: StreamOfServer;
}

/** Judged only with the logs of both servers, up to the source's newest one, and outside of rings. */
export const findMariadbLocalWrites = (servers: readonly Server[]): MariadbLocalWrites[] =>
  servers.flatMap((server) => {
    if (server.version?.flavor !== 'mariadb' || server.id === null) return [];
    return server.channels.flatMap((channel) => {
      const source = channel.relay ? sourceOf(channel, server, servers) : null;
      const sourceLogs = source && (ownChain(source)?.files ?? []);
      const newest = sourceLogs?.at(-1);
      if (!source || !sourceLogs || !newest || feeds(server, source)) return [];
      if (!isWhole(newest) || !isLast(source, newest)) return [];
      return writesOf(server, channel, source, sourceLogs);
    });
  });

const writesOf = (
  server: Server,
  channel: Channel,
  source: Server,
  sourceLogs: readonly LogFile[],
): MariadbLocalWrites[] => {
  const elsewhere = [...sourceLogs, ...server.channels.flatMap(({ relay }) => relay?.files ?? [])];
  const domains = new Map<number, LocalPlace[]>();
  for (const file of ownChain(server)?.files ?? []) {
    for (const stream of file.facts.gtids.streams) {
      if (stream.server !== server.id || isKnown(elsewhere, stream)) continue;
      domains.set(stream.domain, [...(domains.get(stream.domain) ?? []), { file, stream }]);
    }
  }
  return [...domains].flatMap(([domain, [first, ...others]]) => {
    if (!first || standFirst(ownChain(server)?.files ?? [], others.at(-1) ?? first)) return [];
    const streams = [first, ...others].map(({ stream }) => stream);
    return {
      server,
      channel,
      source,
      domain,
      first: Math.min(...streams.map((stream) => stream.first)),
      last: Math.max(...streams.map((stream) => stream.last)),
      transactions: streams.reduce((sum, stream) => sum + stream.transactions, 0),
      places: [first, ...others],
      sharesDomain: sourceLogs.some(({ facts }) =>
        facts.gtids.streams.some((stream) => stream.domain === domain),
      ),
      usesGtid: usesGtid(channel),
    };
  });
};

/**
 * Do they stand before all that other servers wrote, as those of a former source do? Its new source may
 * have been made from a copy of it, and then none of its logs names them.
 */
const standFirst = (files: readonly LogFile[], last: LocalPlace): boolean => {
  const at = files.indexOf(last.file);
  const isOther = ({ server }: { readonly server: number }): boolean =>
    server !== last.stream.server;
  return files
    .slice(0, at + 1)
    .every(
      ({ facts }, i) =>
        !(parseMariadbGtidList(facts.previousGtids ?? '') ?? []).some(isOther) &&
        facts.gtids.streams.every(
          (one) => !isOther(one) || (i === at && one.firstOffset > last.stream.lastOffset),
        ),
    );
};

/** Do these logs, or the lists at their heads, hold anything of this server in this domain? */
const isKnown = (files: readonly LogFile[], { domain, server }: StreamOfServer): boolean =>
  files.some(
    ({ facts }) =>
      facts.gtids.streams.some((stream) => stream.domain === domain && stream.server === server) ||
      (parseMariadbGtidList(facts.previousGtids ?? '') ?? []).some(
        (gtid) => gtid.domain === domain && gtid.server === server,
      ),
  );
