/** Bytes of one event, by offset from its first byte. */
export interface ReadByte {
  u8(at: number): number;
}

/** Of the status variables with a fixed size, by code; 255: another layout, 0: no such variable. */
const SIZE = (() => {
  const table = new Uint8Array(256);
  const sizes: Readonly<Record<number, number>> = {
    0: 4,
    1: 8,
    3: 4,
    4: 6,
    7: 2,
    8: 2,
    9: 8,
    10: 4,
    16: 1,
    17: 8,
    18: 2,
    19: 1,
    20: 1,
    21: 1,
    129: 8,
  };
  for (const [code, size] of Object.entries(sizes)) table[Number(code)] = size;
  for (const code of [2, 5, 6, 11, 12]) table[code] = 255;
  return table;
})();

const CATALOG_NUL = 2;
const INVOKER = 11;
const UPDATED_DATABASES = 12;
/** `Q_MICROSECONDS` of MySQL and `Q_HRNOW` of MariaDB: 3 bytes each. */
const MICROSECONDS = 13;
const HRNOW = 128;
const TOO_MANY_DATABASES = 254;

/**
 * Where the fraction of a statement's time stands in its status variables, `[from, to)`; -1 where
 * none is written, or a variable comes before it that is not known here. Their layouts stand at
 * `readStatusVars`, which reads all of them and is too slow for every statement of a log.
 */
export const timeFractionAt = (from: number, to: number, bytes: ReadByte): number => {
  for (let at = from; at + 4 <= to; ) {
    const code = bytes.u8(at);
    if (code === MICROSECONDS || code === HRNOW) return at + 1;
    const size = SIZE[code] as number;
    if (size === 0) return -1;
    at += 1 + (size < 255 ? size : variableSize(code, at + 1, to, bytes));
  }
  return -1;
};

/** Bytes behind the code of a variable whose size its value tells. */
const variableSize = (code: number, at: number, to: number, bytes: ReadByte): number => {
  const first = bytes.u8(at);
  if (code === UPDATED_DATABASES) {
    let end = at + 1;
    for (let left = first === TOO_MANY_DATABASES ? 0 : first; left > 0 && end < to; end += 1) {
      if (bytes.u8(end) === 0) left -= 1;
    }
    return end - at;
  }
  if (code === CATALOG_NUL) return first + 2;
  if (code !== INVOKER) return first + 1;
  const host = at + 1 + first;
  return host < to ? first + 2 + bytes.u8(host) : to - at;
};
