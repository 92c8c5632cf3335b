import { generalText, scientificText } from '../c-number-text.ts';
import type { Column } from '../column.ts';
import { COLUMN_TYPE } from '../column-type.ts';
import { decodeText } from '../decode-text.ts';
import { labelsIn } from '../labels.ts';
import { fractionText, temporalText } from '../temporal-text.ts';
import type { GeometryValue, TemporalValue, TimeValue, Value } from '../value.ts';
import { wktOf } from '../wkt.ts';
import type { ByteText } from './byte-text.ts';
import type { PrinterDialect } from './dialect.ts';
import { documentText, jsonDiffText } from './json-diff-text.ts';
import { quoteString } from './quote.ts';

/** How values are to be written. */
export interface LiteralStyle {
  readonly dialect: PrinterDialect;
  /**
   * ENUM, SET and GEOMETRY as text, and bytes that are no text in hex: for people, which the servers'
   * printers do not write.
   */
  readonly isReadable: boolean;
}

const INTEGER_BITS: Readonly<Record<number, number>> = {
  [COLUMN_TYPE.TINY]: 8,
  [COLUMN_TYPE.SHORT]: 16,
  [COLUMN_TYPE.INT24]: 24,
  [COLUMN_TYPE.LONG]: 32,
  [COLUMN_TYPE.LONGLONG]: 64,
};

/** Signed, and the unsigned number of the same bits behind a negative one: printers know no sign. */
const integerText = (value: number | bigint, bits: number): string => {
  const signed = BigInt.asIntN(bits, BigInt(value));
  return signed < 0n ? `${signed} (${BigInt.asUintN(bits, signed)})` : String(signed);
};

const FLOAT_DIGITS = 6;
const FLOAT_WIDTH = 20;
const DOUBLE_DIGITS = 20;
const VECTOR_DIGITS = 5;
const FIRST_YEAR = 1900;

const numberText = (value: number | bigint, { realType, size }: Column): string => {
  const bits = INTEGER_BITS[realType];
  if (bits !== undefined) return integerText(value, bits);
  if (realType === COLUMN_TYPE.FLOAT) {
    return generalText(Number(value), FLOAT_DIGITS).padEnd(FLOAT_WIDTH);
  }
  if (realType === COLUMN_TYPE.DOUBLE) return generalText(Number(value), DOUBLE_DIGITS);
  if (realType === COLUMN_TYPE.BIT) return `b'${value.toString(2).padStart(size, '0')}'`;
  // The year 0000 is printed as if it were one since 1900
  if (realType === COLUMN_TYPE.YEAR) return String(value === 0 ? FIRST_YEAR : value);
  if (realType === COLUMN_TYPE.SET) return setBits(BigInt(value), size);
  return String(value);
};

/** Byte by byte as stored, the lowest first. */
const setBits = (value: bigint, bytes: number): string => {
  const bits = value.toString(2).padStart(bytes * 8, '0');
  return `b'${bits.match(/.{8}/g)?.toReversed().join('') ?? ''}'`;
};

const OLD_TIME_BITS = 24;

const oldTimeText = (value: TimeValue): string => {
  const digits = (value.hour * 100 + value.minute) * 100 + value.second;
  const stored = Number(BigInt.asUintN(OLD_TIME_BITS, BigInt(value.isNegative ? -digits : digits)));
  return temporalText(
    {
      ...value,
      isNegative: false,
      hour: Math.floor(stored / 10_000),
      minute: Math.floor(stored / 100) % 100,
      second: stored % 100,
    },
    0,
  );
};

const timeText = (value: TemporalValue, column: Column, dialect: PrinterDialect): string => {
  const { realType, size } = column;
  if (value.type === 'timestamp') return value.seconds + fractionText(value.microsecond, size);
  if (value.type === 'date') return `'${temporalText(value, 0).replaceAll('-', ':')}'`;
  if (value.type === 'time' && realType === COLUMN_TYPE.TIME && !dialect.signsOldTime) {
    return `'${oldTimeText(value)}'`;
  }
  const text = temporalText(value, size);
  return realType === COLUMN_TYPE.DATETIME && !dialect.quotesOldDateTime ? text : `'${text}'`;
};

/** Controls that stand in no text: all but tab and line breaks. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

const isText = (bytes: Buffer): boolean => {
  const text = decodeText(bytes, 'utf8mb4');
  return text !== null && !CONTROL.test(text);
};

const stringText = (
  value: string | Buffer,
  column: Column,
  { dialect, isReadable }: LiteralStyle,
): string => {
  if (column.realType === COLUMN_TYPE.NEWDECIMAL) return String(value);
  const isBinary = isReadable && Buffer.isBuffer(value) && !isText(value);
  return isBinary ? `X'${value.toString('hex')}'` : quoteString(value, dialect);
};

const SRID_BYTES = 4;

const geometryText = (
  { srid, wkb }: GeometryValue,
  { dialect, isReadable }: LiteralStyle,
): string => {
  const wkt = isReadable && srid !== null ? wktOf(wkb) : null;
  if (wkt !== null) return `ST_GeomFromText('${wkt}', ${srid})`;
  const head = Buffer.alloc(srid === null ? 0 : SRID_BYTES);
  if (srid !== null) head.writeUInt32LE(srid);
  return quoteString(Buffer.concat([head, wkb]), dialect);
};

const COMMA = Buffer.from(',');

const labelText = (labels: readonly (string | Buffer)[], dialect: PrinterDialect): ByteText => {
  const bytes = labels.flatMap((label, i) => {
    const one = typeof label === 'string' ? Buffer.from(label, 'utf8') : label;
    return i === 0 ? [one] : [COMMA, one];
  });
  return quoteString(Buffer.concat(bytes), dialect);
};

const isLabelled = ({ realType, labels }: Column): boolean =>
  labels !== null && (realType === COLUMN_TYPE.ENUM || realType === COLUMN_TYPE.SET);

/** A value as the servers' printers write it; `name` is its column's, for changes of a JSON document. */
export const literalText = (
  value: Value,
  column: Column,
  name: ByteText,
  style: LiteralStyle,
): string => {
  const { dialect, isReadable } = style;
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') {
    const labels = isReadable && isLabelled(column) ? labelsIn(value, column) : null;
    return labels === null ? numberText(value, column) : labelText(labels, dialect);
  }
  if (typeof value === 'string' || Buffer.isBuffer(value)) {
    return stringText(value, column, style);
  }
  switch (value.type) {
    case 'json':
      return documentText(value.root, dialect);
    case 'json-diffs':
      return jsonDiffText(value, name, dialect);
    case 'geometry':
      return geometryText(value, style);
    case 'vector':
      return `[${Array.from(value.numbers, (n) => scientificText(n, VECTOR_DIGITS)).join(',')}]`;
    default:
      return timeText(value, column, dialect);
  }
};

/** What a printer writes where it has no way to print a column's values. */
export const unknownColumnText = ({ realType, metadata }: Column): string => {
  const hex = metadata.toString(16).padStart(4, '0');
  return `!! Don't know how to handle column type=${realType} meta=${metadata} (${hex})`;
};
