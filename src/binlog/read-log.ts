import type { TracedField } from '../bytes/field-reader.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { Damage, type LogDamage } from './damage.ts';
import { beginsEncryption } from './encryption/start-of-encryption.ts';
import { EventCursor } from './event-cursor.ts';
import { type EventHeader, HEADER_LENGTH, readHeader } from './event-header.ts';
import { EVENT, eventTypeName, isKnownType } from './event-type.ts';
import { isRenumbered } from './events/format-description.ts';
import { type BinlogEvent, decodeBody } from './events/index.ts';
import {
  FIRST_EVENT,
  LAYOUT_BEFORE_ANY,
  LAYOUT_V3,
  LAYOUT_WITHOUT_FORMAT,
  type LogLayout,
  layoutOf,
  logFormat,
} from './log-layout.ts';

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
  /** Where the body ends, in the file: before the checksum. */
  readonly bodyEnd: number;
  /** The whole event, header and checksum with it. */
  bytes(): Buffer;
}

/** The bytes of a log: a window that slides with the reading, and a second look at what it passed. */
export interface LogBytes {
  readonly path: string;
  /** Is what follows a Start_encryption event in clear, since a key opened it? */
  readonly isDecrypted: boolean;
  readonly window: FileWindow;
  copy(at: number, length: number): Buffer;
}

/**
 * Reads a log from event to event. Where the bytes contradict the format, `onDamage` is told and
 * reading goes on at the next event that can be trusted: by its checksum, or, in logs without, by
 * its type and the chain of sizes behind it.
 */
export class LogReader {
  #layout: LogLayout;
  readonly #bytes: LogBytes;
  readonly #cursor: EventCursor;
  readonly #damage: Damage;

  constructor(bytes: LogBytes, onDamage: (damage: LogDamage) => void) {
    this.#bytes = bytes;
    this.#cursor = new EventCursor(bytes.window, FIRST_EVENT);
    this.#damage = new Damage(bytes.window, onDamage);
    this.#layout = layoutAtStart(bytes);
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
        const log = { checksummed: this.#layout.trailer > 0, encrypted: false };
        if (!this.#damage.broken(cursor, step, log)) return;
        continue;
      }
      const event = this.#take(cursor);
      if (event === null) continue;
      yield event;
      if (!this.#bytes.isDecrypted && beginsEncryption(event)) {
        const problem = 'encrypted from here on: the events need the key of their server';
        throw new MalformedError(this.#bytes.path, event.offset + event.size, 'event', problem);
      }
    }
  }

  /** The event under the cursor; null when it cannot be trusted, and was reported. */
  #take(cursor: EventCursor): LogEvent | null {
    const { typeCode } = cursor;
    const begins = this.#layout.logPos === 'start' && typeCode === EVENT.START_V3;
    if (begins || typeCode === EVENT.FORMAT_DESCRIPTION) return this.#start(cursor);
    if (this.#layout === LAYOUT_BEFORE_ANY && this.#lacksFormat(cursor)) {
      this.#layout = LAYOUT_WITHOUT_FORMAT;
    }
    const event = eventAt(this.#bytes, cursor, this.#layout);
    if (this.#layout.trailer > 0) {
      if (cursor.checksumFits()) return event;
      this.#damage.checksum(cursor, true);
      return null;
    }
    if (this.#layout === LAYOUT_BEFORE_ANY && typeCode !== EVENT.ROTATE) {
      const problem = `${event.type} before any format description`;
      throw new MalformedError(this.#bytes.path, event.offset, 'type_code', problem);
    }
    return isKnownType(typeCode) || this.#damage.unknownType(cursor) ? event : null;
  }

  /** A format description, or what stood in its place before MySQL 5.0. */
  #start(cursor: EventCursor): LogEvent | null {
    const event = eventAt(this.#bytes, cursor, this.#layout);
    const checksummed = this.#layout.trailer > 0;
    const layout = this.#layoutOf(cursor, event);
    if (layout === null) return null;
    if (this.#damage.format(cursor, layout.trailer > 0, checksummed) === 'lost') return null;
    this.#layout = layout;
    // It tells itself whether it has a checksum
    return { ...event, bodyEnd: event.offset + event.size - layout.trailer };
  }

  /** Is the log's format description lost, while checksums prove the events behind it? */
  #lacksFormat(cursor: EventCursor): boolean {
    if (cursor.checksumFits()) return true;
    // One may stand before the format description, from a source without checksums
    return cursor.typeCode !== EVENT.ROTATE && this.#damage.provesLater(cursor);
  }

  /**
   * The layout of a format description, as far as its checksum proves it: without, only what no
   * flipped byte of it can make wrong.
   */
  #believed(cursor: EventCursor, layout: LogLayout): LogLayout {
    if (cursor.checksumFits()) return layout;
    if (layout.trailer === 0 && !this.#damage.provesNext(cursor)) return layout;
    return { ...LAYOUT_WITHOUT_FORMAT, flavor: layout.flavor ?? this.#layout.flavor };
  }

  #layoutOf(cursor: EventCursor, event: LogEvent): LogLayout | null {
    const { path } = this.#bytes;
    let body: BinlogEvent | null;
    try {
      body = event.decode();
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      if (this.#layout.trailer > 0 && !cursor.checksumFits()) this.#damage.checksum(cursor, true);
      else this.#damage.body(cursor, error);
      return null;
    }
    if (body?.type === 'format-description') {
      const { serverVersion } = body;
      if (!isRenumbered(serverVersion)) return this.#believed(cursor, layoutOf(body));
      const problem = `a log of an alpha build (${serverVersion}) with event types of its own numbers`;
      throw new MalformedError(path, event.offset, 'server_version', problem);
    }
    if (body?.type !== 'start-v3' || body.binlogVersion === 3) return this.#layout;
    const problem = `a log of format v${body.binlogVersion}, which only alpha builds of MySQL 4.0 wrote`;
    throw new MalformedError(path, event.offset, 'binlog_version', problem);
  }
}

const layoutAtStart = ({ path, window }: LogBytes): LogLayout => {
  const format = logFormat(window);
  if (format === 'v3') return LAYOUT_V3;
  if (format !== 'v1') return LAYOUT_BEFORE_ANY;
  const problem =
    'a log of MySQL 3.23 (format v1), whose events have headers of 13 bytes: not read';
  throw new MalformedError(path, FIRST_EVENT, 'binlog_version', problem);
};

const eventAt = (bytes: LogBytes, cursor: EventCursor, layout: LogLayout): LogEvent => {
  const { offset } = cursor;
  const header = readHeader(bytes.window.view, cursor.at);
  const { typeCode, serverId, size, endLogPos } = header;
  // The body of a format description is read to its very end, from the header that all versions have
  const isFormat = typeCode === EVENT.FORMAT_DESCRIPTION;
  const from = isFormat ? HEADER_LENGTH : Math.min(layout.headerLength, size);
  const trailer = isFormat ? 0 : layout.trailer;
  return {
    offset,
    ...header,
    endLogPos: layout.logPos === 'start' && endLogPos > 0 ? endLogPos + size : endLogPos,
    type: eventTypeName(typeCode),
    bodyEnd: offset + size - layout.trailer,
    bytes: () => bytes.copy(offset, size),
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
