import { describe, expect, test } from 'vitest';
import { temporalText } from '../../../src/binlog/values/temporal-text.ts';
import type { TemporalValue, Value } from '../../../src/binlog/values/value.ts';
import { hex } from '../events/event-bytes.ts';
import { columnOf, problemOfBytes, read } from './read-value.ts';

const textOf = (value: Value, digits: number): string =>
  temporalText(value as TemporalValue, digits);

describe('before MySQL 5.6', () => {
  test('DATE has day, month and year in 24 bits', () => {
    expect(read(columnOf('DATE'), '74d50f')).toEqual({
      type: 'date',
      year: 2026,
      month: 11,
      day: 20,
    });
    expect(textOf(read(columnOf('NEWDATE'), '000000'), 0)).toBe('0000-00-00');
  });

  test('TIME is HHMMSS, negative as two’s complement', () => {
    expect(textOf(read(columnOf('TIME'), '40e201'), 0)).toBe('12:34:56');
    expect(textOf(read(columnOf('TIME'), 'c01dfe'), 0)).toBe('-12:34:56');
  });

  test('DATETIME is YYYYMMDDhhmmss', () => {
    expect(textOf(read(columnOf('DATETIME'), '4022de686d120000'), 0)).toBe('2026-11-20 12:34:56');
    expect(textOf(read(columnOf('DATETIME'), '0000000000000000'), 0)).toBe('0000-00-00 00:00:00');
  });

  test('TIMESTAMP is Unix time', () => {
    expect(read(columnOf('TIMESTAMP'), '1084ff6a')).toEqual({
      type: 'timestamp',
      seconds: 0x6aff8410,
      microsecond: 0,
    });
  });
});

describe('since MySQL 5.6', () => {
  test.each([
    // metadata: digits of the fraction
    ['00', '99bb68c8b8', '2026-11-20 12:34:56'],
    ['01', '99bb68c8b8 0a', '2026-11-20 12:34:56.1'],
    ['03', '99bb68c8b8 04ce', '2026-11-20 12:34:56.123'],
    ['06', '99bb68c8b8 01e240', '2026-11-20 12:34:56.123456'],
    ['00', '8000000000', '0000-00-00 00:00:00'],
  ])('DATETIME(%s) %s is %s', (digits, bytes, text) => {
    expect(textOf(read(columnOf('DATETIME2', digits), bytes), Number(digits))).toBe(text);
  });

  test.each([
    ['00', '80c8b8', '12:34:56'],
    ['00', '7f3748', '-12:34:56'],
    ['03', '4b9105 0000', '-838:59:59.000'],
    ['03', '7fffff fff6', '-00:00:00.001'],
    ['03', '7fefff ec78', '-01:00:00.500'],
    ['06', '7fffff ffffff', '-00:00:00.000001'],
    ['06', '817efb 0f423f', '23:59:59.999999'],
    ['02', '7fffff ff', '-00:00:00.01'],
  ])('TIME(%s) %s is %s', (digits, bytes, text) => {
    expect(textOf(read(columnOf('TIME2', digits), bytes), Number(digits))).toBe(text);
  });

  test('TIMESTAMP has a fraction, and a zero of its own', () => {
    expect(read(columnOf('TIMESTAMP2', '02'), '6b004610 0c')).toEqual({
      type: 'timestamp',
      seconds: 0x6b004610,
      microsecond: 120_000,
    });
    expect(textOf(read(columnOf('TIMESTAMP2', '06'), '00000001 000001'), 6)).toBe(
      '1970-01-01 00:00:01.000001',
    );
    expect(textOf(read(columnOf('TIMESTAMP2', '00'), '00000000'), 0)).toBe('0000-00-00 00:00:00');
  });

  test('fractions of a second and more are malformed, and of seven digits', () => {
    expect(problemOfBytes(columnOf('DATETIME2', '01'), hex('99bb68c8b8ff'))).toBe(
      'binlog.000001: at 505: fraction: 2550000 microseconds are a second',
    );
    expect(problemOfBytes(columnOf('TIME2', '07'), hex('80c8b800000000'))).toContain('7 digits');
  });

  test('a negative DATETIME is malformed', () => {
    expect(problemOfBytes(columnOf('DATETIME2', '00'), hex('7fffffffff'))).toBe(
      'binlog.000001: at 500: datetime: it is negative',
    );
  });
});
