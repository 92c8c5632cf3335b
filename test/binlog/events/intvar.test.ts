import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  02                                # type INSERT_ID
  0644000000000000                  # val
`);

test('an integer variable says which it is', () => {
  expect(decode(5, BODY)).toEqual({ type: 'intvar', kind: 'insert-id', value: 17414n });
  expect(decode(5, hex('01 0000000000000000'))).toMatchObject({ kind: 'last-insert-id' });
  expect(decode(5, hex('09 0000000000000000'))).toMatchObject({ kind: 'invalid' });
});

test('an integer variable cut anywhere is malformed', () => {
  expect(tear(5, BODY)).toBe(9);
});
