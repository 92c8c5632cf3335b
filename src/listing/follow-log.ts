import { baseName } from '../binlog/coordinates.ts';
import { FLAG } from '../binlog/event-header.ts';
import { EVENT } from '../binlog/event-type.ts';
import type { BinlogEvent } from '../binlog/events/index.ts';
import { formatMariadbGtid } from '../binlog/mariadb-gtid.ts';
import type { MaskedText } from '../binlog/mask-secrets.ts';
import { payloadEvents } from '../binlog/payload-events.ts';
import type { LogEvent } from '../binlog/read-log.ts';
import type { TableColumns } from '../binlog/values/column.ts';
import type { TracedField } from '../bytes/field-reader.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type Flavor, parseServerVersion } from '../dialects/server-version.ts';
import { KnownTables } from './known-tables.ts';
import type { ListedEvent } from './listed-event.ts';
import { statementText } from './statement-text.ts';

/** Table maps that stay until their rows come: a statement maps the tables that it changes, never so many. */
const TABLES_KEPT = 10_000;

/** Types that stand outside any transaction. */
const BETWEEN: ReadonlySet<number> = new Set([
  EVENT.STOP,
  EVENT.ROTATE,
  EVENT.FORMAT_DESCRIPTION,
  EVENT.PREVIOUS_GTIDS,
  EVENT.MARIADB_GTID_LIST,
]);

const NOWHERE = { begin: null, end: null } as const;

/** Follows one log from event to event and says of each what only those before it tell. */
export class LogFollower {
  readonly #path: string;
  readonly #name: string;
  readonly #trace: boolean;
  readonly #tables = new Map<string, TableColumns>();
  readonly #known = new KnownTables();
  #ownId: number | null = null;
  #flavor: Flavor | null = null;
  #postHeaderLengths: readonly number[] = [];
  #isRelay = false;
  #sourceLog: string | null = null;
  /** Where the source's log stands: behind the last event that has a position there. */
  #sourceEnd = 0;
  #gtid: string | null = null;
  #threadId: number | null = null;
  #time = 0;

  /** `name` is the log's own, without directory; `trace` asks for the fields of each body. */
  constructor(path: string, name: string, trace: boolean) {
    this.#path = path;
    this.#name = name;
    this.#trace = trace;
  }

  /** The event, and those inside it where it holds a compressed transaction. */
  *follow(event: LogEvent): Generator<ListedEvent, void, undefined> {
    const listed = this.#list(event, null);
    yield listed;
    const { body } = listed;
    if (body?.type !== 'transaction-payload') return;
    try {
      const place = {
        file: this.#path,
        offset: event.offset,
        postHeaderLengths: this.#postHeaderLengths,
        flavor: this.#flavor,
      };
      for (const inner of payloadEvents(body, place)) {
        yield this.#list(
          { ...inner, offset: event.offset },
          { ...listed, innerOffset: inner.offset },
        );
      }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      yield { ...listed, body: null, fields: null, problem: error.message };
    }
  }

  /** `inside`: the event of the log around it, and where it begins in what that holds. */
  #list(event: LogEvent, inside: ListedEvent | null): ListedEvent {
    const fields: TracedField[] = [];
    let body: BinlogEvent | null = null;
    let problem: string | null = null;
    let statement: MaskedText | null = null;
    let table: TableColumns | null = null;
    if (event.timestamp > 0) this.#time = event.timestamp;
    if (BETWEEN.has(event.typeCode)) this.#leave();
    try {
      body = event.decode(this.#trace ? (field) => fields.push(field) : undefined);
      statement = statementText(body, { file: this.#path, offset: event.offset });
      if (body) table = this.#learn(event, body);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      problem = error.message;
    }
    const own = this.#isRelay && this.#isOwn(event);
    return {
      path: this.#path,
      event,
      innerOffset: inside?.innerOffset ?? null,
      outer: inside?.event ?? event,
      body,
      problem,
      fields: this.#trace ? fields : null,
      flavor: this.#flavor,
      isRelay: this.#isRelay,
      log: this.#isRelay ? (own ? null : this.#sourceLog) : this.#name,
      ...(own ? NOWHERE : inside ? { begin: inside.begin, end: null } : this.#coordinates(event)),
      gtid: this.#gtid,
      threadId: this.#threadId,
      time: this.#time,
      table,
      statement: statement?.text ?? null,
      hasSecret: statement?.masked ?? false,
      database: table?.database ?? databaseOf(body),
    };
  }

  #leave(): void {
    this.#gtid = null;
    this.#threadId = null;
    this.#tables.clear();
  }

  /** Where the event stands in its writer's log. */
  #coordinates(event: LogEvent): Pick<ListedEvent, 'begin' | 'end'> {
    const { offset, size, endLogPos } = event;
    if (!this.#isRelay) return { begin: offset, end: endLogPos || offset + size };
    const before = this.#sourceEnd;
    if (endLogPos === 0) return { begin: before, end: null };
    this.#sourceEnd = endLogPos;
    // Events between may be missing here; and those compressed there are longer here
    return { begin: Math.max(before, endLogPos - size), end: endLogPos };
  }

  #isOwn(event: LogEvent): boolean {
    return event.serverId === this.#ownId || (event.flags & FLAG.RELAY_LOG) !== 0;
  }

  #enter(sourceLog: string, position: number | bigint): void {
    this.#sourceLog = baseName(sourceLog);
    this.#sourceEnd = Number(position);
  }

  /** Takes from the body what later events need; answers the table that the event is about. */
  #learn(event: LogEvent, body: BinlogEvent): TableColumns | null {
    switch (body.type) {
      case 'format-description':
        this.#flavor = parseServerVersion(body.serverVersion)?.flavor ?? null;
        this.#postHeaderLengths = body.postHeaderLengths;
        this.#ownId ??= event.serverId;
        if ((event.flags & FLAG.RELAY_LOG) !== 0) this.#isRelay = true;
        return null;
      case 'rotate':
        if ((event.flags & FLAG.ARTIFICIAL) !== 0) this.#isRelay = true;
        // A server's own Rotate names its next file; any other tells where in the source's log we are
        if (this.#isRelay && !this.#isOwn(event)) this.#enter(body.nextLogName, body.position);
        return null;
      case 'gtid':
      case 'gtid-tagged':
        this.#leave();
        this.#gtid = body.anonymous
          ? null
          : [body.uuid, ...(body.tag === '' ? [] : [body.tag]), body.gno].join(':');
        return null;
      case 'mariadb-gtid':
        this.#leave();
        this.#gtid = formatMariadbGtid(body);
        this.#threadId = body.threadId;
        return null;
      case 'query':
      case 'query-compressed':
      case 'execute-load-query':
        this.#threadId = body.threadId;
        return null;
      case 'table-map': {
        const place = { file: this.#path, bodyEnd: event.bodyEnd };
        const table = this.#known.columnsOf(body, this.#flavor, place);
        if (this.#tables.size >= TABLES_KEPT) this.#tables.clear();
        this.#tables.set(String(body.tableId), table);
        return table;
      }
      case 'rows': {
        const table = this.#tables.get(String(body.tableId)) ?? null;
        if (body.stmtEnd) this.#tables.clear();
        return table;
      }
      default:
        return null;
    }
  }
}

const databaseOf = (body: BinlogEvent | null): string | null =>
  body && 'database' in body ? body.database : null;
