import { Damage } from '../binlog/damage.ts';
import { beginsEncryption } from '../binlog/encryption/start-of-encryption.ts';
import { EventCursor, FORMAT_DESCRIPTION, HEADER_LENGTH } from '../binlog/event-cursor.ts';
import { FLAG } from '../binlog/event-header.ts';
import { eventRef, refAt } from '../binlog/event-ref.ts';
import { EVENT, isKnownType } from '../binlog/event-type.ts';
import { FIRST_EVENT } from '../binlog/log-layout.ts';
import { unmarkedBy } from '../binlog/transaction-boundaries.ts';
import { FRAMING } from '../binlog/transaction-marks.ts';
import { CHECKSUM_BYTES } from '../bytes/checksum.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { type Flavor, parseServerVersion } from '../dialects/server-version.ts';
import { decodeControl, type GtidTagged } from './decode-control.ts';
import type { EventRef } from './facts.ts';
import { Controls } from './families/controls.ts';
import { GTID_TYPES, Gtids } from './families/gtids.ts';
import { Integrity } from './families/integrity.ts';
import { Positions } from './families/positions.ts';
import { Probes } from './families/probes.ts';
import { ServerIds } from './families/server-ids.ts';
import { SourcePositions } from './families/source-positions.ts';
import { Transactions } from './families/transactions.ts';
import { Layouts } from './layout.ts';
import { formatOfStart, renumberingBuild } from './unsupported-format.ts';

/** Between slices a scan draws its progress and hears an interrupt. */
const SLICE_BYTES = 64 << 20;

/** One pass over one log: explicit calls to each family, so that the hot loop stays one shape. */
export class LogWalk {
  readonly controls = new Controls();
  readonly gtids = new Gtids();
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
  previousGtidsAt: { typeCode: number; offset: number; size: number } | null = null;
  unsupported: string | null = null;
  wholeUntil = 0;
  readonly #path: string;
  readonly #decrypted: boolean;
  readonly #window: FileWindow;
  readonly #cursor: EventCursor;
  readonly #damage: Damage;

  constructor(
    path: string,
    window: FileWindow,
    named: { readonly probes: readonly number[]; readonly positions: readonly number[] },
    decrypted = false,
  ) {
    this.#path = path;
    this.#decrypted = decrypted;
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
    this.gtids.lose();
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
    const tagged = cursor.typeCode === EVENT.GTID_TAGGED ? this.#tagged(cursor) : null;
    transactions.see(cursor, this.layouts.now, tagged);
    const { open } = transactions.groups;
    if (GTID_TYPES[cursor.typeCode] === 1) this.gtids.see(cursor, this.layouts.now, tagged);
    if (cursor.typeCode === EVENT.INCIDENT) {
      controls.incident(cursor, this.#decode(cursor), this.gtids.open);
    }
    if (!open) this.gtids.complete();
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
    const own = cursor.serverId === this.ownId || (cursor.flags & FLAG.RELAY_LOG) !== 0;
    if (!own) this.controls.lastForeign = eventRef(cursor);
    switch (code) {
      case 3:
        this.controls.stop(cursor);
        return;
      case 4:
        this.#rotate(cursor, own);
        return;
      case 35:
        this.previousGtidsAt ??= eventRef(cursor);
        return;
      case 159:
      case 164:
        if (this.events < 4 && !this.#decrypted && beginsEncryption(cursor)) {
          this.encryptedAt = cursor.offset;
        }
        return;
      case 1:
        if (this.controls.formats.length === 0) this.unsupported = formatOfStart(cursor.size);
        return;
      case 161:
      case 163:
        // At the head alone: in relay logs others come from the source
        if (code === 163 && this.events <= 3 && own) this.previousGtidsAt ??= eventRef(cursor);
        if (cursor.endLogPos > 0 && (cursor.flags & FLAG.ARTIFICIAL) === 0)
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
    this.unsupported = renumberingBuild(body.serverVersion);
    if (this.unsupported !== null) return;
    const checksummed = this.layouts.now.trailer > 0;
    const trust = this.#damage.format(cursor, body.checksumAlgorithm === 1, checksummed);
    if (trust === 'verified') this.verified += 1;
    if (trust === 'lost') {
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
    if (ref.serverId === this.ownId || (ref.flags & FLAG.RELAY_LOG) !== 0) return;
    this.controls.lastForeign = ref;
    if (ref.endLogPos > 0) this.positions.jump(ref.endLogPos);
  }

  #tagged(cursor: EventCursor): GtidTagged | null {
    const body = this.#decode(cursor);
    return body?.type === 'gtid-tagged' ? body : null;
  }

  #decode(cursor: EventCursor) {
    const log = { path: this.#path, trailer: this.layouts.now.trailer, flavor: this.flavor };
    return decodeControl(cursor, log, (error) => this.#damage.body(cursor, error));
  }
}
