import { CHECKSUM_BYTES, checksum } from '../bytes/checksum.ts';
import type { FileWindow } from '../bytes/file-window.ts';

/** v4 common header, frozen for FDE and Rotate (mysql: libs/mysql/binlog/event/binlog_event.h). */
export const HEADER_LENGTH = 19;
export const FORMAT_DESCRIPTION = 15;
const IN_USE = 0x1;

/**
 * `event`: the cursor stands on one, whole. `end`: the file ends at a boundary. `truncated`: the
 * file, or the stream, ends inside what stands at `offset`. `malformed`: no event can begin at `offset`.
 */
export type Step = 'event' | 'end' | 'truncated' | 'malformed';

/**
 * Hops from event header to event header. The cursor IS the current event: read it before the next
 * `next()`, keep nothing of it.
 */
export class EventCursor {
  readonly window: FileWindow;
  /** Where the current event begins in the file. */
  offset = 0;
  /** Where it begins in the window. */
  at = 0;
  /** Where the next event must begin. */
  following: number;

  constructor(window: FileWindow, from: number) {
    this.window = window;
    this.following = from;
  }

  get timestamp(): number {
    return this.window.view.getUint32(this.at, true);
  }

  get typeCode(): number {
    return this.window.view.getUint8(this.at + 4);
  }

  get serverId(): number {
    return this.window.view.getUint32(this.at + 5, true);
  }

  get size(): number {
    return this.window.view.getUint32(this.at + 9, true);
  }

  get endLogPos(): number {
    return this.window.view.getUint32(this.at + 13, true);
  }

  get flags(): number {
    return this.window.view.getUint16(this.at + 17, true);
  }

  /** Bytes of the current event that are in the window: all of it unless it exceeds the window. */
  get loaded(): number {
    return Math.min(this.size, this.window.capacity);
  }

  next(): Step {
    const { window } = this;
    const offset = this.following;
    this.offset = offset;
    if (offset === window.size) return 'end';
    const at = window.advance(offset, HEADER_LENGTH);
    // Where a stream ends is known only now
    if (at < 0) return offset === window.size ? 'end' : 'truncated';
    this.at = at;
    const size = window.view.getUint32(at + 9, true);
    if (size < HEADER_LENGTH) return 'malformed';
    // Hop by size, never to end_log_pos: in a relay log that is a position in the source's binlog.
    this.following = offset + size;
    if (this.following > window.size) return 'truncated';
    if (size > window.capacity) return this.#standOnLarge(offset);
    this.at = window.locate(offset, size);
    // A file that was cut while it is read is shorter than its size says
    return this.at < 0 ? 'truncated' : 'event';
  }

  /**
   * Does the CRC32 at the event's end fit? The in-use flag of an FDE is set and cleared in place
   * and left out of its checksum (mysql: Log_event_footer::event_checksum_test).
   */
  checksumFits(): boolean {
    const { window, at } = this;
    const size = this.size;
    if (size < HEADER_LENGTH + CHECKSUM_BYTES) return false;
    if (size > window.capacity) return this.#largeChecksumFits(size);
    const end = at + size - CHECKSUM_BYTES;
    const stored = window.view.getUint32(end, true);
    if (this.typeCode !== FORMAT_DESCRIPTION || (this.flags & IN_USE) === 0) {
      return checksum(window.bytes, at, end) === stored;
    }
    const event = Buffer.from(window.bytes.subarray(at, end));
    event.writeUInt16LE(this.flags & ~IN_USE, 17);
    return checksum(event, 0, event.byteLength) === stored;
  }

  /** A copy of the body: after `headerLength` bytes, without the last `trailer` bytes, at most `limit` bytes. */
  copyBody(headerLength: number, trailer: number, limit = Number.POSITIVE_INFINITY): Buffer {
    const length = Math.max(0, this.size - headerLength - trailer);
    return this.window.copy(this.offset + headerLength, Math.min(length, limit));
  }

  /** An event larger than the window: its head is shown, and a stream is read on to its end. */
  #standOnLarge(offset: number): Step {
    const { window } = this;
    this.at = window.locate(offset, window.capacity);
    return this.at >= 0 && window.reaches(this.following) ? 'event' : 'truncated';
  }

  /** An event larger than the window: summed window by window, then the window returns to its head. */
  #largeChecksumFits(size: number): boolean {
    const { window, offset } = this;
    const end = offset + size - CHECKSUM_BYTES;
    let sum = 0;
    for (let from = offset; from < end; ) {
      const length = Math.min(window.capacity, end - from);
      const at = window.locate(from, length);
      if (at < 0) break;
      sum = checksum(window.bytes, at, at + length, sum);
      from += length;
    }
    const stored = window.copy(end, CHECKSUM_BYTES);
    this.at = Math.max(0, window.locate(offset, window.capacity));
    return stored.length === CHECKSUM_BYTES && sum === stored.readUInt32LE(0);
  }
}
