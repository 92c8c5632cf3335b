/** Formats in which logs are put away. `gzip` and `zstd` are read; of the others only the name is known. */
export type Packing = 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'lz4' | '7z' | 'zip' | 'tar';

/** What is read as it is. */
export type Compression = Extract<Packing, 'gzip' | 'zstd'>;

/** Bytes of a file that tell its packing: those before a tar's magic, and it. */
export const PACKING_BYTES = 262;

/** Fewer tell what is read as it is: nobody should have to wait for more of a pipe. */
export const COMPRESSION_BYTES = 4;

const MAGICS: ReadonlyArray<readonly [Packing, offset: number, bytes: readonly number[]]> = [
  // RFC 1952, with deflate, the only method there is
  ['gzip', 0, [0x1f, 0x8b, 0x08]],
  // RFC 8878; skippable frames are told by isSkippable
  ['zstd', 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', 0, [0x42, 0x5a, 0x68]],
  ['lz4', 0, [0x04, 0x22, 0x4d, 0x18]],
  ['7z', 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  // POSIX.1-1988 ustar, and GNU's
  ['tar', 257, [0x75, 0x73, 0x74, 0x61, 0x72]],
];

/** `50 2a 4d 18` to `5f 2a 4d 18`: what pzstd and seekable zstd files begin with. */
const isSkippable = (head: Uint8Array): boolean =>
  ((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;

/** How a file is packed, by its first {@link PACKING_BYTES}; null when no packing is known that begins so. */
export const packingOf = (head: Uint8Array): Packing | null => {
  if (isSkippable(head)) return 'zstd';
  const found = MAGICS.find(([, offset, bytes]) =>
    bytes.every((byte, i) => head[offset + i] === byte),
  );
  return found?.[0] ?? null;
};

/** A file of several files. */
export const isArchive = (packing: Packing): boolean =>
  packing === 'tar' || packing === 'zip' || packing === '7z';

export const isCompression = (packing: Packing | null): packing is Compression =>
  packing === 'gzip' || packing === 'zstd';

/** The shell command that writes what a packed file holds to stdout; FILE, and MEMBER in an archive, are to be filled in. */
export const UNPACK_COMMANDS = {
  gzip: 'zcat FILE',
  zstd: 'zstdcat FILE',
  xz: 'xz -dc FILE',
  bzip2: 'bzip2 -dc FILE',
  lz4: 'lz4 -dc FILE',
  '7z': '7z x -so FILE MEMBER',
  zip: 'unzip -p FILE MEMBER',
  tar: 'tar -xOf FILE MEMBER',
} as const satisfies Record<Packing, string>;
