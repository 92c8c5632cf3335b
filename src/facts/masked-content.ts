import type { Mark } from '../binlog/transaction-marks.ts';
import type { Layout } from './layout.ts';

/**
 * Which bytes of an event's body stay the same when another server logs the transaction again.
 * Every hop rewrites `exec_time`, table ids, load-file ids, XIDs, commit sequence numbers,
 * positions and checksums (seen on MySQL 5.6, 9.7 and MariaDB 10.11 loops); the rest is kept. The
 * BEGIN of a transaction of rows has other status variables behind a replica of MySQL 5.7 (no
 * catalog, another sql_mode: seen on 5.7.30), so of what frames a transaction its thread alone counts.
 */
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

/** Receives one stable range `[from, to)`, in the order of the bytes. */
export interface StableBytes {
  take(from: number, to: number): void;
}

const isFrame = (mark: Mark): boolean =>
  mark === 'begin' || mark === 'commit' || mark === 'rollback';

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
    case QUERY: // thread_id, [exec_time], db length, error, status variables, db, SQL
      clip(from, from + 4, to, into);
      if (!isFrame(mark)) clip(from + 8, to, to, into);
      return;
    case LOAD_QUERY: // as Query, with [file_id] after its 13 bytes
      clip(from, from + 4, to, into);
      clip(from + 8, from + 13, to, into);
      clip(from + 17, to, to, into);
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

const clip = (from: number, to: number, end: number, into: StableBytes): void => {
  const until = to < end ? to : end;
  if (from < until) into.take(from, until);
};
