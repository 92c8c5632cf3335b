import type { FieldReader } from '../../bytes/field-reader.ts';

/**
 * Types of the optional metadata of a table map.
 * Source: MySQL libs/mysql/binlog/event/rows_event.h `Optional_metadata_field_type`; MariaDB
 * sql/log_event.h has the first eleven.
 */
const FIELD = {
  SIGNEDNESS: 1,
  DEFAULT_CHARSET: 2,
  COLUMN_CHARSET: 3,
  COLUMN_NAME: 4,
  SET_STR_VALUE: 5,
  ENUM_STR_VALUE: 6,
  GEOMETRY_TYPE: 7,
  SIMPLE_PRIMARY_KEY: 8,
  PRIMARY_KEY_WITH_PREFIX: 9,
  ENUM_AND_SET_DEFAULT_CHARSET: 10,
  ENUM_AND_SET_COLUMN_CHARSET: 11,
  COLUMN_VISIBILITY: 12,
  VECTOR_DIMENSIONALITY: 13,
} as const;

/** Collations of a kind of columns, in their order: one of all but some, or one each. */
export type Collations =
  | { readonly usual: number; readonly others: ReadonlyMap<number, number> }
  | { readonly each: readonly number[] };

/** Optional metadata as it was written: lists count the columns of one kind, in their order. */
export interface OptionalMetadata {
  /** A bit a numeric column, the first in the highest bit: 1 is unsigned. */
  signedness?: Buffer;
  collations?: Collations;
  names?: readonly string[];
  setLabels?: readonly (readonly Buffer[])[];
  enumLabels?: readonly (readonly Buffer[])[];
  geometryTypes?: readonly number[];
  /** Columns, and characters of them in the key; 0 characters are all. */
  primaryKey?: readonly (readonly [column: number, prefix: number])[];
  labelCollations?: Collations;
  /** A bit a column, the first in the highest bit: 1 is visible. */
  visibility?: Buffer;
  dimensions?: readonly number[];
}

const number = (f: FieldReader, name: string): number => {
  const start = f.offset;
  const value = f.lenenc(name);
  if (value > 0xffff_ffffn) throw f.malformed(name, `${value} is beyond 32 bits`, start);
  return Number(value);
};

/** To the end of the field: each entry takes a byte or more. */
const list = <T>(f: FieldReader, read: () => T): readonly T[] => {
  const entries: T[] = [];
  while (f.remaining > 0) entries.push(read());
  return entries;
};

const readUsual = (f: FieldReader): Collations => ({
  usual: number(f, 'default_charset'),
  others: new Map(list(f, () => [number(f, 'column_index'), number(f, 'charset')] as const)),
});

const readEach = (f: FieldReader): Collations => ({ each: list(f, () => number(f, 'charset')) });

const readLabels = (f: FieldReader): readonly (readonly Buffer[])[] =>
  list(f, () =>
    Array.from({ length: f.lenencLength('str_value_count') }, () =>
      f.bytes('str_value', f.lenencLength('str_value_length')),
    ),
  );

type Read = (f: FieldReader, metadata: OptionalMetadata) => void;

const READERS: Readonly<Record<number, Read>> = {
  [FIELD.SIGNEDNESS]: (f, m) => (m.signedness = f.bytes('signedness', f.remaining)),
  [FIELD.DEFAULT_CHARSET]: (f, m) => (m.collations = readUsual(f)),
  [FIELD.COLUMN_CHARSET]: (f, m) => (m.collations = readEach(f)),
  [FIELD.COLUMN_NAME]: (f, m) => {
    m.names = list(f, () => f.text('column_name', f.lenencLength('column_name_length')));
  },
  [FIELD.SET_STR_VALUE]: (f, m) => (m.setLabels = readLabels(f)),
  [FIELD.ENUM_STR_VALUE]: (f, m) => (m.enumLabels = readLabels(f)),
  [FIELD.GEOMETRY_TYPE]: (f, m) => (m.geometryTypes = list(f, () => number(f, 'geometry_type'))),
  [FIELD.SIMPLE_PRIMARY_KEY]: (f, m) => {
    m.primaryKey = list(f, () => [number(f, 'primary_key_column'), 0] as const);
  },
  [FIELD.PRIMARY_KEY_WITH_PREFIX]: (f, m) => {
    m.primaryKey = list(
      f,
      () => [number(f, 'primary_key_column'), number(f, 'primary_key_prefix')] as const,
    );
  },
  [FIELD.ENUM_AND_SET_DEFAULT_CHARSET]: (f, m) => (m.labelCollations = readUsual(f)),
  [FIELD.ENUM_AND_SET_COLUMN_CHARSET]: (f, m) => (m.labelCollations = readEach(f)),
  [FIELD.COLUMN_VISIBILITY]: (f, m) => (m.visibility = f.bytes('column_visibility', f.remaining)),
  [FIELD.VECTOR_DIMENSIONALITY]: (f, m) => {
    m.dimensions = list(f, () => number(f, 'vector_dimensionality'));
  },
};

/**
 * The optional metadata of a table map: `u8 type, lenenc length, value`, to its end. Types that are
 * not known are passed over.
 */
export const readOptionalMetadata = (f: FieldReader): OptionalMetadata => {
  const metadata: OptionalMetadata = {};
  while (f.remaining > 0) {
    const read = READERS[f.u8('optional_metadata_type')];
    const value = f.bytes('optional_metadata', f.lenencLength('optional_metadata_length'));
    read?.(f.within(value), metadata);
  }
  return metadata;
};
