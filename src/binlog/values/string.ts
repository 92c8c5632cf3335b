import type { FieldReader } from '../../bytes/field-reader.ts';
import type { Column } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { decodeText } from './decode-text.ts';
import { defineValueType } from './define-value-type.ts';
import type { StringForm } from './value.ts';

const SHORT = 256;
const WIDEST_LENGTH = 4;

const shortLength = (f: FieldReader, { size }: Column): number =>
  size < SHORT ? f.u8('length') : f.u16('length');

const longLength = (f: FieldReader, { size }: Column): number => {
  if (size < 1 || size > WIDEST_LENGTH) {
    throw f.malformed('length', `${size} bytes are no width of a length`);
  }
  return f.uint('length', size);
};

/** Bytes behind a length of one byte, or of two where the column may hold 256 and more. */
export const readShortString = (f: FieldReader, column: Column): Buffer =>
  f.bytes('string', shortLength(f, column));

export const skipShortString = (f: FieldReader, column: Column): void =>
  f.skip('string', shortLength(f, column));

/** Bytes behind a length as wide as the metadata says, 1 to 4. */
export const readLongString = (f: FieldReader, column: Column): Buffer =>
  f.bytes('string', longLength(f, column));

export const skipLongString = (f: FieldReader, column: Column): void =>
  f.skip('string', longLength(f, column));

/** Text where the form and the column's character set allow it, else the bytes. */
export const asString = (bytes: Buffer, column: Column, form: StringForm): string | Buffer =>
  form === 'stored' ? bytes : (decodeText(bytes, column.charset) ?? bytes);

/** CHAR and BINARY: trailing spaces, of BINARY zero bytes, are not in the log. MariaDB's UUID and INET. */
export const char = defineValueType({
  codes: [COLUMN_TYPE.STRING],
  source: 'MySQL sql/field.cc Field_string::pack',
  metadata: 'u16be',
  read: (f, column, form) => asString(readShortString(f, column), column, form),
  skip: skipShortString,
});

/** VARCHAR and VARBINARY. */
export const varchar = defineValueType({
  codes: [COLUMN_TYPE.VARCHAR, COLUMN_TYPE.VAR_STRING],
  source: 'MySQL sql/field.cc Field_varstring::pack',
  metadata: 'u16le',
  read: (f, column, form) => asString(readShortString(f, column), column, form),
  skip: skipShortString,
});

/** BLOB and TEXT of all widths; JSON in MariaDB. */
export const blob = defineValueType({
  codes: [COLUMN_TYPE.BLOB, COLUMN_TYPE.TINY_BLOB, COLUMN_TYPE.MEDIUM_BLOB, COLUMN_TYPE.LONG_BLOB],
  source: 'MySQL sql/field.cc Field_blob::pack',
  metadata: 'u8',
  read: (f, column, form) => asString(readLongString(f, column), column, form),
  skip: skipLongString,
});
