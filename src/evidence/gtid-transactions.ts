import { formatGtid, type Gtid, GtidSet } from '../binlog/gtid-set.ts';
import type { TransactionFact } from '../facts/facts.ts';
import type { LogFile } from './evidence.ts';

/** A MySQL transaction with its place in a log. */
export interface GtidTransaction {
  readonly gtid: string;
  /** Of the server that wrote it first; null where only its begin is known. */
  readonly serverId: number | null;
  readonly file: LogFile;
  readonly offset: number;
  /** End in the file. */
  readonly end: number | null;
  /** Unix seconds, by the clock of the server that wrote it first. */
  readonly timestamp: number;
  /** Not before it was committed by the server that this log, or this relay log's source, belongs to. */
  readonly committed: number;
}

/** Reads the key of a transaction: `uuid:5`, `uuid:tag:5`. */
export const gtidOfKey = (key: string): Gtid | null => {
  const parts = key.split(':');
  const number = parts.at(-1) ?? '';
  if ((parts.length !== 2 && parts.length !== 3) || !/^\d+$/.test(number)) return null;
  return {
    uuid: String(parts[0]),
    tag: parts.length === 3 ? String(parts[1]) : '',
    gno: BigInt(number),
  };
};

/**
 * Transactions of a set in these logs, oldest first, each once: all of a small log; of a large one a
 * sample, the newest ones, and the first of each uuid and tag.
 */
export const transactionsIn = (
  files: readonly LogFile[],
  set: GtidSet,
): readonly GtidTransaction[] => {
  const found = new Map<string, GtidTransaction>();
  if (set.isEmpty) return [];
  for (const file of files) {
    const { sketch, tail } = file.facts.transactions;
    const kept = [...sketch, ...tail].filter(({ proof }) => proof === 'mysql-gtid');
    const here = [...kept.map((one) => placed(file, one)), ...firstOnes(file)]
      .filter(({ gtid }) => holds(set, gtid))
      .sort((a, b) => a.offset - b.offset);
    for (const one of here) if (!found.has(one.gtid)) found.set(one.gtid, one);
  }
  return [...found.values()];
};

const firstOnes = (file: LogFile): GtidTransaction[] =>
  file.facts.gtids.sources.map(({ uuid, tag, firstNumber, firstOffset, firstTimestamp }) => ({
    gtid: formatGtid({ uuid, tag, gno: BigInt(firstNumber) }),
    serverId: null,
    file,
    offset: firstOffset,
    end: null,
    timestamp: firstTimestamp,
    committed: firstTimestamp,
  }));

const holds = (set: GtidSet, key: string): boolean => {
  const gtid = gtidOfKey(key);
  return gtid !== null && set.contains(gtid);
};

/** The set of these. */
export const setOf = (transactions: readonly GtidTransaction[]): GtidSet =>
  GtidSet.of(...transactions.flatMap(({ gtid }) => gtidOfKey(gtid) ?? []));

const placed = (file: LogFile, fact: TransactionFact): GtidTransaction => {
  const { key, copy, serverId, timestamp } = fact;
  return {
    gtid: key,
    serverId,
    file,
    offset: copy.offset,
    end: copy.end,
    timestamp,
    // A client may have SET TIMESTAMP to the past; what stands before it was written before
    committed: Math.max(copy.writtenAt ?? timestamp, copy.notBefore),
  };
};
