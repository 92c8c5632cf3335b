import { defineEvent } from '../define-event.ts';
import type { FlagTable } from '../flag-names.ts';
import { readTableId } from './table-id.ts';

/**
 * Bits of `flags`, without `TM_`. Source: MySQL sql/log_event.h `Table_map_log_event`; MariaDB for the
 * last.
 */
export const TABLE_MAP_FLAGS: FlagTable = [
  [0x1, 'BIT_LEN_EXACT_F'],
  [0x2, 'REFERRED_FK_DB_F'],
  [0x4, 'GENERATED_INVISIBLE_PK_F'],
  [0x4000, 'BIT_HAS_TRIGGERS_F'],
];

/**
 * Which table the rows that follow belong to. `types` has one byte a column; `metadata` and
 * `nullable` are null where the server wrote none (5.1.15 to 5.1.17). `optional` holds the TLVs of
 * `binlog_row_metadata`, unread. The buffers are views of the event's bytes.
 */
export const tableMap = defineEvent({
  name: 'table-map',
  codes: [19],
  source: 'MySQL libs/mysql/binlog/event/rows_event.h Table_map_event',
  read: (f, context) => {
    const tableId = readTableId(f, context);
    const flags = f.u16('flags');
    const database = f.textNul('db', f.lenencLength('db_len'));
    const table = f.textNul('tbl', f.lenencLength('tbl_len'));
    const columnCount = f.lenencLength('column_count');
    const types = f.bytes('column_types', columnCount);
    const old = f.remaining === 0;
    const metadata = old ? null : f.bytes('field_metadata', f.lenencLength('field_metadata_size'));
    const nullable = old ? null : f.bytes('null_bits', (columnCount + 7) >> 3);
    const optional = f.bytes('optional_metadata', f.remaining);
    return { tableId, flags, database, table, columnCount, types, metadata, nullable, optional };
  },
});
