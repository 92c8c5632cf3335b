import { type ByteSource, openFile } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { readLogHead } from './log-head.ts';
import { notALog } from './not-a-log.ts';
import { type LogBytes, type LogEvent, LogReader } from './read-log.ts';

export type { LogEvent };

/** The bytes of one file while it is open, and of the same file opened again after that. */
class ReopenedBytes implements LogBytes {
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

/**
 * The events of one binary or relay log, from the first to the last. The file is opened with the
 * first event and closed with the last, or when the loop is left; a body may be decoded later, then
 * the file is opened again. Throws the system's error when it cannot be opened, and a
 * {@link MalformedError} with the offset where an event is cut off or damaged (also where a log was
 * still being written when it was copied), is encrypted, or is none.
 */
export function* openLog(path: string): Generator<LogEvent, void, undefined> {
  const bytes = new ReopenedBytes(path);
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
