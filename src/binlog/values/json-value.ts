import { shortestFloat } from './c-number-text.ts';
import type { Column, TableColumns } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { decodeText } from './decode-text.ts';
import { isArray, isObject, jsonText, scalarText } from './json-text.ts';
import { labelsIn } from './labels.ts';
import type { RowImage } from './row-image.ts';
import { temporalText } from './temporal-text.ts';
import type { GeometryValue, JsonNode, Value } from './value.ts';
import { wktOf } from './wkt.ts';

/** What `JSON.stringify` writes and every reader reads back as it was. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

const safeInteger = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : String(value);

const base64 = (bytes: Uint8Array): JsonValue => ({
  base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
});

/** JSON has no infinity and no NaN. */
const floatValue = (value: number, shorten: (value: number) => number): number | string =>
  Number.isFinite(value) ? shorten(value) : String(value);

/** Whether a reader of JSON finds this very number in the document: doubles yes, 2^53 + 1 no. */
const isLossless = (node: JsonNode): boolean => {
  if (isArray(node)) return node.every(isLossless);
  if (isObject(node)) return node.members.every(([, value]) => isLossless(value));
  if (typeof node === 'bigint') return Number.isSafeInteger(Number(node));
  if (typeof node === 'number') return Number.isFinite(node);
  return typeof node !== 'object' || node === null || node.type !== 'decimal';
};

const plainNode = (node: JsonNode): JsonValue => {
  if (isArray(node)) return node.map(plainNode);
  if (isObject(node)) {
    return Object.fromEntries(node.members.map(([name, value]) => [name, plainNode(value)]));
  }
  if (typeof node === 'bigint') return Number(node);
  if (node === null || typeof node !== 'object') return node;
  return scalarText(node);
};

/**
 * As the document it is, unless a number in it would change or it would be taken for NULL: then as
 * the servers' text of it.
 */
const documentValue = (root: JsonNode): JsonValue =>
  root !== null && isLossless(root) ? plainNode(root) : { json: jsonText(root) };

const geometryValue = ({ srid, wkb }: GeometryValue): JsonValue => {
  const wkt = wktOf(wkb);
  return wkt === null ? { srid, wkb: wkb.toString('hex') } : { srid, wkt };
};

const labelValue = (label: string | Buffer): JsonValue =>
  typeof label === 'string' ? label : base64(label);

const asIs = (value: number): number => value;

const numberValue = (value: number | bigint, column: Column): JsonValue => {
  const labels = labelsIn(value, column)?.map(labelValue);
  if (labels && column.realType === COLUMN_TYPE.SET) return labels;
  if (labels && column.realType === COLUMN_TYPE.ENUM) return labels[0] ?? '';
  if (typeof value === 'bigint') return safeInteger(value);
  return floatValue(value, column.realType === COLUMN_TYPE.FLOAT ? shortestFloat : asIs);
};

/**
 * A value for NDJSON. Numbers are numbers while a reader keeps them exactly, else strings (large
 * integers, DECIMAL always); temporal values are text (`2026-11-20 12:34:56.123`; TIMESTAMP in UTC);
 * ENUM is its string and SET a list of them where the log names them, else the index and the bitmap;
 * binary strings are `{"base64"}`, and text of an unknown character set too unless it is UTF-8; JSON
 * documents are themselves, or `{"json"}` with their text where a number would suffer and for the
 * document null; GEOMETRY is
 * `{"srid", "wkt"}` or, ill-formed, `{"srid", "wkb"}` in hex; VECTOR a list; changes of a JSON document a
 * list of `{"operation", "path", "value"}`.
 */
export const jsonValueOf = (value: Value, column: Column): JsonValue => {
  if (value === null) return null;
  if (typeof value === 'number' || typeof value === 'bigint') return numberValue(value, column);
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) {
    return (column.charset === null ? decodeText(value, 'utf8mb4') : null) ?? base64(value);
  }
  switch (value.type) {
    case 'json':
      return documentValue(value.root);
    case 'json-diffs':
      return value.diffs.map(({ operation, path, value: document }) =>
        document ? { operation, path, value: documentValue(document.root) } : { operation, path },
      );
    case 'geometry':
      return geometryValue(value);
    case 'vector':
      return Array.from(value.numbers, (n) => floatValue(n, shortestFloat));
    default:
      return temporalText(value, column.size);
  }
};

/**
 * A row image for NDJSON, by column name, `@3` where the log has no names. Columns that the image
 * leaves out are left out.
 */
export const jsonRowOf = (
  image: RowImage,
  { columns }: TableColumns,
): { readonly [name: string]: JsonValue } =>
  Object.fromEntries(
    columns.flatMap((column) => {
      const value = image[column.index];
      const name = column.name ?? `@${column.index + 1}`;
      return value === undefined ? [] : [[name, jsonValueOf(value, column)] as const];
    }),
  );
