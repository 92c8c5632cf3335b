import { parseMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import type { CopyFact, Proof } from '../facts/facts.ts';
import type { Evidence, LogFile, Server } from './evidence.ts';
import { contentsOf, gtidsBefore } from './executed-gtids.ts';
import { keptTransactions } from './kept-transactions.ts';

/** One GTID that stands more than once in a server's own binary logs. */
export interface DuplicateGtid {
  readonly gtid: string;
  readonly serverId: number;
  readonly copies: number;
  readonly first: GtidCopy;
  readonly second: GtidCopy;
  /** Was the same transaction logged again, as far as its time tells? */
  readonly sameTime: boolean;
  readonly tables: readonly string[];
}

export interface GtidCopy {
  readonly file: LogFile;
  readonly copy: CopyFact;
}

/** All of one server, most copies first. */
export interface DuplicateGtids {
  readonly server: Server;
  readonly gtids: readonly [DuplicateGtid, ...DuplicateGtid[]];
}

const IS_GTID: Readonly<Record<Proof, boolean>> = {
  'mariadb-gtid': true,
  'mysql-gtid': true,
  'original-commit-timestamp': false,
  content: false,
};

/** Relay logs are not looked at: a transaction that is fetched again stands in them twice. */
export const findDuplicateGtids = ({ streams }: Pick<Evidence, 'streams'>): DuplicateGtids[] => {
  const found = new Map<Server, DuplicateGtid[]>();
  for (const { server, chain, channel } of streams) {
    if (channel !== null) continue;
    const gtids = histories(chain.files).flatMap(duplicatesIn);
    found.set(server, [...(found.get(server) ?? []), ...gtids]);
  }
  return [...found].flatMap(([server, gtids]) => {
    const [first, ...others] = gtids.sort((a, b) => b.copies - a.copies);
    return first ? { server, gtids: [first, ...others] } : [];
  });
};

/**
 * Files that go on from one another. Where the head of a log does not count what the one before it
 * holds, the two are not of one history: left over from before a RESET, or copied together.
 */
const histories = (files: readonly LogFile[]): LogFile[][] => {
  const all: LogFile[][] = [];
  for (const file of files) {
    const last = all.at(-1);
    const before = last?.at(-1);
    if (last && before && goesOn(before, file)) last.push(file);
    else all.push([file]);
  }
  return all;
};

const goesOn = (before: LogFile, after: LogFile): boolean => {
  const { previousGtids, flavor } = after.facts;
  if (previousGtids === null) return true;
  if (flavor === 'mysql') {
    const counted = gtidsBefore(after.facts);
    return counted === null || contentsOf([before]).isSubsetOf(counted);
  }
  const list = parseMariadbGtidList(previousGtids);
  return (
    list === null ||
    before.facts.gtids.streams.every(({ domain, server }) =>
      list.some((gtid) => gtid.domain === domain && gtid.server === server),
    )
  );
};

interface Seen {
  copies: number;
  readonly serverId: number;
  readonly first: GtidCopy;
  readonly timestamp: number;
  second: GtidCopy | null;
  sameTime: boolean;
  tables: readonly string[];
}

const duplicatesIn = (files: readonly LogFile[]): DuplicateGtid[] => {
  const seen = new Map<string, Seen>();
  const see = (
    one: { readonly key: string; readonly serverId: number; readonly timestamp: number },
    copies: number,
    first: GtidCopy,
    second: GtidCopy | null,
    tables: readonly string[],
  ): void => {
    const { key, serverId, timestamp } = one;
    const before = seen.get(key);
    if (!before) {
      seen.set(key, { copies, serverId, first, timestamp, second, sameTime: true, tables });
      return;
    }
    before.copies += copies;
    before.second ??= first;
    before.sameTime &&= before.timestamp === timestamp;
    before.tables = [...new Set([...before.tables, ...tables])];
  };
  for (const file of files) {
    const { repeats } = file.facts.transactions;
    const repeated = new Set<string>();
    for (const one of repeats) {
      if (!IS_GTID[one.proof]) continue;
      repeated.add(one.key);
      const place = (copy: CopyFact): GtidCopy => ({ file, copy });
      see(one, one.copies, place(one.first), place(one.second), one.tables);
    }
    const kept = keptTransactions(file.facts);
    for (const one of kept.sort((a, b) => a.copy.offset - b.copy.offset)) {
      if (!IS_GTID[one.proof] || repeated.has(one.key)) continue;
      see(one, 1, { file, copy: one.copy }, null, []);
    }
  }
  return [...seen].flatMap(([gtid, { second, ...rest }]) =>
    second === null ? [] : { gtid, ...rest, second },
  );
};
