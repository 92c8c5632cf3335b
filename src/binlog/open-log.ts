import { type ByteSource, openFile } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { decryptLog } from './encryption/decrypt-log.ts';
import { isDecrypted } from './encryption/decrypted-source.ts';
import type { KeyStore } from './encryption/key-store.ts';
import { readLogHead } from './log-head.ts';
import { notALog } from './not-a-log.ts';
import { type LogBytes, type LogEvent, LogReader } from './read-log.ts';

export type { LogEvent };

/** The bytes of one file while it is open, and of the same file opened again after that. */
class ReopenedBytes implements LogBytes {
  readonly path: string;
  readonly window: FileWindow;
  readonly #source: ByteSource;
  readonly #keys: readonly KeyStore[];
  #isOpen = true;

  constructor(path: string, keys: readonly KeyStore[]) {
    this.path = path;
    this.#keys = keys;
    this.#source = this.#open();
    this.window = new FileWindow(this.#source);
  }

  get isDecrypted(): boolean {
    return isDecrypted(this.#source);
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

/**
 * The events of one binary or relay log, from the first to the last. The file is opened with the
 * first event and closed with the last, or when the loop is left; a body may be decoded later, then
 * the file is opened again. Throws the system's error when it cannot be opened, and a
 * {@link MalformedError} with the offset where an event is cut off or damaged (also where a log was
 * still being written when it was copied), is encrypted and no key of `keys` opens it, or is none.
 * Offsets in a decrypted log are those of the plain one.
 */
export function* openLog(
  path: string,
  { keys = [] }: { readonly keys?: readonly KeyStore[] } = {},
): Generator<LogEvent, void, undefined> {
  const bytes = new ReopenedBytes(path, keys);
  try {
    const head = readLogHead(bytes.window);
    if (head.kind !== 'log' || head.magic === 'damaged') {
      throw new MalformedError(path, 0, 'magic', notALog(bytes.window, head, path));
    }
    const reader = new LogReader(bytes, ({ offset, field, problem }) => {
      throw new MalformedError(path, offset, field, problem);
    });
    yield* reader.events();
  } finally {
    bytes.close();
  }
}
