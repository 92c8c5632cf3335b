import { type AesBlocks, BLOCK_BYTES } from './aes-blocks.ts';

/** A part of one event's ciphertext: whole blocks, behind them the event's last bytes if it has them. */
export interface EventPart {
  /** The event's own IV: the log's nonce and the event's offset. */
  readonly iv: Buffer;
  /** Turned into clear in place. */
  readonly bytes: Buffer;
  /** Number of the first block in its event. */
  readonly block: number;
  /** The ciphertext before `bytes`; null where the event begins. */
  readonly previous: Buffer | null;
  /** Bytes at the end of `bytes` that are less than a block and the last of the event. */
  readonly tail: number;
}

/** A mode of operation: decrypts parts of many events at once. */
export type EventCipher = (aes: AesBlocks, parts: readonly EventPart[]) => void;

const wholeBytes = ({ bytes }: EventPart): number => bytes.length - (bytes.length % BLOCK_BYTES);

const total = (parts: readonly EventPart[], of: (part: EventPart) => number): number =>
  parts.reduce((sum, part) => sum + of(part), 0);

/** `out[at, at + length) ^= mask[from, …)` */
const xor = (out: Buffer, at: number, length: number, mask: Buffer, from: number): void => {
  for (let i = 0; i < length; i += 1) {
    out[at + i] = (out[at + i] as number) ^ (mask[from + i] as number);
  }
};

const ivsOf = (parts: readonly EventPart[]): Buffer => Buffer.concat(parts.map(({ iv }) => iv));

/**
 * AES-CBC without padding. The last bytes that fill no block are masked with the encrypted IV.
 * Source: MariaDB mysys_ssl/my_crypt.cc `MyCTX_nopad::finish`.
 */
const decryptCbc = (aes: AesBlocks, parts: readonly EventPart[], ivs: Buffer): void => {
  const ciphertext = Buffer.allocUnsafe(total(parts, wholeBytes));
  let at = 0;
  for (const part of parts) at += part.bytes.copy(ciphertext, at, 0, wholeBytes(part));
  const blocks = aes.decrypt(ciphertext);
  const masks = parts.some(({ tail }) => tail > 0) ? aes.encrypt(ivs) : ivs;
  at = 0;
  for (const [index, part] of parts.entries()) {
    const { bytes, previous, tail } = part;
    const whole = wholeBytes(part);
    blocks.copy(bytes, 0, at, at + whole);
    if (whole > 0) {
      if (previous) xor(bytes, 0, BLOCK_BYTES, previous, 0);
      else xor(bytes, 0, BLOCK_BYTES, ivs, index * BLOCK_BYTES);
      xor(bytes, BLOCK_BYTES, whole - BLOCK_BYTES, ciphertext, at);
    }
    if (tail > 0) xor(bytes, whole, tail, masks, index * BLOCK_BYTES);
    at += whole;
  }
};

/** Writes `iv` + `block` as one big-endian number of 128 bits. */
const writeCounter = (out: Buffer, at: number, iv: Buffer, block: number): void => {
  let carry = block;
  for (let word = 12; word >= 0; word -= 4) {
    const sum = iv.readUInt32BE(word) + carry;
    out.writeUInt32BE(sum % 2 ** 32, at + word);
    carry = Math.floor(sum / 2 ** 32);
  }
};

const countersOf = ({ bytes }: EventPart): number => Math.ceil(bytes.length / BLOCK_BYTES);

/** AES-CTR: MariaDB with `file_key_management_encryption_algorithm=AES_CTR`. */
const decryptCtr: EventCipher = (aes, parts) => {
  const counters = Buffer.allocUnsafe(total(parts, countersOf) * BLOCK_BYTES);
  let at = 0;
  for (const part of parts) {
    for (let n = 0; n < countersOf(part); n += 1, at += BLOCK_BYTES) {
      writeCounter(counters, at, part.iv, part.block + n);
    }
  }
  const keystream = aes.encrypt(counters);
  at = 0;
  for (const part of parts) {
    xor(part.bytes, 0, part.bytes.length, keystream, at);
    at += countersOf(part) * BLOCK_BYTES;
  }
};

/** The modes that servers write logs with; no log says which, so they are tried in this order. */
export const EVENT_CIPHERS: Readonly<Record<'mariadb' | 'percona', readonly EventCipher[]>> = {
  mariadb: [(aes, parts) => decryptCbc(aes, parts, ivsOf(parts)), decryptCtr],
  /**
   * CBC with the IV encrypted once more.
   * Source: Percona Server 5.7, 8.0 sql/binlog_crypt_data.cc `Binlog_crypt_data::set_iv`.
   */
  percona: [(aes, parts) => decryptCbc(aes, parts, aes.encrypt(ivsOf(parts)))],
};
