import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { checksum } from '../../src/bytes/checksum.ts';
import { noise } from '../support/build-log.ts';

test('the check value of CRC-32', () => {
  expect(checksum(Buffer.from('123456789'), 0, 9)).toBe(0xcbf43926);
  expect(checksum(Buffer.alloc(0), 0, 0)).toBe(0);
});

test('short and long ranges, aligned or not, are summed as zlib does', () => {
  const bytes = noise(1200);
  for (let from = 0; from < 9; from += 1) {
    for (const to of [
      from,
      from + 1,
      from + 7,
      from + 8,
      from + 9,
      255 + from,
      256 + from,
      257 + from,
      1200,
    ]) {
      expect(checksum(bytes, from, to)).toBe(crc32(bytes.subarray(from, to)));
    }
  }
});

test('a sum goes on from one range to the next', () => {
  const bytes = noise(1000);
  const whole = checksum(bytes, 0, 1000);
  for (const cut of [0, 1, 200, 500, 995, 1000])
    expect(checksum(bytes, cut, 1000, checksum(bytes, 0, cut))).toBe(whole);
});
