import { compareLogNames, type LogCoordinates } from '../binlog/coordinates.ts';
import { GtidSet } from '../binlog/gtid-set.ts';
import { behindHighest } from './behind-highest.ts';
import { mayUseGtid, usesGtid } from './channel-view.ts';
import type { Channel, Evidence, LogFile, Server } from './evidence.ts';
import {
  executedGtids,
  oldestLog,
  ownChain,
  purgedGtids,
  receivedGtids,
} from './executed-gtids.ts';
import { type MissingInDomain, missingInDomains } from './missing-in-domains.ts';
import { requestedCoordinates } from './requested-coordinates.ts';
import { binlogNamed, feeds, listedLogs, sourceOf } from './source-of.ts';

/** What a replica will ask for, and its source no longer has. */
export type PurgedRequest = {
  readonly server: Server;
  readonly channel: Channel;
  readonly source: Server;
  /** Oldest log that the source has, and its file where it was given. */
  readonly oldest: string;
  readonly file: LogFile | null;
  /** Does the source receive from the replica? Then this channel may be one of former days. */
  readonly mutual: boolean;
} & (
  | { readonly by: 'position'; readonly asked: LogCoordinates }
  | { readonly by: 'gtid'; readonly missing: GtidSet; readonly holders: readonly Server[] }
  | { readonly by: 'mariadb-gtid'; readonly missing: readonly MissingInDomain[] }
);

/** Channels whose source has purged what they need next, by the source's index and its oldest log. */
export const findPurgedRequests = ({
  relays,
  servers,
}: Pick<Evidence, 'relays' | 'servers'>): PurgedRequest[] =>
  relays.flatMap(({ server, channel }) => {
    const source = sourceOf(channel, server, servers);
    if (!source) return [];
    if (!usesGtid(channel) && !mayUseGtid(server, channel))
      return byPosition(server, channel, source) ?? [];
    if (server.version?.flavor === 'mariadb')
      return usesGtid(channel) ? (byDomain(server, channel, source) ?? []) : [];
    return byGtid(server, channel, source, servers) ?? [];
  });

const byDomain = (server: Server, channel: Channel, source: Server): PurgedRequest | null => {
  const file = oldestLog(source);
  const missing = file ? missingInDomains(server, channel, file) : [];
  if (!file || missing.length === 0) return null;
  const mutual = feeds(server, source);
  return { by: 'mariadb-gtid', server, channel, source, oldest: file.name, file, mutual, missing };
};

const byPosition = (server: Server, channel: Channel, source: Server): PurgedRequest | null => {
  const asked = requestedCoordinates(channel);
  const [oldest] = listedLogs(source) ?? [];
  if (!asked || oldest === undefined || !(compareLogNames(asked.file, oldest) < 0)) return null;
  const file = binlogNamed(source, oldest);
  const mutual = feeds(server, source);
  return { by: 'position', server, channel, source, oldest, file, mutual, asked };
};

const byGtid = (
  server: Server,
  channel: Channel,
  source: Server,
  servers: readonly Server[],
): PurgedRequest | null => {
  const purged = purgedGtids(source);
  if (!purged) return null;
  const has = server.channels.reduce(
    (set, one) => set.union(receivedGtids(one)),
    executedGtids(server)?.set ?? new GtidSet(),
  );
  const missing = behindHighest(purged.set.subtract(has), has);
  if (missing.isEmpty) return null;
  const holders = servers.filter(
    (other) => other !== server && other !== source && stillHas(other, missing),
  );
  const { oldest: file } = purged;
  const mutual = feeds(server, source);
  return { by: 'gtid', server, channel, source, oldest: file.name, file, mutual, missing, holders };
};

/** Does this server's log still hold them all? */
const stillHas = (server: Server, missing: GtidSet): boolean => {
  const executed = executedGtids(server)?.set;
  const purged = purgedGtids(server)?.set;
  return (
    ownChain(server) !== null &&
    executed !== undefined &&
    purged !== undefined &&
    missing.isSubsetOf(executed) &&
    missing.intersect(purged).isEmpty
  );
};
