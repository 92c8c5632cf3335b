import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type ZstdFrame, zstdFrames } from './zstd-frames.ts';

/** `zlib.zstdDecompressSync` of Node 22.15 and later: reads one frame, and passes over what follows. */
export type NativeZstd = (frame: Uint8Array, options: { maxOutputLength: number }) => Buffer;

const { zstdDecompressSync } = zlib as unknown as {
  readonly zstdDecompressSync?: NativeZstd;
};

/** Frames that may become larger than this are decompressed block by block even where Node could do it. */
const WHOLE_FRAME_BYTES = 16 << 20;
/** What the decoder gets at once: a block of 4 bytes can become 128 KiB. */
const PIECE_BYTES = 1 << 10;
const SMALLEST_WINDOW = 1 << 10;

/**
 * The head of a frame with a window no larger than the content can be: the decoder allocates it. What
 * lies farther back than the content is long is never looked at.
 */
const frameHead = ({ windowSize, largestContent, hasChecksum }: ZstdFrame): Buffer => {
  const window = Math.max(SMALLEST_WINDOW, Math.min(windowSize, largestContent));
  let descriptor = 0;
  for (; descriptor < 0xff; descriptor += 1) {
    const base = 2 ** (10 + (descriptor >> 3));
    if (base + (base / 8) * (descriptor & 7) >= window) break;
  }
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, hasChecksum ? 0x04 : 0, descriptor]);
};

/**
 * What a zstd stream of one frame or more becomes, in pieces; at most `limit` bytes, beyond which it
 * is malformed, and with no more memory than what the compressed bytes can become. Throws a
 * `MalformedError`, at an offset of the compressed bytes, where they contradict the format.
 */
export function* zstdPieces(
  compressed: Buffer,
  limit: number,
  where: { file: string; base: number },
  native: NativeZstd | null = zstdDecompressSync ?? null,
): Generator<Uint8Array, void> {
  let total = 0;
  for (const frame of zstdFrames(compressed, where)) {
    const malformed = (problem: string) =>
      new MalformedError(where.file, where.base + frame.start, 'zstd', problem);
    const before = total;
    const count = (piece: Uint8Array): void => {
      total += piece.byteLength;
      if (total > limit) throw malformed(`becomes more than the ${limit} bytes declared`);
    };
    if (native && frame.largestContent <= WHOLE_FRAME_BYTES) {
      const bytes = compressed.subarray(frame.start, frame.end);
      const content = decoded(malformed, () =>
        native(bytes, { maxOutputLength: frame.largestContent }),
      );
      count(content);
      yield content;
    } else yield* framePieces(compressed, frame, count, malformed);
    const { contentSize } = frame;
    if (contentSize !== null && contentSize !== total - before) {
      throw malformed(`becomes ${total - before} bytes, its frame says ${contentSize}`);
    }
  }
}

/** Block by block; `count` sees each piece as it comes, before more of them are made. */
function* framePieces(
  compressed: Buffer,
  frame: ZstdFrame,
  count: (piece: Uint8Array) => void,
  malformed: (problem: string) => MalformedError,
): Generator<Uint8Array, void> {
  let pieces: Uint8Array[] = [];
  const decoder = new Decompress((piece) => {
    count(piece);
    if (piece.byteLength > 0) pieces.push(piece);
  });
  decoded(malformed, () => decoder.push(frameHead(frame)));
  for (let at = frame.blocks; at < frame.end; at += PIECE_BYTES) {
    const end = Math.min(at + PIECE_BYTES, frame.end);
    decoded(malformed, () => decoder.push(compressed.subarray(at, end), end === frame.end));
    const ready = pieces;
    pieces = [];
    yield* ready;
  }
}

/**
 * Runs the decoder: all it can fail by are the bytes it is given. It has errors of its own, and on some
 * bytes leaves its tables, which is a `RangeError`.
 */
const decoded = <T>(malformed: (problem: string) => MalformedError, decode: () => T): T => {
  try {
    return decode();
  } catch (error) {
    if (error instanceof MalformedError || !(error instanceof Error)) throw error;
    throw malformed(`cannot be decompressed: ${error.message}`);
  }
};
