import { describe, expect, test } from 'vitest';
import { hex } from '../events/event-bytes.ts';
import { columnOf, problemOfBytes, read } from './read-value.ts';

const signed = { isUnsigned: false };
const unsigned = { isUnsigned: true };

describe('integers', () => {
  test.each([
    ['TINY', '80', -128, 128],
    ['SHORT', '0080', -32768, 32768],
    ['INT24', 'ffffff', -1, 16777215],
    ['LONG', '00000080', -2147483648, 2147483648],
    ['LONGLONG', 'ffffffffffffffff', -1n, 18446744073709551615n],
  ] as const)('%s %s is %s, unsigned %s', (type, bytes, negative, positive) => {
    expect(read(columnOf(type, '', signed), bytes)).toBe(negative);
    expect(read(columnOf(type, '', unsigned), bytes)).toBe(positive);
  });

  test('are read as signed where the log does not say', () => {
    expect(read(columnOf('TINY'), 'ff')).toBe(-1);
  });

  test('YEAR counts from 1900, and 0 is the year 0000', () => {
    expect(read(columnOf('YEAR'), 'ff')).toBe(2155);
    expect(read(columnOf('YEAR'), '01')).toBe(1901);
    expect(read(columnOf('YEAR'), '00')).toBe(0);
  });
});

test('FLOAT and DOUBLE are IEEE 754', () => {
  expect(read(columnOf('FLOAT', '04'), 'd00f4940')).toBe(Math.fround(3.14159));
  expect(read(columnOf('DOUBLE', '08'), '182d4454fb210940')).toBe(Math.PI);
});

describe('DECIMAL', () => {
  test.each([
    // metadata: precision, scale
    ['0a02', '85f5e0ff 63', '99999999.99'],
    ['0a02', '80000000 00', '0.00'],
    ['0a02', '7fffffff fe', '-0.01'],
    ['0100', '89', '9'],
    ['0100', '76', '-9'],
    ['0909', '875bcd15', '0.123456789'],
    ['0909', '7ffffffe', '-0.000000001'],
    ['1209', '875bcd15 3ade68b1', '123456789.987654321'],
    ['0e04', '810dfb38d2 04d2', '1234567890.1234'],
    ['0e04', '7ef204c72d fb2d', '-1234567890.1234'],
  ])('(%s) %s is %s', (metadata, bytes, digits) => {
    expect(read(columnOf('NEWDECIMAL', metadata), bytes)).toBe(digits);
  });

  test('groups that are no digits are malformed, where the number begins', () => {
    expect(problemOfBytes(columnOf('NEWDECIMAL', '0909'), hex('ffffffff'))).toBe(
      'binlog.000001: at 500: decimal: 2147483647 is no group of 9 digits',
    );
  });

  test.each(['0203', '0000', 'ff00', '401f'])('there is none of metadata %s', (metadata) => {
    expect(problemOfBytes(columnOf('NEWDECIMAL', metadata), hex('80'))).toContain(
      'there is no DECIMAL(',
    );
  });
});

describe('bitmaps', () => {
  test('BIT is big-endian', () => {
    expect(read(columnOf('BIT', '0101'), '0155')).toBe(0b101010101n);
    expect(read(columnOf('BIT', '0100'), '01')).toBe(1n);
    expect(read(columnOf('BIT', '0008'), 'ffffffffffffffff')).toBe(2n ** 64n - 1n);
  });

  test('BIT(0) and BIT(71) do not exist', () => {
    expect(problemOfBytes(columnOf('BIT', '0000'), hex('01'))).toContain('no BIT(0)');
    expect(problemOfBytes(columnOf('BIT', '0708'), hex('01'))).toContain('no BIT(71)');
  });

  test('ENUM is its index, SET a bitmap, both little-endian and inside STRING', () => {
    expect(read(columnOf('STRING', 'f701'), '02')).toBe(2);
    expect(read(columnOf('STRING', 'f702'), '0201')).toBe(258);
    expect(read(columnOf('STRING', 'f802'), '0502')).toBe(0x205n);
    expect(read(columnOf('STRING', 'f808'), '0000000000000080')).toBe(2n ** 63n);
  });

  test('no ENUM has 3 bytes and no SET has 9', () => {
    expect(problemOfBytes(columnOf('STRING', 'f703'), hex('010101'))).toContain('enum: 3 bytes');
    expect(problemOfBytes(columnOf('STRING', 'f809'), Buffer.alloc(9))).toContain('set: 9 bytes');
  });
});
