import { EventCursor } from '../binlog/event-cursor.ts';
import { type EventHeader, HEADER_LENGTH } from '../binlog/event-header.ts';
import { EVENT, isQuery, isRows } from '../binlog/event-type.ts';
import { type BinlogEvent, decodeBody } from '../binlog/events/index.ts';
import { payloadEvents } from '../binlog/payload-events.ts';
import { classifyQuery, tablesNamed } from '../binlog/query-text.ts';
import type { LogEvent } from '../binlog/read-log.ts';
import { statementOf } from '../binlog/statement-of.ts';
import type { Mark } from '../binlog/transaction-marks.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { CopyFact, RepeatFact } from './facts.ts';
import { transactionMark } from './families/transaction-mark.ts';
import type { Layout } from './layout.ts';
import { type StableBytes, stableRanges } from './masked-content.ts';

/** Masked bytes compared per copy: what differs in a transaction differs early or in its length. */
const COMPARE_BYTES = 4 << 20;
/** Events looked at to name a transaction's tables. */
const EVENTS_READ = 2000;

/** A larger event is not read whole to name its tables. */
const BODY_READ = 16 << 20;
/** Post-header lengths by `type - 1`, as all servers from 5.0 on announce them for what is read here. */
const POST_HEADERS: readonly number[] = Array.from({ length: 172 }, (_, i) =>
  i + 1 === EVENT.QUERY || i + 1 === EVENT.QUERY_COMPRESSED ? 13 : 8,
);
/** Inside a payload there are no checksums. */
const INNER_LAYOUT: Layout = { headerLength: HEADER_LENGTH, trailer: 0, tableIdBytes: 6 };
/** Bytes of a statement that are searched for table names. */
const TEXT_READ = 64 << 10;

/** A transaction in the file. */
type Place = Pick<CopyFact, 'offset' | 'end'>;

/** Walks the events of one copy of a transaction. */
function* eventsOf(window: FileWindow, copy: Place): Generator<EventCursor> {
  const cursor = new EventCursor(window, copy.offset);
  for (let n = 0; n < EVENTS_READ && cursor.following < copy.end; n += 1) {
    if (cursor.next() !== 'event') return;
    yield cursor;
  }
}

/** Collects the masked bytes of one copy, as far as {@link COMPARE_BYTES}. */
class MaskedCopy implements StableBytes {
  readonly parts: Buffer[] = [];
  left = COMPARE_BYTES;
  readonly #window: FileWindow;
  #taken = 0;
  #copy: (from: number, length: number) => Buffer = () => Buffer.alloc(0);

  constructor(window: FileWindow) {
    this.#window = window;
  }

  event(cursor: EventCursor, layout: Layout): void {
    const { offset } = cursor;
    this.#add(cursor, transactionMark(cursor, layout), layout, (from, length) =>
      this.#window.copy(offset + from, length),
    );
  }

  /** An event of a decompressed payload. */
  inner(event: LogEvent): void {
    const bytes = event.bytes();
    this.#add(event, innerMark(event), INNER_LAYOUT, (from, length) =>
      bytes.subarray(from, from + length),
    );
  }

  u8(at: number): number {
    return this.#copy(at, 1)[0] ?? 0;
  }

  take(from: number, to: number): void {
    this.#taken += to - from;
    const part = this.#copy(from, Math.min(to - from, this.left));
    this.left -= part.length;
    this.parts.push(part);
  }

  #add(
    header: EventHeader,
    mark: Mark,
    layout: Layout,
    copy: (from: number, length: number) => Buffer,
  ): void {
    const { typeCode, timestamp, serverId, size } = header;
    const before = this.parts.length;
    this.#copy = copy;
    this.#taken = 0;
    stableRanges(typeCode, mark, layout, size, this);
    if (this.parts.length > before)
      this.parts.push(Buffer.from(`${typeCode}/${timestamp}/${serverId}/${this.#taken};`));
  }
}

/** What an event of a payload means to its transaction, as far as masking goes. */
const innerMark = (event: LogEvent): Mark => {
  const body = event.typeCode === EVENT.QUERY ? whole(() => event.decode()) : null;
  return body?.type === 'query' ? classifyQuery(body.sql.toString('latin1', 0, 200)) : 'unknown';
};

/** One copy and the layout of the log there. */
export interface PlacedCopy {
  readonly copy: Place;
  readonly layout: Layout;
}

const stableBytes = (path: string, window: FileWindow, { copy, layout }: PlacedCopy): Buffer => {
  const masked = new MaskedCopy(window);
  for (const cursor of eventsOf(window, copy)) {
    const inner =
      cursor.typeCode === EVENT.TRANSACTION_PAYLOAD ? innerEvents(path, cursor, layout) : null;
    // Compressed anew by each server: what is inside is compared
    if (inner) for (const event of inner) masked.inner(event);
    else masked.event(cursor, layout);
    if (masked.left <= 0) break;
  }
  return Buffer.concat(masked.parts);
};

/** Are the masked bytes of two copies the same? No hash is trusted alone. */
export const sameBytes = (
  path: string,
  window: FileWindow,
  a: PlacedCopy,
  b: PlacedCopy,
): boolean => stableBytes(path, window, a).equals(stableBytes(path, window, b));

/** What a transaction touches and in which formats, from the events of these copies. */
export const describeTransaction = (
  path: string,
  window: FileWindow,
  copies: readonly PlacedCopy[],
): Pick<RepeatFact, 'formats' | 'tables'> => {
  const tables = new Set<string>();
  const formats = new Set<RepeatFact['formats'][number]>();
  const see = (code: number, read: () => BinlogEvent | null): void => {
    if (isRows(code)) formats.add('row');
    else if (code === EVENT.TRANSACTION_PAYLOAD) formats.add('compressed');
    if (!isQuery(code) && code !== EVENT.TABLE_MAP) return;
    const body = read();
    if (body?.type === 'table-map') tables.add(`${body.database}.${body.table}`);
    const text = body ? statementText(path, body) : null;
    if (text === null || classifyQuery(text.sql) !== 'other') return;
    for (const table of tablesNamed(text.sql, text.database)) tables.add(table);
    formats.add('statement');
  };
  for (const { copy, layout } of copies) {
    for (const cursor of eventsOf(window, copy)) {
      see(cursor.typeCode, () => readBody(path, cursor, layout));
      if (cursor.typeCode !== EVENT.TRANSACTION_PAYLOAD) continue;
      for (const inner of innerEvents(path, cursor, layout) ?? []) {
        see(inner.typeCode, () => whole(() => inner.decode()));
      }
    }
  }
  return { formats: [...formats].sort(), tables: [...tables].sort() };
};

/** The events of a compressed transaction; null where it cannot be read whole. */
const innerEvents = (path: string, cursor: EventCursor, layout: Layout): LogEvent[] | null => {
  const { offset } = cursor;
  const body = readBody(path, cursor, layout);
  if (body?.type !== 'transaction-payload') return null;
  return whole(() => {
    const inner: LogEvent[] = [];
    let bytes = 0;
    for (const event of payloadEvents(body, {
      file: path,
      offset,
      postHeaderLengths: POST_HEADERS,
    })) {
      inner.push(event);
      bytes += event.size;
      if (inner.length >= EVENTS_READ || bytes >= COMPARE_BYTES) break;
    }
    return inner;
  });
};

const statementText = (
  path: string,
  body: BinlogEvent,
): { readonly sql: string; readonly database: string } | null => {
  if (body.type !== 'query' && body.type !== 'query-compressed') return null;
  const sql = whole(() => statementOf(body, { file: path, offset: 0 }));
  return sql && { sql: sql.toString('utf8', 0, TEXT_READ), database: body.database };
};

/** Null where the bytes contradict the format: that is a fact of its own, told elsewhere. */
const whole = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
};

const readBody = (path: string, cursor: EventCursor, layout: Layout): BinlogEvent | null => {
  const code = cursor.typeCode;
  return whole(() =>
    decodeBody(
      code,
      cursor.copyBody(layout.headerLength, layout.trailer, BODY_READ),
      {
        typeCode: code,
        postHeaderLength: POST_HEADERS[code - 1] ?? 0,
        flavor: null,
        serverId: cursor.serverId,
      },
      { file: path, base: cursor.offset + layout.headerLength },
    ),
  );
};
