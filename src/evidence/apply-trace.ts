import type { Server } from './evidence.ts';

/** Which log of whom: the channel's relay logs, this server's own binary log, its source's. */
export type TraceLog = 'own-binlog' | 'relay-log' | 'source-binlog';

/**
 * How a change is known to be of the same row. `key`: equal in the columns of the key; `row`: equal in
 * every column of the failing image; `table`: it concerns all rows (TRUNCATE, DROP), or the table itself;
 * `value`: it holds, or its statement names, the same value, which is no proof.
 */
export type TouchMatch = 'key' | 'row' | 'table' | 'value';

/** What a change does to the row, or to the table: afterwards it is there, is there still, or is gone. */
export type TouchEffect = 'makes' | 'keeps' | 'removes' | 'unknown';

/** One earlier event that touched what the failing one is about. */
export interface Touch {
  readonly log: TraceLog;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  /** Its end in the source’s log; null for a log of the writer’s own. */
  readonly source: { readonly file: string; readonly position: number } | null;
  readonly serverId: number;
  /** Unix seconds, as its writer’s clock was. */
  readonly timestamp: number;
  readonly gtid: string | null;
  /** In the words of SQL: `insert`, `update`, `delete`, `statement`. */
  readonly kind: 'insert' | 'update' | 'delete' | 'statement';
  readonly match: TouchMatch;
  readonly effect: TouchEffect;
  /** The failing transaction itself, logged here too: at another place of the source’s log, or at the same. */
  readonly same: 'elsewhere' | 'same-place' | null;
  /** Values of the row, or the statement: shortened, secrets masked, nothing of it where it is redacted. */
  readonly text: string;
}

/** What tells which columns the key has. `row`: nothing does, all columns of the image are compared. */
export type KeyWitness = 'table-map' | 'error' | 'image' | 'row';

export interface TracedKey {
  /** Names, or `@1` where the log has none; empty for a value that no column is known of. */
  readonly columns: readonly string[];
  /** Of the failing row; of several the first. */
  readonly values: readonly string[];
  /** Rows of the event that may be meant: the error names none where it tells no value. */
  readonly rows: number;
  readonly told: KeyWitness;
  /** `` `id` = '6' ``; null where no statement can name the row for sure, and where it is redacted. */
  readonly condition: string | null;
}

/** The event that an applier failed at, with its rows, and what touched the same ones before. */
export interface ApplyTrace {
  readonly server: Server;
  readonly channel: string;
  readonly event: {
    readonly path: string;
    readonly offset: number;
    readonly length: number;
    /** Where its transaction begins; null where that is not in this file. */
    readonly begin: number | null;
    readonly table: string | null;
    readonly gtid: string | null;
    readonly kind: Touch['kind'];
    readonly text: string;
  };
  /** Null where the error is not about a row. */
  readonly key: TracedKey | null;
  /** Newest first, a few of each log. */
  readonly touches: readonly Touch[];
  /** All of them that were found. */
  readonly counts: Readonly<Record<TraceLog, number>>;
  /** Logs that were looked through, and Unix seconds of their first event; null where they have none. */
  readonly searched: ReadonlyArray<{ readonly log: TraceLog; readonly from: number | null }>;
  /** Does this server’s own binary log hold what it replicated (log_slave_updates)? */
  readonly logsUpdates: boolean;
  /** Logs that could not be looked through, and why. */
  readonly notSearched: readonly string[];
}
