import { Decompress } from 'fzstd';
import type { Chunks } from './chunks.ts';
import { DAMAGED, END_EARLY, Taker, UnpackError } from './taker.ts';
import { XxHash64 } from './xxhash64.ts';
import { readZstdFrameHeader, type ZstdFrameHeader } from './zstd-frame-header.ts';

const MAGIC_BYTES = 4;
const MAGIC = 0xfd2fb528;
/** Sixteen magics for frames that hold something else (RFC 8878, 3.1.2). */
const SKIPPABLE = 0x184d2a50;
/** A block holds 128 KiB at most, decompressed (`Block_Maximum_Size`). */
const BLOCK_MOST = 128 << 10;
const BLOCK_HEADER_BYTES = 3;
const BLOCK = { RAW: 0, RLE: 1, RESERVED: 3 } as const;
const CHECKSUM_BYTES = 4;

/** All frames, block by block. Throws an {@link UnpackError} where they end before they should. */
function* framesOf(taker: Taker): Generator<Uint8Array, void> {
  for (;;) {
    const magic = taker.take(MAGIC_BYTES);
    const isZeros = magic.every((byte) => byte === 0);
    if (magic.byteLength < MAGIC_BYTES && isZeros) return;
    if (magic.byteLength < MAGIC_BYTES) throw new UnpackError(END_EARLY);
    const number = magic.readUInt32LE();
    if (number === MAGIC) yield* blocksOf(taker, readZstdFrameHeader(taker, magic));
    else if (number >= SKIPPABLE && number <= SKIPPABLE + 15)
      taker.skip(taker.need(4).readUInt32LE());
    else {
      const { length, isZero } = taker.drain();
      // What tapes are filled up with
      if (isZero && isZeros) return;
      const rest = length + magic.byteLength;
      throw new UnpackError(`${rest} bytes behind the compressed data are no zstd data`);
    }
  }
}

/**
 * One frame. fzstd gets it a block at a time: what one call gives is bounded then (four bytes may
 * stand for 2 MiB), and sizes that it takes as they are have been checked. It does not look at the
 * checksum and the length of the content either.
 */
function* blocksOf(taker: Taker, header: ZstdFrameHeader): Generator<Uint8Array, void> {
  const out: Uint8Array[] = [];
  const decompress = new Decompress((data) => out.push(data));
  const hash = new XxHash64();
  const most = Math.min(header.windowBytes, BLOCK_MOST);
  let length = 0n;
  let before: Uint8Array = header.bytes;
  for (let isLast = false; !isLast; ) {
    const head = taker.need(BLOCK_HEADER_BYTES);
    const bits = head.readUIntLE(0, BLOCK_HEADER_BYTES);
    const type = (bits >> 1) & 3;
    const size = bits >> 3;
    isLast = (bits & 1) === 1;
    if (type === BLOCK.RESERVED || size > most) throw new UnpackError(DAMAGED);
    const wanted = type === BLOCK.RLE ? 1 : size;
    const body = taker.take(wanted);
    if (body.byteLength < wanted) {
      if (type === BLOCK.RAW && body.byteLength > 0) yield body;
      throw new UnpackError(END_EARLY);
    }
    push(decompress, Buffer.concat([before, head, body]));
    // It holds very short frames back until it is told that nothing follows but the checksum
    if (isLast) push(decompress, Buffer.alloc(header.hasChecksum ? CHECKSUM_BYTES : 0), true);
    before = Buffer.alloc(0);
    for (const data of out.splice(0)) {
      if (header.hasChecksum) hash.update(data);
      length += BigInt(data.byteLength);
      if (data.byteLength > 0) yield data;
    }
  }
  const stored = header.hasChecksum ? taker.need(CHECKSUM_BYTES).readUInt32LE() : null;
  if (header.contentBytes !== null && header.contentBytes !== length) {
    const said = `a frame holds ${length} bytes and says ${header.contentBytes}`;
    throw new UnpackError(`${DAMAGED}: ${said}`);
  }
  if (stored !== null && BigInt.asUintN(32, hash.digest()) !== BigInt(stored)) {
    throw new UnpackError(`${DAMAGED}: the checksum of what they hold does not fit`);
  }
}

const push = (decompress: Decompress, bytes: Uint8Array, isFinal = false): void => {
  try {
    decompress.push(bytes, isFinal);
  } catch (error) {
    // Damage leads fzstd astray: it throws TypeErrors and RangeErrors as well as errors of its own
    throw new UnpackError(`${DAMAGED}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** What zstd data hold, all their frames; what is wrong with them becomes the {@link Chunks.problem}. */
export const unzstd = (packed: Chunks): Chunks => {
  const frames = framesOf(new Taker(packed));
  let problem: string | null = null;
  return {
    next() {
      try {
        return frames.next().value ?? null;
      } catch (error) {
        if (!(error instanceof UnpackError)) throw error;
        problem = error.message;
        return null;
      }
    },
    get problem() {
      return problem;
    },
    get taken() {
      return packed.taken;
    },
    close: () => packed.close(),
  };
};
