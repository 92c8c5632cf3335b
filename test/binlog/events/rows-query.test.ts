import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  00                                # length
  44454c4554452046524f4d206e6f6b6579 # rows_query
`);

test('a rows query has the statement, whatever its length byte says', () => {
  expect(decode(29, BODY)).toEqual({
    type: 'rows-query',
    sql: Buffer.from('DELETE FROM nokey'),
  });
});

test('a rows query cut before its text is malformed', () => {
  expect(tear(29, BODY)).toBe(1);
});
