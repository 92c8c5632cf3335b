import { createDecipheriv, createHash } from 'node:crypto';
import type { ByteSource } from '../../bytes/byte-source.ts';
import type { DecryptedSource } from './decrypted-source.ts';
import { findKeys, missingKey, wrongKey } from './key-search.ts';
import type { KeyStore } from './key-store.ts';
import { MYSQL_HEADER_BYTES, type MysqlLogHeader, readMysqlLogHeader } from './mysql-log-header.ts';

const MAGIC = 'fe62696e';
const MAGIC_BYTES = 4;
const MASTER_KEY_BYTES = 32;
const FILE_KEY_BYTES = 32;
const BLOCK_BYTES = 16;
/** The first half of a counter block comes of the file password, the second counts blocks. */
const NONCE_BYTES = 8;
/** Bytes that are decrypted at once: what a read of any size needs besides its own buffer. */
const PIECE_BYTES = 1 << 20;

/** What the file password stands for. */
interface FileKey {
  readonly key: Buffer;
  readonly nonce: Buffer;
}

/**
 * Source: MySQL sql/rpl_log_encryption.cc `Rpl_encryption_header_v1::decrypt_file_password`;
 * sql/stream_cipher.cc `Aes_ctr_cipher::init` (SHA-512 of the password, one round, no salt).
 */
const openFilePassword = (
  { encryptedPassword, iv }: MysqlLogHeader,
  masterKey: Buffer,
): FileKey => {
  const decipher = createDecipheriv('aes-256-cbc', masterKey, iv).setAutoPadding(false);
  const hash = createHash('sha512').update(decipher.update(encryptedPassword)).digest();
  return {
    key: hash.subarray(0, FILE_KEY_BYTES),
    nonce: hash.subarray(FILE_KEY_BYTES, FILE_KEY_BYTES + NONCE_BYTES),
  };
};

/** Decrypts `bytes`, which stand at plain offset `at`, in place. */
const decryptAt = ({ key, nonce }: FileKey, bytes: Uint8Array, at: number): void => {
  const counter = Buffer.alloc(BLOCK_BYTES);
  nonce.copy(counter);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / BLOCK_BYTES)), NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-ctr', key, counter);
  decipher.update(Buffer.alloc(at % BLOCK_BYTES));
  bytes.set(decipher.update(bytes));
};

const readPlain = (source: ByteSource, file: FileKey, into: Uint8Array, at: number): number => {
  for (let done = 0; done < into.byteLength; ) {
    const piece = into.subarray(done, done + PIECE_BYTES);
    const got = source.read(piece, at + done + MYSQL_HEADER_BYTES);
    decryptAt(file, piece.subarray(0, got), at + done);
    done += got;
    if (got < piece.byteLength) return done;
  }
  return into.byteLength;
};

/**
 * The plain log in an encrypted one of MySQL 8.0.14+: random access, {@link MYSQL_HEADER_BYTES}
 * bytes shorter, byte for byte what the server sends. Closing it closes `source`. Throws a
 * `MalformedError` when the header is damaged, no key file has the key, or the key is another's:
 * that is seen by the first four plain bytes.
 */
export const decryptMysqlLog = (
  source: ByteSource,
  { file, keys }: { readonly file: string; readonly keys: readonly KeyStore[] },
): DecryptedSource => {
  const head = Buffer.alloc(MYSQL_HEADER_BYTES);
  const header = readMysqlLogHeader(head.subarray(0, source.read(head, 0)), file);
  const { keyId, serverUuid } = header;
  const found = findKeys(keys, [keyId]);
  if (found.length === 0) throw missingKey(file, 0, keyId, keys, /^MySQLReplicationKey_.*_\d+$/);
  for (const { secret } of found) {
    if (secret.length !== MASTER_KEY_BYTES) continue;
    const fileKey = openFilePassword(header, secret);
    const magic = Buffer.alloc(MAGIC_BYTES);
    const got = readPlain(source, fileKey, magic, 0);
    if (!MAGIC.startsWith(magic.toString('hex', 0, got))) continue;
    return {
      decrypted: true,
      encryption: { scheme: 'mysql', offset: 0, keyId, uuid: serverUuid },
      get size() {
        return source.size === null ? null : source.size - MYSQL_HEADER_BYTES;
      },
      get problem() {
        return source.problem ?? null;
      },
      read: (into, at) => readPlain(source, fileKey, into, at),
      release: (upTo) => source.release?.(upTo + MYSQL_HEADER_BYTES),
      close: () => source.close(),
    };
  }
  throw wrongKey(file, 0, found, `the log would not begin with ${MAGIC}`);
};
