import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LARGEST_PAYLOAD,
  payloadEvents,
  type TransactionPayload,
} from '../../src/binlog/payload-events.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import { log } from '../support/build-log.ts';
import { hex } from './events/event-bytes.ts';

const place = { file: 'binlog.000001', offset: 1965 };

/** A DELETE of one row as MySQL 9.7 compressed it: 185 bytes, one zstd frame. */
const DELETE = hex(`
  28b52ffd 20 b9                    # single segment, Frame_Content_Size 185
  e50300                            # Block_Header: last, compressed, 124 bytes
  92061722a0298d01a0fefff7fdbe2a1ee7b11bfb6abfed3e672cb6f0b2fbb47f8f6cb8a59429ff3f82003048c61fcfe6
  78e0a06b6d8bb739f91d42c4c82665ce6ecb7d94570cd6da2290876afc0ade33619544eab2de85d3cc8ebf04aeb5050d
  00a004c4b55450418bad3207da805f4658955bceb23410181432002f
`);

const zstd: TransactionPayload = {
  type: 'transaction-payload',
  compressionType: 0,
  uncompressedSize: 185n,
  payload: DELETE,
};

/** Events of a log without checksums, from the first after the format description on. */
const built = log({ serverId: 7 })
  .format({ checksum: 'none' })
  .begin({ logPos: 0 })
  .query('x'.repeat(300), { logPos: 0 })
  .xid(9, { logPos: 0 });
const plainBytes = built.bytes().subarray(built.event(1).offset);
const plain = (payload: Buffer, size: number | null = payload.length): TransactionPayload => ({
  type: 'transaction-payload',
  compressionType: 255,
  uncompressedSize: size === null ? null : BigInt(size),
  payload,
});

/** Bytes as one zstd frame of raw blocks of this size. */
const rawBlocks = (bytes: Buffer, blockSize: number): Buffer => {
  const parts = [hex('28b52ffd 00 58')];
  for (let at = 0; at < bytes.length; at += blockSize) {
    const block = bytes.subarray(at, at + blockSize);
    const last = at + blockSize >= bytes.length;
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (last ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
};

const problemOf = (payload: TransactionPayload, decode = false): string => {
  try {
    for (const event of payloadEvents(payload, place)) if (decode) event.decode();
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    expect(error).toMatchObject({ file: place.file, offset: place.offset });
    return (error as MalformedError).message;
  }
  return 'none';
};

test('gives the events of a compressed transaction with their places in it', () => {
  const events = [...payloadEvents(zstd, place)];
  expect(events.map(({ offset, type, size }) => ({ offset, type, size }))).toEqual([
    { offset: 0, type: 'Query', size: 67 },
    { offset: 67, type: 'Table_map', size: 51 },
    { offset: 118, type: 'Delete_rows', size: 40 },
    { offset: 158, type: 'Xid', size: 27 },
  ]);
  expect(events[0]).toMatchObject({
    inner: true,
    timestamp: 1795170490,
    serverId: 301,
    endLogPos: 0,
    flags: 0x8,
  });
});

test('events inside are decoded, also after the last was read', () => {
  const decoded = [...payloadEvents(zstd, place)].map((event) => event.decode());
  expect(decoded).toMatchObject([
    { type: 'query', sql: Buffer.from('BEGIN') },
    { type: 'table-map', database: 'z', table: 't' },
    { type: 'rows', kind: 'delete', rows: hex('04 02000000 0200 6121') },
    { type: 'xid', xid: 42n },
  ]);
});

test.each([
  ['uncompressed', plain(plainBytes)],
  ['without a declared size', plain(plainBytes, null)],
  [
    'in blocks of one byte',
    { ...plain(rawBlocks(plainBytes, 1), plainBytes.length), compressionType: 0 },
  ],
  [
    'in blocks of 50 bytes',
    { ...plain(rawBlocks(plainBytes, 50), plainBytes.length), compressionType: 0 },
  ],
])('events %s are the same', (_how, payload) => {
  const events = [...payloadEvents(payload, place)];
  expect(events.map(({ offset, size }) => ({ offset, size }))).toEqual(
    built.events
      .slice(1)
      .map(({ offset, size }) => ({ offset: offset - built.event(1).offset, size })),
  );
  expect(events[1]?.decode()).toMatchObject({ sql: Buffer.from('x'.repeat(300)) });
});

test('an empty payload has no events', () => {
  expect([...payloadEvents(plain(Buffer.alloc(0)), place)]).toEqual([]);
});

describe('is malformed', () => {
  test('with more than an event may have, before anything is allocated', () => {
    expect(problemOf({ ...zstd, uncompressedSize: BigInt(LARGEST_PAYLOAD) + 1n })).toMatch(
      /at 1965: uncompressed_size: 1073741825 bytes are more than an event may have/,
    );
  });

  test('with a compression that nobody knows', () => {
    expect(problemOf({ ...zstd, compressionType: 7 })).toMatch(/compression_type: 7 is no compr/);
  });

  test('when it is not as long as declared', () => {
    expect(problemOf({ ...zstd, uncompressedSize: 184n })).toMatch(
      /zstd: becomes more than the 184 bytes declared, at 0 of the payload$/,
    );
    expect(problemOf({ ...zstd, uncompressedSize: 186n })).toMatch(
      /uncompressed_size: says 186 bytes, 185 came out, at 185 of the decompressed payload$/,
    );
  });

  test('when its compressed bytes are cut anywhere', () => {
    for (let n = 1; n < DELETE.length; n += 1) {
      expect(problemOf({ ...zstd, payload: DELETE.subarray(0, n) })).not.toBe('none');
    }
  });

  test('when its events are cut anywhere but between two', () => {
    const ends = new Set(built.events.map(({ end }) => end - built.event(1).offset));
    for (let n = 1; n < plainBytes.length; n += 1) {
      expect(problemOf(plain(plainBytes.subarray(0, n))) === 'none').toBe(ends.has(n));
    }
  });

  test('when an event inside has a size that cannot be', () => {
    const { offset, end } = built.event(2);
    const at = offset - built.event(1).offset;
    const small = Buffer.from(plainBytes);
    small.writeUInt32LE(18, at + 9);
    expect(problemOf(plain(small))).toBe(
      `binlog.000001: at 1965: event_size: 18 bytes are less than an event header, at ${at} of the decompressed payload`,
    );
    const large = Buffer.from(plainBytes);
    large.writeUInt32LE(0xffff_ffff, at + 9);
    expect(problemOf(plain(large))).toMatch(
      new RegExp(`event: needs 4294967295 bytes, ${plainBytes.length - at} left, at ${at} of`),
    );
    expect(end - offset).toBeGreaterThan(300);
  });

  test('when an event inside contradicts its type: at both offsets', () => {
    const short = log().format({ checksum: 'none' }).put(16, Buffer.alloc(3), { logPos: 0 });
    const bytes = short.bytes().subarray(short.event(1).offset);
    expect(problemOf(plain(bytes), true)).toBe(
      'binlog.000001: at 1965: xid: needs 8 bytes, 3 left, at 19 of the decompressed payload',
    );
  });
});

test('any bytes are events or malformed', () => {
  const damaged = fc
    .array(fc.tuple(fc.nat(DELETE.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const bytes = Buffer.from(DELETE);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
  fc.assert(
    fc.property(
      fc.oneof(
        damaged,
        fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
      ),
      fc.constantFrom(0, 255),
      fc.constantFrom(185n, 100n, 1n << 29n, null),
      (payload, compressionType, uncompressedSize) => {
        problemOf(
          { type: 'transaction-payload', compressionType, uncompressedSize, payload },
          true,
        );
      },
    ),
    { numRuns: 1500 },
  );
});
