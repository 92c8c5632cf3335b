import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunks } from '../../src/bytes/chunks.ts';
import { StreamSource } from '../../src/bytes/stream-source.ts';
import { UnreadableError } from '../../src/bytes/unreadable-error.ts';
import { noise } from '../support/build-log.ts';
import { inPieces } from '../support/pack.ts';

const KIB = 1 << 10;
const BLOCK = 256 * KIB;
const BYTES = noise(1000);

const over = (bytes: Uint8Array, piece: number, kept?: { behind: number; atMost: number }) =>
  new StreamSource(inPieces(bytes, piece), 'stdin', kept);

const seen = (source: StreamSource, at: number, length: number, least?: number): Buffer => {
  const into = Buffer.alloc(length);
  return into.subarray(0, source.read(into, at, least));
};

/** A stream that never ends, and counts what it gave. */
const endless = (piece: number): Chunks & { given: number } => {
  const bytes = Buffer.alloc(piece);
  return {
    given: 0,
    next() {
      this.given += piece;
      return bytes;
    },
    problem: null,
    taken: 0,
    close: () => undefined,
  };
};

test('any part, in any order, as long as it is kept', () => {
  for (const piece of [1, 99, 5000]) {
    const source = over(BYTES, piece);
    for (const [at, length] of [
      [0, 10],
      [500, 100],
      [3, 40],
      [990, 100],
      [2000, 5],
      [0, 1000],
    ] as const) {
      expect(seen(source, at, length)).toEqual(BYTES.subarray(at, at + length));
    }
  }
});

test('the size is known when the stream has ended', () => {
  const source = over(BYTES, 100);
  seen(source, 0, 1000);
  expect(source.size).toBeNull();
  expect(seen(source, 1000, 1)).toHaveLength(0);
  expect(source.size).toBe(1000);
});

test('what nobody asked for is not waited for', () => {
  const chunks = inPieces(BYTES, 100);
  const source = new StreamSource(chunks, 'stdin');
  expect(seen(source, 0, 1000, 150)).toEqual(BYTES.subarray(0, 200));
  expect(chunks.taken).toBe(200);
  expect(seen(source, 180, 1000, 20)).toEqual(BYTES.subarray(180, 200));
  expect(chunks.taken).toBe(200);
});

test('an offset that is gone is refused, and named', () => {
  const source = over(noise(4 * BLOCK), 70_000, { behind: 0, atMost: 8 * BLOCK });
  source.release(2 * BLOCK);
  seen(source, 3 * BLOCK, 10);
  expect(() => seen(source, BLOCK, 1)).toThrow(
    new UnreadableError(`stdin: at ${BLOCK}: was read past and is no longer kept`),
  );
  expect(seen(source, 2 * BLOCK, 5)).toHaveLength(5);
});

test('so much is kept behind what was released', () => {
  const source = over(noise(8 * BLOCK), 70_000, { behind: 2 * BLOCK, atMost: 100 * BLOCK });
  source.release(5 * BLOCK);
  source.release(0);
  seen(source, 7 * BLOCK, 10);
  expect(seen(source, 3 * BLOCK, 5)).toHaveLength(5);
  expect(() => seen(source, 3 * BLOCK - 1, 5)).toThrow(UnreadableError);
});

describe('memory is bounded', () => {
  test('by what is kept behind, where a reader says how far it is', () => {
    const source = new StreamSource(endless(64 * KIB), 'stdin', { behind: BLOCK, atMost: 1 << 30 });
    let most = 0;
    for (let at = 0; at < 100 << 20; at += 64 * KIB) {
      source.release(at);
      seen(source, at, 64 * KIB, 1);
      most = Math.max(most, source.held);
    }
    expect(most).toBeLessThanOrEqual(4 * BLOCK);
  });

  test('by the limit, where an offset far away is asked for', () => {
    const chunks = endless(64 * KIB);
    const source = new StreamSource(chunks, 'stdin', { behind: BLOCK, atMost: 4 * BLOCK });
    expect(seen(source, 100 << 20, 10)).toHaveLength(10);
    expect(source.held).toBeLessThanOrEqual(6 * BLOCK);
    expect(() => seen(source, 0, 1)).toThrow(UnreadableError);
  });

  test('by the bytes that come, whatever is asked for', () => {
    const source = over(BYTES, 100);
    expect(seen(source, 2 ** 40, 1)).toHaveLength(0);
    expect(source.held).toBe(BLOCK);
  });
});

test('any reads give what the bytes have there', () => {
  const bytes = noise(3 * BLOCK + 77);
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 2 * BLOCK }),
      fc.array(fc.tuple(fc.nat(bytes.length + 100), fc.nat(BLOCK + 10)), { maxLength: 8 }),
      (piece, reads) => {
        const source = over(bytes, piece);
        for (const [at, length] of reads) {
          expect(seen(source, at, length).equals(bytes.subarray(at, at + length))).toBe(true);
        }
      },
    ),
    { numRuns: 50 },
  );
});
