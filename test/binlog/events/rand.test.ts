import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  44aa8b3700000000                  # seed1
  732b060600000000                  # seed2
`);

test('a rand event has both seeds', () => {
  expect(decode(13, BODY)).toEqual({ type: 'rand', seed1: 931899972n, seed2: 101067635n });
});

test('a rand event cut anywhere is malformed', () => {
  expect(tear(13, BODY)).toBe(16);
});
