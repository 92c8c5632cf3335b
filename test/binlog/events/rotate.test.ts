import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  0400000000000000                  # position
  6d7973716c2d62696e2e303030303036  # new_log_ident "mysql-bin.000006"
`);

test('a rotate event names the next log and where it begins', () => {
  expect(decode(4, BODY, { postHeaderLength: 8 })).toEqual({
    type: 'rotate',
    position: 4n,
    nextLogName: 'mysql-bin.000006',
  });
});

test('a rotate event cut in its position is malformed', () => {
  expect(tear(4, BODY)).toBe(8);
  expect(problemOf(4, BODY.subarray(0, 6))).toBe(
    'binlog.000001: at 100: position: needs 8 bytes, 6 left',
  );
});
