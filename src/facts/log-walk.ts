import { Damage } from '../binlog/damage.ts';
import { EventCursor, FORMAT_DESCRIPTION, HEADER_LENGTH } from '../binlog/event-cursor.ts';
import { eventRef, refAt } from '../binlog/event-ref.ts';
import { isKnownType } from '../binlog/event-type.ts';
import { isRenumbered } from '../binlog/events/format-description.ts';
import { decodeBody } from '../binlog/events/index.ts';
import { unmarkedBy } from '../binlog/transaction-boundaries.ts';
import { FRAMING } from '../binlog/transaction-marks.ts';
import { CHECKSUM_BYTES } from '../bytes/checksum.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type Flavor, parseServerVersion } from '../dialects/server-version.ts';
import type { EventRef } from './facts.ts';
import { Controls } from './families/controls.ts';
import { Integrity } from './families/integrity.ts';
import { Positions } from './families/positions.ts';
import { Probes } from './families/probes.ts';
import { ServerIds } from './families/server-ids.ts';
import { SourcePositions } from './families/source-positions.ts';
import { Transactions } from './families/transactions.ts';
import { Layouts } from './layout.ts';

/** Between slices a scan draws its progress and hears an interrupt. */
const SLICE_BYTES = 64 << 20;
const FIRST_EVENT = 4;
const ARTIFICIAL = 0x20;
const RELAY_LOG = 0x40;

/** One pass over one log: explicit calls to each family, so that the hot loop stays one shape. */
export class LogWalk {
  readonly controls = new Controls();
  readonly integrity = new Integrity();
  readonly positions = new Positions();
  readonly serverIds = new ServerIds();
  readonly transactions = new Transactions();
  readonly probes: Probes;
  readonly sourcePositions: SourcePositions;
  readonly types = new Float64Array(256);
  events = 0;
  verified = 0;
  readonly layouts = new Layouts();
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
  wholeUntil = 0;
  readonly #path: string;
  readonly #window: FileWindow;
  readonly #cursor: EventCursor;
  readonly #damage: Damage;

  constructor(
    path: string,
    window: FileWindow,
    named: { readonly probes: readonly number[]; readonly positions: readonly number[] },
  ) {
    this.#path = path;
    this.#window = window;
    this.#cursor = new EventCursor(window, FIRST_EVENT);
    this.#damage = new Damage(window, (damage) => this.integrity.add(damage, this.transactions));
    this.probes = new Probes(named.probes);
    this.sourcePositions = new SourcePositions(named.positions);
  }

  /** Runs to the end of what can be read; yields the offset after each slice. */
  *run(): Generator<number, void> {
    const cursor = this.#cursor;
    this.wholeUntil = FIRST_EVENT;
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

  get badChecksums(): number {
    return this.#damage.badChecksums;
  }

  get surroundings() {
    return {
      transaction: this.transactions.start,
      sourceLog: this.transactions.sourceLog,
      sourcePosition: this.positions.sourcePosition,
    };
  }

  #event(cursor: EventCursor): void {
    const code = cursor.typeCode;
    if (this.encryptedAt !== null) {
      this.#pass(cursor);
      this.events += 1;
      this.wholeUntil = cursor.following;
      return;
    }
    if (code === FORMAT_DESCRIPTION) {
      this.#format(cursor);
      return;
    }
    if (this.layouts.now.trailer > 0) {
      if (!cursor.checksumFits()) {
        this.#badChecksum(cursor);
        return;
      }
      this.verified += 1;
    } else if (!isKnownType(code)) {
      const ref = eventRef(cursor);
      if (!this.#damage.unknownType(cursor)) {
        this.#lose(ref, cursor.following);
        return;
      }
    }
    this.#pass(cursor);
    this.events += 1;
    this.types[code] = (this.types[code] as number) + 1;
    this.wholeUntil = cursor.following;
    this.lastOffset = cursor.offset;
    if (FRAMING[code] === 1) this.#control(cursor, code);
    else this.#data(cursor);
  }

  #pass(cursor: EventCursor): void {
    if (cursor.following < this.probes.next) return;
    this.probes.pass(eventRef(cursor), cursor.following, this.surroundings);
  }

  /** Passes what is damaged: reading goes on at `end`, and no transaction around it can be compared. */
  #lose(damaged: EventRef, end: number): void {
    if (end >= this.probes.next) this.probes.pass(damaged, end, this.surroundings);
    this.transactions.lose();
  }

  #badChecksum(cursor: EventCursor): void {
    const ref = eventRef(cursor);
    if (this.#damage.checksum(cursor, true)) {
      this.events += 1;
      this.wholeUntil = cursor.following;
    }
    this.#lose(ref, cursor.following);
  }

  /** No whole event at the cursor. Answers whether reading went on behind it. */
  #broken(cursor: EventCursor, step: 'truncated' | 'malformed'): boolean {
    const { offset } = cursor;
    const checksummed = this.layouts.now.trailer > 0;
    const encrypted = this.encryptedAt !== null;
    if (!this.#damage.broken(cursor, step, { checksummed, encrypted })) return false;
    const ref = refAt(this.#window, offset);
    if (ref) this.#lose(ref, cursor.following);
    return true;
  }

  #data(cursor: EventCursor): void {
    const { transactions, controls } = this;
    this.serverIds.see(cursor);
    const wasOpen = transactions.groups.open;
    transactions.see(cursor, this.layouts.now);
    const { open } = transactions.groups;
    this.positions.see(cursor, !wasOpen, !open);
    if (this.sourcePositions.any) this.sourcePositions.see(cursor, transactions.sourceLog, open);
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
        if (this.controls.formats.length > 0) return;
        this.unsupported =
          cursor.size < 75
            ? 'a log of MySQL 3.23 (format v1)'
            : 'a log of MySQL 4.0 or 4.1 (format v3)';
        return;
      case 161:
      case 163:
        if (cursor.endLogPos > 0 && (cursor.flags & ARTIFICIAL) === 0)
          this.positions.see(cursor, true, false);
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
      if (this.layouts.now.trailer === 0 || this.#damage.endsChecksums(cursor)) this.events += 1;
      this.#lose(ref, cursor.following);
      return;
    }
    if (isRenumbered(body.serverVersion)) {
      this.unsupported = `a log of an alpha build (${body.serverVersion}) with renumbered event types`;
      return;
    }
    // An FDE whose algorithm is "none" may carry the checksum of the bytes before the dump thread changed them.
    if (body.checksumAlgorithm === 1) {
      if (cursor.checksumFits()) this.verified += 1;
      else if (!this.#damage.checksum(cursor, this.layouts.now.trailer > 0)) {
        this.#lose(ref, cursor.following);
        return;
      }
    } else if (this.layouts.now.trailer > 0 && !this.#damage.endsChecksums(cursor)) {
      this.#lose(ref, cursor.following);
      return;
    }
    this.#pass(cursor);
    this.layouts.set(ref.offset, {
      headerLength: Math.max(body.headerLength, HEADER_LENGTH),
      trailer: body.checksumAlgorithm === 1 ? CHECKSUM_BYTES : 0,
      tableIdBytes: body.postHeaderLengths[18] === 6 ? 4 : 6,
    });
    this.checksum =
      body.checksumAlgorithm === 1 ? 'crc32' : body.checksumAlgorithm === 0 ? 'none' : null;
    const version = parseServerVersion(body.serverVersion);
    this.flavor = version?.flavor ?? null;
    this.transactions.groups.unmarked = unmarkedBy(version);
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
    const body = cursor.copyBody(HEADER_LENGTH, format ? 0 : this.layouts.now.trailer, 1 << 20);
    try {
      return decodeBody(
        code,
        body,
        { typeCode: code, postHeaderLength: 0, flavor: this.flavor, serverId: cursor.serverId },
        { file: this.#path, base: cursor.offset + HEADER_LENGTH },
      );
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#damage.body(cursor, error);
      return null;
    }
  }
}
