import { FieldReader } from '../../bytes/field-reader.ts';
import type { Flavor } from '../../dialects/server-version.ts';
import type { EventOf } from '../define-event.ts';
import type { tableMap } from '../events/table-map.ts';
import { charsetOfCollation } from './charset-of-collation.ts';
import type { Column, KeyPart, TableColumns } from './column.ts';
import { type ColumnShape, readColumnShapes } from './column-metadata.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { decodeText } from './decode-text.ts';
import {
  type Collations,
  type OptionalMetadata,
  readOptionalMetadata,
} from './optional-metadata.ts';

/** Where an event's body lies: errors name the file and count from the end of the body. */
export interface EventPlace {
  readonly file: string;
  /** File offset behind the body: where the checksum or the next event begins. */
  readonly bodyEnd: number;
}

/** Bit of the table map's flags. Source: MySQL sql/log_event.h `TM_GENERATED_INVISIBLE_PK_F`. */
const GENERATED_INVISIBLE_PRIMARY_KEY = 4;

const NUMERIC: ReadonlySet<number> = new Set([
  COLUMN_TYPE.TINY,
  COLUMN_TYPE.SHORT,
  COLUMN_TYPE.INT24,
  COLUMN_TYPE.LONG,
  COLUMN_TYPE.LONGLONG,
  COLUMN_TYPE.NEWDECIMAL,
  COLUMN_TYPE.FLOAT,
  COLUMN_TYPE.DOUBLE,
]);

const CHARACTER: ReadonlySet<number> = new Set([
  COLUMN_TYPE.STRING,
  COLUMN_TYPE.VAR_STRING,
  COLUMN_TYPE.VARCHAR,
  COLUMN_TYPE.BLOB,
]);

/** Source: MySQL sql/field_common_properties.h; MariaDB sql/log_event_server.cc, `is_numeric_type` and `is_character_type` in both. */
const isNumeric = ({ realType }: ColumnShape, flavor: Flavor | null): boolean =>
  NUMERIC.has(realType) ||
  (flavor !== 'mariadb' && (realType === COLUMN_TYPE.YEAR || realType === COLUMN_TYPE.DECIMAL));

/**
 * MariaDB's server counts a COMPRESSED column as the VARCHAR or BLOB that it is (`real_type`). Its
 * printer does not, and so gives the text columns behind one the wrong character sets.
 */
const isCharacter = ({ realType }: ColumnShape, flavor: Flavor | null): boolean =>
  CHARACTER.has(realType) ||
  (flavor === 'mariadb'
    ? realType === COLUMN_TYPE.GEOMETRY ||
      realType === COLUMN_TYPE.VARCHAR_COMPRESSED ||
      realType === COLUMN_TYPE.BLOB_COMPRESSED
    : realType === COLUMN_TYPE.VECTOR);

const isLabelled = ({ realType }: ColumnShape): boolean =>
  realType === COLUMN_TYPE.ENUM || realType === COLUMN_TYPE.SET;

/** For each column its place among those of a kind; null when it is of another. */
const placesOf = <T>(columns: readonly T[], isOfKind: (column: T) => boolean) => {
  let next = 0;
  return columns.map((column) => {
    if (!isOfKind(column)) return null;
    next += 1;
    return next - 1;
  });
};

/** The first column's bit is the highest; null behind the end. */
const bitAt = (bits: Buffer | undefined, place: number | null): boolean | null => {
  const byte = place === null ? undefined : bits?.[place >> 3];
  return byte === undefined ? null : ((byte << ((place ?? 0) & 7)) & 0x80) !== 0;
};

const at = <T>(list: readonly T[] | undefined, place: number | null): T | null =>
  place === null ? null : (list?.[place] ?? null);

const collationAt = (collations: Collations | undefined, place: number | null): number | null => {
  if (!collations || place === null) return null;
  if ('each' in collations) return collations.each[place] ?? null;
  return collations.others.get(place) ?? collations.usual;
};

const keyOf = (
  parts: OptionalMetadata['primaryKey'],
  columnCount: number,
  f: FieldReader,
): readonly KeyPart[] | null =>
  parts?.map(([column, prefix]) => {
    if (column >= columnCount) {
      throw f.malformed('primary_key_column', `${column} of ${columnCount} columns`);
    }
    return { column, prefix: prefix === 0 ? null : prefix };
  }) ?? null;

/**
 * The columns that a table map describes. `flavor` is the server's that wrote the log: the two count
 * columns of a kind differently. Throws a `MalformedError` when metadata contradicts the format.
 */
export const tableColumns = (
  event: EventOf<typeof tableMap>,
  flavor: Flavor | null,
  { file, bodyEnd }: EventPlace,
): TableColumns => {
  const { database, table, types, metadata, nullable, optional } = event;
  const optionalFrom = bodyEnd - optional.length;
  const metadataFrom = optionalFrom - (nullable?.length ?? 0) - (metadata?.length ?? 0);
  const shapes = readColumnShapes(
    types,
    metadata && new FieldReader(metadata, { file, base: metadataFrom }),
  );
  const f = new FieldReader(optional, { file, base: optionalFrom });
  const written = readOptionalMetadata(f);

  const numeric = placesOf(shapes, (shape) => isNumeric(shape, flavor));
  const character = placesOf(shapes, (shape) => isCharacter(shape, flavor));
  const labelled = placesOf(shapes, isLabelled);
  const enums = placesOf(shapes, ({ realType }) => realType === COLUMN_TYPE.ENUM);
  const sets = placesOf(shapes, ({ realType }) => realType === COLUMN_TYPE.SET);
  const geometries = placesOf(shapes, ({ realType }) => realType === COLUMN_TYPE.GEOMETRY);
  const vectors = placesOf(shapes, ({ realType }) => realType === COLUMN_TYPE.VECTOR);

  const columns = shapes.map((shape, index): Column => {
    const collation =
      collationAt(written.collations, character[index] ?? null) ??
      collationAt(written.labelCollations, labelled[index] ?? null);
    const charset = collation === null ? null : charsetOfCollation(collation);
    const labels =
      at(written.enumLabels, enums[index] ?? null) ?? at(written.setLabels, sets[index] ?? null);
    return {
      index,
      ...shape,
      name: written.names?.[index] ?? null,
      isNullable: nullable && (((nullable[index >> 3] ?? 0) >> (index & 7)) & 1) === 1,
      isUnsigned: bitAt(written.signedness, numeric[index] ?? null),
      collation,
      charset,
      labels: labels && labels.map((bytes) => decodeText(bytes, charset) ?? bytes),
      geometryType: at(written.geometryTypes, geometries[index] ?? null),
      isVisible: bitAt(written.visibility, index),
      dimension: at(written.dimensions, vectors[index] ?? null),
    };
  });
  return {
    database,
    table,
    columns,
    primaryKey: keyOf(written.primaryKey, columns.length, f),
    hasGeneratedInvisiblePrimaryKey: (event.flags & GENERATED_INVISIBLE_PRIMARY_KEY) !== 0,
  };
};
