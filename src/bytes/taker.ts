import type { Chunks } from './chunks.ts';

/** Packed data cannot be read on; the message says why. Becomes the problem of their {@link Chunks}. */
export class UnpackError extends Error {
  override readonly name = 'UnpackError';
}

export const END_EARLY = 'compressed data end early';
export const DAMAGED = 'compressed data are damaged';

const DRAINED_BYTES = 64 << 10;

/** Takes runs of exact lengths from chunks: what a packed format's headers are read with. */
export class Taker {
  readonly #chunks: Chunks;
  #pending: Uint8Array = new Uint8Array(0);

  constructor(chunks: Chunks) {
    this.#chunks = chunks;
  }

  /** A copy of the next `length` bytes, fewer where they end; `length` is bounded by the caller. */
  take(length: number): Buffer {
    const parts: Buffer[] = [];
    for (let left = length; left > 0; ) {
      const part = this.#next(left);
      if (part === null) break;
      parts.push(Buffer.from(part));
      left -= part.byteLength;
    }
    return Buffer.concat(parts);
  }

  /** As {@link take}, or the refusal of data that end early. */
  need(length: number): Buffer {
    const bytes = this.take(length);
    if (bytes.byteLength < length) throw new UnpackError(END_EARLY);
    return bytes;
  }

  skip(length: number): void {
    for (let left = length; left > 0; ) {
      const part = this.#next(left);
      if (part === null) throw new UnpackError(END_EARLY);
      left -= part.byteLength;
    }
  }

  /** The length of the rest, and whether all of it is zeros. */
  drain(): { readonly length: number; readonly isZero: boolean } {
    let length = 0;
    let isZero = true;
    for (let part = this.#next(DRAINED_BYTES); part !== null; part = this.#next(DRAINED_BYTES)) {
      length += part.byteLength;
      isZero &&= part.every((byte) => byte === 0);
    }
    return { length, isZero };
  }

  #next(most: number): Uint8Array | null {
    if (this.#pending.byteLength === 0) this.#pending = this.#chunks.next() ?? this.#pending;
    if (this.#pending.byteLength === 0) return null;
    const part = this.#pending.subarray(0, most);
    this.#pending = this.#pending.subarray(most);
    return part;
  }
}
