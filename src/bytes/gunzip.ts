import { type FlateError, FlateErrorCode, Gunzip } from 'fflate';
import { checksum } from './checksum.ts';
import type { Chunks } from './chunks.ts';
import { Tail } from './tail.ts';
import { DAMAGED, END_EARLY } from './taker.ts';

/** Compressed bytes handed over at once: deflate makes at most 1032 of each, so some 8 MiB of these. */
const PIECE_BYTES = 8 << 10;
/** CRC32 and length at the end of a member (RFC 1952). */
const TRAILER_BYTES = 8;
/** A header holds a file name and an extra field of 64 KiB at most; without a limit it could be endless. */
const LONGEST_HEADER = 80 << 10;
/** Deflate data that give nothing for so long are a stored block: tables of codes take 600 bytes at most. */
const STORED_BYTES = 1 << 10;
/** The longest stored block, and a little more. */
const FILLED_BYTES = 66 << 10;
const FILLER = Buffer.alloc(512);

/** An empty member: header, an empty block, CRC32 and length. */
const SENTINEL = Buffer.from('1f8b080000000000000303000000000000000000', 'hex');

const isFlateError = (error: unknown): error is FlateError =>
  error instanceof Error && 'code' in error && typeof error.code === 'number';

/**
 * fflate checks neither CRC32 nor length, and does not say where the last member ends, so that is
 * done here: a member is told by its successor, and the last by an empty member that is put behind
 * it and found in its place only when everything before it was whole.
 */
class Gunzipped implements Chunks {
  problem: string | null = null;
  readonly #packed: Chunks;
  readonly #gunzip: Gunzip;
  readonly #out: Uint8Array[] = [];
  readonly #tail = new Tail(LONGEST_HEADER);
  #pending: Uint8Array = new Uint8Array(0);
  #hasEnded = false;
  /** Offset of the sentinel, once it is pushed. */
  #sentinelAt = Number.POSITIVE_INFINITY;
  /** Bytes pushed since deflate data were read: a header's. */
  #header = 0;
  /** Bytes pushed since they gave anything. */
  #silent = 0;
  /** What came out of the sentinel. */
  readonly #late: Uint8Array[] = [];
  /** Of what the current member holds. */
  #crc = 0;
  #length = 0;

  constructor(packed: Chunks) {
    this.#packed = packed;
    this.#gunzip = new Gunzip((data) => this.#data(data));
    this.#gunzip.onmember = (offset) => this.#endMember(offset);
  }

  get taken(): number {
    return this.#packed.taken;
  }

  next(): Uint8Array | null {
    for (;;) {
      const data = this.#out.shift();
      if (data) return data;
      if (this.#hasEnded) return null;
      const piece = this.#takePiece();
      if (piece) this.#push(piece);
      else this.#pushSentinel();
    }
  }

  close(): void {
    this.#packed.close();
  }

  /** A copy: fflate keeps views of what it has not used up. */
  #takePiece(): Buffer | null {
    if (this.#pending.byteLength === 0) this.#pending = this.#packed.next() ?? this.#pending;
    if (this.#pending.byteLength === 0) return null;
    const piece = Buffer.from(this.#pending.subarray(0, PIECE_BYTES));
    this.#pending = this.#pending.subarray(PIECE_BYTES);
    return piece;
  }

  #push(piece: Buffer): void {
    const from = this.#tail.total;
    this.#tail.add(piece);
    this.#header += piece.byteLength;
    this.#silent += piece.byteLength;
    try {
      this.#gunzip.push(piece);
    } catch (error) {
      if (!isFlateError(error)) throw error;
      if (error.code === FlateErrorCode.InvalidHeader) this.#passRest(from);
      else this.#end(this.#isOver ? END_EARLY : this.#damagedFrom(from));
    }
    if (this.#header > LONGEST_HEADER - TRAILER_BYTES) this.#end(`${DAMAGED}: a header has no end`);
  }

  #data(data: Uint8Array): void {
    this.#header = 0;
    if (data.byteLength === 0) return;
    this.#silent = 0;
    if (this.#isOver) {
      this.#late.push(data);
      return;
    }
    this.#crc = checksum(data, 0, data.byteLength, this.#crc);
    this.#length = (this.#length + data.byteLength) >>> 0;
    this.#out.push(data);
  }

  #endMember(next: number): void {
    if (!this.#tail.between(next - TRAILER_BYTES, next).equals(this.#trailer())) {
      this.problem ??= `${DAMAGED}: CRC32 or length of what they hold does not fit`;
    }
    this.#crc = 0;
    this.#length = 0;
    if (next === this.#sentinelAt) this.#end(null);
  }

  /** What a member with these contents ends with. */
  #trailer(): Buffer {
    const trailer = Buffer.alloc(TRAILER_BYTES);
    trailer.writeUInt32LE(this.#crc, 0);
    trailer.writeUInt32LE(this.#length, 4);
    return trailer;
  }

  #pushSentinel(): void {
    this.#sentinelAt = this.#tail.total;
    const isStored = this.#silent >= STORED_BYTES;
    this.#push(SENTINEL);
    if (isStored) this.#fillStored();
    this.#end(END_EARLY);
  }

  /**
   * fflate gives a stored block only when all of it is there, as logs that hold compressed or
   * encrypted data make many. One that is cut is filled up (zeros are empty stored blocks behind
   * it), and what it holds before the sentinel is its own.
   */
  #fillStored(): void {
    for (let filled = 0; filled < FILLED_BYTES && this.#late.length === 0; ) {
      if (this.#hasEnded) return;
      this.#push(FILLER);
      filled += FILLER.byteLength;
    }
    const block = Buffer.concat(this.#late);
    const at = block.lastIndexOf(SENTINEL);
    if (at > 0) this.#out.push(block.subarray(0, at));
  }

  /** Behind a member stands no other one: zeros, which tapes are filled up with, or something else. */
  #passRest(from: number): void {
    const to = Math.min(this.#sentinelAt, this.#tail.total);
    // Up to three bytes of no header may have come before
    const end = this.#tail.between(from - TRAILER_BYTES - 3, to);
    const at = end.indexOf(this.#trailer());
    if (at < 0) {
      this.#end(this.#isOver ? END_EARLY : this.#damagedFrom(from));
      return;
    }
    let length = 0;
    let isPadding = true;
    let rest: Uint8Array | null = end.subarray(at + TRAILER_BYTES);
    if (this.#isOver && rest.every((byte, i) => byte === SENTINEL[i])) {
      this.#end(END_EARLY);
      return;
    }
    while (rest !== null) {
      length += rest.byteLength;
      isPadding &&= rest.every((byte) => byte === 0);
      rest = this.#isOver ? null : this.#takePiece();
    }
    this.#end(isPadding ? null : `${length} bytes behind the compressed data are no gzip data`);
  }

  /** Is the sentinel pushed? */
  get #isOver(): boolean {
    return this.#sentinelAt < this.#tail.total;
  }

  #damagedFrom(from: number): string {
    return `${DAMAGED} between their bytes ${from} and ${this.#tail.total}`;
  }

  #end(problem: string | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.problem ??= problem;
  }
}

/** What gzip data hold, all their members; what is wrong with them becomes the {@link Chunks.problem}. */
export const gunzip = (packed: Chunks): Chunks => new Gunzipped(packed);
