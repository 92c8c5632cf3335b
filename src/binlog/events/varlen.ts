import type { FieldReader } from '../../bytes/field-reader.ts';

/** Trailing one-bits of the first byte: how many bytes follow it. */
const extraBytes = (first: number): number => {
  let n = 0;
  while (n < 8 && (first >> n) & 1) n += 1;
  return n;
};

/**
 * A number of 1 to 9 bytes: n trailing one-bits in the first byte say that n bytes follow; the
 * value is what stands above them, little-endian.
 * Source: MySQL libs/mysql/serialization/variable_length_integers.h.
 */
export const readVarlen = (f: FieldReader, name: string): bigint => {
  const first = f.u8(name);
  const extra = extraBytes(first);
  if (extra === 8) return f.u64(name);
  let value = BigInt(first >> (extra + 1));
  if (extra === 0) return value;
  const low = BigInt(7 - extra);
  const bytes = f.bytes(name, extra);
  for (let i = 0; i < extra; i += 1) value |= BigInt(bytes[i] ?? 0) << (low + 8n * BigInt(i));
  return value;
};

/** A signed number: the sign in the lowest bit. */
export const readSignedVarlen = (f: FieldReader, name: string): bigint => {
  const value = readVarlen(f, name);
  return value & 1n ? -(value >> 1n) - 1n : value >> 1n;
};

/** A {@link readVarlen} that counts bytes or entries here: refused when it exceeds the bytes left. */
export const readVarlenLength = (f: FieldReader, name: string): number => {
  const value = readVarlen(f, name);
  if (value > BigInt(f.remaining)) {
    throw f.malformed(name, `says ${value} bytes or entries, ${f.remaining} bytes left`);
  }
  return Number(value);
};
