import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Access by offset to the bytes of one input, whatever holds them. */
export interface ByteSource {
  /** Bytes in all, or null while a stream has not ended. */
  readonly size: number | null;
  /**
   * Why the bytes end before the input did: compressed data that are cut or damaged. Null while
   * nothing is wrong; final once {@link size} is known.
   */
  readonly problem?: string | null;
  /**
   * Fills `into` from byte `at` on; answers how many bytes were there (0 at the end). A stream may
   * stop early once it has `least` of them, all by default: the rest may be hours away.
   */
  read(into: Uint8Array, at: number, least?: number): number;
  /** Nothing before `upTo` will be asked for again: a stream may forget it. */
  release?(upTo: number): void;
  close(): void;
}

/**
 * Opens a regular file for positional reads. The size is taken once: a log that grows while it is
 * read is judged as it was when the scan began. Throws the system's error when it may not be opened.
 */
export const openFile = (path: string): ByteSource => {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  return {
    size,
    read(into, at) {
      const wanted = Math.min(into.byteLength, size - at);
      let got = 0;
      while (got < wanted) {
        const n = readSync(fd, into, got, wanted - got, at + got);
        if (n === 0) break;
        got += n;
      }
      return got;
    },
    close: () => closeSync(fd),
  };
};

/** Bytes already in memory as a source: decompressed payloads, tests. */
export const fromBytes = (bytes: Uint8Array): ByteSource => ({
  size: bytes.byteLength,
  read(into, at) {
    const part = bytes.subarray(at, at + into.byteLength);
    into.set(part);
    return part.byteLength;
  },
  close: () => undefined,
});
