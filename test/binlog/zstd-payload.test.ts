import fc from 'fast-check';
import { decompress } from 'fzstd';
import { describe, expect, test } from 'vitest';
import { zstdFrames } from '../../src/binlog/zstd-frames.ts';
import { type NativeZstd, zstdPieces } from '../../src/binlog/zstd-payload.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import { hex } from './events/event-bytes.ts';

const where = { file: 'binlog.000001', base: 1000 };

/** "hello " with its XXH64, and "world" without; written by zstd 1.5. */
const HELLO = hex(`
  28b52ffd                          # Magic_Number
  04                                # Frame_Header_Descriptor: checksum
  58                                # Window_Descriptor: 2 MiB
  310000                            # Block_Header: last, raw, 6 bytes
  68656c6c6f20                      # "hello "
  d23be1a9                          # Content_Checksum
`);
const WORLD = hex('28b52ffd 00 58 290000 776f726c64');
const SKIPPABLE = hex('5a2a4d18 03000000 aabbcc');
const SINGLE_SEGMENT = hex(`
  28b52ffd
  20                                # single segment
  05                                # Frame_Content_Size
  290000 776f726c64
`);

/** A block of 4 bytes that becomes 128 KiB. */
const zeroes = (blocks: number): Buffer =>
  Buffer.concat([
    hex('28b52ffd 00 58'),
    ...Array.from({ length: blocks }, (_, i) =>
      Buffer.from([i === blocks - 1 ? 3 : 2, 0x00, 0x10, 0x00]),
    ),
  ]);

/** Stands in for Node's own function, with its limits. */
const native: NativeZstd = (frame, { maxOutputLength }) => {
  const content = decompress(frame);
  if (content.byteLength > maxOutputLength) throw new RangeError('Cannot create a Buffer');
  return Buffer.from(content);
};

const all = (bytes: Buffer, limit = 1 << 20, with_: NativeZstd | null = null): Buffer =>
  Buffer.concat([...zstdPieces(bytes, limit, where, with_)]);

const problemOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return (error as MalformedError).message;
  }
  return 'none';
};

describe('frames', () => {
  test('are told by their headers', () => {
    const bytes = Buffer.concat([HELLO, SKIPPABLE, SINGLE_SEGMENT]);
    expect([...zstdFrames(bytes, where)]).toEqual([
      {
        start: 0,
        blocks: 6,
        end: HELLO.length,
        contentSize: null,
        windowSize: 2 << 20,
        hasChecksum: true,
        largestContent: 6,
      },
      {
        start: HELLO.length + SKIPPABLE.length,
        blocks: HELLO.length + SKIPPABLE.length + 6,
        end: bytes.length,
        contentSize: 5,
        windowSize: 5,
        hasChecksum: false,
        largestContent: 5,
      },
    ]);
  });

  test.each([
    ['60 0000', 256],
    ['a0 00000100', 65536],
    ['e0 0000000001000000', 2 ** 32],
  ])('say how large they become in one to eight bytes: %s', (head, contentSize) => {
    const [frame] = zstdFrames(hex(`28b52ffd ${head} 010000`), where);
    expect(frame).toMatchObject({ contentSize, windowSize: contentSize });
  });

  test('may name a dictionary', () => {
    const [frame] = zstdFrames(hex('28b52ffd 23 aabbccdd 05 010000'), where);
    expect(frame).toMatchObject({ contentSize: 5, blocks: 10 });
  });

  test.each([
    ['a foreign magic number', '28b52ffe 00 58 010000', /Magic_Number: 4264539432 begins no zstd/],
    ['a reserved bit', '28b52ffd 08 58 010000', /Frame_Header_Descriptor: its reserved bit is set/],
    ['a window of 2 TiB', '28b52ffd 00 f8 010000', /Window_Descriptor: a window of 2199023255552/],
    ['a reserved block type', '28b52ffd 00 58 070000', /Block_Type: 3 is reserved/],
    ['a block beyond 128 KiB', '28b52ffd 00 58 090010 00', /Block_Size: 131073 bytes/],
    [
      'a size beyond counting',
      '28b52ffd e0 ffffffffffffffff 010000',
      /Frame_Content_Size: \d+ bytes/,
    ],
  ])('are malformed with %s', (_what, bytes, message) => {
    expect(problemOf(() => [...zstdFrames(hex(bytes), where)])).toMatch(message);
  });

  test('are malformed when cut anywhere', () => {
    for (const bytes of [HELLO, SKIPPABLE, SINGLE_SEGMENT]) {
      for (let n = 1; n < bytes.length; n += 1) {
        expect(problemOf(() => [...zstdFrames(bytes.subarray(0, n), where)])).not.toBe('none');
      }
    }
  });
});

describe.each([
  ['block by block', null],
  ['by the function of newer Node versions', native],
])('decompressing %s', (_how, with_) => {
  test('joins the frames, and passes over those that are none', () => {
    const bytes = Buffer.concat([HELLO, SKIPPABLE, WORLD, SINGLE_SEGMENT]);
    expect(all(bytes, 100, with_).toString()).toBe('hello worldworld');
  });

  test('gives repeated blocks in full', () => {
    expect(all(zeroes(5), 1 << 20, with_).equals(Buffer.alloc(5 << 17))).toBe(true);
  });

  test('ends where more comes out than may', () => {
    expect(problemOf(() => all(Buffer.concat([HELLO, WORLD]), 10, with_))).toMatch(
      /at 1019: zstd: becomes more than the 10 bytes declared$/,
    );
  });

  test('finds a content size that lies', () => {
    const lying = Buffer.from(SINGLE_SEGMENT);
    lying[5] = 6;
    expect(problemOf(() => all(lying, 100, with_))).toMatch(/zstd: /);
  });

  test('refuses what no block can mean', () => {
    const nonsense = hex('28b52ffd 00 58 240000 ffffffff 010000');
    expect(problemOf(() => all(nonsense, 100, with_))).toMatch(/zstd: cannot be decompressed: /);
  });
});

test('a bomb is left as soon as it exceeds the limit', () => {
  const bomb = zeroes(100_000);
  const before = process.memoryUsage().rss;
  expect(problemOf(() => all(bomb, 1000))).toMatch(/becomes more than the 1000 bytes declared/);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
});

test('any bytes behind a frame header become something or are malformed', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(0x24, 0x5c, 0x00),
      (rest, kind) => {
        const size = rest.length + 3;
        const bytes = Buffer.concat([
          hex('28b52ffd 00 58'),
          Buffer.from([((size << 3) | 5) & 0xff, size >> 5, 0, kind, 1, 0]),
          rest,
        ]);
        problemOf(() => all(bytes, 1 << 17));
      },
    ),
    { numRuns: 300 },
  );
});
