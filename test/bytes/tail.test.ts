import { expect, test } from 'vitest';
import { Tail } from '../../src/bytes/tail.ts';
import { noise } from '../support/build-log.ts';

test('the newest bytes can be looked at by their offsets', () => {
  const bytes = noise(10_000);
  const tail = new Tail(100);
  for (let at = 0; at < bytes.length; at += 70) {
    tail.add(bytes.subarray(at, at + 70));
    const end = Math.min(at + 70, bytes.length);
    expect(tail.total).toBe(end);
    const from = Math.max(0, end - 100);
    expect(tail.between(from, end)).toEqual(bytes.subarray(from, end));
    expect(tail.between(from, from + 8)).toEqual(bytes.subarray(from, from + 8));
  }
});

test('what is gone is left out', () => {
  const tail = new Tail(10);
  for (let n = 0; n < 30; n += 1) tail.add(Buffer.alloc(10, n));
  expect(tail.between(0, 100)).toHaveLength(0);
  expect(tail.between(0, 300).length).toBeGreaterThanOrEqual(10);
});
