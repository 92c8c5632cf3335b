import type { FieldReader } from '../../bytes/field-reader.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';
import type { DateTimeValue, TimeValue } from './value.ts';

const MOST_DIGITS = 6;
const DATETIME_ZERO = 0x80_0000_0000;
const TIME_ZERO = 0x80_0000;
const SECOND = 1_000_000;
const BELOW_SECOND = 2n ** 24n;

/** Bytes of a fraction of so many digits; each counts what its digits in pairs can say. */
const fractionBytes = (f: FieldReader, digits: number): number => {
  if (digits > MOST_DIGITS) throw f.malformed('fraction', `${digits} digits are too many`);
  return (digits + 1) >> 1;
};

const microsecondsIn = (bytes: number): number => 100 ** (3 - bytes);

const toMicroseconds = (f: FieldReader, fraction: number, bytes: number): number => {
  const microsecond = bytes === 0 ? 0 : fraction * microsecondsIn(bytes);
  if (microsecond < SECOND) return microsecond;
  throw f.malformed('fraction', `${microsecond} microseconds are a second`, f.offset - bytes);
};

const readFraction = (f: FieldReader, digits: number): number => {
  const bytes = fractionBytes(f, digits);
  return bytes === 0 ? 0 : toMicroseconds(f, f.uintBE('fraction', bytes), bytes);
};

/** TIMESTAMP since MySQL 5.6: seconds and fraction, big-endian. */
export const timestamp = defineValueType({
  codes: [COLUMN_TYPE.TIMESTAMP2],
  source: 'MySQL mysys/my_time.cc my_timestamp_from_binary',
  metadata: 'u8',
  read: (f, column) => ({
    type: 'timestamp',
    seconds: f.uintBE('timestamp', 4),
    microsecond: readFraction(f, column.size),
  }),
  skip: (f, column) => f.skip('timestamp', 4 + fractionBytes(f, column.size)),
});

/** The parts of `years * 13 + months : 17 | day : 5 | hour : 5 | minute : 6 | second : 6`. */
const dateTimeOf = (packed: number, microsecond: number): DateTimeValue => {
  const day = Math.floor(packed / 2 ** 17);
  const time = packed % 2 ** 17;
  const months = day >> 5;
  return {
    type: 'datetime',
    year: Math.floor(months / 13),
    month: months % 13,
    day: day & 31,
    hour: time >> 12,
    minute: (time >> 6) & 63,
    second: time & 63,
    microsecond,
  };
};

/** DATETIME since MySQL 5.6. */
export const dateTime = defineValueType({
  codes: [COLUMN_TYPE.DATETIME2],
  source: 'MySQL mysys/my_time.cc my_datetime_packed_from_binary',
  metadata: 'u8',
  read: (f, column) => {
    const start = f.offset;
    const packed = f.uintBE('datetime', 5) - DATETIME_ZERO;
    if (packed < 0) throw f.malformed('datetime', 'it is negative', start);
    return dateTimeOf(packed, readFraction(f, column.size));
  },
  skip: (f, column) => f.skip('datetime', 5 + fractionBytes(f, column.size)),
});

/** Sign, hour in 10 bits, minute and second in 6 each, microseconds in 24. */
const timeOf = (whole: number, microsecond: number, isNegative: boolean): TimeValue => ({
  type: 'time',
  isNegative,
  hour: (whole >> 12) & 0x3ff,
  minute: (whole >> 6) & 63,
  second: whole & 63,
  microsecond,
});

/**
 * TIME since MySQL 5.6. A negative one is the two's complement over whole part and fraction
 * together, so the fraction of the stored bytes counts upward from the next lower second.
 */
export const time = defineValueType({
  codes: [COLUMN_TYPE.TIME2],
  source: 'MySQL mysys/my_time.cc my_time_packed_from_binary',
  metadata: 'u8',
  read: (f, column) => {
    const bytes = fractionBytes(f, column.size);
    const whole = f.uintBE('time', 3) - TIME_ZERO;
    const fraction = bytes === 0 ? 0 : f.uintBE('fraction', bytes);
    const unit = 256 ** bytes;
    const stored = whole * unit + fraction;
    const size = Math.abs(stored);
    const microsecond = toMicroseconds(f, size % unit, bytes);
    return timeOf(Math.floor(size / unit), microsecond, stored < 0);
  },
  skip: (f, column) => f.skip('time', 3 + fractionBytes(f, column.size)),
});

/**
 * The 8 bytes of a DATETIME or TIMESTAMP in a JSON document: as the column, with 24 bits of
 * microseconds below.
 * Source: MySQL mysys/my_time.cc `TIME_from_longlong_datetime_packed`.
 */
export const packedDateTime = (stored: bigint): DateTimeValue => {
  const packed = stored < 0n ? -stored : stored;
  return dateTimeOf(Number(packed >> 24n), Number(packed % BELOW_SECOND));
};

/** The 8 bytes of a TIME in a JSON document. Source: `TIME_from_longlong_time_packed` there. */
export const packedTime = (stored: bigint): TimeValue => {
  const packed = stored < 0n ? -stored : stored;
  const whole = Number((packed >> 24n) & 0x3f_ffffn);
  return timeOf(whole, Number(packed % BELOW_SECOND), stored < 0n);
};
