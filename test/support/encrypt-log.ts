import { createCipheriv, createHash } from 'node:crypto';

export const NONCE = Buffer.from('e22bd6b8531d304e97f2cf89', 'hex');

/** Body of a Start_encryption event: scheme 1, key version 1, nonce. */
export const START_ENCRYPTION = Buffer.concat([Buffer.from('0101000000', 'hex'), NONCE]);

export type EventMode = 'cbc' | 'ctr' | 'percona';

const block = (key: Buffer, bytes: Buffer): Buffer =>
  createCipheriv(`aes-${key.length * 8}-ecb`, key, null)
    .setAutoPadding(false)
    .update(bytes);

/** One event as the server encrypts it: its first bytes change places with its size. */
const encryptEvent = (event: Buffer, offset: number, key: Buffer, mode: EventMode): Buffer => {
  const plainIv = Buffer.concat([NONCE, Buffer.alloc(4)]);
  plainIv.writeUInt32LE(offset % 2 ** 32, 12);
  const iv = mode === 'percona' ? block(key, plainIv) : plainIv;
  const swapped = Buffer.from(event);
  event.copy(swapped, 9, 0, 4);
  const body = swapped.subarray(4);
  const algorithm = `aes-${key.length * 8}-${mode === 'ctr' ? 'ctr' : 'cbc'}`;
  const cipher = createCipheriv(algorithm, key, iv).setAutoPadding(false);
  const whole = mode === 'ctr' ? body.length : body.length - (body.length % 16);
  const mask = block(key, iv);
  const tail = body.subarray(whole).map((byte, i) => byte ^ (mask[i] ?? 0));
  const out = Buffer.concat([event.subarray(0, 4), cipher.update(body.subarray(0, whole)), tail]);
  out.copy(out, 0, 9, 13);
  out.writeUInt32LE(event.length, 9);
  return out;
};

/** A plain log whose events from `start` on are encrypted one by one, as MariaDB writes them. */
export const encryptEvents = (
  log: Uint8Array,
  start: number,
  key: Buffer,
  mode: EventMode = 'cbc',
): Buffer => {
  const out = Buffer.from(log);
  for (let at = start; at < out.length; ) {
    const size = out.readUInt32LE(at + 9);
    encryptEvent(out.subarray(at, at + size), at, key, mode).copy(out, at);
    at += size;
  }
  return out;
};

export const MYSQL_KEY_ID = 'MySQLReplicationKey_3e11fa47-71ca-11e1-9e33-c80aa9429562_1';

/** A plain log behind the header of MySQL 8.0.14+, encrypted with this master key. */
export const encryptMysqlLog = (log: Uint8Array, masterKey: Buffer, id = MYSQL_KEY_ID): Buffer => {
  const password = Buffer.alloc(32, 0x5a);
  const iv = Buffer.alloc(16, 0xa5);
  const hash = createHash('sha512').update(password).digest();
  const wrapped = createCipheriv('aes-256-cbc', masterKey, iv)
    .setAutoPadding(false)
    .update(password);
  const head = Buffer.alloc(512);
  Buffer.concat([
    Buffer.from('fd62696e01', 'hex'),
    Buffer.from([1, id.length]),
    Buffer.from(id),
    Buffer.from([2]),
    wrapped,
    Buffer.from([3]),
    iv,
  ]).copy(head);
  const counter = Buffer.concat([hash.subarray(32, 40), Buffer.alloc(8)]);
  const cipher = createCipheriv('aes-256-ctr', hash.subarray(0, 32), counter);
  return Buffer.concat([head, cipher.update(log)]);
};
