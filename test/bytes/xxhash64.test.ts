import fc from 'fast-check';
import { expect, test } from 'vitest';
import { XxHash64 } from '../../src/bytes/xxhash64.ts';
import { noise } from '../support/build-log.ts';

const hash = (...parts: readonly Uint8Array[]): string => {
  const sum = new XxHash64();
  for (const part of parts) sum.update(part);
  return sum.digest().toString(16).padStart(16, '0');
};

/** Seed 0, as published; three-logs.zst beside has sums that zstd made. */
test.each([
  ['', 'ef46db3751d8e999'],
  ['a', 'd24ec4f1a98c6e5b'],
  ['abc', '44bc2cf5ad770999'],
  ['message digest', '066ed728fceeb3be'],
  ['abcdefghijklmnopqrstuvwxyz', 'cfe1f278fa89835c'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'aaa46907d3047814'],
  ['1234567890'.repeat(8), 'e04a477f19ee145d'],
])('the check value of "%s"', (text, expected) => {
  expect(hash(Buffer.from(text))).toBe(expected);
});

test('a sum goes on over any parts', () => {
  const bytes = noise(500);
  const whole = hash(bytes);
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 6 }), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), 500];
      expect(hash(...at.slice(1).map((end, i) => bytes.subarray(at[i], end)))).toBe(whole);
    }),
  );
});
