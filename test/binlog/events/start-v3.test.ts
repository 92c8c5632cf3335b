import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  0300                              # binlog_version
  342e312e32362d64656275672d6c6f67  # server_version "4.1.26-debug-log"
  00000000000000000000000000000000000000000000000000000000000000000000
  d1af584b                          # create_timestamp
`);

test('a start event of MySQL 4.1 has version and time', () => {
  expect(decode(1, BODY)).toEqual({
    type: 'start-v3',
    binlogVersion: 3,
    serverVersion: '4.1.26-debug-log',
    created: 1264103377,
  });
});

test('a start event cut anywhere is malformed', () => {
  expect(tear(1, BODY)).toBe(56);
});
