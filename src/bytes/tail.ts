/** The newest bytes of a stream, at least so many as it was asked to keep. */
export class Tail {
  readonly #kept: number;
  readonly #buffer: Buffer;
  #length = 0;
  /** Bytes that were added in all. */
  total = 0;

  constructor(kept: number) {
    this.#kept = kept;
    this.#buffer = Buffer.allocUnsafe(3 * kept);
  }

  /** Adds a piece no longer than twice what is kept. */
  add(piece: Uint8Array): void {
    if (this.#length + piece.byteLength > this.#buffer.byteLength) {
      this.#buffer.copyWithin(0, this.#length - this.#kept, this.#length);
      this.#length = this.#kept;
    }
    this.#buffer.set(piece, this.#length);
    this.#length += piece.byteLength;
    this.total += piece.byteLength;
  }

  /** The bytes `[from, to)` of all, as far as they are still there; good until the next is added. */
  between(from: number, to: number): Buffer {
    const start = this.total - this.#length;
    return this.#buffer.subarray(Math.max(0, from - start), Math.max(0, to - start));
  }
}
