import type { FieldReader } from '../../bytes/field-reader.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';

type ReadInteger = (f: FieldReader, name: string, isUnsigned: boolean) => number | bigint;

const READ: Readonly<Record<number, ReadInteger>> = {
  [COLUMN_TYPE.TINY]: (f, name, isUnsigned) => (isUnsigned ? f.u8(name) : f.i8(name)),
  [COLUMN_TYPE.SHORT]: (f, name, isUnsigned) => (isUnsigned ? f.u16(name) : f.i16(name)),
  [COLUMN_TYPE.INT24]: (f, name, isUnsigned) => (isUnsigned ? f.u24(name) : f.i24(name)),
  [COLUMN_TYPE.LONG]: (f, name, isUnsigned) => (isUnsigned ? f.u32(name) : f.i32(name)),
  [COLUMN_TYPE.LONGLONG]: (f, name, isUnsigned) => (isUnsigned ? f.u64(name) : f.i64(name)),
};

const BYTES: Readonly<Record<number, number>> = {
  [COLUMN_TYPE.TINY]: 1,
  [COLUMN_TYPE.SHORT]: 2,
  [COLUMN_TYPE.INT24]: 3,
  [COLUMN_TYPE.LONG]: 4,
  [COLUMN_TYPE.LONGLONG]: 8,
};

/** TINYINT to BIGINT. Where the log has no signedness they are read as signed. */
export const integer = defineValueType({
  codes: [
    COLUMN_TYPE.TINY,
    COLUMN_TYPE.SHORT,
    COLUMN_TYPE.INT24,
    COLUMN_TYPE.LONG,
    COLUMN_TYPE.LONGLONG,
  ],
  source: 'MySQL sql/field.cc Field_tiny::pack and its like',
  metadata: 'none',
  read: (f, column) => {
    const read = READ[column.realType];
    if (!read) throw f.malformed('column_types', `${column.realType} is no integer`);
    return read(f, 'integer', column.isUnsigned === true);
  },
  skip: (f, { realType }) => {
    const bytes = BYTES[realType];
    if (bytes === undefined) throw f.malformed('column_types', `${realType} is no integer`);
    f.skip('integer', bytes);
  },
});

/** YEAR: 0 is the year 0000, else years since 1900. */
export const year = defineValueType({
  codes: [COLUMN_TYPE.YEAR],
  source: 'MySQL sql/field.cc Field_year::val_int',
  metadata: 'none',
  read: (f) => {
    const stored = f.u8('year');
    return stored === 0 ? 0 : 1900 + stored;
  },
  skip: (f) => f.skip('year', 1),
});
