import type { FieldReader } from '../../bytes/field-reader.ts';
import type { Column } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';
import { inflate } from './inflate.ts';
import {
  asString,
  readLongString,
  readShortString,
  skipLongString,
  skipShortString,
} from './string.ts';
import type { StringForm } from './value.ts';

const METHOD_ZLIB = 8;
const RAW_DEFLATE = 0x08;
const WIDTH = 0x07;
const NOTHING = Buffer.alloc(0);

/**
 * What a COMPRESSED column holds: empty; or a zero byte and the string; or `method : 4 | raw : 1 |
 * width : 3`, the length in `width` bytes, big-endian, and the deflate data.
 * Source: MariaDB sql/field_comp.cc `compress_zlib`, `uncompress_zlib`.
 */
const decompress = (f: FieldReader, stored: Buffer): Buffer => {
  const lead = stored[0];
  if (lead === undefined) return NOTHING;
  if (lead === 0) return stored.subarray(1);
  const start = f.offset - stored.length;
  const width = lead & WIDTH;
  if (lead >> 4 !== METHOD_ZLIB || width < 1 || width > 4 || stored.length <= width) {
    throw f.malformed('compression_header', `${lead} is no header of a compressed string`, start);
  }
  const length = stored.readUIntBE(1, width);
  const bytes = inflate(stored.subarray(1 + width), length, (lead & RAW_DEFLATE) !== 0);
  if (typeof bytes === 'string') throw f.malformed('compressed_string', bytes, start);
  return bytes;
};

const read = (f: FieldReader, stored: Buffer, column: Column, form: StringForm): string | Buffer =>
  form === 'stored' ? stored : asString(decompress(f, stored), column, form);

/** MariaDB VARCHAR and VARBINARY COMPRESSED. */
export const varcharCompressed = defineValueType({
  codes: [COLUMN_TYPE.VARCHAR_COMPRESSED],
  source: 'MariaDB sql/field.cc Field_varstring_compressed',
  metadata: 'u16le',
  read: (f, column, form) => read(f, readShortString(f, column), column, form),
  skip: skipShortString,
});

/** MariaDB BLOB and TEXT COMPRESSED. */
export const blobCompressed = defineValueType({
  codes: [COLUMN_TYPE.BLOB_COMPRESSED],
  source: 'MariaDB sql/field.cc Field_blob_compressed',
  metadata: 'u8',
  read: (f, column, form) => read(f, readLongString(f, column), column, form),
  skip: skipLongString,
});
