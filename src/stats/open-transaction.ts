import type { ListedEvent } from '../listing/listed-event.ts';
import type { EventChange } from './event-change.ts';
import { isoTime } from './iso-time.ts';
import { RowTally } from './row-tally.ts';
import type { SecondsBy, TransactionStats } from './stats.ts';

/** Tables that are named; whether there are more is told. */
const TABLES_NAMED = 5;
const MICROSECONDS = 1_000_000n;

/** The transaction that the log is in: what is known of it so far. */
export class OpenTransaction {
  /** Events that were asked for; where there are none, the transaction was not. */
  events = 0;
  bytes = 0;
  readonly rows = new RowTally();
  readonly #tables = new Set<string>();
  #hasMoreTables = false;
  readonly #gtid: string | null;
  readonly #path: string;
  readonly #offset: number;
  readonly #position: number | null;
  // Of its last event so far; the event itself may be huge, and is not kept
  #endOffset = 0;
  #endPosition: number | null = null;
  #log: string | null = null;
  #serverId = 0;
  #threadId: number | null = null;
  #ended = 0;
  #begin = Number.POSITIVE_INFINITY;
  /** Latest end of a statement by its exec_time; -1 where none has any. */
  #executed = -1;
  /** Original commit timestamp, Unix seconds; -1 where the log has none. */
  #committed = -1;

  constructor({ path, event, end, gtid }: ListedEvent) {
    this.#path = path;
    this.#offset = event.offset;
    this.#position = end === null ? null : end - event.size;
    this.#gtid = gtid;
  }

  get gtid(): string | null {
    return this.#gtid;
  }

  /** Each of its events, asked for or not: they say where and when it was. */
  pass(listed: ListedEvent): void {
    const { event, body, innerOffset } = listed;
    const { timestamp } = event;
    if (innerOffset === null) {
      this.#endOffset = event.offset + event.size;
      this.#endPosition = listed.end;
      this.#log = listed.log;
      this.#serverId = event.serverId;
      this.#ended = timestamp;
    }
    this.#threadId = listed.threadId ?? this.#threadId;
    if (timestamp > 0 && timestamp < this.#begin) this.#begin = timestamp;
    if (body === null) return;
    if ('execTime' in body && body.execTime > 0) {
      this.#executed = Math.max(this.#executed, timestamp + body.execTime);
    }
    if ('originalCommitTimestamp' in body && body.originalCommitTimestamp) {
      this.#committed = Number(body.originalCommitTimestamp / MICROSECONDS);
    }
  }

  /** An event that was asked for; `bytes` are those in the file. */
  count(bytes: number, change: EventChange | null): void {
    this.events += 1;
    this.bytes += bytes;
    if (change === null) return;
    if (change.kind === 'statement') for (const table of change.tables) this.#name(table);
    else {
      this.rows.add(change.kind, change.rows);
      if (change.table !== null) this.#name(change.table);
    }
  }

  /** Whole seconds and what says so: see {@link TransactionStats.seconds}. */
  duration(): { readonly seconds: number; readonly secondsBy: SecondsBy } {
    const ended = this.#ended;
    const [end, secondsBy]: readonly [number, SecondsBy] =
      this.#committed >= 0
        ? [this.#committed, 'commit-timestamp']
        : this.#executed > ended
          ? [this.#executed, 'exec-time']
          : [ended, 'timestamps'];
    return { seconds: Math.max(0, end - this.#begin), secondsBy };
  }

  stats(): TransactionStats {
    return {
      path: this.#path,
      offset: this.#offset,
      endOffset: this.#endOffset,
      log: this.#log,
      position: this.#position,
      endPosition: this.#endPosition,
      gtid: this.#gtid,
      serverId: this.#serverId,
      threadId: this.#threadId,
      time: this.#begin < Number.POSITIVE_INFINITY ? isoTime(this.#begin) : null,
      ...this.duration(),
      events: this.events,
      bytes: this.bytes,
      rows: this.rows.stats(),
      tables: [...this.#tables],
      hasMoreTables: this.#hasMoreTables,
    };
  }

  #name(table: string): void {
    if (this.#tables.has(table)) return;
    if (this.#tables.size < TABLES_NAMED) this.#tables.add(table);
    else this.#hasMoreTables = true;
  }
}
