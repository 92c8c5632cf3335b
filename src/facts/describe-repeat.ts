import { EventCursor } from '../binlog/event-cursor.ts';
import { isRows } from '../binlog/event-type.ts';
import { decodeBody } from '../binlog/events/index.ts';
import { tablesNamed } from '../binlog/query-text.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { CopyFact, RepeatFact } from './facts.ts';
import type { Layout } from './families/transactions.ts';
import { stableRanges } from './masked-content.ts';

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

const stableBytes = (
  window: FileWindow,
  copy: CopyFact,
  layout: Layout,
  tableIdBytes: number,
): Buffer => {
  const parts: Buffer[] = [];
  let left = COMPARE_BYTES;
  for (const cursor of eventsOf(window, copy)) {
    const { typeCode, timestamp, serverId, size, offset } = cursor;
    const ranges = stableRanges(typeCode, layout.headerLength, size - layout.trailer, tableIdBytes);
    if (ranges.length === 0) continue;
    parts.push(Buffer.from(`${typeCode}/${timestamp}/${serverId}/${size}:`));
    for (const [from, to] of ranges) {
      const part = window.copy(offset + from, Math.min(to - from, left));
      left -= part.length;
      parts.push(part);
    }
    if (left <= 0) break;
  }
  return Buffer.concat(parts);
};

/** Are the masked bytes of two copies the same? No hash is trusted alone. */
export const sameBytes = (
  window: FileWindow,
  a: CopyFact,
  b: CopyFact,
  layout: Layout,
  tableIdBytes: number,
): boolean =>
  stableBytes(window, a, layout, tableIdBytes).equals(stableBytes(window, b, layout, tableIdBytes));

/** What a transaction touches and in which format, from its events. */
export const describeTransaction = (
  path: string,
  window: FileWindow,
  copy: CopyFact,
  layout: Layout,
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
