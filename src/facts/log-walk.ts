import { EventCursor, FORMAT_DESCRIPTION, HEADER_LENGTH } from '../binlog/event-cursor.ts';
import { isKnownType } from '../binlog/event-type.ts';
import { decodeBody } from '../binlog/events/index.ts';
import { CHECKSUM_BYTES } from '../bytes/checksum.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type Flavor, parseServerVersion } from '../dialects/server-version.ts';
import { eventRef } from './event-ref.ts';
import type { EventRef } from './facts.ts';
import { Controls } from './families/controls.ts';
import { Integrity } from './families/integrity.ts';
import { Positions } from './families/positions.ts';
import { Probes } from './families/probes.ts';
import { ServerIds } from './families/server-ids.ts';
import { type Layout, Transactions } from './families/transactions.ts';
import { Resync } from './resync.ts';

/** Between slices a scan draws its progress and hears an interrupt. */
const SLICE_BYTES = 64 << 20;
const FIRST_EVENT = 4;
const ARTIFICIAL = 0x20;
const RELAY_LOG = 0x40;
const IGNORABLE = 0x80;

/** Events that frame a log and belong to no transaction. */
const CONTROL = (() => {
  const table = new Uint8Array(256);
  for (const code of [0, 1, 3, 4, 7, 15, 27, 35, 41, 100, 159, 161, 163, 164]) table[code] = 1;
  return table;
})();

/** One pass over one log: explicit calls to each family, so that the hot loop stays one shape. */
export class LogWalk {
  readonly controls = new Controls();
  readonly integrity = new Integrity();
  readonly positions = new Positions();
  readonly serverIds = new ServerIds();
  readonly transactions = new Transactions();
  readonly probes: Probes;
  readonly types = new Float64Array(256);
  events = 0;
  verified = 0;
  bad = 0;
  layout: Layout = { headerLength: HEADER_LENGTH, trailer: 0 };
  checksum: 'crc32' | 'none' | null = null;
  flavor: Flavor | null = null;
  ownId: number | null = null;
  firstData: EventRef | null = null;
  /** Where the last data event and the last event begin: their headers are read again at the end. */
  lastDataOffset = -1;
  lastOffset = -1;
  firstTimestamp = Number.POSITIVE_INFINITY;
  lastTimestamp = 0;
  encryptedAt: number | null = null;
  previousGtidsAt: { offset: number; size: number } | null = null;
  unsupported: string | null = null;
  wholeUntil = FIRST_EVENT;
  readonly #path: string;
  readonly #window: FileWindow;
  readonly #cursor: EventCursor;
  readonly #resync: Resync;

  constructor(path: string, window: FileWindow, probes: readonly number[]) {
    this.#path = path;
    this.#window = window;
    this.#cursor = new EventCursor(window, FIRST_EVENT);
    this.#resync = new Resync(window);
    this.probes = new Probes(probes);
  }

  /** Runs to the end of what can be read; yields the offset after each slice. */
  *run(): Generator<number, void> {
    const cursor = this.#cursor;
    let pause = SLICE_BYTES;
    for (;;) {
      const step = cursor.next();
      if (step === 'end') return;
      if (step === 'event') this.#event(cursor);
      else if (!this.#broken(cursor, step)) return;
      if (this.unsupported !== null) return;
      if (cursor.following > pause) {
        pause = cursor.following + SLICE_BYTES;
        yield cursor.following;
      }
    }
  }

  get surroundings() {
    return {
      transaction: this.transactions.start,
      sourceLog: this.transactions.sourceLog,
      sourcePosition: this.positions.sourcePosition,
    };
  }

  #event(cursor: EventCursor): void {
    if (cursor.following >= this.probes.next) this.probes.pass(cursor, this.surroundings);
    const code = cursor.typeCode;
    if (this.encryptedAt !== null) {
      this.events += 1;
      this.wholeUntil = cursor.following;
      return;
    }
    if (code === FORMAT_DESCRIPTION) {
      this.#format(cursor);
      return;
    }
    if (this.layout.trailer > 0) {
      if (!cursor.checksumFits()) {
        this.#badChecksum(cursor);
        return;
      }
      this.verified += 1;
    } else if (!isKnownType(code) && !this.#unknown(cursor)) return;
    this.events += 1;
    this.types[code] = (this.types[code] as number) + 1;
    this.wholeUntil = cursor.following;
    this.lastOffset = cursor.offset;
    if (CONTROL[code] === 1) this.#control(cursor, code);
    else this.#data(cursor);
  }

  #data(cursor: EventCursor): void {
    const { transactions, controls } = this;
    this.serverIds.see(cursor);
    const wasOpen = transactions.groups.open;
    transactions.see(cursor, this.layout);
    this.positions.see(cursor, !transactions.groups.open || !wasOpen);
    const { timestamp } = cursor;
    if (timestamp > 0) {
      if (timestamp < this.firstTimestamp) this.firstTimestamp = timestamp;
      if (timestamp > this.lastTimestamp) this.lastTimestamp = timestamp;
      if (controls.waiting > 0) controls.data(cursor);
    }
    if (this.firstData === null) this.firstData = eventRef(cursor);
    this.lastDataOffset = cursor.offset;
  }

  #control(cursor: EventCursor, code: number): void {
    // A renumbered server's own events keep flag 0x40
    const own = cursor.serverId === this.ownId || (cursor.flags & RELAY_LOG) !== 0;
    if (!own) this.controls.lastForeign = eventRef(cursor);
    switch (code) {
      case 3:
        this.controls.stop(cursor);
        return;
      case 4:
        this.#rotate(cursor, own);
        return;
      case 35:
        this.previousGtidsAt ??= { offset: cursor.offset, size: cursor.size };
        return;
      case 159:
      case 164:
        if (this.events < 4) this.encryptedAt = cursor.offset;
        return;
      case 1:
        this.unsupported =
          cursor.size < 75
            ? 'a log of MySQL 3.23 (format v1)'
            : 'a log of MySQL 4.0 or 4.1 (format v3)';
        return;
      case 161:
      case 163:
        if (cursor.endLogPos > 0 && (cursor.flags & ARTIFICIAL) === 0)
          this.positions.see(cursor, false);
        else if (cursor.endLogPos > 0) this.positions.jump(cursor.endLogPos);
        return;
      default:
        return;
    }
  }

  #rotate(cursor: EventCursor, own: boolean): void {
    const body = this.#decode(cursor);
    if (body?.type !== 'rotate') return;
    const position = Number(body.position);
    this.controls.rotate(cursor, body.nextLogName, position);
    // A server's own Rotate names its next file; any other tells where in the source's log we are.
    if (own) return;
    this.transactions.sourceLog = this.controls.rotates.at(-1)?.nextLog ?? null;
    this.positions.jump(position);
  }

  #format(cursor: EventCursor): void {
    const ref = eventRef(cursor);
    const body = this.#decode(cursor);
    if (body?.type !== 'format-description') {
      if (cursor.following <= this.#window.size) this.events += 1;
      return;
    }
    if (/^5\.(1\.\d+-a_drop5|2\.\d+-a_drop6)/.test(body.serverVersion)) {
      this.unsupported = `a log of an alpha build (${body.serverVersion}) with renumbered event types`;
      return;
    }
    // An FDE whose algorithm is "none" may carry the checksum of the bytes before the dump thread changed them.
    if (body.checksumAlgorithm === 1) {
      if (cursor.checksumFits()) this.verified += 1;
      else if (this.#badFormat(cursor)) return;
    }
    this.layout = {
      headerLength: body.headerLength >= HEADER_LENGTH ? body.headerLength : HEADER_LENGTH,
      trailer: body.checksumAlgorithm === 1 ? CHECKSUM_BYTES : 0,
    };
    this.transactions.groups.tableIdBytes = body.postHeaderLengths[18] === 6 ? 4 : 6;
    this.checksum =
      body.checksumAlgorithm === 1 ? 'crc32' : body.checksumAlgorithm === 0 ? 'none' : null;
    this.flavor = parseServerVersion(body.serverVersion)?.flavor ?? null;
    this.ownId ??= ref.serverId;
    this.events += 1;
    this.types[FORMAT_DESCRIPTION] = (this.types[FORMAT_DESCRIPTION] as number) + 1;
    this.wholeUntil = cursor.following;
    this.lastOffset = cursor.offset;
    this.controls.format(cursor, {
      serverVersion: body.serverVersion,
      created: body.created,
      checksum: this.checksum,
      typeCount: body.postHeaderLengths.length,
    });
    if (ref.serverId === this.ownId || (ref.flags & RELAY_LOG) !== 0) return;
    this.controls.lastForeign = ref;
    if (ref.endLogPos > 0) this.positions.jump(ref.endLogPos);
  }

  #decode(cursor: EventCursor) {
    const code = cursor.typeCode;
    const format = code === FORMAT_DESCRIPTION;
    const body = cursor.copyBody(HEADER_LENGTH, format ? 0 : this.layout.trailer, 1 << 20);
    try {
      return decodeBody(
        code,
        body,
        { typeCode: code, postHeaderLength: 0, flavor: this.flavor, serverId: cursor.serverId },
        { file: this.#path, base: cursor.offset + HEADER_LENGTH },
      );
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.integrity.add(cursor, this.transactions, {
        kind: 'malformed-body',
        length: cursor.size,
        field: error.field,
        problem: error.problem,
        resumedAt: cursor.following,
        event: eventRef(cursor),
      });
      return null;
    }
  }

  /** The checksum of an FDE does not fit. Answers whether its body must not be used. */
  #badFormat(cursor: EventCursor): boolean {
    this.bad += 1;
    const ref = eventRef(cursor);
    this.integrity.add(cursor, this.transactions, {
      kind: 'checksum',
      length: ref.size,
      field: 'checksum',
      problem: 'the CRC32 of this event does not fit its bytes',
      resumedAt: cursor.following,
      event: ref,
    });
    return false;
  }

  #badChecksum(cursor: EventCursor): void {
    this.bad += 1;
    const ref = eventRef(cursor);
    if (this.#resync.standsAt(cursor.following, true)) {
      this.events += 1;
      this.wholeUntil = cursor.following;
      this.integrity.add(cursor, this.transactions, {
        kind: 'checksum',
        length: ref.size,
        field: 'checksum',
        problem: 'the CRC32 of this event does not fit its bytes',
        resumedAt: cursor.following,
        event: ref,
      });
      this.transactions.lose();
      return;
    }
    this.#skipTo(
      cursor,
      ref,
      'event_size',
      'the CRC32 does not fit, and no event begins where the size points',
    );
  }

  /** A type that no server writes, in a log without checksums. Answers whether to take the event as it is. */
  #unknown(cursor: EventCursor): boolean {
    const ref = eventRef(cursor);
    if ((ref.flags & IGNORABLE) !== 0) return true;
    if (this.#resync.standsAt(cursor.following, false)) {
      this.integrity.add(cursor, this.transactions, {
        kind: 'unknown-type',
        length: ref.size,
        field: 'type_code',
        problem: `${ref.typeCode} is no event type known here`,
        resumedAt: cursor.following,
        event: ref,
      });
      return true;
    }
    this.#skipTo(
      cursor,
      ref,
      'type_code',
      `${ref.typeCode} is no event type, and no event begins where the size points`,
    );
    return false;
  }

  /** Reads on behind a place whose length cannot be trusted. */
  #skipTo(cursor: EventCursor, ref: EventRef, field: string, problem: string): void {
    const { offset } = ref;
    const found = this.#resync.find(offset + 1, this.layout.trailer > 0);
    const { size } = this.#window;
    const zeros = found < 0 && this.#resync.zerosFrom(offset + HEADER_LENGTH);
    this.integrity.add(cursor, this.transactions, {
      kind: 'framing',
      length: (found < 0 ? size : found) - offset,
      field,
      problem: zeros ? `${problem}; zeros follow to the end of the file` : problem,
      resumedAt: found < 0 ? null : found,
      event: ref,
    });
    this.transactions.lose();
    cursor.following = found < 0 ? size : found;
  }

  /** No whole event at the cursor. Answers whether reading went on behind it. */
  #broken(cursor: EventCursor, step: 'truncated' | 'malformed'): boolean {
    const { offset } = cursor;
    const { size } = this.#window;
    if (this.#resync.zerosFrom(offset)) {
      this.#tail(
        cursor,
        'zeros',
        'header',
        `${size - offset} zero bytes to the end of the file`,
        null,
      );
      return false;
    }
    if (size - offset < HEADER_LENGTH) {
      this.#tail(
        cursor,
        'torn-header',
        'header',
        `needs ${HEADER_LENGTH} bytes, ${size - offset} left`,
        null,
      );
      return false;
    }
    cursor.at = this.#window.locate(offset, HEADER_LENGTH);
    const ref = eventRef(cursor);
    const found = this.#resync.find(offset + 1, this.layout.trailer > 0);
    if (found < 0 && step === 'truncated' && isKnownType(ref.typeCode)) {
      this.#tail(
        cursor,
        'torn-event',
        'event_size',
        `needs ${ref.size} bytes, ${size - offset} left`,
        ref,
      );
      return false;
    }
    const problem = `${ref.size} is no size of an event here`;
    this.integrity.add(cursor, this.transactions, {
      kind: 'framing',
      length: (found < 0 ? size : found) - offset,
      field: 'event_size',
      problem,
      resumedAt: found < 0 ? null : found,
      event: ref,
    });
    this.transactions.lose();
    if (found < 0) return false;
    cursor.following = found;
    return true;
  }

  #tail(
    cursor: EventCursor,
    kind: 'zeros' | 'torn-header' | 'torn-event',
    field: string,
    problem: string,
    event: EventRef | null,
  ): void {
    this.integrity.add(cursor, this.transactions, {
      kind,
      length: this.#window.size - cursor.offset,
      field,
      problem,
      resumedAt: null,
      event,
    });
  }
}
