import type { LogBuilder } from './build-log.ts';
import {
  binaryLog,
  RelayLog,
  START,
  type Transaction,
  times,
  VERSION,
  write,
} from './relay-log.ts';

/** What tells that a transaction came again: the servers' own identities, or its content and its age. */
export type Proof = 'mariadb-gtid' | 'original-commit-timestamp' | 'content';

export const PROOFS: readonly Proof[] = ['mariadb-gtid', 'original-commit-timestamp', 'content'];

export const VERSION_OF: Readonly<Record<Proof, string>> = {
  'mariadb-gtid': VERSION.mariadb,
  'original-commit-timestamp': VERSION.mysql8030,
  content: VERSION.mysql56,
};

/** Of the server that is gone: nobody drops what carries it. */
export const GONE = 3;

const LAPS_A_SECOND = 10;
const MICROSECONDS = 1e6;

/** One lap of a transaction: what names it stays, what a server writes anew is new. */
export const lap = (proof: Proof, i: number, transaction: Transaction = {}): Transaction => {
  const { at = START, sequence = 8 } = transaction;
  const age = i / LAPS_A_SECOND;
  const again = {
    serverId: GONE,
    at,
    exec: Math.floor(age),
    xid: 100 + i,
    tableId: 200 + i,
    ...transaction,
  };
  if (proof === 'mariadb-gtid') return { ...again, sequence };
  if (proof === 'content') return again;
  const original = at * MICROSECONDS + sequence;
  return {
    ...again,
    original,
    immediate: original + Math.round(age * MICROSECONDS),
    lastCommitted: i,
  };
};

/** One transaction of a living server, told by everything its version writes. */
export const single = (proof: Proof, i: number, transaction: Transaction = {}): Transaction => {
  const { at = START + 1 } = transaction;
  const own = {
    serverId: 1,
    at,
    sql: `INSERT INTO other VALUES (${i})`,
    xid: 900 + i,
    ...transaction,
  };
  if (proof === 'mariadb-gtid') return { ...own, sequence: 1000 + i };
  if (proof === 'content') return own;
  return { ...own, immediate: at * MICROSECONDS + 500_000 + i };
};

export interface Ring {
  readonly proof?: Proof;
  readonly laps?: number;
  /** Whose logs. */
  readonly serverId?: number;
  readonly source?: number;
  readonly version?: string;
  readonly transactions?: readonly Transaction[];
}

/** Relay log of a ring's member: own events dropped, and those of a server that is gone lap after lap. */
export const ringRelay = ({
  proof = 'content',
  laps = 40,
  serverId = 2,
  source = 1,
  version = VERSION_OF[proof],
  transactions = [{}],
}: Ring = {}): RelayLog => {
  const relay = new RelayLog({ serverId, version }).connect({ source, position: 700 });
  relay.write(single(proof, 0, { serverId: source, at: START })).hole();
  times(laps, (i) => {
    for (const transaction of transactions) relay.write(lap(proof, i, transaction));
  });
  return relay;
};

/** Its own binary log, with the same. */
export const ringBinlog = ({
  proof = 'content',
  laps = 40,
  serverId = 2,
  source = 1,
  version = VERSION_OF[proof],
  transactions = [{}],
}: Ring = {}): LogBuilder => {
  const log = binaryLog({ serverId, version });
  write(log, single(proof, 0, { serverId: source, at: START }));
  times(laps, (i) => {
    for (const transaction of transactions) write(log, lap(proof, i, transaction));
  });
  return log;
};
