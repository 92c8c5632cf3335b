import { createHash } from 'node:crypto';
import { FieldReader } from '../../bytes/field-reader.ts';
import { defineKeyStore } from './define-key-store.ts';
import type { StoredKey } from './key-store.ts';

const VERSION_LINE = /^Keyring file version:([12]\.0)/;
const VERSION_BYTES = 24;
const END_TAG = 'EOF';
const DIGEST_BYTES = 32;
/** Five lengths before the texts. */
const RECORD_HEAD = 40;

/** What the plugin hides keys with, over and over (`Key::xor_data`): no encryption. */
const OBFUSCATION = Buffer.from('*305=Ljt0*!@$Hnm(*-9-w;:', 'latin1');

const reveal = (hidden: Buffer): Buffer =>
  Buffer.from(hidden.map((byte, at) => byte ^ (OBFUSCATION[at % OBFUSCATION.length] ?? 0)));

/** A 64-bit length that is checked against the bytes left before anything is done with it. */
const length = (fields: FieldReader, name: string, limit: number): number => {
  const value = fields.u64(name);
  // The value is not shown: in a damaged file it may be a part of a key
  if (value > BigInt(limit)) throw fields.malformed(name, `says more than the ${limit} bytes left`);
  return Number(value);
};

const readRecord = (fields: FieldReader): StoredKey & { readonly user: string } => {
  const before = fields.remaining;
  const total = length(fields, 'key_pod_size', before);
  const [idBytes, typeBytes, userBytes, keyBytes] = [
    'key_id_length',
    'key_type_length',
    'user_id_length',
    'key_len',
  ].map((name) => length(fields, name, total)) as [number, number, number, number];
  if (RECORD_HEAD + idBytes + typeBytes + userBytes + keyBytes > total) {
    throw fields.malformed('key_pod_size', `${total} bytes do not hold the parts of the record`);
  }
  const id = fields.text('key_id', idBytes);
  fields.skip('key_type', typeBytes);
  const user = fields.text('user_id', userBytes);
  const secret = reveal(fields.bytes('key', keyBytes));
  fields.skip('padding', total - (before - fields.remaining));
  return { id, user, secret };
};

/**
 * MySQL 5.7.11 to 8.3, Percona Server: a version line, records, `EOF`, and from version 2.0 on the
 * SHA-256 of the records. Lengths are a 64-bit server's `size_t`, little-endian; a record is padded
 * to 8 bytes. Written by a big-endian or a 32-bit server, the first length is refused.
 */
export const keyringPlugin = defineKeyStore({
  format: 'keyring_file',
  source: 'MySQL plugin/keyring/buffered_file_io.cc, common/keyring_key.cc, checker/*',
  matches: (bytes) => VERSION_LINE.test(bytes.toString('latin1', 0, VERSION_BYTES)),
  read: (bytes, { file }) => {
    const version = VERSION_LINE.exec(bytes.toString('latin1', 0, VERSION_BYTES))?.[1];
    const digestBytes = version === '2.0' ? DIGEST_BYTES : 0;
    const end = bytes.length - END_TAG.length - digestBytes;
    const tail = new FieldReader(bytes.subarray(Math.max(VERSION_BYTES, end)), {
      file,
      base: Math.max(VERSION_BYTES, end),
    });
    if (end < VERSION_BYTES || bytes.toString('latin1', end, end + END_TAG.length) !== END_TAG) {
      throw tail.malformed('EOF', `no end tag before the last ${digestBytes} bytes: cut off?`);
    }
    const records = bytes.subarray(VERSION_BYTES, end);
    const digest = createHash('sha256').update(records).digest();
    if (digestBytes > 0 && !digest.equals(bytes.subarray(end + END_TAG.length))) {
      throw tail.malformed('digest', 'the SHA-256 at the end does not fit the records');
    }
    const fields = new FieldReader(records, { file, base: VERSION_BYTES });
    const keys: StoredKey[] = [];
    while (fields.remaining > 0) {
      const { id, user, secret } = readRecord(fields);
      if (user === '') keys.push({ id, secret });
    }
    return keys;
  },
});
