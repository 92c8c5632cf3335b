import type { ByteSource } from './byte-source.ts';

/** The bytes of an input in the order in which they come. */
export interface Chunks {
  /** At least one byte, good until the next call; null at the end. */
  next(): Uint8Array | null;
  /** Why the bytes ended before the input did, known when `next` has answered null. */
  readonly problem: string | null;
  /** Bytes taken from the file or the pipe so far: compressed ones as they lie there. */
  readonly taken: number;
  close(): void;
}

const CHUNK_BYTES = 64 << 10;

/** A source from its first byte to its last. */
export const chunksOf = (source: ByteSource): Chunks => {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let at = 0;
  return {
    next() {
      const got = source.read(buffer, at);
      at += got;
      return got === 0 ? null : buffer.subarray(0, got);
    },
    problem: null,
    get taken() {
      return at;
    },
    close: () => source.close(),
  };
};

/** The first bytes of `chunks`, at least `length` of them unless it ends before, and all of it again. */
export const peek = (chunks: Chunks, length: number): { head: Buffer; chunks: Chunks } => {
  const parts: Buffer[] = [];
  for (let got = 0; got < length; ) {
    const chunk = chunks.next();
    if (chunk === null) break;
    parts.push(Buffer.from(chunk));
    got += chunk.byteLength;
  }
  const head = Buffer.concat(parts);
  let isTold = head.byteLength === 0;
  return {
    head,
    chunks: {
      next() {
        if (isTold) return chunks.next();
        isTold = true;
        return head;
      },
      get problem() {
        return chunks.problem;
      },
      get taken() {
        return chunks.taken;
      },
      close: () => chunks.close(),
    },
  };
};
