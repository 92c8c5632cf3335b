import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gunzip } from '../../src/bytes/gunzip.ts';
import { log, noise } from '../support/build-log.ts';
import { chunksOfBytes, drain, inPieces } from '../support/pack.ts';

const text = (length: number): Buffer =>
  Buffer.from('binlog.000001\n'.repeat(length)).subarray(0, length);

const unpacked = (packed: Uint8Array, piece = 1 << 16) => drain(gunzip(inPieces(packed, piece)));

/** The bytes came out whole; a matcher would compare them one by one. */
const expectWhole = (packed: Uint8Array, bytes: Uint8Array, piece?: number): void => {
  const got = unpacked(packed, piece);
  expect({ isEqual: got.bytes.equals(bytes), problem: got.problem }).toEqual({
    isEqual: true,
    problem: null,
  });
};

/** A member with a header of its own: `flags` and what they announce. */
const member = (bytes: Uint8Array, flags = 0, extra: Uint8Array = Buffer.alloc(0)): Buffer => {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.byteLength, 4);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]),
    extra,
    deflateRawSync(bytes),
    trailer,
  ]);
};

const END_EARLY = 'compressed data end early';

test.each([1, 7, 8192, 1 << 16])('gives what was compressed, from pieces of %i bytes', (piece) => {
  for (const bytes of [Buffer.alloc(0), noise(100), text(9000), noise(9000)]) {
    expectWhole(gzipSync(bytes), bytes, piece);
  }
});

test('several members are one after the other, empty ones too', () => {
  const parts = [noise(10), Buffer.alloc(0), text(50_000), noise(5)];
  const packed = Buffer.concat(parts.map((part) => gzipSync(part)));
  for (const piece of [3, 20, 1 << 16]) {
    expectWhole(packed, Buffer.concat(parts), piece);
  }
});

test('every field that a header may have is passed', () => {
  const bytes = text(3000);
  const name = Buffer.from('relay-bin.000002\0');
  const field = Buffer.from([4, 0, 1, 2, 3, 4]);
  const longest = Buffer.concat([Buffer.from([0xff, 0xff]), Buffer.alloc(0xffff, 0x41)]);
  const packed = Buffer.concat([
    member(bytes, 8, name),
    member(bytes, 4, field),
    member(bytes, 4, longest),
    // FTEXT, FHCRC, FEXTRA, FNAME and FCOMMENT together
    member(bytes, 31, Buffer.concat([field, name, name, Buffer.from([0, 0])])),
  ]);
  for (const piece of [5, 1 << 16]) {
    expectWhole(packed, Buffer.concat(Array(4).fill(bytes)), piece);
  }
});

test('data cut at any byte give what lies before the cut, and say so', () => {
  const bytes = Buffer.concat([log().format().gtid(1).query('DROP TABLE a').bytes(), noise(300)]);
  const packed = gzipSync(bytes);
  for (let length = 1; length < packed.length; length += 1) {
    const { bytes: got, problem } = unpacked(packed.subarray(0, length));
    expect(problem, `${length}`).toBe(END_EARLY);
    expect(bytes.subarray(0, got.length)).toEqual(got);
    // All but what the last codes stand for: deflate's longest match
    if (length > 100) expect(got.length).toBeGreaterThan(length - 100 - 258);
  }
});

test('of bytes that deflate cannot press and stores, those before the cut come as well', () => {
  const bytes = noise(150_000);
  const packed = gzipSync(bytes);
  expect(packed.length).toBeGreaterThan(bytes.length);
  for (const length of [1500, 20_000, 66_000, 100_000, 149_000]) {
    for (const piece of [1000, 1 << 16]) {
      const { bytes: got, problem } = unpacked(packed.subarray(0, length), piece);
      expect(problem).toBe(END_EARLY);
      expect(got.equals(bytes.subarray(0, got.length))).toBe(true);
      // Header of the member, headers of its blocks, and no more than a piece
      expect(got.length).toBeGreaterThan(length - 60 - 8192);
      // Of the first block all but its header and the member's
      if (length < 16_000) expect(got.length).toBe(length - 15);
    }
  }
});

test('a cut inside a later member is told as well', () => {
  const first = gzipSync(text(500));
  const packed = Buffer.concat([first, gzipSync(text(500))]);
  for (let length = first.length + 1; length < packed.length; length += 1) {
    const { bytes, problem } = unpacked(packed.subarray(0, length));
    expect(problem, `${length}`).toBe(END_EARLY);
    expect(bytes.length).toBeGreaterThanOrEqual(500);
  }
});

test.each([1, 2, 3, 4, 11, 512, 100_000])('%i zeros behind are padding', (length) => {
  const packed = Buffer.concat([gzipSync(text(5000)), Buffer.alloc(length)]);
  for (const piece of [13, 1 << 16]) {
    expectWhole(packed, text(5000), piece);
  }
});

test('an empty member behind which zeros stand', () => {
  const packed = Buffer.concat([gzipSync(Buffer.alloc(0)), Buffer.alloc(600)]);
  expectWhole(packed, Buffer.alloc(0));
});

test('anything else behind is counted, and what lies before is whole', () => {
  const packed = Buffer.concat([
    gzipSync(text(5000)),
    Buffer.from('garbage at the end'),
    Buffer.alloc(20_000),
  ]);
  expect(unpacked(packed)).toMatchObject({
    bytes: text(5000),
    problem: '20018 bytes behind the compressed data are no gzip data',
  });
});

test('a CRC32 or a length that does not fit is damage, in the last member and in those before', () => {
  const packed = gzipSync(noise(2000));
  const next = gzipSync(noise(50));
  for (let at = packed.length - 8; at < packed.length; at += 1) {
    const damaged = Buffer.from(packed);
    damaged[at] = (damaged[at] as number) ^ 1;
    for (const all of [damaged, Buffer.concat([damaged, next])]) {
      expect(unpacked(all).problem).toBe(
        'compressed data are damaged: CRC32 or length of what they hold does not fit',
      );
    }
  }
});

test('a bit that flipped anywhere behind the header is told', () => {
  const bytes = Buffer.concat([text(400), noise(400)]);
  const packed = gzipSync(bytes);
  for (let at = 10; at < packed.length; at += 1) {
    const damaged = Buffer.from(packed);
    damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
    expect(unpacked(damaged).problem, `${at}`).not.toBeNull();
  }
});

test('a header without end is given up, not collected', () => {
  const endless = Buffer.concat([
    Buffer.from('1f8b0808000000000003', 'hex'),
    Buffer.alloc(1 << 20, 0x41),
  ]);
  const chunks = inPieces(endless, 1 << 16);
  expect(drain(gunzip(chunks))).toMatchObject({
    problem: 'compressed data are damaged: a header has no end',
  });
  expect(chunks.taken).toBeLessThan(300_000);
});

test('a bomb comes in small parts', () => {
  const bomb = gzipSync(Buffer.alloc(64 << 20));
  expect(bomb.length).toBeLessThan(70_000);
  const chunks = gunzip(chunksOfBytes(bomb));
  let total = 0;
  for (let chunk = chunks.next(); chunk !== null; chunk = chunks.next()) {
    expect(chunk.length).toBeLessThanOrEqual(1032 * 8192 + 258);
    total += chunk.length;
  }
  expect({ total, problem: chunks.problem }).toEqual({ total: 64 << 20, problem: null });
});

describe('any bytes', () => {
  test('behind a header end, and throw nothing', () => {
    const header = Buffer.from('1f8b0800000000000003', 'hex');
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        fc.integer({ min: 1, max: 700 }),
        (bytes, piece) => {
          drain(gunzip(inPieces(Buffer.concat([header, bytes]), piece)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('compressed at any level and cut into any pieces come back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 5000 }),
        (parts, level, piece) => {
          const packed = Buffer.concat(parts.map((part) => gzipSync(part, { level })));
          expectWhole(packed, Buffer.concat(parts), piece);
        },
      ),
      { numRuns: 100 },
    );
  });
});
