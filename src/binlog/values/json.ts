import type { FieldReader } from '../../bytes/field-reader.ts';
import type { Column } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';
import { readJson } from './json-binary.ts';
import { readLongString, skipLongString } from './string.ts';
import type { JsonDiff, JsonDiffs } from './value.ts';

/** JSON of MySQL. (MariaDB's is a LONGTEXT.) */
export const json = defineValueType({
  codes: [COLUMN_TYPE.JSON],
  source: 'MySQL sql-common/json_binary.h',
  metadata: 'u8',
  read: (f, column) => {
    const bytes = readLongString(f, column);
    return readJson(bytes, { file: f.file, base: f.offset - bytes.length });
  },
  skip: skipLongString,
});

/** By code. Source: MySQL sql-common/json_diff.h `enum_json_diff_operation`. */
const OPERATIONS: readonly JsonDiff['operation'][] = ['replace', 'insert', 'remove'];

const readDiff = (f: FieldReader): JsonDiff => {
  const code = f.u8('json diff operation');
  const operation = OPERATIONS[code];
  if (operation === undefined) {
    throw f.malformed('json diff operation', `there is no operation ${code}`, f.offset - 1);
  }
  const path = f.text('json diff path', f.lenencLength('json diff path_length'));
  if (operation === 'remove') return { operation, path, value: null };
  const bytes = f.bytes('json diff value', f.lenencLength('json diff value_length'));
  const where = { file: f.file, base: f.offset - bytes.length };
  return { operation, path, value: readJson(bytes, where) };
};

/**
 * A JSON column of a partial update: what changed, in the order in which it is applied; nothing at
 * all when the document stayed as it was.
 * Source: MySQL sql-common/json_diff.cc `Json_diff_vector::read_binary`.
 */
export const readJsonDiffs = (f: FieldReader, column: Column): JsonDiffs => {
  const bytes = readLongString(f, column);
  const inner = f.within(bytes);
  const diffs: JsonDiff[] = [];
  while (inner.remaining > 0) diffs.push(readDiff(inner));
  return { type: 'json-diffs', diffs };
};
