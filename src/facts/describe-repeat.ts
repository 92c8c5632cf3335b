import { EventCursor } from '../binlog/event-cursor.ts';
import { isRows } from '../binlog/event-type.ts';
import { decodeBody } from '../binlog/events/index.ts';
import { classifyQuery, tablesNamed } from '../binlog/query-text.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { CopyFact, RepeatFact } from './facts.ts';
import type { Layout } from './layout.ts';
import { type StableBytes, stableRanges } from './masked-content.ts';

/** Masked bytes compared per copy: what differs in a transaction differs early or in its length. */
const COMPARE_BYTES = 4 << 20;
/** Events looked at to name a transaction's tables. */
const EVENTS_READ = 2000;

/** Bytes of a statement that are searched for table names. */
const TEXT_READ = 64 << 10;

/** Walks the events of one copy of a transaction. */
function* eventsOf(window: FileWindow, copy: CopyFact): Generator<EventCursor> {
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
  #offset = 0;

  constructor(window: FileWindow) {
    this.#window = window;
  }

  event(cursor: EventCursor, layout: Layout): void {
    const { typeCode, timestamp, serverId, size, offset } = cursor;
    const before = this.parts.length;
    this.#offset = offset;
    stableRanges(typeCode, layout, size, this);
    if (this.parts.length > before)
      this.parts.push(Buffer.from(`${typeCode}/${timestamp}/${serverId}/${size};`));
  }

  take(from: number, to: number): void {
    const part = this.#window.copy(this.#offset + from, Math.min(to - from, this.left));
    this.left -= part.length;
    this.parts.push(part);
  }
}

/** One copy and the layout of the log there. */
export interface PlacedCopy {
  readonly copy: CopyFact;
  readonly layout: Layout;
}

const stableBytes = (window: FileWindow, { copy, layout }: PlacedCopy): Buffer => {
  const masked = new MaskedCopy(window);
  for (const cursor of eventsOf(window, copy)) {
    masked.event(cursor, layout);
    if (masked.left <= 0) break;
  }
  return Buffer.concat(masked.parts);
};

/** Are the masked bytes of two copies the same? No hash is trusted alone. */
export const sameBytes = (window: FileWindow, a: PlacedCopy, b: PlacedCopy): boolean =>
  stableBytes(window, a).equals(stableBytes(window, b));

/** What a transaction touches and in which formats, from the events of these copies. */
export const describeTransaction = (
  path: string,
  window: FileWindow,
  copies: readonly PlacedCopy[],
): Pick<RepeatFact, 'formats' | 'tables'> => {
  const tables = new Set<string>();
  const formats = new Set<RepeatFact['formats'][number]>();
  for (const { copy, layout } of copies) {
    for (const cursor of eventsOf(window, copy)) {
      const code = cursor.typeCode;
      if (isRows(code)) formats.add('row');
      else if (code === 40) formats.add('compressed');
      if (code !== 2 && code !== 19) continue;
      const body = readBody(path, cursor, layout);
      if (body?.type === 'table-map') tables.add(`${body.database}.${body.table}`);
      if (body?.type !== 'query') continue;
      const sql = body.sql.toString('utf8', 0, TEXT_READ);
      if (classifyQuery(sql) !== 'other') continue;
      for (const table of tablesNamed(sql, body.database)) tables.add(table);
      formats.add('statement');
    }
  }
  return { formats: [...formats].sort(), tables: [...tables].sort() };
};

/** An event's body, or null where it cannot be read: that is a fact of its own, told elsewhere. */
const readBody = (path: string, cursor: EventCursor, layout: Layout) => {
  const code = cursor.typeCode;
  try {
    return decodeBody(
      code,
      cursor.copyBody(layout.headerLength, layout.trailer, 1 << 20),
      {
        typeCode: code,
        postHeaderLength: code === 2 ? 13 : 8,
        flavor: null,
        serverId: cursor.serverId,
      },
      { file: path, base: cursor.offset + layout.headerLength },
    );
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
};
