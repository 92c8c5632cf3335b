import { type ByteSource, openFile } from '../bytes/byte-source.ts';
import { CHECKSUM_BYTES } from '../bytes/checksum.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type Flavor, parseServerVersion } from '../dialects/server-version.ts';
import { decryptLog } from './encryption/decrypt-log.ts';
import { isDecrypted } from './encryption/decrypted-source.ts';
import type { KeyStore } from './encryption/key-store.ts';
import { beginsEncryption } from './encryption/start-of-encryption.ts';
import { EventCursor } from './event-cursor.ts';
import { type EventHeader, HEADER_LENGTH, readHeader } from './event-header.ts';
import { EVENT, eventTypeName } from './event-type.ts';
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
   * body is not read here. May be called later: then the file is opened again. Throws a
   * {@link MalformedError} when the bytes contradict the format.
   */
  decode(): BinlogEvent | null;
}

/** What the current format description says of the events behind it. */
interface Layout {
  readonly headerLength: number;
  /** Checksum bytes at the end of each event. */
  readonly trailer: number;
  readonly postHeaderLengths: readonly number[];
  readonly flavor: Flavor | null;
}

const BEFORE_ANY: Layout = {
  headerLength: HEADER_LENGTH,
  trailer: 0,
  postHeaderLengths: [],
  flavor: null,
};

const MAGIC = 'fe62696e';
const ENCRYPTED_MAGIC = 'fd62696e';
const FIRST_EVENT = 4;

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

  readonly #keys: readonly KeyStore[];

  constructor(path: string, keys: readonly KeyStore[]) {
    this.path = path;
    this.#keys = keys;
    this.#source = this.#open();
    this.window = new FileWindow(this.#source);
  }

  copy(at: number, length: number): Buffer {
    if (this.#isOpen) return this.window.copy(at, length);
    const source = this.#open();
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, source.read(bytes, at));
    } finally {
      source.close();
    }
  }

  get isDecrypted(): boolean {
    return isDecrypted(this.#source);
  }

  #open(): ByteSource {
    const source = openFile(this.path);
    if (this.#keys.length === 0) return source;
    try {
      return decryptLog(source, { file: this.path, keys: this.#keys });
    } catch (error) {
      source.close();
      throw error;
    }
  }

  close(): void {
    this.#isOpen = false;
    this.#source.close();
  }
}

const eventAt = (bytes: LogBytes, cursor: EventCursor, layout: Layout): LogEvent => {
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

const layoutOf = (event: LogEvent): Layout | null => {
  const body = event.decode();
  if (body?.type !== 'format-description') return null;
  return {
    headerLength: Math.max(body.headerLength, HEADER_LENGTH),
    trailer: body.checksumAlgorithm === CHECKSUM_ALGORITHM.CRC32 ? CHECKSUM_BYTES : 0,
    postHeaderLengths: body.postHeaderLengths,
    flavor: parseServerVersion(body.serverVersion)?.flavor ?? null,
  };
};

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
 * The events of one binary or relay log, from the first to the last. The file is opened with the
 * first event and closed with the last, or when the loop is left. Throws the system's error when it
 * cannot be opened, and a {@link MalformedError} with the offset where an event is cut off or damaged
 * (also where a log was still being written when it was copied), is encrypted and no key of `keys`
 * opens it, or is none. Offsets in a decrypted log are those of the plain one.
 */
export function* openLog(
  path: string,
  { keys = [] }: { readonly keys?: readonly KeyStore[] } = {},
): Generator<LogEvent, void, undefined> {
  const bytes = new LogBytes(path, keys);
  try {
    requireMagic(path, bytes.window);
    const cursor = new EventCursor(bytes.window, FIRST_EVENT);
    let layout = BEFORE_ANY;
    for (;;) {
      const step = cursor.next();
      if (step === 'end') return;
      if (step !== 'event') throw brokenAt(path, cursor, step);
      const event = eventAt(bytes, cursor, layout);
      const { offset, typeCode } = event;
      if (typeCode === EVENT.FORMAT_DESCRIPTION) layout = layoutOf(event) ?? layout;
      else if (layout === BEFORE_ANY) {
        const problem = `${event.type} before any format description: a log of MySQL before 5.0?`;
        throw new MalformedError(path, offset, 'type_code', problem);
      }
      if (layout.trailer > 0 && !cursor.checksumFits()) {
        const problem = 'the CRC32 of this event does not fit its bytes';
        throw new MalformedError(path, offset, 'checksum', problem);
      }
      yield event;
      if (!bytes.isDecrypted && beginsEncryption(event)) {
        const problem = 'encrypted from here on: the events need the key of their server';
        throw new MalformedError(path, offset + event.size, 'event', problem);
      }
    }
  } finally {
    bytes.close();
  }
}
