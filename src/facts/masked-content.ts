import type { Mark } from '../binlog/transaction-marks.ts';
import type { Layout } from './layout.ts';
import { type ReadByte, timeFractionAt } from './time-fraction.ts';

/**
 * Which bytes of an event's body stay the same when another server logs the transaction again.
 * Every hop rewrites `exec_time`, table ids, load-file ids, XIDs, commit sequence numbers,
 * positions and checksums (seen on MySQL 5.6, 9.7 and MariaDB 10.11 loops); the rest is kept. Seen
 * behind replicas of MySQL 5.7.30, so left out too:
 * - of what frames a transaction all but its thread: BEGIN has another sql_mode and no catalog where
 *   rows follow, XA END no database;
 * - a COMMIT: an XID where the replica's table is of another engine, or its version ends XA so;
 * - the status variables of a statement, but for the fraction of its time, which tells executions
 *   apart: CREATE TRIGGER, VIEW and EVENT lose the invoker, other versions know other variables;
 * - the file that LOAD DATA names: its replica's own copy.
 */
const QUERY_POST_HEADER = 13;
const LOAD_POST_HEADER = 26;

/** How a body is masked, by event type (0: not at all); a table, because the hot loop asks for every event. */
const NOTHING = 1;
const QUERY = 2;
const LOAD_QUERY = 3;
const FILE_ID = 4;
const TABLE_ID = 5;

const MASK = (() => {
  const table = new Uint8Array(256);
  const put = (mask: number, codes: readonly number[]): void => {
    for (const code of codes) table[code] = mask;
  };
  // GTIDs, XIDs, and texts that a replica may or may not log again: nothing stable
  put(NOTHING, [10, 11, 16, 29, 33, 34, 42, 160, 162]);
  put(QUERY, [2, 165]);
  put(LOAD_QUERY, [18]);
  put(FILE_ID, [9, 17]);
  put(TABLE_ID, [19, 20, 21, 22, 23, 24, 25, 30, 31, 32, 39, 166, 167, 168, 169, 170, 171]);
  return table;
})();

/** One event: receives its stable ranges `[from, to)`, in the order of the bytes. */
export interface StableBytes extends ReadByte {
  take(from: number, to: number): void;
}

/** Of these the thread alone counts. */
const isFrame = (mark: Mark): boolean =>
  mark === 'begin' || mark === 'rollback' || mark === 'xa-start' || mark === 'xa-end';

/** Hands the stable ranges of an event of `size` bytes to `into`; `mark`: what it means to its transaction. */
export const stableRanges = (
  typeCode: number,
  mark: Mark,
  { headerLength: from, trailer, tableIdBytes }: Layout,
  size: number,
  into: StableBytes,
): void => {
  const to = size - trailer;
  switch (MASK[typeCode]) {
    case NOTHING:
      return;
    case QUERY:
      if (mark === 'commit') return;
      clip(from, from + 4, to, into);
      if (!isFrame(mark)) statement(from, from + QUERY_POST_HEADER, to, into);
      return;
    case LOAD_QUERY:
      clip(from, from + 4, to, into);
      statement(from, from + LOAD_POST_HEADER, to, into);
      return;
    case FILE_ID: // [file_id], data
      clip(from + 4, to, to, into);
      return;
    case TABLE_ID: // [table_id], flags, columns, rows
      clip(from + tableIdBytes, to, to, into);
      return;
    default:
      clip(from, to, to, into);
  }
};

const u16 = (at: number, bytes: ReadByte): number => bytes.u8(at) | (bytes.u8(at + 1) << 8);

const u32 = (at: number, bytes: ReadByte): number =>
  (u16(at, bytes) | (u16(at + 2, bytes) << 16)) >>> 0;

/**
 * thread_id 4, [exec_time 4], db_len 1, error_code 2, [status_vars_len 2], in a LOAD DATA [file_id 4,
 * fn_pos_start 4, fn_pos_end 4], dup_handling 1; behind the post-header [status variables], db, text.
 */
const statement = (from: number, variables: number, to: number, into: StableBytes): void => {
  if (variables > to) return;
  const databaseBytes = into.u8(from + 8) + 1;
  const database = variables + u16(from + 11, into);
  // All that its ranges turn on is read before any is taken: taking may move the window
  const fraction = database > to ? -1 : timeFractionAt(variables, database, into);
  // 5.7 writes one for CREATE TRIGGER, 0 where its source of 5.6 wrote none
  const isZero = fraction >= 0 && (u16(fraction, into) | into.u8(fraction + 2)) === 0;
  const isLoad = variables > from + QUERY_POST_HEADER;
  const text = database + databaseBytes;
  const fileFrom = isLoad ? text + u32(from + 17, into) : to;
  const fileTo = isLoad ? text + u32(from + 21, into) : to;
  clip(from + 8, from + 11, to, into);
  if (isLoad) clip(from + 25, from + 26, to, into);
  if (fraction >= 0 && !isZero) clip(fraction, fraction + 3, to, into);
  clip(database, fileFrom, to, into);
  clip(fileTo, to, to, into);
};

const clip = (from: number, to: number, end: number, into: StableBytes): void => {
  const until = to < end ? to : end;
  if (from < until) into.take(from, until);
};
