import type { ByteSource } from '../../bytes/byte-source.ts';
import { HEADER, HEADER_LENGTH } from '../event-header.ts';
import { AesBlocks, BLOCK_BYTES } from './aes-blocks.ts';
import type { DecryptedSource, LogEncryption } from './decrypted-source.ts';
import type { EventCipher, EventPart } from './event-ciphers.ts';
import type { EventIndex } from './event-index.ts';
import type { StartOfEncryption } from './start-of-encryption.ts';

/** Bytes that are read and decrypted at once. */
const PIECE_BYTES = 1 << 18;
/** The bytes before the ciphertext: the timestamp, which changes places with the size. */
const CLEAR_BYTES = 4;
/** Up to here in an event its first block reaches: with less of it the header is not in clear. */
export const FIRST_BLOCK_END = CLEAR_BYTES + BLOCK_BYTES;
const WIDTH = 4;
/** Bytes that are read at once in search of an event. */
const HOP_BYTES = 1 << 16;

/** An event as its clear size shows it. */
interface Place {
  readonly offset: number;
  /** Infinite where no size can be: what follows is in no event, and stays as it is. */
  readonly size: number;
}

/** What decrypts one log. */
export interface EventKey {
  readonly start: StartOfEncryption;
  readonly secret: Buffer;
  readonly cipher: EventCipher;
}

/**
 * A log of MariaDB or Percona Server 5.7 in clear: same size, same offsets. Each event is encrypted
 * by itself, its size is not, so its beginning is found by hopping; an {@link EventIndex} remembers
 * the way. Of an event that is cut off the whole blocks are in clear, and nothing is read or
 * allocated by what a size says: whatever the events, a read holds some 4 MiB at most besides its
 * own buffer.
 * Source: MariaDB sql/log_event.cc `Log_event::read_log_event`, `Log_event_writer::encrypt_and_write`.
 */
export class MariadbDecryptingSource implements DecryptedSource {
  readonly decrypted = true;
  readonly encryption: LogEncryption;
  readonly #source: ByteSource;
  readonly #key: EventKey;
  readonly #aes: AesBlocks;
  readonly #index: EventIndex;
  #scratch = Buffer.alloc(0);
  /** The beginning of the event that was decrypted last: the next read most likely goes on there. */
  #near = 0;

  constructor(source: ByteSource, key: EventKey, encryption: LogEncryption, index: EventIndex) {
    this.#source = source;
    this.#key = key;
    this.#aes = new AesBlocks(key.secret);
    this.#index = index;
    this.encryption = encryption;
  }

  get size(): number | null {
    return this.#source.size;
  }

  get problem(): string | null {
    return this.#source.problem ?? null;
  }

  /** The event around is found again from its begin. */
  release(upTo: number): void {
    this.#source.release?.(Math.min(upTo, this.#near));
  }

  read(into: Uint8Array, at: number): number {
    const clear = Math.min(into.byteLength, Math.max(0, this.#key.start.end - at));
    let done = clear > 0 ? this.#source.read(into.subarray(0, clear), at) : 0;
    if (done < clear) return done;
    while (done < into.byteLength) {
      const piece = into.subarray(done, done + PIECE_BYTES);
      const got = this.#readPiece(piece, at + done);
      done += got;
      if (got < piece.byteLength) break;
    }
    return done;
  }

  close(): void {
    this.#source.close();
  }

  #readPiece(into: Uint8Array, at: number): number {
    const event = this.#eventAt(at);
    const from = event.size === Number.POSITIVE_INFINITY ? at : firstByteFor(event.offset, at);
    // Behind the end: the rest of a block, or the head of an event of which only the beginning is wanted
    const length = at - from + into.byteLength + FIRST_BLOCK_END;
    if (this.#scratch.length < length) this.#scratch = Buffer.allocUnsafeSlow(length);
    const ciphertext = this.#scratch.subarray(0, length);
    const bytes = ciphertext.subarray(0, this.#source.read(ciphertext, from));
    this.#decrypt(bytes, from, event);
    const wanted = bytes.subarray(at - from, at - from + into.byteLength);
    into.set(wanted);
    return wanted.length;
  }

  /** Decrypts in place what stands at `from`; `first` is the event there. */
  #decrypt(bytes: Buffer, from: number, first: Place): void {
    const parts: EventPart[] = [];
    const events: Place[] = [];
    let event = first;
    while (event.size !== Number.POSITIVE_INFINITY && event.offset < from + bytes.length) {
      const at = event.offset - from;
      if (at >= 0) {
        if (at + HEADER_LENGTH > bytes.length) break;
        // The first bytes of the event are ciphertext that belongs where the size stands
        copyWord(bytes, at, at + HEADER.size);
        this.#index.add(event.offset);
      }
      this.#near = event.offset;
      events.push(event);
      parts.push(partOf(bytes, at, event.size));
      const next = event.offset + event.size;
      event = { offset: next, size: sizeAt(bytes, next - from) };
    }
    this.#key.cipher(this.#aes, { bytes, parts, ivs: this.#ivsOf(events) });
    for (const { offset, size } of events) {
      const at = offset - from;
      if (at < 0) continue;
      copyWord(bytes, at + HEADER.size, at);
      bytes.writeUInt32LE(size, at + HEADER.size);
    }
  }

  #ivsOf(events: readonly Place[]): Buffer {
    const { nonce } = this.#key.start;
    const ivs = Buffer.allocUnsafe(events.length * BLOCK_BYTES);
    let at = 0;
    for (const { offset } of events) {
      for (let i = 0; i < nonce.length; i += 1) ivs[at + i] = nonce[i] as number;
      ivs.writeUInt32LE(offset % 2 ** 32, at + nonce.length);
      at += BLOCK_BYTES;
    }
    return ivs;
  }

  /** The event that `offset` lies in, by hopping from the nearest beginning that is known. */
  #eventAt(offset: number): Place {
    const known = this.#index.before(offset) ?? this.#key.start.end;
    let at = this.#near <= offset ? Math.max(known, this.#near) : known;
    let window = Buffer.alloc(WIDTH);
    for (let hops = 0; ; hops += 1) {
      // The first is most likely the right one; a long way is gone with fewer reads
      if (hops === 1) window = Buffer.alloc(HOP_BYTES);
      const from = at + HEADER.size;
      const bytes = window.subarray(0, this.#source.read(window, from));
      do {
        const size = sizeAt(bytes, at - from);
        if (offset < at + size) return { offset: at, size };
        this.#index.add(at);
        at += size;
      } while (at + HEADER.size + WIDTH <= from + bytes.length);
    }
  }
}

const copyWord = (bytes: Buffer, from: number, to: number): void => {
  for (let i = 0; i < WIDTH; i += 1) bytes[to + i] = bytes[from + i] as number;
};

/**
 * What of an event's ciphertext is at hand, whole blocks first. The event begins at index `at`, which
 * is negative when the bytes begin inside it: then with a block to chain to, see {@link firstByteFor}.
 */
const partOf = (bytes: Buffer, at: number, size: number): EventPart => {
  const begin = at + CLEAR_BYTES;
  const block = begin >= 0 ? 0 : Math.floor(-begin / BLOCK_BYTES) + 1;
  const end = Math.min(bytes.length, at + size);
  const here = begin + block * BLOCK_BYTES;
  const wholeBlocks = Math.floor((size - CLEAR_BYTES) / BLOCK_BYTES);
  return {
    at: here,
    length: Math.max(0, end - here),
    block,
    tail: Math.max(0, end - (begin + wholeBlocks * BLOCK_BYTES)),
  };
};

/** Where to begin to read for the byte at `at`: a block earlier, or with the event. */
const firstByteFor = (offset: number, at: number): number => {
  const block = Math.floor((at - offset - CLEAR_BYTES) / BLOCK_BYTES);
  return block < 2 ? offset : offset + CLEAR_BYTES + (block - 1) * BLOCK_BYTES;
};

/** The size of the event at index `at`; infinite where none is to be seen, or it can be none. */
const sizeAt = (bytes: Buffer, at: number): number => {
  const field = at + HEADER.size;
  if (field < 0 || field + WIDTH > bytes.length) return Number.POSITIVE_INFINITY;
  const size = bytes.readUInt32LE(field);
  return size < HEADER_LENGTH ? Number.POSITIVE_INFINITY : size;
};
