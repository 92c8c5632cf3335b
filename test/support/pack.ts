import { fromBytes } from '../../src/bytes/byte-source.ts';
import { type Chunks, chunksOf } from '../../src/bytes/chunks.ts';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

const u24 = (value: number): Buffer => u32(value).subarray(0, 3);

export const zstdBlock = (
  type: 'raw' | 'rle' | 'compressed' | 'reserved',
  size: number,
  body: Uint8Array,
  isLast = false,
): Buffer => {
  const code = ['raw', 'rle', 'compressed', 'reserved'].indexOf(type);
  return Buffer.concat([u24((size << 3) | (code << 1) | (isLast ? 1 : 0)), body]);
};

/** Window_Descriptor of 128 KiB: as small as blocks of the largest size allow. */
const WINDOW_128_KIB = 7 << 3;

/** A frame of these blocks, without content size; `checksum` is what stands at its end. */
export const zstdFrame = (
  blocks: readonly Uint8Array[],
  { checksum = null, window = WINDOW_128_KIB }: { checksum?: number | null; window?: number } = {},
): Buffer =>
  Buffer.concat([
    u32(0xfd2fb528),
    Buffer.from([checksum === null ? 0 : 4, window]),
    ...blocks,
    checksum === null ? Buffer.alloc(0) : u32(checksum),
  ]);

/** Bytes in frames that store them as they are. */
export const zstdStored = (bytes: Uint8Array): Buffer => {
  const size = 100_000;
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.byteLength || at === 0; at += size) {
    const part = bytes.subarray(at, at + size);
    blocks.push(zstdBlock('raw', part.byteLength, part, at + size >= bytes.byteLength));
  }
  return zstdFrame(blocks);
};

/** A frame that decompressors pass over. */
export const zstdSkippable = (bytes: Uint8Array): Buffer =>
  Buffer.concat([u32(0x184d2a53), u32(bytes.byteLength), bytes]);

/** These bytes as a pipe gives them: in pieces of `size`, each overwritten by the next. */
export const inPieces = (bytes: Uint8Array, size: number): Chunks => {
  const buffer = Buffer.alloc(size);
  let at = 0;
  return {
    next() {
      const part = bytes.subarray(at, at + size);
      at += part.byteLength;
      buffer.fill(0xaa).set(part);
      return part.byteLength === 0 ? null : buffer.subarray(0, part.byteLength);
    },
    problem: null,
    get taken() {
      return at;
    },
    close: () => undefined,
  };
};

export const chunksOfBytes = (bytes: Uint8Array): Chunks => chunksOf(fromBytes(bytes));

/** All that chunks give, the largest of them, and what was wrong in the end. */
export const drain = (
  chunks: Chunks,
): { bytes: Buffer; largest: number; problem: string | null } => {
  const parts: Buffer[] = [];
  for (let chunk = chunks.next(); chunk !== null; chunk = chunks.next())
    parts.push(Buffer.from(chunk));
  return {
    bytes: Buffer.concat(parts),
    largest: Math.max(0, ...parts.map((part) => part.byteLength)),
    problem: chunks.problem,
  };
};
