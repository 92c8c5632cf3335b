import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { MalformedError } from '../../bytes/malformed-error.ts';
import type { KeyFile } from './define-key-store.ts';

const PREFIX = 'Salted__';
const HEAD_BYTES = 16;
const KEY_BYTES = 32;
const IV_BYTES = 16;
const BLOCK_BYTES = 16;
/** `file_key_management_digest`, the default first; before MariaDB 12.0.1 there was only SHA-1. */
const DIGESTS: readonly string[] = ['sha1', 'sha256', 'sha512', 'sha224', 'sha384'];
/** What `openssl enc -pbkdf2` takes without `-iter`. */
const OPENSSL_ITERATIONS = 10_000;
/** `MAX_SECRET_SIZE` of the plugin. */
const LONGEST_PASSWORD = 256;

/** Was this file written by `openssl enc` with a password? */
export const isSalted = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 0, PREFIX.length) === PREFIX;

/** Key and IV as `EVP_BytesToKey` makes them in one round: D₁ = H(password salt), Dₙ = H(Dₙ₋₁ password salt). */
const bytesToKey = (digest: string, password: Buffer, salt: Buffer): Buffer => {
  let out = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (out.length < KEY_BYTES + IV_BYTES) {
    last = createHash(digest).update(last).update(password).update(salt).digest();
    out = Buffer.concat([out, last]);
  }
  return out;
};

/** The ways a server may have been told to turn the password into a key, cheapest first. */
function* derivations(password: Buffer, salt: Buffer, iterations: number | undefined) {
  if (iterations === undefined || iterations === 0) {
    for (const digest of DIGESTS) yield bytesToKey(digest, password, salt);
  }
  const rounds = iterations ?? OPENSSL_ITERATIONS;
  if (rounds === 0) return;
  for (const digest of DIGESTS) {
    yield pbkdf2Sync(password, salt, rounds, KEY_BYTES + IV_BYTES, digest);
  }
}

/** The text, or null when the padding of the last block shows that the key is another one. */
const decrypt = (derived: Buffer, ciphertext: Buffer): string | null => {
  const key = derived.subarray(0, KEY_BYTES);
  const iv = derived.subarray(KEY_BYTES, KEY_BYTES + IV_BYTES);
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const padded = decipher.update(ciphertext);
  const padding = padded.at(-1) ?? 0;
  const filled = padded.subarray(padded.length - padding);
  const fits = padding >= 1 && padding <= BLOCK_BYTES && filled.every((byte) => byte === padding);
  return fits ? padded.toString('latin1', 0, padded.length - padding) : null;
};

const lineEndsOff = (password: Buffer): Buffer => {
  let end = password.length;
  while (end > 0 && (password[end - 1] === 0x0a || password[end - 1] === 0x0d)) end -= 1;
  return password.subarray(0, end);
};

/**
 * Opens an encrypted key file: `Salted__`, 8 bytes of salt, AES-256-CBC. The file does not say how
 * its key was made of the password, so each way is tried until `read` accepts the text.
 * Source: MariaDB plugin/file_key_management/parser.cc `Parser::bytes_to_key`, `read_filekey`;
 * `digest` and `use_pbkdf2` in file_key_management_plugin.cc.
 */
export const openSalted = <T extends { readonly length: number }>(
  bytes: Buffer,
  { file, password, pbkdf2Iterations }: KeyFile,
  read: (text: string) => T,
): T => {
  if (password === undefined) {
    throw new MalformedError(
      file,
      0,
      'password',
      'the key file is encrypted: it needs its password',
    );
  }
  const secret = lineEndsOff(password);
  if (secret.length > LONGEST_PASSWORD) {
    const problem = `has ${secret.length} bytes, ${LONGEST_PASSWORD} are the most`;
    throw new MalformedError(file, 0, 'password', problem);
  }
  const ciphertext = bytes.subarray(HEAD_BYTES);
  if (ciphertext.length === 0 || ciphertext.length % BLOCK_BYTES > 0) {
    const problem = `${ciphertext.length} bytes are no whole blocks of ${BLOCK_BYTES}`;
    throw new MalformedError(file, HEAD_BYTES, 'ciphertext', problem);
  }
  const salt = bytes.subarray(PREFIX.length, HEAD_BYTES);
  for (const derived of derivations(secret, salt, pbkdf2Iterations)) {
    const text = decrypt(derived, ciphertext);
    if (text === null) continue;
    try {
      const keys = read(text);
      if (keys.length > 0) return keys;
    } catch (error) {
      // One wrong key in 256 leaves a padding that looks right: go on with the next way
      if (!(error instanceof MalformedError)) throw error;
    }
  }
  throw new MalformedError(file, 0, 'password', 'does not open the key file');
};
