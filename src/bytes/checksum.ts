import { crc32 } from 'node:zlib';

/** Bytes of the CRC32 at the end of every event of a checksummed log (`BINLOG_CHECKSUM_LEN`). */
export const CHECKSUM_BYTES = 4;

/**
 * Below this many bytes the tables beat the native call, whose fixed price is some 150 ns
 * (bench/README.md has the measurement).
 */
const NATIVE_FROM = 256;

/** Slicing-by-8 tables of the reflected polynomial 0xEDB88320 (zlib's). */
const TABLES: readonly Int32Array[] = (() => {
  const tables = Array.from({ length: 8 }, () => new Int32Array(256));
  const first = tables[0] as Int32Array;
  for (let n = 0; n < 256; n += 1) {
    let c = n;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    first[n] = c;
  }
  for (let k = 1; k < 8; k += 1) {
    const table = tables[k] as Int32Array;
    const before = tables[k - 1] as Int32Array;
    for (let n = 0; n < 256; n += 1) {
      const c = before[n] as number;
      table[n] = (c >>> 8) ^ (first[c & 255] as number);
    }
  }
  return tables;
})();
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as unknown as readonly [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

const short = (b: Uint8Array, from: number, to: number, seed: number): number => {
  let c = ~seed;
  let at = from;
  for (; to - at >= 8; at += 8) {
    const word =
      c ^
      ((b[at] as number) |
        ((b[at + 1] as number) << 8) |
        ((b[at + 2] as number) << 16) |
        ((b[at + 3] as number) << 24));
    c =
      (T7[word & 255] as number) ^
      (T6[(word >>> 8) & 255] as number) ^
      (T5[(word >>> 16) & 255] as number) ^
      (T4[word >>> 24] as number) ^
      (T3[b[at + 4] as number] as number) ^
      (T2[b[at + 5] as number] as number) ^
      (T1[b[at + 6] as number] as number) ^
      (T0[b[at + 7] as number] as number);
  }
  for (; at < to; at += 1) c = (T0[(c ^ (b[at] as number)) & 255] as number) ^ (c >>> 8);
  return ~c >>> 0;
};

/** CRC32 of `bytes[from, to)`, continued from `seed`; unsigned. */
export const checksum = (bytes: Uint8Array, from: number, to: number, seed = 0): number =>
  to - from < NATIVE_FROM ? short(bytes, from, to, seed) : crc32(bytes.subarray(from, to), seed);
