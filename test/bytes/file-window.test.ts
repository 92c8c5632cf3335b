import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { FileWindow } from '../../src/bytes/file-window.ts';
import { StreamSource } from '../../src/bytes/stream-source.ts';
import { noise } from '../support/build-log.ts';
import { inPieces } from '../support/pack.ts';

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

describe('over a stream', () => {
  const stream = (piece: number, capacity = 100) => {
    const chunks = inPieces(BYTES, piece);
    const source = new StreamSource(chunks, 'stdin', { behind: 0, atMost: 1 << 30 });
    return { chunks, source, window: new FileWindow(source, capacity) };
  };

  test('shows the same bytes as over a file', () => {
    for (const piece of [1, 30, 999, 5000]) {
      const { window } = stream(piece);
      for (const at of [0, 90, 450, 3, 900, 0]) {
        const length = Math.min(100, 1000 - at);
        expect(seen(window, at, length)).toEqual(BYTES.subarray(at, at + length));
      }
      expect([seen(window, 999, 2), seen(window, 1000, 1)]).toEqual([null, null]);
    }
  });

  test('does not know the size before the end, nor wait for more than it needs', () => {
    const { chunks, window } = stream(10);
    expect(window).toMatchObject({ size: Number.POSITIVE_INFINITY, capacity: 100 });
    seen(window, 0, 15);
    expect(chunks.taken).toBe(20);
    expect(window.reaches(1000)).toBe(true);
    expect(window.size).toBe(Number.POSITIVE_INFINITY);
    expect(window.reaches(1001)).toBe(false);
    expect(window.size).toBe(1000);
    expect([window.reaches(1000), window.reaches(1001)]).toEqual([true, false]);
  });

  test('copies nothing that does not come, whatever length is asked for', () => {
    const { window } = stream(10);
    expect(window.copy(990, 2 ** 40)).toEqual(BYTES.subarray(990));
    expect(window.copy(5, Number.POSITIVE_INFINITY)).toEqual(BYTES.subarray(5));
    expect(window.copy(5000, 10)).toHaveLength(0);
  });

  test('what it advances past may be forgotten, what it looks ahead at may not', () => {
    const large = noise(2 << 20);
    const source = new StreamSource(inPieces(large, 1 << 16), 'stdin', {
      behind: 0,
      atMost: 1 << 30,
    });
    const window = new FileWindow(source, 1000);
    window.advance(0, 10);
    window.locate(1 << 20, 10);
    expect(seen(window, 0, 10)).toEqual(large.subarray(0, 10));
    window.advance(1 << 20, 10);
    window.advance((2 << 20) - 10, 10);
    expect(() => window.locate(0, 10)).toThrow(/^stdin: at 0: was read past/);
  });
});
