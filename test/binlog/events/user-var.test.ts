import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const STRING = hex(`
  01000000 76                       # name_len, name "v"
  00                                # is_null
  00                                # type STRING
  ff000000                          # charset_number
  07000000                          # val_len
  75736572766172                    # val "uservar"
`);

const INTEGER = hex(`
  01000000 76                       # name_len, name "v"
  00                                # is_null
  02                                # type INT
  21000000                          # charset_number
  08000000                          # val_len
  0700000000000000                  # val
  01                                # flags UNSIGNED
`);

test('a user variable with text: MySQL 9.7 writes no flags', () => {
  expect(decode(14, STRING)).toEqual({
    type: 'user-var',
    name: 'v',
    value: {
      kind: 'string',
      collation: 255,
      bytes: Buffer.from('uservar'),
      unsigned: false,
      value: 'uservar',
    },
  });
});

test('a user variable with an unsigned integer', () => {
  expect(decode(14, INTEGER)).toEqual({
    type: 'user-var',
    name: 'v',
    value: {
      kind: 'int',
      collation: 33,
      bytes: hex('0700000000000000'),
      unsigned: true,
      value: 7n,
    },
  });
});

test.each<readonly [string, string, string | number | bigint | Buffer]>([
  ['a negative integer', '02 08000000 08000000 ffffffffffffffff', -1n],
  ['an unsigned integer', '02 08000000 08000000 ffffffffffffffff 01', (1n << 64n) - 1n],
  ['a real number', '01 08000000 08000000 000000000000f8bf', -1.5],
  ['a decimal', '04 08000000 04000000 04 02 8c 22', '12.34'],
  ['a negative decimal', '04 08000000 04000000 04 02 73 dd', '-12.34'],
  ['text of latin1', '00 08000000 02000000 80e9', '€é'],
  ['text of ucs2', '00 23000000 04000000 006100e9', 'aé'],
  ['empty text', '00 21000000 00000000', ''],
  ['bytes', '00 3f000000 02000000 ff00', hex('ff00')],
  ['bytes of a charset nobody knows', '00 ffff0000 01000000 61', hex('61')],
  ['bytes that are no text', '00 21000000 01000000 ff', hex('ff')],
  ['a kind nobody knows', '03 21000000 01000000 61', hex('61')],
])('the value is %s', (_what, body, value) => {
  expect(decode(14, hex(`01000000 76 00 ${body}`))).toMatchObject({ value: { value } });
});

test('a number of the wrong size is malformed', () => {
  expect(problemOf(14, hex('01000000 76 00 02 21000000 04000000 07000000'))).toMatch(
    /at 115: val: needs 8 bytes, 4 left$/,
  );
  expect(problemOf(14, hex('01000000 76 00 04 21000000 02000000 0203'))).toMatch(/decimal: /);
});

test('a user variable that is NULL ends there', () => {
  expect(decode(14, hex('01000000 76 01'))).toMatchObject({ name: 'v', value: null });
});

test('a user variable cut anywhere before its flags is malformed', () => {
  expect(tear(14, STRING)).toBe(STRING.length);
  expect(tear(14, INTEGER)).toBe(INTEGER.length - 1);
});
