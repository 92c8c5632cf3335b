import { expect, test } from 'vitest';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { FileWindow } from '../../src/bytes/file-window.ts';
import { noise } from '../support/build-log.ts';

const BYTES = noise(1000);

/** What the window shows of `[at, at + length)`; null when it cannot. */
const seen = (window: FileWindow, at: number, length: number): Buffer | null => {
  const index = window.locate(at, length);
  return index < 0 ? null : Buffer.from(window.bytes.subarray(index, index + length));
};

test('shows any bytes of the file, in any order', () => {
  const window = new FileWindow(fromBytes(BYTES), 100);
  for (const at of [0, 90, 450, 3, 900, 999, 899, 0]) {
    const length = Math.min(100, 1000 - at);
    expect(seen(window, at, length)).toEqual(BYTES.subarray(at, at + length));
  }
});

test('shows nothing beyond the end of the file, nor more than it holds', () => {
  const window = new FileWindow(fromBytes(BYTES), 100);
  expect(seen(window, 999, 1)).toEqual(BYTES.subarray(999));
  expect([seen(window, 999, 2), seen(window, 1000, 1), seen(window, 0, 101)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('shows nothing of a file that was cut while it is read', () => {
  const source = fromBytes(BYTES.subarray(0, 150));
  const window = new FileWindow({ ...source, size: 1000 }, 100);
  expect(seen(window, 100, 50)).toEqual(BYTES.subarray(100, 150));
  expect([seen(window, 100, 51), seen(window, 200, 1)]).toEqual([null, null]);
  expect(window.copy(140, 50)).toEqual(BYTES.subarray(140, 150));
});

test('bytes that it holds are not read again', () => {
  const window = new FileWindow(fromBytes(BYTES), 100);
  for (const at of [10, 50, 100, 10]) window.locate(at, 10);
  expect(window.reads).toBe(1);
  window.copy(20, 60);
  expect(window.reads).toBe(1);
  window.locate(101, 10);
  expect(window.reads).toBe(2);
});

test('a copy is independent of the window, of any size, and does not move it', () => {
  const window = new FileWindow(fromBytes(BYTES), 100);
  window.locate(0, 50);
  const inside = window.copy(10, 20);
  expect(window.copy(0, 1000)).toEqual(BYTES);
  expect(window.copy(990, 50)).toEqual(BYTES.subarray(990));
  expect(window.locate(10, 5)).toBe(10);
  expect(window.reads).toBe(3);
  expect(window.copy(2000, 5)).toHaveLength(0);
  expect(window.reads).toBe(3);
  window.locate(900, 100);
  expect(inside).toEqual(BYTES.subarray(10, 30));
});

test('takes no more memory than a small file needs', () => {
  expect(new FileWindow(fromBytes(BYTES)).capacity).toBe(1000);
  expect(new FileWindow(fromBytes(Buffer.alloc(0))).capacity).toBe(64);
  expect(new FileWindow(fromBytes(Buffer.alloc(0))).locate(0, 1)).toBe(-1);
});
