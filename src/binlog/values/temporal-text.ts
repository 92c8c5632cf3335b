import type { TemporalValue } from './value.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');

/** `.` and the first `digits` digits of a fraction; nothing for 0 digits. */
export const fractionText = (microsecond: number, digits: number): string =>
  digits === 0 ? '' : `.${String(microsecond).padStart(6, '0').slice(0, digits)}`;

/**
 * A temporal value as the servers write it: `2026-11-20`, `-838:59:59.000`,
 * `2026-11-20 12:34:56.123`. A timestamp is written in UTC, in the same form; the zero timestamp as
 * a zero date. Parts that no calendar has are written all the same.
 */
export const temporalText = (value: TemporalValue, digits: number): string => {
  if (value.type === 'date') return `${four(value.year)}-${two(value.month)}-${two(value.day)}`;
  if (value.type === 'timestamp') {
    const { seconds, microsecond } = value;
    const clock =
      seconds === 0 && microsecond === 0
        ? '0000-00-00 00:00:00'
        : new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return clock + fractionText(microsecond, digits);
  }
  const clock = `${two(value.hour)}:${two(value.minute)}:${two(value.second)}`;
  const fraction = fractionText(value.microsecond, digits);
  if (value.type === 'time') return `${value.isNegative ? '-' : ''}${clock}${fraction}`;
  return `${four(value.year)}-${two(value.month)}-${two(value.day)} ${clock}${fraction}`;
};
