import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

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
    value: { kind: 'string', collation: 255, bytes: Buffer.from('uservar'), unsigned: false },
  });
});

test('a user variable with an unsigned integer', () => {
  expect(decode(14, INTEGER)).toEqual({
    type: 'user-var',
    name: 'v',
    value: { kind: 'int', collation: 33, bytes: hex('0700000000000000'), unsigned: true },
  });
});

test('a user variable that is NULL ends there', () => {
  expect(decode(14, hex('01000000 76 01'))).toMatchObject({ name: 'v', value: null });
});

test('a user variable cut anywhere before its flags is malformed', () => {
  expect(tear(14, STRING)).toBe(STRING.length);
  expect(tear(14, INTEGER)).toBe(INTEGER.length - 1);
});
