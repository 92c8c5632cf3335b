import { inflateRawSync, inflateSync } from 'node:zlib';

/** Servers refuse events and values beyond this (`max_allowed_packet` at its most). */
const MOST_BYTES = 2 ** 30;
/** Deflate makes no more than 1032 bytes out of one. Source: zlib, "Maximum Compression Factor". */
const MOST_FROM_A_BYTE = 1032;

/**
 * Decompresses to exactly `length` bytes, a length that a log claims and that may lie: what is
 * refused comes back as the reason, a text, and nothing is allocated for it.
 */
export const inflate = (compressed: Buffer, length: number, isRaw: boolean): Buffer | string => {
  if (length > MOST_BYTES) return `claims ${length} bytes, more than a server takes`;
  if (length > compressed.length * MOST_FROM_A_BYTE) {
    return `claims ${length} bytes, more than ${compressed.length} can hold`;
  }
  const options = { maxOutputLength: Math.max(1, length) };
  try {
    const bytes = isRaw ? inflateRawSync(compressed, options) : inflateSync(compressed, options);
    return bytes.length === length ? bytes : `holds ${bytes.length} bytes and claims ${length}`;
  } catch (error) {
    return `cannot be decompressed: ${error instanceof Error ? error.message : String(error)}`;
  }
};
