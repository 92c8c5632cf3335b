import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  01 10 6d7973716c2d62696e2e303030303036 # log_filename
  02 09 fe0000000001000000          # log_position 2^32
  00                                # end mark
`);

test('a heartbeat of version 2 tells positions beyond 4 GiB', () => {
  expect(decode(41, BODY)).toEqual({
    type: 'heartbeat-v2',
    logName: 'mysql-bin.000006',
    position: 0x1_0000_0000n,
  });
});

test('a heartbeat without fields, or with unknown ones, tells nothing', () => {
  expect(decode(41, hex('07 01 ff'))).toMatchObject({ logName: null, position: null });
});

test('a heartbeat of version 2 cut inside a field is malformed', () => {
  // Whole at the start, after each field, and without the end mark.
  expect(tear(41, BODY)).toBe(BODY.length - 3);
  expect(problemOf(41, hex('02 02 0101'))).toMatch(/field_length: 2 is not its length$/);
});
