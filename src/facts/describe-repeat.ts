import { EventCursor } from '../binlog/event-cursor.ts';
import { isRows } from '../binlog/event-type.ts';
import { decodeBody } from '../binlog/events/index.ts';
import { tablesNamed } from '../binlog/query-text.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { CopyFact, RepeatFact } from './facts.ts';
import type { Layout } from './layout.ts';
import { type StableBytes, stableRanges } from './masked-content.ts';

/** Masked bytes compared per copy: what differs in a transaction differs early or in its length. */
const COMPARE_BYTES = 4 << 20;
/** Events looked at to name a transaction's tables. */
const EVENTS_READ = 2000;

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

/** What a transaction touches and in which format, from its events. */
export const describeTransaction = (
  path: string,
  window: FileWindow,
  { copy, layout }: PlacedCopy,
): Pick<RepeatFact, 'format' | 'tables'> => {
  const tables = new Set<string>();
  let format: RepeatFact['format'] = 'unknown';
  for (const cursor of eventsOf(window, copy)) {
    const code = cursor.typeCode;
    if (isRows(code)) format = 'row';
    else if (code === 40) format = 'compressed';
    if (code !== 2 && code !== 19) continue;
    const body = readBody(path, cursor, layout);
    if (body?.type === 'table-map') tables.add(`${body.database}.${body.table}`);
    if (body?.type !== 'query') continue;
    const named = tablesNamed(body.sql.toString('utf8'), body.database);
    for (const table of named) tables.add(table);
    if (format === 'unknown' && !/^(BEGIN|COMMIT|XA )/i.test(body.sql.toString('latin1', 0, 10)))
      format = 'statement';
  }
  return { format, tables: [...tables].sort() };
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
