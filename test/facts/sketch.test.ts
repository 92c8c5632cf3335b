import { expect, test } from 'vitest';
import { SKETCH_SIZE, Sketch } from '../../src/facts/families/sketch.ts';
import { log } from '../support/build-log.ts';
import { gather } from './gather.ts';

test('keeps the entries with the smallest hashes, whatever their order', () => {
  const kept = (hashes: readonly number[]): number[] => {
    const sketch = new Sketch<number>(4);
    for (const hash of hashes) sketch.offer(hash, hash);
    return sketch.entries().sort((a, b) => a - b);
  };
  const hashes = Array.from({ length: 100 }, (_, i) => (i * 37) % 101);
  expect(kept(hashes)).toEqual(hashes.toSorted((a, b) => a - b).slice(0, 4));
  expect(kept(hashes.toReversed())).toEqual(kept(hashes));
});

test('says whether anything was left out', () => {
  const complete = (entries: number): boolean => {
    const sketch = new Sketch<number>(4);
    for (let hash = 0; hash < entries; hash += 1) sketch.offer(hash, hash);
    sketch.entries();
    return sketch.complete;
  };
  expect([3, 4, 5, 8, 9].map(complete)).toEqual([true, true, false, false, false]);
});

test('two logs keep the same of the transactions that both hold', () => {
  const shared = 2 * SKETCH_SIZE;
  const keys = (from: number, servers: readonly number[]): ReadonlySet<string> => {
    const built = log().format({ version: '5.6.24-log', checksum: 'none', types: 35 });
    for (const serverId of servers) built.from(serverId).begin().xid(1);
    for (let n = from; n < from + shared; n += 1) built.from(3).begin({ thread: n }).xid(n);
    const { sketch, sketchComplete } = gather(built).transactions;
    expect(sketch).toHaveLength(SKETCH_SIZE);
    expect(sketchComplete).toBe(false);
    return new Set(sketch.map(({ key }) => key));
  };
  const one = keys(0, [8]);
  const same = keys(0, [9, 10, 11]);
  expect([...one].filter((key) => same.has(key)).length).toBeGreaterThan(SKETCH_SIZE - 5);
  // Half of the transactions are in both; of those each log keeps the same ones within its share
  const half = keys(shared / 2, []);
  const both = [...one].filter((key) => half.has(key)).length;
  expect(both).toBeGreaterThan(SKETCH_SIZE * 0.45);
  expect(both).toBeLessThan(SKETCH_SIZE * 0.55);
});
