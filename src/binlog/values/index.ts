import { bit, enumeration, set } from './bitmap.ts';
import { blobCompressed, varcharCompressed } from './compressed-string.ts';
import { decimal } from './decimal.ts';
import type { ValueType } from './define-value-type.ts';
import { double, float } from './floating-point.ts';
import { geometry } from './geometry.ts';
import { integer, year } from './integer.ts';
import { json } from './json.ts';
import { blob, char, varchar } from './string.ts';
import { dateTime, time, timestamp } from './temporal.ts';
import { date, dateTimeOld, timeOld, timestampOld } from './temporal-before-5-6.ts';
import { vector } from './vector.ts';

/** Every column type whose values are read here: one line a family. */
const valueTypes: readonly ValueType[] = [
  integer,
  year,
  float,
  double,
  decimal,
  bit,
  enumeration,
  set,
  date,
  timestampOld,
  timeOld,
  dateTimeOld,
  timestamp,
  dateTime,
  time,
  char,
  varchar,
  blob,
  varcharCompressed,
  blobCompressed,
  json,
  geometry,
  vector,
];

const BY_CODE: ReadonlyMap<number, ValueType> = new Map(
  valueTypes.flatMap((type) => type.codes.map((code) => [code, type] as const)),
);

/** How values of a column type are read; null when they are not. */
export const valueTypeOf = (code: number): ValueType | null => BY_CODE.get(code) ?? null;
