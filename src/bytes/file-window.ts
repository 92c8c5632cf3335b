import type { ByteSource } from './byte-source.ts';

export const WINDOW_BYTES = 1 << 20;

/** A window that slides over a source. One buffer, reused; a larger body is read apart by {@link copy}. */
export class FileWindow {
  /** Bytes of the source in all; infinite as long as a stream has not ended. */
  size: number;
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
    this.#source = source;
    this.size = source.size ?? Number.POSITIVE_INFINITY;
    this.bytes = Buffer.allocUnsafeSlow(Math.max(64, Math.min(capacity, this.size)));
    this.capacity = this.bytes.byteLength;
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  /**
   * Index in {@link view} of byte `at` of the file, with `length` bytes after it in the window;
   * -1 when the file ends before, or when `length` exceeds the window.
   */
  locate(at: number, length: number): number {
    if (at >= this.#start && at + length <= this.#end) return at - this.#start;
    return this.#slide(at, length);
  }

  /** As {@link locate}, where nothing before `at` will be asked for again: a stream may forget it. */
  advance(at: number, length: number): number {
    if (at >= this.#start && at + length <= this.#end) return at - this.#start;
    this.#source.release?.(at);
    return this.#slide(at, length);
  }

  /** Does the source have all bytes before `end`? A stream is read on until that is known. */
  reaches(end: number): boolean {
    if (this.size !== Number.POSITIVE_INFINITY || end <= this.#end) return end <= this.size;
    return this.#read(Buffer.allocUnsafe(1), end - 1, 1) === 1;
  }

  /** A copy of `length` bytes at `at`, shorter where the file ends. Does not move the window. */
  copy(at: number, length: number): Buffer {
    if (at >= this.#start && at + length <= this.#end) {
      return Buffer.from(this.bytes.subarray(at - this.#start, at - this.#start + length));
    }
    // Nothing is allocated for bytes that never come
    if (length > 0) this.reaches(at + length);
    const wanted = Math.max(0, Math.min(length, this.size - at));
    const out = Buffer.allocUnsafe(wanted);
    if (wanted === 0) return out;
    if (at >= this.#start && at + wanted <= this.#end) {
      this.bytes.copy(out, 0, at - this.#start, at - this.#start + wanted);
      return out;
    }
    return out.subarray(0, this.#read(out, at, wanted));
  }

  #slide(at: number, length: number): number {
    if (length > this.capacity || at + length > this.size) return -1;
    this.#start = at;
    this.#end = at + this.#read(this.bytes, at, length);
    return this.#end - at >= length ? 0 : -1;
  }

  #read(into: Buffer, at: number, least: number): number {
    this.reads += 1;
    const got = this.#source.read(into, at, least);
    if (this.size === Number.POSITIVE_INFINITY) this.size = this.#source.size ?? this.size;
    return got;
  }
}
