import { parseMariadbGtid } from '../binlog/mariadb-gtid.ts';
import type { TransactionFact } from '../facts/facts.ts';
import { usesGtid } from './channel-view.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { isWhole, ownChain } from './executed-gtids.ts';
import { keptTransactions } from './kept-transactions.ts';
import { isFilteredDomain } from './missing-in-domains.ts';
import { replicaStatuses } from './replica-statuses.ts';
import { sourceOf } from './source-of.ts';

/** One transaction of a MariaDB domain where it stands. */
export interface DomainTransaction {
  readonly gtid: string;
  readonly sequence: number;
  readonly file: LogFile;
  readonly copy: TransactionFact['copy'];
  readonly serverId: number;
}

/** Numbers of a MariaDB domain that the source logged and the replica did not, with others of it around them. */
export interface DomainGap {
  readonly server: Server;
  readonly channel: Channel;
  readonly source: Server;
  readonly domain: number;
  /** Without a hole, as they stand in the source’s log. */
  readonly missing: readonly [DomainTransaction, ...DomainTransaction[]];
  /** The last before them and the first behind them, in one of the replica’s own logs. */
  readonly below: DomainTransaction;
  readonly above: DomainTransaction;
  /** Does the channel ask by GTID, so that gtid_slave_pos passed them by? */
  readonly byGtid: boolean;
}

/**
 * What a replica passed by without an error: gtid_slave_pos was set to more than it had, or it was put
 * on a source at a place too new; MariaDB asks for what follows its position and never looks back.
 * Numbers of a domain have holes by design where a filter drops transactions, so only one hole counts,
 * in a log of a server that filters nothing, as its status says, and has logged what lies on both sides
 * of it within one file: log_slave_updates cannot change within one.
 */
export const findDomainGaps = (servers: readonly Server[]): DomainGap[] =>
  servers.flatMap((server) => {
    const given = domainLogs(server, servers);
    if (!given) return [];
    const { channel, source, ours, theirs, relayed, domains } = given;
    return domains.flatMap((domain) => {
      const has = inDomain([...ours, ...relayed], domain);
      const found = ours.flatMap((file) => holesIn(file, domain));
      const [hole] = found;
      if (!hole || found.length > 1) return [];
      const numbers = new Set(has.map(({ sequence }) => sequence));
      const missing = inDomain(theirs, domain)
        .filter(({ sequence }) => sequence > hole.below.sequence && sequence < hole.above.sequence)
        .sort((a, b) => a.sequence - b.sequence);
      const [first, ...others] = missing;
      const many = hole.above.sequence - hole.below.sequence - 1;
      const wanted = missing.every(
        ({ sequence, serverId, file }) =>
          !numbers.has(sequence) && !isIgnored(channel, serverId) && isLoggedAlike(hole.file, file),
      );
      // Each number of the hole, once, and the two beside it, by which the numbers are the same ones
      const known = new Set(inDomain(theirs, domain).map(({ gtid }) => gtid));
      const isOne = known.has(hole.below.gtid) && known.has(hole.above.gtid);
      if (!first || missing.length !== many || !wanted || !isOne) return [];
      return [
        {
          server,
          channel,
          source,
          domain,
          missing: [first, ...others] as const,
          below: hole.below,
          above: hole.above,
          byGtid: usesGtid(channel),
        },
      ];
    });
  });

interface DomainLogs {
  readonly channel: Channel;
  readonly source: Server;
  readonly ours: readonly LogFile[];
  readonly theirs: readonly LogFile[];
  readonly relayed: readonly LogFile[];
  /** That are not filtered, and in which the replica wrote nothing itself: that takes numbers too. */
  readonly domains: readonly number[];
}

/** All that tells a loss from a hole by design; null where something of it is not there. */
export const domainLogs = (server: Server, servers: readonly Server[]): DomainLogs | null => {
  const [channel, other] = server.channels;
  if (server.version?.flavor !== 'mariadb' || !channel || other) return null;
  const source = sourceOf(channel, server, servers);
  if (!source || !isUnfiltered(server, channel)) return null;
  const ours = ownChain(server)?.files ?? [];
  const theirs = ownChain(source)?.files ?? [];
  const relayed = channel.relay?.files ?? [];
  const streams = ours.flatMap(({ facts }) => facts.gtids.streams);
  const own = streams.filter((one) => server.ids.includes(one.server)).map((one) => one.domain);
  const domains = [...new Set(streams.map((one) => one.domain))].filter(
    (domain) => !own.includes(domain) && !isFilteredDomain(channel, domain),
  );
  // What a sample leaves out is no hole
  return domains.length > 0 && theirs.length > 0 && [...ours, ...relayed].every(isKeptWhole)
    ? { channel, source, ours, theirs, relayed, domains }
    : null;
};

const isKeptWhole = (file: LogFile): boolean =>
  isWhole(file) && file.facts.transactions.sketchComplete;

const inDomain = (files: readonly LogFile[], domain: number): DomainTransaction[] =>
  files.flatMap((file) =>
    keptTransactions(file.facts).flatMap(({ key, proof, copy, serverId }) => {
      const gtid = proof === 'mariadb-gtid' ? parseMariadbGtid(key) : null;
      return gtid?.domain === domain
        ? [{ gtid: key, sequence: Number(gtid.sequence), file, copy, serverId }]
        : [];
    }),
  );

interface Hole {
  readonly file: LogFile;
  readonly below: DomainTransaction;
  readonly above: DomainTransaction;
}

const holesIn = (file: LogFile, domain: number): Hole[] => {
  const written = inDomain([file], domain).sort((a, b) => a.copy.offset - b.copy.offset);
  return written.flatMap((above, i) => {
    const below = written[i - 1];
    return below && above.sequence > below.sequence + 1 ? [{ file, below, above }] : [];
  });
};

/** Does the newest status show all filters, and each empty? */
const isUnfiltered = (server: Server, channel: Channel): boolean => {
  const row = replicaStatuses(server, channel).at(-1)?.row;
  if (!row) return false;
  const filters = [
    'doDatabases',
    'ignoreDatabases',
    'doTables',
    'ignoreTables',
    'wildDoTables',
    'wildIgnoreTables',
  ] as const;
  return filters.every((name) => row.offsets[name] !== undefined && !row[name]?.length);
};

const isIgnored = ({ masterInfo }: Channel, serverId: number): boolean =>
  masterInfo?.value.ignoreServerIds?.includes(serverId) ?? false;

/** A replica with binlog_format ROW logs nothing of a statement that changes no row here. */
const isLoggedAlike = (here: LogFile, there: LogFile): boolean => hasRows(there) || !hasRows(here);

const hasRows = ({ facts }: LogFile): boolean =>
  Object.keys(facts.types).some((name) => /rows/i.test(name) && !/query/i.test(name));
