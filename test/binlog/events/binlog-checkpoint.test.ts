import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  10000000                          # binlog_file_len
  6d7973716c2d62696e2e303030303031  # binlog_file_name "mysql-bin.000001"
`);

test('a binlog checkpoint names the oldest log that recovery needs', () => {
  expect(decode(161, BODY)).toEqual({ type: 'binlog-checkpoint', logName: 'mysql-bin.000001' });
});

test('a binlog checkpoint cut anywhere is malformed', () => {
  expect(tear(161, BODY)).toBe(BODY.length);
});
