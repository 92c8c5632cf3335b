import { type ByteSource, openFile } from './byte-source.ts';
import { type Chunks, chunksOf, peek } from './chunks.ts';
import { gunzip } from './gunzip.ts';
import { COMPRESSION_BYTES, type Compression, isCompression, packingOf } from './packing.ts';
import { stdinChunks } from './stdin-chunks.ts';
import { StreamSource } from './stream-source.ts';
import { unzstd } from './unzstd.ts';

/** The name that stands for standard input on a command line. */
export const STDIN_PATH = '-';

/** The bytes that a path leads to, decompressed. */
export interface OpenInput {
  /** A stream (`size` is null until it has ended) for compressed files and standard input, else the file. */
  readonly source: ByteSource;
  readonly compression: Compression | null;
  /** Bytes taken so far from the file or the pipe, as they lie there; null for a plain file. */
  readonly taken: () => number | null;
}

const UNPACKERS = { gzip: gunzip, zstd: unzstd } as const satisfies Record<
  Compression,
  (packed: Chunks) => Chunks
>;

const stream = (chunks: Chunks, compression: Compression | null, name: string): OpenInput => ({
  source: new StreamSource(compression ? UNPACKERS[compression](chunks) : chunks, name),
  compression,
  taken: () => chunks.taken,
});

const openStdin = (): OpenInput => {
  const { head, chunks } = peek(stdinChunks(), COMPRESSION_BYTES);
  const packing = packingOf(head);
  return stream(chunks, isCompression(packing) ? packing : null, 'stdin');
};

/**
 * Opens a file, or standard input for `-`, by what its first bytes say: gzip and zstd are
 * decompressed, everything else is given as it is. Throws the system's error when it cannot be
 * opened, and an UnreadableError when standard input is a terminal.
 */
export const openInput = (path: string): OpenInput => {
  if (path === STDIN_PATH) return openStdin();
  const file = openFile(path);
  try {
    const head = Buffer.alloc(COMPRESSION_BYTES);
    const packing = packingOf(head.subarray(0, file.read(head, 0)));
    if (isCompression(packing)) return stream(chunksOf(file), packing, path);
  } catch (error) {
    file.close();
    throw error;
  }
  return { source: file, compression: null, taken: () => null };
};
