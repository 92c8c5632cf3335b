import { expect } from 'vitest';
import type { Column, TableColumns } from '../../../src/binlog/values/column.ts';
import { COLUMN_TYPE } from '../../../src/binlog/values/column-type.ts';
import { valueTypeOf } from '../../../src/binlog/values/index.ts';
import { tableColumns } from '../../../src/binlog/values/table-columns.ts';
import type { StringForm, Value } from '../../../src/binlog/values/value.ts';
import { FieldReader } from '../../../src/bytes/field-reader.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import type { Flavor } from '../../../src/dialects/server-version.ts';
import { hex } from '../events/event-bytes.ts';

export const FILE = 'binlog.000001';

/** A table map of table `t` in database `d`, as it is decoded. */
export const tableMapOf = (
  types: string,
  metadata: string,
  { optional = '', nullable = 'ff', flags = 1 } = {},
) =>
  ({
    type: 'table-map',
    tableId: 109,
    flags,
    database: 'd',
    table: 't',
    columnCount: hex(types).length,
    types: hex(types),
    metadata: hex(metadata),
    nullable: hex(nullable),
    optional: hex(optional),
  }) as const;

/** Its columns; the event ends at 1000. */
export const columnsOf = (
  types: string,
  metadata: string,
  optional = '',
  flavor: Flavor = 'mysql',
): TableColumns =>
  tableColumns(tableMapOf(types, metadata, { optional }), flavor, { file: FILE, bodyEnd: 1000 });

/** The only column of a table; `changes` stand for optional metadata. */
export const columnOf = (
  type: keyof typeof COLUMN_TYPE,
  metadata = '',
  changes: Partial<Column> = {},
): Column => {
  const [column] = columnsOf(COLUMN_TYPE[type].toString(16).padStart(2, '0'), metadata).columns;
  if (!column) throw new Error('a table without columns');
  return { ...column, ...changes };
};

/** The value that `bytes` hold, all of them; they begin at 500 of the file. */
export const readBytes = (column: Column, bytes: Buffer, form: StringForm = 'decoded'): Value => {
  const f = new FieldReader(bytes, { file: FILE, base: 500 });
  const type = valueTypeOf(column.realType);
  if (!type) throw new Error(`no type ${column.realType}`);
  const value = type.read(f, column, form);
  expect(f.remaining).toBe(0);
  return value;
};

/** The error of bytes that are no value, as text; `none`. */
export const problemOfBytes = (column: Column, bytes: Buffer): string => {
  try {
    readBytes(column, bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return (error as MalformedError).message;
  }
  return 'none';
};

/** The value of a hex text, after every shorter text was refused. */
export const read = (column: Column, text: string, form: StringForm = 'decoded'): Value => {
  const bytes = hex(text);
  for (let n = 0; n < bytes.length; n += 1) {
    expect(problemOfBytes(column, bytes.subarray(0, n)), `cut at ${n}`).toMatch(
      /^binlog\.000001: at 5\d\d: .*needs \d+ bytes, \d+ left$/,
    );
  }
  return readBytes(column, bytes, form);
};
