import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';
import { EVENT, isCompressedRows, isUpdateRows } from '../event-type.ts';
import type { FlagTable } from '../flag-names.ts';
import { readCompressedBlob } from './compressed-blob.ts';
import { readTableId } from './table-id.ts';

/** Bits of `flags`. Source: MySQL libs/mysql/binlog/event/rows_event.h `Rows_event::enum_flag`. */
export const ROWS_FLAG = {
  STMT_END: 0x1,
  NO_FOREIGN_KEY_CHECKS: 0x2,
  RELAXED_UNIQUE_CHECKS: 0x4,
  COMPLETE_ROWS: 0x8,
  /** MySQL 9.6+. */
  USE_SQL_FOREIGN_KEY: 0x10,
  /** MariaDB. */
  NO_CHECK_CONSTRAINT: 0x80,
} as const;

/** The bits of {@link ROWS_FLAG} as the servers' headers and log printers call them. */
export const ROWS_FLAGS: FlagTable = [
  [ROWS_FLAG.STMT_END, 'STMT_END_F'],
  [ROWS_FLAG.NO_FOREIGN_KEY_CHECKS, 'NO_FOREIGN_KEY_CHECKS_F'],
  [ROWS_FLAG.RELAXED_UNIQUE_CHECKS, 'RELAXED_UNIQUE_CHECKS_F'],
  [ROWS_FLAG.COMPLETE_ROWS, 'COMPLETE_ROWS_F'],
  [ROWS_FLAG.USE_SQL_FOREIGN_KEY, 'USE_SQL_FOREIGN_KEY_F'],
  [ROWS_FLAG.NO_CHECK_CONSTRAINT, 'NO_CHECK_CONSTRAINT_CHECKS_F'],
];

const EXTRA_LENGTH_BYTES = 2;

/** Row changes by what they do. */
export type RowsKind = 'write' | 'update' | 'delete';

const WRITES: readonly number[] = [
  EVENT.PRE_GA_WRITE_ROWS,
  EVENT.WRITE_ROWS_V1,
  EVENT.WRITE_ROWS,
  EVENT.WRITE_ROWS_COMPRESSED_V1,
  EVENT.WRITE_ROWS_COMPRESSED,
];

/** What a rows event of this code does to its table. */
export const rowsKind = (code: number): RowsKind => {
  if (WRITES.includes(code)) return 'write';
  return isUpdateRows(code) ? 'update' : 'delete';
};

/** Whether events of this code have the extra part that came with version 2 (MySQL 5.6). */
const hasExtra = (code: number): boolean =>
  (code >= EVENT.WRITE_ROWS && code <= EVENT.DELETE_ROWS) ||
  code === EVENT.PARTIAL_UPDATE_ROWS ||
  code >= EVENT.WRITE_ROWS_COMPRESSED;

const readExtra = (f: FieldReader): Buffer => {
  const length = f.u16('extra_row_info_len');
  if (length < EXTRA_LENGTH_BYTES) {
    throw f.malformed('extra_row_info_len', `${length} is less than its own ${EXTRA_LENGTH_BYTES}`);
  }
  return f.bytes('extra_row_info', length - EXTRA_LENGTH_BYTES);
};

/**
 * Row changes of one table: the head, and the rows unread. `present` has a bit for each column that
 * the rows hold (of an update: that its before-image holds), `presentAfter` that of an update's
 * after-image, null elsewhere and before 5.1.18. `rows` is null where MariaDB compressed them into
 * `compressedRows`. All buffers are views of the event's bytes.
 */
export const rows = defineEvent({
  name: 'rows',
  codes: [20, 21, 22, 23, 24, 25, 30, 31, 32, 39, 166, 167, 168, 169, 170, 171],
  source:
    'MySQL libs/mysql/binlog/event/rows_event.h Rows_event; MariaDB sql/log_event.h Rows_log_event',
  read: (f, context) => {
    const { typeCode } = context;
    const tableId = readTableId(f, context);
    const flags = f.u16('flags');
    const extra = hasExtra(typeCode) ? readExtra(f) : null;
    const columnCount = Number(f.lenenc('width'));
    const bitmapBytes = Math.ceil(columnCount / 8);
    const present = f.bytes('columns_before_image', bitmapBytes);
    const presentAfter =
      isUpdateRows(typeCode) && typeCode !== EVENT.PRE_GA_UPDATE_ROWS
        ? f.bytes('columns_after_image', bitmapBytes)
        : null;
    const compressed = isCompressedRows(typeCode);
    const compressedRows = compressed ? readCompressedBlob(f) : null;
    return {
      kind: rowsKind(typeCode),
      tableId,
      flags,
      /** The statement's last rows. */
      stmtEnd: (flags & ROWS_FLAG.STMT_END) !== 0,
      extra,
      columnCount,
      present,
      presentAfter,
      rows: compressed ? null : f.bytes('rows', f.remaining),
      compressedRows,
    };
  },
});
