import type { EventCursor } from '../../binlog/event-cursor.ts';
import { uuidText } from '../../binlog/events/uuid-text.ts';
import { formatGtid } from '../../binlog/gtid-set.ts';
import type { Mark } from '../../binlog/transaction-marks.ts';
import { checksum } from '../../bytes/checksum.ts';
import type { GtidTagged } from '../decode-control.ts';
import type { Proof } from '../facts.ts';
import type { Layout } from '../layout.ts';
import { stableRanges } from '../masked-content.ts';

/** What names a transaction across servers: by the server's own identity where there is one. */
export interface Identity {
  readonly proof: Proof;
  /** Equal for copies of one transaction, together with the server id; {@link gtidText} spells it out. */
  readonly id: string | number;
  /** 30 bits: a small integer, which the engine neither boxes nor hashes as a double. */
  readonly hash: number;
  /** µs since the epoch; null where the server does not write it. */
  readonly originalCommit: number | null;
  readonly immediateCommit: number | null;
}

/** Spreads 32 bits (the finaliser of MurmurHash3, public domain). */
const mix = (n: number): number => {
  let h = n | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

export const mixPair = (a: number, b: number): number => mix(mix(a) ^ Math.imul(b, 0x9e3779b1));

/** MariaDB: domain, server, sequence number (sql/log_event.h Gtid_log_event). */
export const mariadbIdentity = (cursor: EventCursor, headerLength: number): Identity | null => {
  if (cursor.size < headerLength + 13) return null;
  const { view } = cursor.window;
  const at = cursor.at + headerLength;
  const low = view.getUint32(at, true);
  const high = view.getUint32(at + 4, true);
  const domain = view.getUint32(at + 8, true);
  return {
    proof: 'mariadb-gtid',
    id: cursor.window.bytes.toString('latin1', at, at + 12),
    hash: mixPair(mixPair(low, high), mixPair(domain, cursor.serverId)) >>> 2,
    originalCommit: null,
    immediateCommit: null,
  };
};

/** Post-header of Gtid and Anonymous_gtid from 5.7.5 on: flags 1, uuid 16, gno 8, type code 1, two sequence numbers. */
const GTID_POST_HEADER = 42;
const STAMP_BYTES = 7;

/** u56 in µs; bit 55 marks that a second stamp follows, and is no part of the value. */
const microseconds = (view: DataView, at: number): number => {
  const high = view.getUint16(at + 4, true) | ((view.getUint8(at + 6) & 0x7f) << 16);
  return high * 2 ** 32 + view.getUint32(at, true);
};

/**
 * Identity of a MySQL transaction by its GTID event; null when only the content can tell. Commit
 * stamps stand there from 8.0.1 on (Gtid_event in control_events.cpp); an original stamp of 0
 * comes from a source that wrote none.
 */
export const mysqlIdentity = (
  cursor: EventCursor,
  headerLength: number,
  trailer: number,
): Identity | null => {
  const { bytes, view } = cursor.window;
  const at = cursor.at + headerLength;
  const end = cursor.at + cursor.size - trailer;
  if (at + 25 > end) return null;
  const first = at + GTID_POST_HEADER;
  let immediateCommit: number | null = null;
  let originalCommit: number | null = null;
  if (first + STAMP_BYTES <= end) {
    const second =
      (view.getUint8(first + STAMP_BYTES - 1) & 0x80) === 0 ? first : first + STAMP_BYTES;
    if (second + STAMP_BYTES <= end) {
      immediateCommit = microseconds(view, first);
      originalCommit = microseconds(view, second) || null;
    }
  }
  if (cursor.typeCode === 33) {
    return {
      proof: 'mysql-gtid',
      id: bytes.toString('latin1', at + 1, at + 25),
      hash: mixPair(checksum(bytes, at + 1, at + 25), 33) >>> 2,
      originalCommit,
      immediateCommit,
    };
  }
  if (originalCommit === null) return null;
  return {
    proof: 'original-commit-timestamp',
    id: originalCommit,
    hash: mixPair(mixPair(originalCommit | 0, originalCommit / 2 ** 32), cursor.serverId) >>> 2,
    originalCommit,
    immediateCommit,
  };
};

/** The same for a GTID with a tag, whose identity is laid out as one without, the tag behind it. */
export const taggedIdentity = (body: GtidTagged): Identity => {
  const { uuid, tag, gno, originalCommitTimestamp, immediateCommitTimestamp } = body;
  const raw = Buffer.alloc(24);
  raw.write(uuid.replaceAll('-', ''), 'hex');
  raw.writeBigUInt64LE(BigInt.asUintN(64, gno), 16);
  const bytes = Buffer.concat([raw, Buffer.from(tag, 'latin1')]);
  const stamp = (value: bigint | null): number | null => (value === null ? null : Number(value));
  return {
    proof: 'mysql-gtid',
    id: bytes.toString('latin1'),
    hash: mixPair(checksum(bytes, 0, bytes.length), 33) >>> 2,
    originalCommit: stamp(originalCommitTimestamp) || null,
    immediateCommit: stamp(immediateCommitTimestamp),
  };
};

/** The GTID as its server prints it; null where the identity is no GTID. */
export const gtidText = (proof: Proof, id: string | number, serverId: number): string | null => {
  if (typeof id === 'number') return null;
  const raw = Buffer.from(id, 'latin1');
  if (proof === 'mariadb-gtid')
    return `${raw.readUInt32LE(8)}-${serverId}-${raw.readBigUInt64LE(0)}`;
  if (proof !== 'mysql-gtid') return null;
  const uuid = uuidText(raw.subarray(0, 16));
  const tag = raw.toString('latin1', 24);
  return formatGtid({ uuid, tag, gno: raw.readBigUInt64LE(16) });
};

/** Sums the stable bytes of a transaction's events, one after the other. */
export class ContentHash {
  #crc = 0;
  #shape = 0;
  #bytes = 0;
  #cursor: EventCursor | null = null;

  reset(): void {
    this.#crc = 0;
    this.#shape = 0;
  }

  add(cursor: EventCursor, mark: Mark, layout: Layout): void {
    const { typeCode } = cursor;
    this.#bytes = 0;
    this.#cursor = cursor;
    stableRanges(typeCode, mark, layout, cursor.size, this);
    if (this.#bytes > 0) {
      this.#shape = mixPair(
        this.#shape ^ this.#crc,
        mixPair(this.#bytes, Math.imul(typeCode, 0x9e3779b1) ^ cursor.timestamp),
      );
    }
  }

  u8(at: number): number {
    const { window, at: start } = this.#cursor as EventCursor;
    return window.bytes[start + at] ?? 0;
  }

  /** One stable range, counted from the event's first byte. */
  take(from: number, to: number): void {
    const cursor = this.#cursor as EventCursor;
    this.#bytes += to - from;
    if (to <= cursor.window.capacity) {
      this.#crc = checksum(cursor.window.bytes, cursor.at + from, cursor.at + to, this.#crc);
    } else this.#takeLarge(cursor, from, to);
  }

  /** 53 bits: a candidate only, since bytes are compared before anything is said. */
  get id(): number {
    return this.#crc * 0x20_0000 + (this.#shape & 0x1f_ffff);
  }

  get hash(): number {
    return mixPair(this.#crc, this.#shape);
  }

  /** An event beyond the window is read a second time, window by window. */
  #takeLarge(cursor: EventCursor, from: number, to: number): void {
    const { window, offset } = cursor;
    for (let at = offset + from; at < offset + to; ) {
      const length = Math.min(window.capacity, offset + to - at);
      const where = window.locate(at, length);
      if (where < 0) break;
      this.#crc = checksum(window.bytes, where, where + length, this.#crc);
      at += length;
    }
    cursor.at = Math.max(0, window.locate(offset, window.capacity));
  }
}
