import type { FileWindow } from '../bytes/file-window.ts';
import type { MalformedError } from '../bytes/malformed-error.ts';
import { type EventCursor, HEADER_LENGTH } from './event-cursor.ts';
import { type EventRef, eventRef } from './event-ref.ts';
import { isKnownType } from './event-type.ts';
import { Resync } from './resync.ts';

/** A place where the bytes contradict the format. */
export interface LogDamage {
  readonly kind:
    | 'magic'
    | 'checksum'
    | 'framing'
    | 'torn-event'
    | 'torn-header'
    | 'zeros'
    | 'malformed-body'
    | 'unknown-type';
  readonly offset: number;
  /** Bytes that cannot be used from `offset` on. */
  readonly length: number;
  readonly field: string;
  readonly problem: string;
  readonly event: EventRef | null;
  /** Where reading went on; null when nothing after it could be read. */
  readonly resumedAt: number | null;
}

const IGNORABLE = 0x80;
const BAD_CHECKSUM = 'the CRC32 of this event does not fit its bytes';

/** Where the bytes contradict the format: says what is wrong and finds where reading goes on. */
export class Damage {
  /** Checksums that do not fit. */
  badChecksums = 0;
  readonly #window: FileWindow;
  readonly #report: (damage: LogDamage) => void;
  readonly #resync: Resync;

  constructor(window: FileWindow, report: (damage: LogDamage) => void) {
    this.#window = window;
    this.#report = report;
    this.#resync = new Resync(window);
  }

  body(cursor: EventCursor, { field, problem }: MalformedError): void {
    this.#report({
      offset: cursor.offset,
      kind: 'malformed-body',
      length: cursor.size,
      field,
      problem,
      resumedAt: cursor.following,
      event: eventRef(cursor),
    });
  }

  /** Answers whether the event's size can be trusted all the same; if not, the cursor goes elsewhere. */
  checksum(cursor: EventCursor, checksummed: boolean): boolean {
    this.badChecksums += 1;
    const ref = eventRef(cursor);
    if (!this.#stands(cursor, ref, true)) {
      const problem = 'the CRC32 does not fit, and no event begins where the size points';
      this.#skip(cursor, ref, 'event_size', problem, checksummed);
      return false;
    }
    const swallowed = this.#swallowed(cursor, ref);
    if (swallowed >= 0) {
      const problem = 'the CRC32 does not fit, and whole events stand inside the size';
      this.#resume(cursor, ref, 'event_size', problem, swallowed);
      return false;
    }
    this.#report({
      offset: cursor.offset,
      kind: 'checksum',
      length: ref.size,
      field: 'checksum',
      problem: BAD_CHECKSUM,
      resumedAt: cursor.following,
      event: ref,
    });
    return true;
  }

  /**
   * Is this format description, which says whether checksums follow, one to believe? An FDE whose
   * algorithm is "none" may carry the checksum of the bytes before the dump thread changed them.
   */
  format(
    cursor: EventCursor,
    hasChecksums: boolean,
    hadChecksums: boolean,
  ): 'verified' | 'taken' | 'lost' {
    if (hasChecksums) {
      if (cursor.checksumFits()) return 'verified';
      return this.checksum(cursor, hadChecksums) ? 'taken' : 'lost';
    }
    return !hadChecksums || this.endsChecksums(cursor) ? 'taken' : 'lost';
  }

  /**
   * A format description that no checksum proves, in a log that had checksums before it. Answers
   * whether to take it: not when events with checksums follow, but not where it ends.
   */
  endsChecksums(cursor: EventCursor): boolean {
    const ref = eventRef(cursor);
    if (this.#stands(cursor, ref, false)) return true;
    const found = this.#resync.find(ref.offset + 1, true);
    if (found < 0) return true;
    this.#resume(cursor, ref, 'event_size', `${ref.size} is no size of an event here`, found);
    return false;
  }

  /** Does an event follow whose checksum fits? Then the log has checksums, whatever its start says. */
  provesNext(cursor: EventCursor): boolean {
    return cursor.following < this.#window.size && this.#stands(cursor, eventRef(cursor), true);
  }

  /** Does any such event follow, wherever? */
  provesLater(cursor: EventCursor): boolean {
    const ref = eventRef(cursor);
    const found = this.#resync.find(ref.offset + 1, true);
    this.#backTo(cursor, ref);
    return found >= 0;
  }

  /** A type that no server writes, in a log without checksums. Answers whether to take the event as it is. */
  unknownType(cursor: EventCursor): boolean {
    const ref = eventRef(cursor);
    if ((ref.flags & IGNORABLE) !== 0) return true;
    if (!this.#stands(cursor, ref, false)) {
      const problem = `${ref.typeCode} is no event type, and no event begins where the size points`;
      this.#skip(cursor, ref, 'type_code', problem, false);
      return false;
    }
    this.#report({
      offset: cursor.offset,
      kind: 'unknown-type',
      length: ref.size,
      field: 'type_code',
      problem: `${ref.typeCode} is no event type known here`,
      resumedAt: cursor.following,
      event: ref,
    });
    return true;
  }

  /** No whole event at the cursor. Answers whether reading can go on behind it. */
  broken(
    cursor: EventCursor,
    step: 'truncated' | 'malformed',
    log: { readonly checksummed: boolean; readonly encrypted: boolean },
  ): boolean {
    const left = this.#window.size - cursor.offset;
    if (this.#resync.zerosFrom(cursor.offset)) {
      this.#tail(cursor, 'zeros', 'header', `${left} zero bytes to the end of the file`, null);
      return false;
    }
    const at = this.#window.locate(cursor.offset, HEADER_LENGTH);
    if (at < 0) {
      const problem = `needs ${HEADER_LENGTH} bytes, ${Math.min(left, HEADER_LENGTH - 1)} left`;
      this.#tail(cursor, 'torn-header', 'header', problem, null);
      return false;
    }
    cursor.at = at;
    const ref = eventRef(cursor);
    // Of encrypted events nothing but the size can be read
    const found = log.encrypted ? -1 : this.#resync.find(ref.offset + 1, log.checksummed);
    if (found < 0 && step === 'truncated' && (log.encrypted || isKnownType(ref.typeCode))) {
      const problem = `needs ${ref.size} bytes, ${left} left`;
      this.#tail(cursor, 'torn-event', 'event_size', problem, ref);
      return false;
    }
    const problem = `${ref.size} is no size of an event here`;
    this.#resume(cursor, ref, 'event_size', problem, found);
    return found >= 0;
  }

  /** Does an event begin where the one under the cursor ends? Keeps the cursor's place in the window. */
  #stands(cursor: EventCursor, ref: EventRef, checksummed: boolean): boolean {
    const stands = this.#resync.standsAt(cursor.following, checksummed);
    this.#backTo(cursor, ref);
    return stands;
  }

  /** Where the first of whole events begins that a size which lies has taken in; -1 for none. */
  #swallowed(cursor: EventCursor, ref: EventRef): number {
    const found = this.#resync.findRun(ref.offset + HEADER_LENGTH, cursor.following);
    this.#backTo(cursor, ref);
    return found;
  }

  /** Brings the event under the cursor back into the window. */
  #backTo(cursor: EventCursor, ref: EventRef): void {
    const length = Math.min(ref.size, this.#window.capacity);
    cursor.at = Math.max(0, this.#window.locate(ref.offset, length));
  }

  /** Reads on behind a place whose length cannot be trusted. */
  #skip(
    cursor: EventCursor,
    ref: EventRef,
    field: string,
    problem: string,
    checksummed: boolean,
  ): void {
    const found = this.#resync.find(ref.offset + 1, checksummed);
    const end = ref.offset + ref.size;
    const zeros = found < 0 && end < this.#window.size && this.#resync.zerosFrom(end);
    const text = zeros ? `${problem}; zeros follow to the end of the file` : problem;
    this.#resume(cursor, ref, field, text, found);
  }

  #resume(cursor: EventCursor, ref: EventRef, field: string, problem: string, found: number): void {
    const end = found < 0 ? this.#window.size : found;
    this.#report({
      offset: cursor.offset,
      kind: 'framing',
      length: end - ref.offset,
      field,
      problem,
      resumedAt: found < 0 ? null : found,
      event: ref,
    });
    cursor.following = end;
  }

  #tail(
    cursor: EventCursor,
    kind: 'zeros' | 'torn-header' | 'torn-event',
    field: string,
    problem: string,
    event: EventRef | null,
  ): void {
    this.#report({
      offset: cursor.offset,
      kind,
      length: this.#window.size - cursor.offset,
      field,
      problem,
      resumedAt: null,
      event,
    });
  }
}
