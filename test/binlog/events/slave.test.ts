import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  4f00000000000000                  # master_pos
  ea0c                              # master_port 3306
  64623100                          # master_host "db1"
  6c6f672e30303100                  # master_log "log.001"
`);

test('a slave event tells a place in the log of a source', () => {
  expect(decode(7, BODY)).toEqual({
    type: 'slave',
    sourcePosition: 79n,
    sourcePort: 3306,
    sourceHost: 'db1',
    sourceLogName: 'log.001',
  });
});

test('a slave event cut anywhere is malformed', () => {
  expect(tear(7, BODY)).toBe(BODY.length);
});

test('a host without an end is malformed', () => {
  expect(problemOf(7, BODY.subarray(0, 13))).toMatch(/at 110: master_host: no NUL in the 3 bytes/);
});
