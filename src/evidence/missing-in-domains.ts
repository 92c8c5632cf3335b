import { parseMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';

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
 * that the relay logs hold: those of a replica that has just begun tell nothing (gtid_slave_pos is
 * in no log).
 */
export const missingInDomains = (
  server: Server,
  { relay }: Channel,
  oldest: LogFile,
): MissingInDomain[] => {
  const relayed = relay?.files.map(({ facts }) => facts) ?? [];
  const received = new Set(relayed.flatMap(({ gtids }) => gtids.streams.map((one) => one.domain)));
  const own = ownChain(server)?.files.map(({ facts }) => facts) ?? [];
  const has = highest([...relayed, ...own]);
  const before = highest([{ ...oldest.facts, gtids: NO_GTIDS }]);
  return [...before].flatMap(([domain, to]) => {
    const last = has.get(domain) ?? 0;
    return received.has(domain) && to > last ? [{ domain, from: last + 1, to }] : [];
  });
};

const NO_GTIDS: LogFacts['gtids'] = {
  complete: true,
  sources: [],
  streams: [],
  outOfOrder: [],
  outOfOrderCount: 0,
};
