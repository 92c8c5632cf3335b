import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyStore } from '../../../src/binlog/encryption/key-store.ts';
import { decryptMysqlLog } from '../../../src/binlog/encryption/mysql-decrypting-source.ts';
import { fromBytes } from '../../../src/bytes/byte-source.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import { log, noise } from '../../support/build-log.ts';
import { encryptMysqlLog, MYSQL_KEY_ID } from '../../support/encrypt-log.ts';
import { mysqlLogs } from './real-logs.ts';

const FILE = 'binlog.000001';
const MASTER_KEY = noise(32);
const storeOf = (id: string, secret: Buffer, file = 'keyring') =>
  new KeyStore(file, 'component_keyring_file', [{ id, secret }]);
const KEYS = [storeOf(MYSQL_KEY_ID, MASTER_KEY)];

const decrypt = (bytes: Uint8Array, keys: readonly KeyStore[] = KEYS) =>
  decryptMysqlLog(fromBytes(bytes), { file: FILE, keys });

const whole = (source: ReturnType<typeof decrypt>): Buffer => {
  const bytes = Buffer.alloc(source.size ?? 0);
  expect(source.read(bytes, 0)).toBe(bytes.length);
  return bytes;
};

test.each(mysqlLogs)('$name is what its server sends', ({ encrypted, plain, keys, changed }) => {
  const clear = whole(decrypt(encrypted, [keys()]));
  for (const at of changed) clear[at] = plain[at] ?? 0;
  expect(clear.equals(plain)).toBe(true);
});

test('says how the log was encrypted', () => {
  const { encryption, decrypted, size } = decrypt(encryptMysqlLog(noise(0), MASTER_KEY));
  expect({ encryption, decrypted, size }).toEqual({
    encryption: {
      scheme: 'mysql',
      offset: 0,
      keyId: MYSQL_KEY_ID,
      uuid: '3e11fa47-71ca-11e1-9e33-c80aa9429562',
    },
    decrypted: true,
    size: 0,
  });
});

describe('any part of a log', () => {
  const plain = Buffer.concat([log().format().bytes(), noise(2_200_000)]);
  const source = decrypt(encryptMysqlLog(plain, MASTER_KEY));

  test('is read by itself', () => {
    const range = fc.tuple(fc.nat(plain.length + 20), fc.oneof(fc.nat(70), fc.nat(1_300_000)));
    fc.assert(
      fc.property(range, ([at, length]) => {
        const into = Buffer.alloc(length);
        const got = source.read(into, at);
        expect(into.subarray(0, got).equals(plain.subarray(at, at + length))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('is read in whatever pieces', () => {
    expect(whole(source).equals(plain)).toBe(true);
  });
});

test('a log whose size is not known yet is read to its end', () => {
  const bytes = encryptMysqlLog(log().format().bytes(), MASTER_KEY);
  const source = decryptMysqlLog({ ...fromBytes(bytes), size: null }, { file: FILE, keys: KEYS });
  expect(source.size).toBeNull();
  const into = Buffer.alloc(9999);
  expect(source.read(into, 0)).toBe(bytes.length - 512);
});

test('a log cut behind its header begins as the plain one does', () => {
  const plain = log().format().stop().bytes();
  const bytes = encryptMysqlLog(plain, MASTER_KEY);
  for (let length = 512; length <= bytes.length; length += 1) {
    expect(whole(decrypt(bytes.subarray(0, length))).equals(plain.subarray(0, length - 512))).toBe(
      true,
    );
  }
  for (let length = 0; length < 512; length += 1) {
    expect(() => decrypt(bytes.subarray(0, length))).toThrow(MalformedError);
  }
});

test('a flipped byte stays one flipped byte', () => {
  const plain = log().format().stop().bytes();
  const bytes = encryptMysqlLog(plain, MASTER_KEY);
  bytes[512 + 60] = (bytes[512 + 60] ?? 0) ^ 4;
  plain[60] = (plain[60] ?? 0) ^ 4;
  expect(whole(decrypt(bytes)).equals(plain)).toBe(true);
});

describe('no key fits', () => {
  const bytes = encryptMysqlLog(log().format().bytes(), MASTER_KEY);
  const other = MYSQL_KEY_ID.replace(/1$/, '2');

  test.each<readonly [string, readonly KeyStore[], string]>([
    ['none is given', [], `key id: needs key ${MYSQL_KEY_ID}; no key file was given`],
    [
      'the file has another one',
      [storeOf(other, MASTER_KEY)],
      `key id: needs key ${MYSQL_KEY_ID}; keyring has ${other}`,
    ],
    ['the file has none of logs', [storeOf('1', MASTER_KEY)], `keyring has none`],
    [
      'it is another key',
      [storeOf(MYSQL_KEY_ID, noise(32, 9)), storeOf(MYSQL_KEY_ID, noise(32, 8), 'b')],
      `key: key ${MYSQL_KEY_ID} of keyring and key ${MYSQL_KEY_ID} of b does not fit: the log would not begin with fe62696e`,
    ],
    ['it is too short', [storeOf(MYSQL_KEY_ID, noise(16))], 'of keyring does not fit'],
  ])('when %s', (_name, keys, message) => {
    expect(() => decrypt(bytes, keys)).toThrow(`${FILE}: at 0: `);
    expect(() => decrypt(bytes, keys)).toThrow(message);
  });

  test('but the right one of several is found', () => {
    const keys = [storeOf(MYSQL_KEY_ID, noise(32, 9)), ...KEYS];
    expect(whole(decrypt(bytes, keys)).equals(log().format().bytes())).toBe(true);
  });
});
