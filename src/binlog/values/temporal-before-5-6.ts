import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';

/** Two decimal digits of `number`, `place` pairs from the right. */
const pair = (number: number, place: number): number => Math.floor(number / 100 ** place) % 100;

/**
 * DATE, and the only layout of it to this day: day in 5 bits, month in 4, then the year.
 * Source: MySQL sql/field.cc `Field_newdate::get_date_internal`.
 */
export const date = defineValueType({
  codes: [COLUMN_TYPE.DATE, COLUMN_TYPE.NEWDATE],
  source: 'MySQL sql/field.cc Field_newdate',
  metadata: 'none',
  read: (f) => {
    const stored = f.u24('date');
    return { type: 'date', year: stored >> 9, month: (stored >> 5) & 15, day: stored & 31 };
  },
  skip: (f) => f.skip('date', 3),
});

/** TIMESTAMP before MySQL 5.6, and of MariaDB with `mysql56_temporal_format=OFF`. */
export const timestampOld = defineValueType({
  codes: [COLUMN_TYPE.TIMESTAMP],
  source: 'MySQL sql/field.cc Field_timestamp',
  metadata: 'none',
  read: (f) => ({ type: 'timestamp', seconds: f.u32('timestamp'), microsecond: 0 }),
  skip: (f) => f.skip('timestamp', 4),
});

/**
 * TIME before 5.6: HHMMSS as one decimal number. A table map of MariaDB with
 * `mysql56_temporal_format=OFF` does not tell a TIME or DATETIME with a fraction from one without,
 * nor how long it is: such columns cannot be read by anything but a server that knows the table.
 */
export const timeOld = defineValueType({
  codes: [COLUMN_TYPE.TIME],
  source: 'MySQL sql/field.cc Field_time',
  metadata: 'none',
  read: (f) => {
    const stored = f.i24('time');
    const digits = Math.abs(stored);
    return {
      type: 'time',
      isNegative: stored < 0,
      hour: Math.floor(digits / 10_000),
      minute: pair(digits, 1),
      second: pair(digits, 0),
      microsecond: 0,
    };
  },
  skip: (f) => f.skip('time', 3),
});

const TIME_OF_DAY = 1_000_000n;

/** DATETIME before 5.6: YYYYMMDDhhmmss as one decimal number. */
export const dateTimeOld = defineValueType({
  codes: [COLUMN_TYPE.DATETIME],
  source: 'MySQL sql/field.cc Field_datetime',
  metadata: 'none',
  read: (f) => {
    const stored = f.u64('datetime');
    const day = Number(stored / TIME_OF_DAY);
    const time = Number(stored % TIME_OF_DAY);
    return {
      type: 'datetime',
      year: Math.floor(day / 10_000),
      month: pair(day, 1),
      day: pair(day, 0),
      hour: pair(time, 2),
      minute: pair(time, 1),
      second: pair(time, 0),
      microsecond: 0,
    };
  },
  skip: (f) => f.skip('datetime', 8),
});
