import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  01000000                          # count
  00000000                          # domain_id
  780e0000                          # server_id
  fe0a000000000000                  # seq_no
`);

test('a GTID list has the last GTID of each domain and server', () => {
  expect(decode(163, BODY, { postHeaderLength: 4 })).toEqual({
    type: 'mariadb-gtid-list',
    flags: 0,
    gtids: [{ domain: 0, server: 3704, sequence: 2814n }],
  });
});

test('an empty list is padded', () => {
  expect(decode(163, hex('000000000000'))).toMatchObject({ flags: 0, gtids: [] });
});

test('the upper four bits of the count are flags', () => {
  expect(decode(163, hex('00000030'))).toMatchObject({ flags: 3, gtids: [] });
});

test('a GTID list cut anywhere is malformed, and so is a count that lies', () => {
  expect(tear(163, BODY)).toBe(BODY.length);
  expect(problemOf(163, hex('ffffff0f'))).toMatch(/count: 268435455 entries in 0 bytes$/);
});
