import { type ByteSource, openFile } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { EventCursor } from './event-cursor.ts';
import { type EventHeader, HEADER_LENGTH, readHeader } from './event-header.ts';
import { EVENT, eventTypeName } from './event-type.ts';
import { isRenumbered } from './events/format-description.ts';
import { type BinlogEvent, decodeBody } from './events/index.ts';
import {
  FIRST_EVENT,
  LAYOUT_BEFORE_ANY,
  LAYOUT_V3,
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
   * body is not read here. May be called later: then the file is opened again. Throws a
   * {@link MalformedError} when the bytes contradict the format.
   */
  decode(): BinlogEvent | null;
}

const MAGIC = 'fe62696e';
const ENCRYPTED_MAGIC = 'fd62696e';

const requireMagic = (path: string, window: FileWindow): void => {
  const found = window.copy(0, FIRST_EVENT).toString('hex');
  if (found === MAGIC) return;
  throw new MalformedError(
    path,
    0,
    'magic',
    found === ENCRYPTED_MAGIC
      ? 'an encrypted log: its events need the key of its server'
      : `no binary or relay log: begins with ${found || 'nothing'} instead of ${MAGIC}`,
  );
};

/** The bytes of one file while it is open, and of the same file opened again after that. */
class LogBytes {
  readonly path: string;
  readonly window: FileWindow;
  readonly #source: ByteSource;
  #isOpen = true;

  constructor(path: string) {
    this.path = path;
    this.#source = openFile(path);
    this.window = new FileWindow(this.#source);
  }

  copy(at: number, length: number): Buffer {
    if (this.#isOpen) return this.window.copy(at, length);
    const source = openFile(this.path);
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, source.read(bytes, at));
    } finally {
      source.close();
    }
  }

  close(): void {
    this.#isOpen = false;
    this.#source.close();
  }
}

const layoutAtStart = (path: string, window: FileWindow): LogLayout => {
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
  const from = isFormat ? HEADER_LENGTH : layout.headerLength;
  const trailer = isFormat ? 0 : layout.trailer;
  return {
    offset,
    ...header,
    endLogPos: layout.logPos === 'start' && endLogPos > 0 ? endLogPos + size : endLogPos,
    type: eventTypeName(typeCode),
    decode: () =>
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
      ),
  };
};

/** The layout behind this event, where `layout` was in force: another one after a format description. */
const layoutAfter = (path: string, event: LogEvent, layout: LogLayout): LogLayout => {
  const { offset } = event;
  const body = event.decode();
  if (body?.type === 'format-description') {
    const { serverVersion } = body;
    if (!isRenumbered(serverVersion)) return layoutOf(body);
    const problem = `a log of an alpha build (${serverVersion}) with event types of its own numbers`;
    throw new MalformedError(path, offset, 'server_version', problem);
  }
  // In a later log a start event is a foreign one, which says nothing of this log
  if (body?.type !== 'start-v3' || body.binlogVersion === 3 || layout !== LAYOUT_V3) return layout;
  const problem = `a log of format v${body.binlogVersion}, which only alpha builds of MySQL 4.0 wrote`;
  throw new MalformedError(path, offset, 'binlog_version', problem);
};

/** Whether nothing behind this event is in clear. */
const beginsEncryption = (typeCode: number): boolean =>
  typeCode === EVENT.START_ENCRYPTION || typeCode === EVENT.PERCONA_START_ENCRYPTION;

/** Why there is no whole event where the cursor stands. */
const brokenAt = (path: string, cursor: EventCursor, step: 'truncated' | 'malformed') => {
  const { offset, size, window } = cursor;
  if (step === 'malformed') {
    const problem = `${size} bytes are less than an event header`;
    return new MalformedError(path, offset, 'event_size', problem);
  }
  const left = window.size - offset;
  const needs = left < HEADER_LENGTH ? HEADER_LENGTH : size;
  return new MalformedError(path, offset, 'event', `needs ${needs} bytes, ${left} left`);
};

/**
 * The events of one binary or relay log of MySQL 4.0 or later, or of MariaDB, from the first to the last. The file is opened with the
 * first event and closed with the last, or when the loop is left. Throws the system's error when it
 * cannot be opened, and a {@link MalformedError} with the offset where an event is cut off or damaged
 * (also where a log was still being written when it was copied), is encrypted, or is none (nor can be read: logs of 3.23 and of some alpha builds).
 */
export function* openLog(path: string): Generator<LogEvent, void, undefined> {
  const bytes = new LogBytes(path);
  try {
    requireMagic(path, bytes.window);
    const cursor = new EventCursor(bytes.window, FIRST_EVENT);
    let layout = layoutAtStart(path, bytes.window);
    for (;;) {
      const step = cursor.next();
      if (step === 'end') return;
      if (step !== 'event') throw brokenAt(path, cursor, step);
      const event = eventAt(bytes, cursor, layout);
      const { offset, typeCode } = event;
      if (typeCode === EVENT.FORMAT_DESCRIPTION || typeCode === EVENT.START_V3) {
        layout = layoutAfter(path, event, layout);
      } else if (layout === LAYOUT_BEFORE_ANY && typeCode !== EVENT.ROTATE) {
        const problem = `${event.type} before any format description`;
        throw new MalformedError(path, offset, 'type_code', problem);
      }
      if (layout.trailer > 0 && !cursor.checksumFits()) {
        const problem = 'the CRC32 of this event does not fit its bytes';
        throw new MalformedError(path, offset, 'checksum', problem);
      }
      yield event;
      if (beginsEncryption(typeCode)) {
        const problem = 'encrypted from here on: the events need the key of their server';
        throw new MalformedError(path, offset + event.size, 'event', problem);
      }
    }
  } finally {
    bytes.close();
  }
}
