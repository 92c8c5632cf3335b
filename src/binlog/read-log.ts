import { CHECKSUM_BYTES } from '../bytes/checksum.ts';
import type { TracedField } from '../bytes/field-reader.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type Flavor, parseServerVersion } from '../dialects/server-version.ts';
import { Damage, type LogDamage } from './damage.ts';
import { EventCursor } from './event-cursor.ts';
import { type EventHeader, HEADER_LENGTH, readHeader } from './event-header.ts';
import { EVENT, eventTypeName, isKnownType } from './event-type.ts';
import { CHECKSUM_ALGORITHM } from './events/format-description.ts';
import { type BinlogEvent, decodeBody } from './events/index.ts';

/** One event of a log: its header, and its body on request. */
export interface LogEvent extends EventHeader {
  /** Where it begins in the file. */
  readonly offset: number;
  /** `Query`, `Write_rows_v1`; `Unknown(93)` for a code that no server we know writes. */
  readonly type: string;
  /**
   * The event's fields as they stand in the log, passwords in statements too; null for a type whose
   * body is not read here. `trace` is told each field as it is read. Throws a {@link MalformedError}
   * when the bytes contradict the format.
   */
  decode(trace?: (field: TracedField) => void): BinlogEvent | null;
}

/** What the current format description says of the events behind it. */
export interface LogLayout {
  readonly headerLength: number;
  /** Checksum bytes at the end of each event. */
  readonly trailer: number;
  readonly postHeaderLengths: readonly number[];
  readonly flavor: Flavor | null;
}

/** The bytes of a log: a window that slides with the reading, and a second look at what it passed. */
export interface LogBytes {
  readonly path: string;
  readonly window: FileWindow;
  copy(at: number, length: number): Buffer;
}

const BEFORE_ANY: LogLayout = {
  headerLength: HEADER_LENGTH,
  trailer: 0,
  postHeaderLengths: [],
  flavor: null,
};

export const FIRST_EVENT = 4;

/**
 * Reads a log from event to event. Where the bytes contradict the format, `onDamage` is told and
 * reading goes on at the next event that can be trusted: by its checksum, or, in logs without, by
 * its type and the chain of sizes behind it.
 */
export class LogReader {
  layout: LogLayout = BEFORE_ANY;
  readonly #bytes: LogBytes;
  readonly #cursor: EventCursor;
  readonly #damage: Damage;

  constructor(bytes: LogBytes, onDamage: (damage: LogDamage) => void) {
    this.#bytes = bytes;
    this.#cursor = new EventCursor(bytes.window, FIRST_EVENT);
    this.#damage = new Damage(bytes.window, onDamage);
  }

  /**
   * The events that can be read, in their order. Throws a {@link MalformedError} where nothing
   * behind can be read: in a log before MySQL 4.0, and where it is encrypted from there on.
   */
  *events(): Generator<LogEvent, void, undefined> {
    const cursor = this.#cursor;
    for (;;) {
      const step = cursor.next();
      if (step === 'end') return;
      if (step !== 'event') {
        const log = { checksummed: this.layout.trailer > 0, encrypted: false };
        if (!this.#damage.broken(cursor, step, log)) return;
        continue;
      }
      const event = this.#take(cursor);
      if (event === null) continue;
      yield event;
      if (beginsEncryption(event.typeCode)) {
        const problem = 'encrypted from here on: the events need the key of their server';
        throw new MalformedError(this.#bytes.path, event.offset + event.size, 'event', problem);
      }
    }
  }

  /** The event under the cursor; null when it cannot be trusted, and was reported. */
  #take(cursor: EventCursor): LogEvent | null {
    const { typeCode } = cursor;
    if (typeCode === EVENT.FORMAT_DESCRIPTION) return this.#format(cursor);
    const event = eventAt(this.#bytes, cursor, this.layout);
    if (this.layout.trailer > 0) {
      if (cursor.checksumFits()) return event;
      this.#damage.checksum(cursor, true);
      return null;
    }
    if (this.layout === BEFORE_ANY) {
      const problem = `${event.type} before any format description: a log of MySQL before 5.0?`;
      throw new MalformedError(this.#bytes.path, event.offset, 'type_code', problem);
    }
    return isKnownType(typeCode) || this.#damage.unknownType(cursor) ? event : null;
  }

  #format(cursor: EventCursor): LogEvent | null {
    const event = eventAt(this.#bytes, cursor, this.layout);
    const checksummed = this.layout.trailer > 0;
    const layout = this.#layoutOf(cursor, event);
    if (layout === null) return null;
    if (layout.trailer > 0) {
      if (!cursor.checksumFits() && !this.#damage.checksum(cursor, checksummed)) return null;
    } else if (checksummed && !this.#damage.endsChecksums(cursor)) return null;
    this.layout = layout;
    return event;
  }

  #layoutOf(cursor: EventCursor, event: LogEvent): LogLayout | null {
    try {
      const body = event.decode();
      if (body?.type !== 'format-description') return null;
      return {
        headerLength: Math.max(body.headerLength, HEADER_LENGTH),
        trailer: body.checksumAlgorithm === CHECKSUM_ALGORITHM.CRC32 ? CHECKSUM_BYTES : 0,
        postHeaderLengths: body.postHeaderLengths,
        flavor: parseServerVersion(body.serverVersion)?.flavor ?? null,
      };
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#damage.body(cursor, error);
      return null;
    }
  }
}

const eventAt = (bytes: LogBytes, cursor: EventCursor, layout: LogLayout): LogEvent => {
  const { offset } = cursor;
  const header = readHeader(bytes.window.view, cursor.at);
  const { typeCode, serverId, size } = header;
  // The body of a format description is read to its very end, from the header that all versions have
  const isFormat = typeCode === EVENT.FORMAT_DESCRIPTION;
  const from = isFormat ? HEADER_LENGTH : layout.headerLength;
  const trailer = isFormat ? 0 : layout.trailer;
  return {
    offset,
    ...header,
    type: eventTypeName(typeCode),
    decode: (trace) =>
      decodeBody(
        typeCode,
        bytes.copy(offset + from, Math.max(0, size - from - trailer)),
        {
          typeCode,
          postHeaderLength: layout.postHeaderLengths[typeCode - 1] ?? 0,
          flavor: layout.flavor,
          serverId,
        },
        { file: bytes.path, base: offset + from },
        trace,
      ),
  };
};

/** Whether nothing behind this event is in clear. */
const beginsEncryption = (typeCode: number): boolean =>
  typeCode === EVENT.START_ENCRYPTION || typeCode === EVENT.PERCONA_START_ENCRYPTION;
