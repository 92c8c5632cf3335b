/** What fills logs, version 1. Additive changes only: keys stay, new ones may come. */
export const StatsSchemaVersion = 1;

/** Row changes by what they do; an update is one row. */
export interface RowCounts {
  readonly written: number;
  readonly updated: number;
  readonly deleted: number;
}

export interface TypeStats {
  readonly type: string;
  readonly events: number;
  /** In the file, headers and checksums with them; 0 for events inside compressed transactions. */
  readonly bytes: number;
}

export interface ServerIdStats {
  readonly serverId: number;
  readonly events: number;
  readonly bytes: number;
}

/** The transactions of one writer: of a uuid (and tag) in MySQL, of a domain and server in MariaDB. */
export interface GtidRange {
  readonly source: string;
  /** Whole GTIDs: the one with the smallest number, and the one with the largest. */
  readonly first: string;
  readonly last: string;
  /** Fewer than the numbers from first to last where there are gaps, more where some come twice. */
  readonly transactions: number;
}

/** Sums over events. With a filter, over the events that were asked for. */
export interface EventSums {
  /** Those inside compressed transactions with them. */
  readonly events: number;
  /** How many of them are inside compressed transactions (`Transaction_payload`). */
  readonly innerEvents: number;
  /** Bytes that these events take in the file. */
  readonly eventBytes: number;
  /** By bytes, the largest first. */
  readonly types: readonly TypeStats[];
  /** Whole ones: transactions that begin or end outside the file are not counted. */
  readonly transactions: number;
  /** Statements logged as text, those that only begin or end a transaction left out. */
  readonly statements: number;
  readonly rows: RowCounts;
  /** Rows events whose rows could not all be counted: no table map, damaged, an unreadable type. */
  readonly uncountedRowsEvents: number;
  /** Events whose body or rows contradict the format; a malformed body counts whatever was asked for. */
  readonly malformedEvents: number;
  /** ISO 8601, UTC: the earliest and the latest timestamp; events that only frame the log do not count. */
  readonly first: string | null;
  readonly last: string | null;
}

export interface FileStats extends EventSums {
  readonly path: string;
  /** Null where no event could be read. */
  readonly kind: 'binary-log' | 'relay-log' | null;
  /** Of the file; null where its size is not known. */
  readonly bytes: number | null;
  /** Where the last event ends that could be read. */
  readonly wholeUntil: number;
  /** The ten with the most events. */
  readonly serverIds: readonly ServerIdStats[];
  /** Events of all further server ids. */
  readonly otherServerIds: { readonly events: number; readonly bytes: number };
  readonly gtids: readonly GtidRange[];
  /** Transactions of sources beyond those in `gtids`. */
  readonly otherGtids: number;
  /** Places that contradict the format, and the bytes there that were not used. */
  readonly damage: { readonly places: number; readonly bytes: number };
}

export interface TableStats {
  /** `db.table`; only `table` for a statement without a default database. */
  readonly table: string;
  /** Rows events. */
  readonly events: number;
  /** Of the rows events: as they stand in the file; of those inside compressed transactions, decompressed. */
  readonly bytes: number;
  /** How many of the bytes come from inside compressed transactions. */
  readonly innerBytes: number;
  readonly rows: RowCounts;
  /** Statements, logged as text, that name it. */
  readonly statements: number;
}

/** What says how long a transaction took: see `seconds`. */
export type SecondsBy = 'commit-timestamp' | 'exec-time' | 'timestamps';

/** One transaction. With a filter, sums count the events that were asked for; places and times are of all. */
export interface TransactionStats {
  readonly path: string;
  /** Where its first event begins in the file, and where its last one ends. */
  readonly offset: number;
  readonly endOffset: number;
  /** The log that the positions belong to: the source's for a relay log; null where nothing names it. */
  readonly log: string | null;
  /** Where it begins and ends in that log; null where its events have no position. */
  readonly position: number | null;
  readonly endPosition: number | null;
  readonly gtid: string | null;
  readonly serverId: number;
  readonly threadId: number | null;
  /** ISO 8601, UTC: the earliest timestamp of its events; null where they have none. */
  readonly time: string | null;
  /**
   * From the earliest timestamp of its events to its end, in whole seconds. Its end is the original
   * commit timestamp of its GTID event (MySQL 8.0 and later); without one the latest of the
   * timestamp of its last event and, for each of its statements, timestamp and exec_time together.
   * `secondsBy` says which of these decided.
   */
  readonly seconds: number;
  readonly secondsBy: SecondsBy;
  /** Those inside a compressed transaction with them. */
  readonly events: number;
  /** In the file: compressed where it is. */
  readonly bytes: number;
  readonly rows: RowCounts;
  /** The first few that it changes. */
  readonly tables: readonly string[];
  /** Are there more tables than those? */
  readonly hasMoreTables: boolean;
}

export interface RateBucket {
  /** ISO 8601, UTC: where the bucket begins. */
  readonly time: string;
  readonly events: number;
  /** By the time of their end. */
  readonly transactions: number;
  readonly bytes: number;
  readonly rows: number;
}

export interface Stats {
  readonly statsSchemaVersion: typeof StatsSchemaVersion;
  readonly total: EventSums & { readonly files: number; readonly bytes: number | null };
  /** In the order in which they were read. */
  readonly files: readonly FileStats[];
  /** By bytes, the largest first. */
  readonly tables: readonly TableStats[];
  /** What is beyond the tables that are kept, as one; null where all are. */
  readonly otherTables: Omit<TableStats, 'table'> | null;
  readonly transactions: {
    readonly count: number;
    /** The ten with the most bytes. */
    readonly largest: readonly TransactionStats[];
    /** The ten that took longest; none of less than a second. */
    readonly longest: readonly TransactionStats[];
  };
  /** By the timestamps in the logs, whichever file they are in; none where no event has one. */
  readonly rate: { readonly bucketSeconds: number; readonly buckets: readonly RateBucket[] };
  /** What could not be read, the first of it. */
  readonly problems: readonly string[];
  readonly problemsLeftOut: number;
}
