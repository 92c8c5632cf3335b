import { createCipheriv, createDecipheriv } from 'node:crypto';

export const BLOCK_BYTES = 16;

/**
 * AES block by block under one key (ECB, no padding): what the modes of operation are made of. The
 * blocks of many events go through one native call, whose fixed price exceeds that of a small event
 * by far.
 */
export class AesBlocks {
  readonly #encipher;
  readonly #decipher;

  /** A key of 16, 24 or 32 bytes. */
  constructor(key: Buffer) {
    const cipher = `aes-${key.length * 8}-ecb`;
    this.#encipher = createCipheriv(cipher, key, null).setAutoPadding(false);
    this.#decipher = createDecipheriv(cipher, key, null).setAutoPadding(false);
  }

  /** Whole blocks in, as many out. */
  encrypt(blocks: Buffer): Buffer {
    return this.#encipher.update(blocks);
  }

  decrypt(blocks: Buffer): Buffer {
    return this.#decipher.update(blocks);
  }
}
