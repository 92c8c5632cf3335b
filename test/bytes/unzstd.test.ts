import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unzstd } from '../../src/bytes/unzstd.ts';
import { noise } from '../support/build-log.ts';
import {
  drain,
  inPieces,
  zstdBlock,
  zstdFrame,
  zstdSkippable,
  zstdStored,
} from '../support/pack.ts';

const unpacked = (packed: Uint8Array, piece = 1 << 16) => drain(unzstd(inPieces(packed, piece)));

/** The bytes came out whole; a matcher would compare them one by one. */
const expectWhole = (packed: Uint8Array, bytes: Uint8Array, piece?: number): void => {
  const got = unpacked(packed, piece);
  expect({ isEqual: got.bytes.equals(bytes), problem: got.problem }).toEqual({
    isEqual: true,
    problem: null,
  });
};

const HOST = join(import.meta.dirname, '../../samples/loop-removed-server-mysql-5.6/files/db-a');
const logs = ['mysql-bin.000001', 'db-a-relay-bin.000002', 'db-a-relay-bin.000001'].map((name) =>
  readFileSync(join(HOST, name)),
);
/**
 * The three, by zstd 1.5.4: the first two through a pipe with -19 (no content size, two blocks,
 * checksum), the third as a file with -3 (single segment, content size, checksum).
 */
const packedLogs = readFileSync(join(import.meta.dirname, 'three-logs.zst'));
const SECOND_FRAME = packedLogs.lastIndexOf(Buffer.from('28b52ffd', 'hex'));

const END_EARLY = 'compressed data end early';
const DAMAGED = /^compressed data are damaged/;

test.each([1, 1000, 1 << 16])('gives what zstd compressed, from pieces of %i bytes', (piece) => {
  expectWhole(packedLogs, Buffer.concat(logs), piece);
});

test('frames one after the other, stored, empty, skippable', () => {
  const parts = [noise(10), Buffer.alloc(0), noise(250_000)];
  const packed = Buffer.concat([
    zstdSkippable(noise(30)),
    ...parts.map(zstdStored),
    zstdSkippable(Buffer.alloc(0)),
    packedLogs,
  ]);
  for (const piece of [17, 1 << 16]) {
    expectWhole(packed, Buffer.concat([...parts, ...logs]), piece);
  }
});

test('data cut at any byte give what lies before the cut, and say so', () => {
  const frame = zstdFrame(
    [
      zstdBlock('raw', 20, noise(20)),
      zstdBlock('rle', 30, Buffer.from('a')),
      zstdBlock('raw', 5, noise(5), true),
    ],
    { checksum: 0 },
  );
  const whole = Buffer.concat([noise(20), Buffer.alloc(30, 'a'), noise(5)]);
  for (let length = 1; length < frame.length; length += 1) {
    const { bytes, problem } = unpacked(frame.subarray(0, length));
    expect(problem, `${length}`).toBe(END_EARLY);
    expect(bytes).toEqual(whole.subarray(0, bytes.length));
    // Head of 6 bytes; blocks with heads of 3: 20 stored, 1 for 30, 5 stored
    const [first, run, last] = [length - 9, length < 33 ? 0 : 30, length - 36];
    const stored = Math.max(0, Math.min(20, first)) + Math.max(0, Math.min(5, last));
    expect(bytes.length).toBe(stored + run);
  }
  expect(unpacked(frame.subarray(0, -1)).bytes).toEqual(whole);
});

test('of compressed blocks all but the cut one come out', () => {
  const { bytes, problem } = unpacked(packedLogs.subarray(0, SECOND_FRAME - 100));
  expect(problem).toBe(END_EARLY);
  expect(bytes.equals(Buffer.concat(logs).subarray(0, 128 << 10))).toBe(true);
});

test.each([1, 3, 4, 512, 100_000])('%i zeros behind are padding', (length) => {
  expectWhole(Buffer.concat([zstdStored(noise(100)), Buffer.alloc(length)]), noise(100), 1000);
});

test('anything else behind is counted', () => {
  const packed = Buffer.concat([zstdStored(noise(100)), Buffer.from('garbage'), Buffer.alloc(50)]);
  expect(unpacked(packed)).toMatchObject({
    bytes: noise(100),
    problem: '57 bytes behind the compressed data are no zstd data',
  });
});

test('the checksum is looked at, and so is the length', () => {
  const block = zstdBlock('raw', 3, Buffer.from('abc'), true);
  // XXH64 of "abc" is 44bc2cf5ad770999
  expect(unpacked(zstdFrame([block], { checksum: 0xad770999 })).problem).toBeNull();
  expect(unpacked(zstdFrame([block], { checksum: 0xad77099a }))).toMatchObject({
    bytes: Buffer.from('abc'),
    problem: 'compressed data are damaged: the checksum of what they hold does not fit',
  });
  // Single segment, content size of one byte: 4
  const lying = Buffer.concat([Buffer.from('28b52ffd2004', 'hex'), block]);
  expect(unpacked(lying).problem).toBe(
    'compressed data are damaged: a frame holds 3 bytes and says 4',
  );
});

/** Damage that is not told has changed nothing. */
const expectTold = (damaged: Uint8Array, original: Uint8Array): void => {
  const { bytes, problem } = unpacked(damaged);
  if (problem === null) expect(bytes.equals(original)).toBe(true);
};

test('a bit that flipped in a frame with a checksum is told, or of no consequence', () => {
  const frame = packedLogs.subarray(SECOND_FRAME);
  let told = 0;
  for (let at = 4; at < frame.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const damaged = Buffer.from(frame);
      damaged[at] = (damaged[at] as number) ^ (1 << bit);
      expectTold(damaged, logs[2] as Buffer);
      if (unpacked(damaged).problem !== null) told += 1;
    }
  }
  expect(told).toBeGreaterThan(0.98 * 8 * (frame.length - 4));
});

test('blocks and windows that the format does not allow are refused before they cost anything', () => {
  const big = zstdBlock('rle', (128 << 10) + 1, Buffer.from('a'), true);
  const reserved = zstdBlock('reserved', 1, Buffer.from('a'), true);
  for (const frame of [zstdFrame([big]), zstdFrame([reserved])]) {
    expect(unpacked(frame)).toMatchObject({
      bytes: Buffer.alloc(0),
      problem: expect.stringMatching(DAMAGED),
    });
  }
  const small = zstdFrame([zstdBlock('rle', 1025, Buffer.from('a'), true)], { window: 0 });
  expect(unpacked(small).problem).toMatch(DAMAGED);
  const reservedBit = Buffer.from('28b52ffd0800', 'hex');
  expect(unpacked(reservedBit).problem).toMatch(DAMAGED);
});

test('a window beyond the limit of zstd itself is refused with the command that helps', () => {
  const block = zstdBlock('rle', 10, Buffer.from('a'), true);
  const most = zstdFrame([block], { window: 17 << 3 });
  expectWhole(most, Buffer.alloc(10, 'a'));
  for (const window of [(17 << 3) | 1, (21 << 3) | 7]) {
    expect(unpacked(zstdFrame([block], { window })).problem).toMatch(
      /^needs a window of \d+ bytes, more than 134217728: unpack it with zstd -d --memory=\d+MB$/,
    );
  }
  // Single segment of 2^63 bytes
  const lying = Buffer.from('28b52ffde00000000000000080', 'hex');
  for (const frame of [lying, zstdFrame([block], { window: 0xff })]) {
    expect(unpacked(frame).problem).toBe('compressed data are damaged: there is no such window');
  }
});

test('a dictionary that is needed is named; number 0 is none', () => {
  expect(unpacked(Buffer.from('28b52ffd02380201', 'hex')).problem).toBe(
    'needs the zstd dictionary 258',
  );
  const none = Buffer.concat([
    Buffer.from('28b52ffd013800', 'hex'),
    zstdBlock('raw', 0, Buffer.alloc(0), true),
  ]);
  expectWhole(none, Buffer.alloc(0));
});

test('a bomb comes in blocks', () => {
  const blocks = Array.from({ length: 800 }, (_, i) =>
    zstdBlock('rle', 128 << 10, Buffer.from('a'), i === 799),
  );
  const chunks = unzstd(inPieces(zstdFrame(blocks), 1 << 16));
  let total = 0;
  for (let chunk = chunks.next(); chunk !== null; chunk = chunks.next()) {
    expect(chunk.length).toBeLessThanOrEqual(128 << 10);
    total += chunk.length;
  }
  expect({ total, problem: chunks.problem }).toEqual({ total: 100 << 20, problem: null });
});

describe('any bytes', () => {
  test('in a compressed block end, and throw nothing', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 400 }),
        (bytes, piece) => {
          drain(
            unzstd(
              inPieces(zstdFrame([zstdBlock('compressed', bytes.length, bytes, true)]), piece),
            ),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('that changed in real blocks end, and throw nothing', () => {
    const frame = packedLogs.subarray(0, SECOND_FRAME);
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const damaged = Buffer.from(frame);
        damaged[at] = (damaged[at] as number) ^ mask;
        expectTold(damaged, Buffer.concat(logs.slice(0, 2)));
      }),
      { numRuns: 60 },
    );
  });
});
