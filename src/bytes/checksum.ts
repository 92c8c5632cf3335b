import { crc32 } from 'node:zlib';

/** Bytes of the CRC32 at the end of every event of a checksummed log (`BINLOG_CHECKSUM_LEN`). */
export const CHECKSUM_BYTES = 4;

/** CRC32 (zlib polynomial) of `bytes`, continued from `seed`. */
export const checksum = (bytes: Uint8Array, seed = 0): number => crc32(bytes, seed);
