import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../bytes/byte-source.ts';

const PART_BYTES = 1 << 20;

/** A file for reading and writing, for its owner alone, that has no name any more: it is gone when it is closed. */
const openNameless = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'repl-forensics-'));
  const path = join(folder, 'spool');
  try {
    const fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return fd;
  } finally {
    rmdirSync(folder);
  }
};

const isFull = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** The system's error in other words; it keeps its code and its call. */
const noRoom = (error: NodeJS.ErrnoException, at: number): Error =>
  Object.assign(
    new Error(
      `no room in ${tmpdir()} behind ${at} bytes of the unpacked input (${error.code}): set TMPDIR to a folder with more, or unpack it beside`,
    ),
    { code: error.code, syscall: error.syscall },
  );

/** Where the bytes of a stream are put. */
export interface SpoolOptions {
  readonly open?: () => number;
  /** Asked when there is no room: did it make some? */
  readonly makeRoom?: () => boolean;
}

/**
 * Copies a stream into a temporary file, so that any of its bytes can be read at any time. Yields
 * after each part that comes, so that an interrupt is heard; left before its end, it leaves nothing
 * behind. Throws the system's errors, ENOSPC in words of its own.
 */
export function* spool(
  stream: ByteSource,
  { open = openNameless, makeRoom = () => false }: SpoolOptions = {},
): Generator<number, ByteSource & { readonly size: number }> {
  const fd = open();
  let isDone = false;
  try {
    const part = Buffer.allocUnsafe(PART_BYTES);
    let size = 0;
    for (;;) {
      const got = stream.read(part, size, 1);
      if (got === 0) break;
      writeAll(fd, part.subarray(0, got), size, makeRoom);
      size += got;
      stream.release?.(size);
      yield size;
    }
    isDone = true;
    return spooled(fd, size);
  } finally {
    if (!isDone) closeSync(fd);
  }
}

const writeAll = (fd: number, bytes: Buffer, at: number, makeRoom: () => boolean): void => {
  for (let done = 0; done < bytes.byteLength; ) {
    try {
      done += writeSync(fd, bytes, done, bytes.byteLength - done, at + done);
    } catch (error) {
      if (!isFull(error)) throw error;
      if (!makeRoom()) throw noRoom(error, at + done);
    }
  }
};

const spooled = (fd: number, size: number): ByteSource & { readonly size: number } => ({
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
});
