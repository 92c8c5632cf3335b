import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { chunksOf, peek } from '../../src/bytes/chunks.ts';
import { openInput } from '../../src/bytes/open-input.ts';
import { noise } from '../support/build-log.ts';
import { drain, inPieces, zstdStored } from '../support/pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'open-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const BYTES = noise(5000);

const seen = ({ source }: ReturnType<typeof openInput>, at: number, length: number): Buffer => {
  const into = Buffer.alloc(length);
  return into.subarray(0, source.read(into, at));
};

test('a plain file has its size, and any part at any time', () => {
  const input = openInput(put('mysql-bin.000001.gz', BYTES));
  expect(input.source.size).toBe(5000);
  expect({ compression: input.compression, taken: input.taken() }).toEqual({
    compression: null,
    taken: null,
  });
  expect(seen(input, 4000, 2000)).toEqual(BYTES.subarray(4000));
  expect(seen(input, 0, 10)).toEqual(BYTES.subarray(0, 10));
  input.source.close();
});

test.each([
  ['gzip', gzipSync(BYTES)],
  ['zstd', zstdStored(BYTES)],
] as const)('%s is told by content and gives what it holds', (compression, packed) => {
  const input = openInput(put('mysql-bin.000001', packed));
  expect(input.compression).toBe(compression);
  expect(input.source.size).toBeNull();
  expect(seen(input, 100, 9000)).toEqual(BYTES.subarray(100));
  expect(input.source.size).toBe(5000);
  expect(input.taken()).toBe(packed.length);
  expect(input.source.problem).toBeNull();
  input.source.close();
});

test('compressed data that end early give what there is, and then the problem', () => {
  const input = openInput(put('cut', gzipSync(BYTES).subarray(0, 3000)));
  expect(seen(input, 0, 9000).length).toBeGreaterThan(2500);
  expect(input.source.problem).toBe('compressed data end early');
  input.source.close();
});

test('files too short for a magic are plain', () => {
  for (const length of [0, 1, 2]) {
    const input = openInput(put('short', gzipSync(BYTES).subarray(0, length)));
    expect([input.source.size, input.compression]).toEqual([length, null]);
    input.source.close();
  }
});

test("a file that is not there is the system's error", () => {
  expect(() => openInput(join(folder, 'none'))).toThrow(/ENOENT/);
  expect(() => openInput(folder)).toThrow(/EISDIR/);
});

describe('chunks', () => {
  test('of a source are its bytes in order', () => {
    const bytes = noise(200_000);
    const chunks = chunksOf(fromBytes(bytes));
    expect(drain(chunks).bytes.equals(bytes)).toBe(true);
    expect(chunks.taken).toBe(200_000);
  });

  test.each([0, 1, 10, 5000, 6000])(
    'may be peeked into for %i bytes, and give them again',
    (length) => {
      const { head, chunks } = peek(inPieces(BYTES, 300), length);
      expect(head).toHaveLength(Math.min(5000, Math.ceil(length / 300) * 300));
      expect(BYTES.subarray(0, head.length)).toEqual(head);
      expect(drain(chunks)).toMatchObject({ bytes: BYTES, problem: null });
      expect(chunks.taken).toBe(5000);
    },
  );
});
