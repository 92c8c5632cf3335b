import { FieldReader } from '../../bytes/field-reader.ts';
import { MalformedError } from '../../bytes/malformed-error.ts';
import type { EventOf } from '../define-event.ts';
import { EVENT } from '../event-type.ts';
import type { rows } from '../events/rows.ts';
import { isDummyTableId } from '../events/table-id.ts';
import { inflateBlob } from '../inflate-blob.ts';
import type { TableColumns } from './column.ts';
import type { EventPlace } from './table-columns.ts';

/** A rows event, and what is needed to read its rows. */
export interface RowsOfTable {
  readonly event: EventOf<typeof rows>;
  /** From the event's header: how the rows are laid out depends on it. */
  readonly typeCode: number;
  /** Of the table map that the rows belong to. */
  readonly table: TableColumns;
  readonly place: EventPlace;
}

/** The rows of an event as they stand in it, or decompressed, not yet taken apart. */
export interface RowBlock {
  readonly f: FieldReader;
  /** An error of `f` as it is told: at an offset that the file has. */
  readonly located: (error: unknown) => unknown;
}

/** Bit of `value_options`. Source: MySQL sql/rpl_record.h, `enum_binlog_row_value_options`. */
const PARTIAL_JSON_UPDATES = 1n;

/** Is the bit of this index set? The first one is the lowest of the first byte. */
export const isSet = (bits: Buffer, index: number): boolean =>
  (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;

export const bytesFor = (bits: number): number => (bits + 7) >> 3;

/** Before an after-image of a partial update: a bit for each JSON column; null where none is partial. */
export const readPartialBits = (f: FieldReader, jsonColumns: number): Buffer | null => {
  const options = f.lenenc('value_options');
  if ((options & PARTIAL_JSON_UPDATES) === 0n) return null;
  return f.bytes('partial_bits', bytesFor(jsonColumns));
};

const isBeforeGa = (typeCode: number): boolean =>
  typeCode >= EVENT.PRE_GA_WRITE_ROWS && typeCode <= EVENT.PRE_GA_DELETE_ROWS;

const BEFORE_GA =
  'rows of MySQL 5.1 before 5.1.18 are laid out as in the memory of the server that wrote them';

/**
 * The bytes of an event's rows; null for the dummy event that only ends a statement. Throws a
 * `MalformedError` where the event contradicts the table map, or cannot be decompressed.
 */
export const rowBlock = ({
  event,
  typeCode,
  table,
  place: { file, bodyEnd },
}: RowsOfTable): RowBlock | { readonly unreadable: string } | null => {
  if (isDummyTableId(event.tableId)) return null;
  if (isBeforeGa(typeCode)) return { unreadable: BEFORE_GA };
  const { columnCount, compressedRows } = event;
  const stored = event.rows ?? compressedRows?.compressed;
  const base = bodyEnd - (stored?.length ?? 0);
  if (columnCount !== table.columns.length) {
    const problem = `${columnCount} columns, the table map has ${table.columns.length}`;
    throw new MalformedError(file, base, 'width', problem);
  }
  if (!compressedRows) {
    return stored
      ? { f: new FieldReader(stored, { file, base }), located: (error) => error }
      : null;
  }
  // Offsets inside what was compressed are told in the error's text; its offset is the block's
  const bytes = inflateBlob(compressedRows, { file, base }, 'compressed_rows');
  return {
    f: new FieldReader(bytes, { file, base: 0 }),
    located: (error) =>
      error instanceof MalformedError
        ? new MalformedError(
            file,
            base,
            error.field,
            `${error.problem} (at byte ${error.offset} of the decompressed rows)`,
          )
        : error,
  };
};
