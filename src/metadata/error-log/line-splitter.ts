const LF = 0x0a;

/** Bytes of a line that are looked at: Docker's log driver cuts lines at 16 KiB, and escapes them. */
export const LINE_LIMIT = 32 * 1024;

/** One line: `bytes` from `start` to `end`, without its newline; valid only during the call. */
export type OnLine = (bytes: Buffer, start: number, end: number, offset: number) => void;

/**
 * Cuts a stream of chunks into lines, each told with its byte offset in the stream. Of a line longer
 * than {@link LINE_LIMIT} only so much is told, wherever the chunks end.
 */
export class LineSplitter {
  readonly #onLine: OnLine;
  readonly #kept = Buffer.alloc(LINE_LIMIT);
  /** Bytes in `#kept`: the beginning of the line that the last chunk ended in. */
  #length = 0;
  /** Where that line begins, and where the next chunk does. */
  #lineOffset = 0;
  #offset = 0;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  push(bytes: Buffer): void {
    let at = 0;
    for (;;) {
      const newline = bytes.indexOf(LF, at);
      if (newline < 0) break;
      if (this.#lineOffset === this.#offset + at) {
        this.#onLine(bytes, at, Math.min(newline, at + LINE_LIMIT), this.#lineOffset);
      } else {
        this.#keep(bytes, at, newline);
        this.#onLine(this.#kept, 0, this.#length, this.#lineOffset);
      }
      at = newline + 1;
      this.#length = 0;
      this.#lineOffset = this.#offset + at;
    }
    this.#keep(bytes, at, bytes.byteLength);
    this.#offset += bytes.byteLength;
  }

  /** Tells the last line, when no newline ends it. */
  finish(): void {
    if (this.#offset > this.#lineOffset) {
      this.#onLine(this.#kept, 0, this.#length, this.#lineOffset);
    }
  }

  #keep(bytes: Buffer, from: number, to: number): void {
    this.#length += bytes.copy(this.#kept, this.#length, from, to);
  }
}
