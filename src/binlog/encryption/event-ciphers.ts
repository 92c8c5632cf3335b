import { type AesBlocks, BLOCK_BYTES } from './aes-blocks.ts';

/**
 * A part of one event's ciphertext, as indexes into the bytes that hold many: objects that hold
 * nothing but numbers, since there is one for each event of a log.
 */
export interface EventPart {
  /** It begins with a whole block; all are whole but the last. */
  readonly at: number;
  readonly length: number;
  /** Number of the first block in its event. Where it is not 0 the block before stands in the bytes, too. */
  readonly block: number;
  /** Bytes at the end of the part that are the last of the event and fill no block. */
  readonly tail: number;
}

/** Parts of many events, each with its IV: the log's nonce and the event's offset. */
export interface EventParts {
  readonly bytes: Buffer;
  readonly parts: readonly EventPart[];
  /** 16 bytes a part. */
  readonly ivs: Buffer;
}

/** A mode of operation: turns parts of many events into clear, in place. */
export type EventCipher = (aes: AesBlocks, events: EventParts) => void;

/** Below this many bytes a loop beats the native call. */
const NATIVE_FROM = 128;

const copy = (from: Buffer, at: number, length: number, to: Buffer, toAt: number): void => {
  if (length >= NATIVE_FROM) from.copy(to, toAt, at, at + length);
  else for (let i = 0; i < length; i += 1) to[toAt + i] = from[at + i] as number;
};

/** `out[at, at + length) = a[aAt, …) ^ b[bAt, …)` */
const xor = (
  out: Buffer,
  at: number,
  length: number,
  a: Buffer,
  aAt: number,
  b: Buffer,
  bAt: number,
): void => {
  for (let i = 0; i < length; i += 1) {
    out[at + i] = (a[aAt + i] as number) ^ (b[bAt + i] as number);
  }
};

const wholeBytes = ({ length }: EventPart): number => length - (length % BLOCK_BYTES);

/** The whole blocks of all parts, one after the other. */
const gatherBlocks = ({ bytes, parts }: EventParts): Buffer => {
  let total = 0;
  for (const part of parts) total += wholeBytes(part);
  const blocks = Buffer.allocUnsafe(total);
  let to = 0;
  for (const part of parts) {
    const whole = wholeBytes(part);
    copy(bytes, part.at, whole, blocks, to);
    to += whole;
  }
  return blocks;
};

/**
 * AES-CBC without padding. The last bytes that fill no block are masked with the encrypted IV.
 * Source: MariaDB mysys_ssl/my_crypt.cc `MyCTX_nopad::finish`.
 */
const decryptCbc: EventCipher = (aes, events) => {
  const { bytes, parts, ivs } = events;
  const ciphertext = gatherBlocks(events);
  const blocks = aes.decrypt(ciphertext);
  const masks = parts.some(({ tail }) => tail > 0) ? aes.encrypt(ivs) : ivs;
  let from = 0;
  let iv = 0;
  for (const part of parts) {
    const { at, block, tail } = part;
    const whole = wholeBytes(part);
    if (whole > 0) {
      if (block > 0) xor(bytes, at, BLOCK_BYTES, blocks, from, bytes, at - BLOCK_BYTES);
      else xor(bytes, at, BLOCK_BYTES, blocks, from, ivs, iv);
      const second = from + BLOCK_BYTES;
      xor(bytes, at + BLOCK_BYTES, whole - BLOCK_BYTES, blocks, second, ciphertext, from);
    }
    if (tail > 0) xor(bytes, at + whole, tail, bytes, at + whole, masks, iv);
    from += whole;
    iv += BLOCK_BYTES;
  }
};

/** Writes the IV at `ivs[iv]`, plus `block`, as one big-endian number of 128 bits. */
const writeCounter = (out: Buffer, at: number, ivs: Buffer, iv: number, block: number): void => {
  let carry = block;
  for (let word = 12; word >= 0; word -= 4) {
    const sum = ivs.readUInt32BE(iv + word) + carry;
    out.writeUInt32BE(sum % 2 ** 32, at + word);
    carry = Math.floor(sum / 2 ** 32);
  }
};

const countersOf = ({ length }: EventPart): number => Math.ceil(length / BLOCK_BYTES);

/** AES-CTR: MariaDB with `file_key_management_encryption_algorithm=AES_CTR`. */
const decryptCtr: EventCipher = (aes, { bytes, parts, ivs }) => {
  let total = 0;
  for (const part of parts) total += countersOf(part);
  const counters = Buffer.allocUnsafe(total * BLOCK_BYTES);
  let to = 0;
  for (const [index, part] of parts.entries()) {
    for (let n = 0; n < countersOf(part); n += 1, to += BLOCK_BYTES) {
      writeCounter(counters, to, ivs, index * BLOCK_BYTES, part.block + n);
    }
  }
  const keystream = aes.encrypt(counters);
  let from = 0;
  for (const part of parts) {
    xor(bytes, part.at, part.length, bytes, part.at, keystream, from);
    from += countersOf(part) * BLOCK_BYTES;
  }
};

/**
 * CBC with the IV encrypted once more.
 * Source: Percona Server 5.7, 8.0 sql/binlog_crypt_data.cc `Binlog_crypt_data::set_iv`.
 */
const decryptPercona: EventCipher = (aes, events) =>
  decryptCbc(aes, { ...events, ivs: aes.encrypt(events.ivs) });

/** The modes that servers write logs with; no log says which, so they are tried in this order. */
export const EVENT_CIPHERS: Readonly<Record<'mariadb' | 'percona', readonly EventCipher[]>> = {
  mariadb: [decryptCbc, decryptCtr],
  percona: [decryptPercona],
};
