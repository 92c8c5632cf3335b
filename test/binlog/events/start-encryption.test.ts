import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  01                                # crypto_scheme
  01000000                          # key_version
  e22bd6b8531d304e97f2cf89          # nonce
`);

test.each([164, 159])('a start of encryption, type %s, has key version and nonce', (code) => {
  expect(decode(code, BODY)).toEqual({
    type: 'start-encryption',
    scheme: 1,
    keyVersion: 1,
    nonce: hex('e22bd6b8531d304e97f2cf89'),
  });
});

test('a start of encryption cut anywhere is malformed', () => {
  expect(tear(164, BODY)).toBe(BODY.length);
});
