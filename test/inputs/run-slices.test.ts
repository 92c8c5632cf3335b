import { expect, test } from 'vitest';
import { runSlices } from '../../src/inputs/run-slices.ts';

function* work(log: string[] = []): Generator<number, string> {
  try {
    yield 1;
    yield 2;
    return 'all';
  } finally {
    log.push('left');
  }
}

test('runs to the end, and tells every slice', async () => {
  const told: number[] = [];
  expect(await runSlices(work(), (done) => told.push(done))).toBe('all');
  expect(told).toEqual([1, 2]);
});

test('between two slices others have their turn', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('other'));
  await runSlices(work(), (done) => order.push(String(done)));
  expect(order.indexOf('other')).toBeLessThan(order.length - 1);
});

test('an interrupt ends it after the slice, and the work may clean up', async () => {
  const log: string[] = [];
  const controller = new AbortController();
  const result = runSlices(work(log), () => controller.abort(), controller.signal);
  expect(await result).toBeNull();
  expect(log).toEqual(['left']);
});
