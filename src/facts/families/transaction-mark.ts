import type { EventCursor } from '../../binlog/event-cursor.ts';
import { MARIADB_GTID_FLAG } from '../../binlog/events/mariadb-gtid.ts';
import { ROWS_FLAG } from '../../binlog/events/rows.ts';
import { classifyQuery, type QueryClass } from '../../binlog/query-text.ts';
import { MARKS, type Mark } from '../../binlog/transaction-marks.ts';
import type { Layout } from '../layout.ts';

/** Query post-header: thread_id 4, exec_time 4, db_len 1, error_code 2, status_vars_len 2. */
const QUERY_POST_HEADER = 13;
/** In the body of a MariaDB GTID event, behind seq_no 8 and domain_id 4. */
const MARIADB_FLAGS_AT = 12;

/** What the data event under the cursor means to the transactions around it; its body is not decoded. */
export const transactionMark = (cursor: EventCursor, layout: Layout): Mark => {
  const mark = MARKS[cursor.typeCode] ?? 'unknown';
  switch (mark) {
    case 'statement':
      return queryClass(cursor, layout);
    case 'mariadb-gtid-flags':
      return isStandalone(cursor, layout) ? 'mariadb-gtid-standalone' : 'mariadb-gtid';
    case 'rows-flags':
      return isLast(cursor, layout) ? 'last-rows' : 'rows';
    default:
      return mark;
  }
};

const isStandalone = (cursor: EventCursor, { headerLength }: Layout): boolean => {
  const flags = cursor.at + headerLength + MARIADB_FLAGS_AT;
  const last = cursor.at + cursor.loaded - 1;
  return (cursor.window.view.getUint8(Math.min(flags, last)) & MARIADB_GTID_FLAG.STANDALONE) !== 0;
};

const isLast = (cursor: EventCursor, { headerLength, tableIdBytes }: Layout): boolean => {
  const flags = cursor.at + headerLength + tableIdBytes;
  return (
    flags + 2 <= cursor.at + cursor.loaded &&
    (cursor.window.view.getUint16(flags, true) & ROWS_FLAG.STMT_END) !== 0
  );
};

/** Offset in the window where a Query event's text begins, or -1 where its lengths lie. */
const queryTextAt = (cursor: EventCursor, headerLength: number, end: number): number => {
  const { view } = cursor.window;
  const body = cursor.at + headerLength;
  if (body + QUERY_POST_HEADER > end) return -1;
  const at =
    body + QUERY_POST_HEADER + view.getUint16(body + 11, true) + view.getUint8(body + 8) + 1;
  return at <= end ? at : -1;
};

/** Only words that begin so can open or close a transaction; any other statement needs no look at its text. */
const MAY_CONTROL = (() => {
  const table = new Uint8Array(256);
  for (const pair of ['B', 'C', 'R', 'S', 'X', '/', '-', '#', ' ', '\t', '\n', '\r', '(']) {
    table[pair.charCodeAt(0)] = 1;
    table[pair.toLowerCase().charCodeAt(0)] = 1;
  }
  return table;
})();

const queryClass = (cursor: EventCursor, { headerLength, trailer }: Layout): QueryClass => {
  // The checksum is no part of the text: its bytes may look like letters
  const textEnd = cursor.at + Math.min(cursor.loaded, cursor.size - trailer);
  const at = queryTextAt(cursor, headerLength, textEnd);
  if (at < 0) return 'other';
  const { bytes } = cursor.window;
  const end = Math.min(textEnd, at + 200);
  const first = bytes[at];
  if (first === undefined || at >= end || MAY_CONTROL[first] === 0) return 'other';
  // BEGIN is the commonest of all
  if (first === 0x42 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0x47 && bytes[at + 3] === 0x49)
    return 'begin';
  return classifyQuery(bytes.toString('latin1', at, end));
};
