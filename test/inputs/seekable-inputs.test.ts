import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { SeekableInputs } from '../../src/inputs/seekable-inputs.ts';
import { noise } from '../support/build-log.ts';
import { zstdStored } from '../support/pack.ts';
import { folderOf } from './folder.ts';

const BYTES = noise(300_000);

const inputsOf = (keptBytes?: number): SeekableInputs => {
  const inputs = new SeekableInputs(keptBytes);
  onTestFinished(() => inputs.close());
  return inputs;
};

const partOf = (inputs: SeekableInputs, path: string, at: number): Buffer => {
  const input = inputs.openNow(path);
  const into = Buffer.alloc(100);
  const got = input.source.read(into, at);
  input.release();
  return into.subarray(0, got);
};

test('plain, gzip, zstd: any part, in any order', () => {
  const folder = folderOf({ a: BYTES, b: gzipSync(BYTES), c: zstdStored(BYTES) });
  const inputs = inputsOf();
  for (const name of ['a', 'b', 'c', 'b', 'a']) {
    for (const at of [200_000, 5]) {
      expect(partOf(inputs, join(folder, name), at)).toEqual(BYTES.subarray(at, at + 100));
    }
  }
});

test('it tells how the input is packed, how large it is, and what is wrong', () => {
  const folder = folderOf({ a: BYTES, b: gzipSync(BYTES).subarray(0, -1) });
  const inputs = inputsOf();
  const plain = inputs.openNow(join(folder, 'a'));
  expect(plain).toMatchObject({ compression: null, problem: null, source: { size: 300_000 } });
  plain.release();
  expect(inputs.openNow(join(folder, 'b'))).toMatchObject({
    compression: 'gzip',
    problem: 'compressed data end early',
    source: { size: 300_000 },
  });
});

test('progress is told in bytes of the file as it lies there', () => {
  const packed = gzipSync(BYTES);
  const folder = folderOf({ a: packed });
  const slices = [...inputsOf().open(join(folder, 'a'))];
  expect(slices.length).toBeGreaterThan(3);
  expect(slices).toEqual(slices.toSorted((x, y) => x - y));
  expect(slices.at(-1)).toBe(packed.length);
});

test('what was unpacked is kept for a second look, the newest as far as there is room', () => {
  const folder = folderOf({ a: gzipSync(BYTES), b: gzipSync(BYTES), c: gzipSync(BYTES) });
  const paths = ['a', 'b', 'c'].map((name) => join(folder, name));
  const [a, b, c] = paths as [string, string, string];
  const inputs = inputsOf(2 * BYTES.length);
  partOf(inputs, a, 0);
  partOf(inputs, b, 0);
  partOf(inputs, a, 0);
  partOf(inputs, c, 0);
  for (const path of paths) rmSync(path);
  expect(partOf(inputs, a, 0)).toEqual(BYTES.subarray(0, 100));
  expect(partOf(inputs, c, 0)).toEqual(BYTES.subarray(0, 100));
  expect(() => partOf(inputs, b, 0)).toThrow(/ENOENT/);
});

test('one that is larger than all that is kept is read all the same', () => {
  const folder = folderOf({ a: gzipSync(BYTES), b: gzipSync(BYTES) });
  const inputs = inputsOf(1000);
  for (const name of ['a', 'b', 'a']) {
    expect(partOf(inputs, join(folder, name), 1000)).toEqual(BYTES.subarray(1000, 1100));
  }
});

test('a look at a head unpacks no more than that', () => {
  const folder = folderOf({ a: gzipSync(Buffer.alloc(64 << 20)) });
  const { source, taken } = inputsOf().look(join(folder, 'a'));
  expect(source.read(Buffer.alloc(1000), 0)).toBe(1000);
  expect(taken()).toBeLessThanOrEqual(64 << 10);
  expect(source.size).toBeNull();
  source.close();
});
