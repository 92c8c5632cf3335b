import type { ByteSource } from './byte-source.ts';

export const WINDOW_BYTES = 1 << 20;

/** A window that slides over a source. One buffer, reused; a larger body is read apart by {@link copy}. */
export class FileWindow {
  readonly size: number;
  /** Bytes that the window holds at most. A field: the buffer's own getter is slow in the hot loop. */
  readonly capacity: number;
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Reads asked of the source so far: the I/O budget that a test holds. */
  reads = 0;
  readonly #source: ByteSource;
  #start = 0;
  #end = 0;

  constructor(source: ByteSource, capacity = WINDOW_BYTES) {
    if (source.size === null) throw new TypeError('a window needs a source of known size');
    this.#source = source;
    this.size = source.size;
    this.bytes = Buffer.allocUnsafeSlow(Math.max(64, Math.min(capacity, source.size)));
    this.capacity = this.bytes.byteLength;
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  /**
   * Index in {@link view} of byte `at` of the file, with `length` bytes after it in the window;
   * -1 when the file ends before, or when `length` exceeds the window.
   */
  locate(at: number, length: number): number {
    if (at >= this.#start && at + length <= this.#end) return at - this.#start;
    if (length > this.capacity || at + length > this.size) return -1;
    this.reads += 1;
    this.#start = at;
    this.#end = at + this.#source.read(this.bytes, at);
    return this.#end - at >= length ? 0 : -1;
  }

  /** A copy of `length` bytes at `at`, shorter where the file ends. Does not move the window. */
  copy(at: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.size - at));
    const out = Buffer.allocUnsafe(wanted);
    if (wanted === 0) return out;
    if (at >= this.#start && at + wanted <= this.#end) {
      this.bytes.copy(out, 0, at - this.#start, at - this.#start + wanted);
      return out;
    }
    this.reads += 1;
    return out.subarray(0, this.#source.read(out, at));
  }
}
