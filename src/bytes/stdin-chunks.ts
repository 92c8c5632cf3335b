import { readSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Chunks } from './chunks.ts';
import { UnreadableError } from './unreadable-error.ts';

const STDIN = 0;
/** What a pipe of Linux holds. */
const CHUNK_BYTES = 64 << 10;
/** Milliseconds between two looks at a pipe that has nothing yet: longer and longer. */
const SHORTEST_WAIT = 1;
const LONGEST_WAIT = 50;

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/**
 * Standard input, as it comes. A pipe that another program made non-blocking answers EAGAIN while it
 * is empty: then this thread sleeps. Throws an {@link UnreadableError} for a terminal, and the system's
 * error when nothing can be read.
 */
export const stdinChunks = (read = readSync, isTerminal = isatty): Chunks => {
  if (isTerminal(STDIN)) {
    throw new UnreadableError('stdin is a terminal: pipe a log into it, or name a file');
  }
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  let taken = 0;
  const readSome = (): number => {
    for (let wait = SHORTEST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        return read(STDIN, buffer, 0, CHUNK_BYTES, null);
      } catch (error) {
        // Windows says the end of a pipe so
        if (codeOf(error) === 'EOF') return 0;
        if (codeOf(error) !== 'EAGAIN') throw error;
        Atomics.wait(clock, 0, 0, wait);
      }
    }
  };
  return {
    next() {
      const got = readSome();
      taken += got;
      return got === 0 ? null : buffer.subarray(0, got);
    },
    problem: null,
    get taken() {
      return taken;
    },
    close: () => undefined,
  };
};
