import { parseMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';
import { replicaStatuses } from './replica-statuses.ts';

/** Numbers of one MariaDB domain that lie before a source's oldest log and behind what a replica has. */
export interface MissingInDomain {
  readonly domain: number;
  readonly from: number;
  readonly to: number;
}

/** Highest number of each domain that a log, or the list at its head, holds. */
const highest = (logs: readonly LogFacts[]): Map<number, number> => {
  const found = new Map<number, number>();
  const see = (domain: number, sequence: number): void => {
    found.set(domain, Math.max(sequence, found.get(domain) ?? 0));
  };
  for (const { gtids, previousGtids } of logs) {
    for (const { domain, last } of gtids.streams) see(domain, last);
    for (const { domain, sequence } of parseMariadbGtidList(previousGtids ?? '') ?? [])
      see(domain, Number(sequence));
  }
  return found;
};

/**
 * What the source had written before its oldest log and the replica never received. Only domains
 * that the relay logs hold, or that a status names: of others nothing tells where the replica stands
 * (gtid_slave_pos is in no log). A domain that is filtered on purpose is not missing.
 */
export const missingInDomains = (
  server: Server,
  channel: Channel,
  oldest: LogFile,
): MissingInDomain[] => {
  const relayed = channel.relay?.files.map(({ facts }) => facts) ?? [];
  const said = saidPositions(server, channel);
  const known = new Set([
    ...relayed.flatMap(({ gtids }) => gtids.streams.map((one) => one.domain)),
    ...said.keys(),
  ]);
  const own = ownChain(server)?.files.map(({ facts }) => facts) ?? [];
  const has = highest([...relayed, ...own]);
  const before = highest([{ ...oldest.facts, gtids: NO_GTIDS }]);
  return [...before].flatMap(([domain, to]) => {
    const last = Math.max(has.get(domain) ?? 0, said.get(domain) ?? 0);
    return known.has(domain) && !isFilteredDomain(channel, domain) && to > last
      ? [{ domain, from: last + 1, to }]
      : [];
  });
};

/** Highest number of each domain that a status of the channel says it has received or applied. */
const saidPositions = (server: Server, channel: Channel): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  for (const { row } of replicaStatuses(server, channel)) {
    const said = [row.gtidIoPos, row.gtidSlavePos].flatMap(
      (text) => parseMariadbGtidList(text ?? '') ?? [],
    );
    for (const { domain, sequence } of said)
      found.set(domain, Math.max(Number(sequence), found.get(domain) ?? 0));
  }
  return found;
};

/** DO_DOMAIN_IDS goes before IGNORE_DOMAIN_IDS, and the server takes one of them only. */
export const isFilteredDomain = ({ masterInfo }: Channel, domain: number): boolean => {
  const wanted = masterInfo?.value.doDomainIds ?? [];
  const ignored = masterInfo?.value.ignoreDomainIds ?? [];
  return wanted.length > 0 ? !wanted.includes(domain) : ignored.includes(domain);
};

const NO_GTIDS: LogFacts['gtids'] = {
  complete: true,
  sources: [],
  streams: [],
  outOfOrder: [],
  outOfOrderCount: 0,
};
