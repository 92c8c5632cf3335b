import type { BinlogEvent } from '../binlog/events/index.ts';
import type { LogEvent } from '../binlog/read-log.ts';
import type { TableColumns } from '../binlog/values/column.ts';
import type { TracedField } from '../bytes/field-reader.ts';
import type { Flavor } from '../dialects/server-version.ts';

/** One event with what the log before it says of it. */
export interface ListedEvent {
  readonly path: string;
  readonly event: LogEvent;
  /** Where the event begins in its decompressed payload; null outside one. */
  readonly innerOffset: number | null;
  /** The event of the log that holds it: itself, or the compressed transaction around it. */
  readonly outer: LogEvent;
  /** Null for a type whose body is not read, and for a malformed one. */
  readonly body: BinlogEvent | null;
  /** What is wrong with the body, `file: at OFFSET: field: problem`. */
  readonly problem: string | null;
  /** The fields as they were read; null unless they were asked for. */
  readonly fields: readonly TracedField[] | null;
  /** Of the server that wrote the event's part of the log. */
  readonly flavor: Flavor | null;
  /** Is this a relay log? Then positions are those of its source's log. */
  readonly isRelay: boolean;
  /** The log that the writer's positions belong to: the source's, or this one; null where nothing names it. */
  readonly log: string | null;
  /**
   * Where the event begins in that log, or behind which position: MariaDB since 11.4 writes no
   * positions into transactions. Null for events that the log does not hold.
   */
  readonly begin: number | null;
  /** Where it ends there; null also where nothing tells. */
  readonly end: number | null;
  /** Of the transaction that the event is part of; null for none and anonymous ones. */
  readonly gtid: string | null;
  /** Of the connection that wrote the transaction, as far as its events have said. */
  readonly threadId: number | null;
  /** Unix seconds; of artificial events, which have none, that of the event before. */
  readonly time: number;
  /** Of table maps and rows. */
  readonly table: TableColumns | null;
  /** The statement's text, secrets masked; null for events without. */
  readonly statement: string | null;
  /** Was anything masked in it? Then its bytes are not shown either. */
  readonly hasSecret: boolean;
  /** Default database of a statement, database of a table; '' and null for none. */
  readonly database: string | null;
}
