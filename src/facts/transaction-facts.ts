import type { EventRef } from '../binlog/event-ref.ts';

/** Which identity says that two transactions are one. */
export type Proof = 'mariadb-gtid' | 'mysql-gtid' | 'original-commit-timestamp' | 'content';

/** One copy of a transaction in a log. */
export interface CopyFact {
  readonly offset: number;
  /** End of the transaction in the file. */
  readonly end: number;
  /** Source position that orders copies: `log_pos` of the first event that has one. */
  readonly position: number;
  /** Source log of `position`; null when no Rotate in this file named it before. */
  readonly log: string | null;
  /** Place among the transactions of this file, from 0. */
  readonly index: number;
  /** Unix seconds when this copy was written, as far as its own bytes tell. */
  readonly writtenAt: number | null;
  /** Largest data timestamp of the file up to here: no later than the moment of writing. */
  readonly notBefore: number;
  readonly execTime: number | null;
}

/** A transaction as the sketch keeps it: enough to find it again in another file. */
export interface TransactionFact {
  readonly key: string;
  readonly proof: Proof;
  readonly serverId: number;
  readonly timestamp: number;
  readonly copy: CopyFact;
}

/** A transaction that stands more than once in this file. */
export interface RepeatFact {
  readonly key: string;
  readonly proof: Proof;
  readonly gtid: string | null;
  readonly serverId: number;
  readonly timestamp: number;
  readonly threadId: number | null;
  /** µs since the epoch. */
  readonly originalCommit: number | null;
  readonly copies: number;
  readonly first: CopyFact;
  readonly second: CopyFact;
  readonly last: CopyFact;
  readonly execTimeMin: number | null;
  readonly execTimeMax: number | null;
  /** Copies whose exec_time is smaller than the one before: a loop grows older with each lap. */
  readonly execTimeFalls: number;
  /** Were the masked bytes of two copies compared and found equal? False: they differ. Null: not comparable. */
  readonly sameBytes: boolean | null;
  /** How its first and last copy are logged. */
  readonly formats: ReadonlyArray<'statement' | 'row' | 'compressed'>;
  /** `db.table` in its first and last copy, as the table maps or the statement name them. */
  readonly tables: readonly string[];
}

export interface TransactionsFact {
  readonly count: number;
  readonly style: 'anonymous' | 'mysql-gtid' | 'mariadb-gtid' | 'none';
  /** Kind of the newest transaction: tells GTID mode at the end of the file. */
  readonly newest: 'anonymous' | 'mysql-gtid' | 'mariadb-gtid' | 'plain' | null;
  readonly repeats: readonly RepeatFact[];
  /** Repeated transactions beyond what is kept. */
  readonly repeatsLeftOut: number;
  /** The transactions with the smallest hashes: the same choice in every file, so that files compare. */
  readonly sketch: readonly TransactionFact[];
  readonly sketchComplete: boolean;
  /** The newest transactions, oldest first. */
  readonly tail: readonly TransactionFact[];
  /** Does the file begin inside a transaction? Where the event that ends it begins and ends, -1 when nothing does. */
  readonly headContinuation: { readonly offset: number; readonly endOffset: number } | null;
  /** The transaction that is still open where the file ends. */
  readonly open: { readonly start: EventRef; readonly lastEnd: number } | null;
  /** Transactions begun and then begun anew without an end, such as after a reconnect. */
  readonly abandoned: readonly EventRef[];
  /** Last complete transaction. */
  readonly lastComplete: {
    readonly offset: number;
    readonly end: number;
    readonly position: number;
  } | null;
}

/** One of the largest or longest transactions of a log. */
export interface ExtremeFact {
  readonly offset: number;
  /** End in the file. */
  readonly end: number;
  readonly events: number;
  readonly serverId: number;
  readonly threadId: number | null;
  /** Smallest timestamp of its events, and that of its last one. Unix seconds. */
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
  /** µs since the epoch: its commit on the server that it comes from; null where nobody wrote it. */
  readonly originalCommit: number | null;
  /** Largest of its statements, in seconds, as the log's writer took it. */
  readonly execTime: number | null;
  /** As {@link RepeatFact}'s. */
  readonly formats: RepeatFact['formats'];
  readonly tables: readonly string[];
}

/** How long after its first commit the writer of a log committed what comes from one server. */
export interface CommitLagFact {
  /** Where the transactions come from. */
  readonly serverId: number;
  readonly transactions: number;
  /** Committed before their origin committed them: the clocks differ. */
  readonly negative: number;
  /** µs. */
  readonly least: number;
  readonly leastOffset: number;
  readonly worst: number;
  readonly worstOffset: number;
  /** µs since the epoch: the last commit here. */
  readonly newestCommit: number;
  readonly newestOffset: number;
  /** Bucket and count, see `bucketSeconds`. */
  readonly buckets: ReadonlyArray<readonly [bucket: number, count: number]>;
}
