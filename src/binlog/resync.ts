import { CHECKSUM_BYTES, checksum } from '../bytes/checksum.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { HEADER_LENGTH } from './event-cursor.ts';
import { isKnownType } from './event-type.ts';

/** Bytes that may be summed in search of an event, per file: damage must not make a scan slow. */
const CHECKSUM_BUDGET = 64 << 20;
/** Events in a row that must look right where no checksum can tell. */
const CHAIN = 3;
/** A candidate is never larger than this: servers refuse to send events beyond 1 GiB. */
const SIZE_LIMIT = 1 << 30;

/** Finds where reading can go on after a place that cannot be read. One a file: it keeps the budget. */
export class Resync {
  #budget = CHECKSUM_BUDGET;
  readonly #window: FileWindow;

  constructor(window: FileWindow) {
    this.#window = window;
  }

  /** Offset of the next plausible event at or behind `from`; -1 when there is none or the budget is spent. */
  find(from: number, checksummed: boolean): number {
    const { size } = this.#window;
    for (let offset = from; offset + HEADER_LENGTH <= size; offset += 1) {
      // Cut while it is read: nothing more comes
      if (this.#window.locate(offset, HEADER_LENGTH) < 0) return -1;
      if (!this.#plausible(offset)) continue;
      if (checksummed ? this.#sumFits(offset) : this.#chains(offset)) return offset;
      if (this.#budget <= 0) return -1;
    }
    return -1;
  }

  /**
   * Offset of the first event in this range from which whole events, proven by their checksums, follow
   * one another exactly to its end; -1 when there is none. What a value holds of another log never
   * ends where the event around it does.
   */
  findRun(from: number, to: number): number {
    for (let offset = from; offset + HEADER_LENGTH <= to; offset += 1) {
      if (this.#budget <= 0) return -1;
      if (this.#plausible(offset) && this.#runs(offset, to)) return offset;
    }
    return -1;
  }

  #runs(from: number, to: number): boolean {
    let at = from;
    while (at < to) {
      if (!this.#plausible(at) || !this.#sumFits(at)) return false;
      at += this.#window.copy(at, HEADER_LENGTH).readUInt32LE(9);
    }
    return at === to;
  }

  /** Does an event that can be trusted begin here? The end of the file counts as one. */
  standsAt(offset: number, checksummed: boolean): boolean {
    if (offset === this.#window.size) return true;
    if (!this.#plausible(offset)) return false;
    return checksummed ? this.#sumFits(offset) : this.#chains(offset);
  }

  /** Is every byte from here to the end of the file zero? */
  zerosFrom(from: number): boolean {
    const { size } = this.#window;
    for (let at = from; at < size; ) {
      const part = this.#window.copy(at, Math.min(1 << 20, size - at));
      if (part.length === 0) return false;
      if (!part.every((byte) => byte === 0)) return false;
      at += part.length;
    }
    return true;
  }

  #plausible(offset: number): boolean {
    const at = this.#window.locate(offset, HEADER_LENGTH);
    if (at < 0) return false;
    const { view } = this.#window;
    const size = view.getUint32(at + 9, true);
    const type = view.getUint8(at + 4);
    return (
      size >= HEADER_LENGTH &&
      size <= SIZE_LIMIT &&
      offset + size <= this.#window.size &&
      type !== 0 &&
      isKnownType(type)
    );
  }

  #sumFits(offset: number): boolean {
    const header = this.#window.copy(offset, HEADER_LENGTH);
    if (header.length < HEADER_LENGTH) return false;
    const size = header.readUInt32LE(9);
    if (size < HEADER_LENGTH + CHECKSUM_BYTES) return false;
    // One false candidate with a large size must not use up what is left
    if (size > this.#budget / 8 && !this.#chains(offset)) return false;
    if (size > this.#budget) return true;
    this.#budget -= size;
    let sum = 0;
    const end = offset + size - CHECKSUM_BYTES;
    for (let at = offset; at < end; ) {
      const part = this.#window.copy(at, Math.min(1 << 20, end - at));
      if (part.length === 0) return false;
      if (at === offset && header[4] === 15) part.writeUInt16LE(part.readUInt16LE(17) & ~1, 17);
      sum = checksum(part, 0, part.length, sum);
      at += part.length;
    }
    const stored = this.#window.copy(end, CHECKSUM_BYTES);
    return stored.length === CHECKSUM_BYTES && sum === stored.readUInt32LE(0);
  }

  #chains(offset: number): boolean {
    let at = offset;
    for (let n = 0; n < CHAIN; n += 1) {
      if (at === this.#window.size) return n > 0;
      this.#budget -= HEADER_LENGTH;
      if (!this.#plausible(at)) return false;
      at += this.#window.copy(at, HEADER_LENGTH).readUInt32LE(9);
    }
    return true;
  }
}
