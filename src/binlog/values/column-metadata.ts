import type { FieldReader } from '../../bytes/field-reader.ts';
import { COLUMN_TYPE } from './column-type.ts';
import type { ValueType } from './define-value-type.ts';
import { valueTypeOf } from './index.ts';

/** What type and metadata of a column say together: see `Column`. */
export interface ColumnShape {
  readonly typeCode: number;
  readonly realType: number;
  readonly metadata: number;
  readonly size: number;
  readonly scale: number;
  readonly unreadable: string | null;
}

const MARK = 0x30;

/**
 * CHAR and BINARY, and ENUM and SET, which come as the type STRING. The first byte is the real type;
 * where two of its bits are not as in every type, they are bits 8 and 9 of the length, inverted: so
 * lengths up to 1023 fit.
 * Source: MySQL bug #37426, sql/field.cc `Field_string::do_save_field_metadata`.
 */
const stringShape = (metadata: number): Pick<ColumnShape, 'realType' | 'size'> => {
  const first = metadata >> 8;
  const second = metadata & 0xff;
  if (first !== 0 && (first & MARK) !== MARK) {
    return { realType: COLUMN_TYPE.STRING, size: second | (((first & MARK) ^ MARK) << 4) };
  }
  const isLabelled = first === COLUMN_TYPE.ENUM || first === COLUMN_TYPE.SET;
  return { realType: isLabelled ? first : COLUMN_TYPE.STRING, size: second };
};

const BITS_A_BYTE = 8;

const shapeOf = (typeCode: number, metadata: number): ColumnShape => {
  const shape = { typeCode, realType: typeCode, metadata, size: metadata, scale: 0 };
  const upper = metadata >> 8;
  const lower = metadata & 0xff;
  switch (typeCode) {
    case COLUMN_TYPE.STRING:
      return { ...shape, ...stringShape(metadata), unreadable: null };
    case COLUMN_TYPE.NEWDECIMAL:
      return { ...shape, size: upper, scale: lower, unreadable: null };
    case COLUMN_TYPE.BIT:
      return { ...shape, size: upper * BITS_A_BYTE + lower, unreadable: null };
    case COLUMN_TYPE.ENUM:
    case COLUMN_TYPE.SET:
      return { ...shape, size: lower, unreadable: null };
    default:
      return { ...shape, unreadable: null };
  }
};

const READ: Readonly<Record<ValueType['metadata'], (f: FieldReader) => number>> = {
  none: () => 0,
  u8: (f) => f.u8('field_metadata'),
  u16le: (f) => f.u16('field_metadata'),
  u16be: (f) => f.uintBE('field_metadata', 2),
};

/** Types without metadata whose values cannot be read, and why. */
const UNREADABLE: ReadonlyMap<number, string> = new Map([
  [COLUMN_TYPE.DECIMAL, 'DECIMAL of MySQL 4.1 and older: its length is not in the log'],
  [COLUMN_TYPE.NULL, 'a column of the type NULL has no values'],
]);

const unreadableShape = (typeCode: number, unreadable: string): ColumnShape => ({
  typeCode,
  realType: typeCode,
  metadata: 0,
  size: 0,
  scale: 0,
  unreadable,
});

/**
 * A multi-valued index as a column: the type of its elements and their metadata follow. Such a column
 * is never stored, so there is no value of it to read.
 * Source: MySQL libs/mysql/binlog/event/binary_log_funcs.cpp, sql/rpl_utility.cc `read_field_metadata`.
 */
const readTypedArray = (f: FieldReader): ColumnShape => {
  const element = f.u8('field_metadata');
  if (element === COLUMN_TYPE.VARCHAR) f.skip('field_metadata', 3);
  else READ[valueTypeOf(element)?.metadata ?? 'none'](f);
  const reason = 'a multi-valued index has no values in a row';
  return unreadableShape(COLUMN_TYPE.TYPED_ARRAY, reason);
};

/**
 * Types and metadata of all columns. `f` reads the metadata block; null where the server wrote none.
 * Behind a type that is not known here nothing can be told of the metadata: columns there that need
 * some are unreadable.
 * Source: MySQL sql/rpl_utility.cc `table_def::table_def`, `read_field_metadata`.
 */
export const readColumnShapes = (types: Buffer, f: FieldReader | null): readonly ColumnShape[] => {
  let stranger: number | null = null;
  const shapes = [...types].map((typeCode): ColumnShape => {
    const type = valueTypeOf(typeCode);
    const reason = UNREADABLE.get(typeCode);
    if (reason !== undefined) return unreadableShape(typeCode, reason);
    if (typeCode === COLUMN_TYPE.TYPED_ARRAY && f && stranger === null) return readTypedArray(f);
    if (!type) {
      stranger ??= typeCode;
      return unreadableShape(typeCode, `no server we know has a column type ${typeCode}`);
    }
    if (type.metadata === 'none') return shapeOf(typeCode, 0);
    if (!f) return unreadableShape(typeCode, 'the server wrote no metadata');
    if (stranger !== null) {
      return unreadableShape(
        typeCode,
        `its metadata is behind that of an unknown type ${stranger}`,
      );
    }
    return shapeOf(typeCode, READ[type.metadata](f));
  });
  if (f && f.remaining > 0 && stranger === null) {
    throw f.malformed('field_metadata', `${f.remaining} bytes more than the columns have`);
  }
  return shapes;
};
