import { describe, expect, test } from 'vitest';
import { decryptLog } from '../../src/binlog/encryption/decrypt-log.ts';
import { KeyStore } from '../../src/binlog/encryption/key-store.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import type { LogFacts } from '../../src/facts/facts.ts';
import { mariadbLogs, mysqlLogs } from '../binlog/encryption/real-logs.ts';
import { type LogBuilder, log, noise } from '../support/build-log.ts';
import {
  encryptEvents,
  encryptMysqlLog,
  MYSQL_KEY_ID,
  START_ENCRYPTION,
} from '../support/encrypt-log.ts';
import { gather, gatherSource } from './gather.ts';

const KEY = noise(32);
const KEYS = ['1', 'percona_binlog:1', MYSQL_KEY_ID].map(
  (id) => new KeyStore('keys', 'file_key_management', [{ id, secret: KEY }]),
);

const decrypted = (bytes: Uint8Array, keys: readonly KeyStore[] = KEYS): LogFacts =>
  gatherSource(decryptLog(fromBytes(bytes), { file: 'binlog.000001', keys }));

const withoutEncryption = (facts: LogFacts) => ({ ...facts, encryption: null });

/** Plain bytes, said to be of an encrypted log. */
const inClear = (bytes: Uint8Array): LogFacts =>
  gatherSource(
    Object.assign(fromBytes(bytes), {
      decrypted: true,
      encryption: { scheme: 'mariadb', offset: 0, keyId: '1', uuid: null },
    }),
  );

describe.each([...mysqlLogs, ...mariadbLogs])('$name', ({ encrypted, plain, keys, changed }) => {
  const store = keys();
  const facts = decrypted(encrypted, [store]);

  test('says with which key it was read', () => {
    expect(facts.encryption).toMatchObject({ decrypted: true, problem: null });
    expect(store.keyIds).toContain(facts.encryption?.keyId);
    expect(facts).toMatchObject({ integrity: [], checksumsBad: 0 });
    expect(facts.events).toBeGreaterThan(5);
  });

  test('gives the facts of its plain twin', () => {
    // Of the log as it was when its server sent it, with the flags that stand in the file
    const header = facts.encryption?.scheme === 'mysql' ? 512 : 0;
    const bytes = encrypted.subarray(0, plain.length + header);
    const source = decryptLog(fromBytes(bytes), { file: 'a', keys: [store] });
    const twin = Buffer.from(plain);
    for (const at of changed) source.read(twin.subarray(at, at + 1), at);
    expect(withoutEncryption(decrypted(bytes, [store]))).toEqual(withoutEncryption(inClear(twin)));
  });

  test('is encrypted without a key, and does not open with another one', () => {
    const id = facts.encryption?.keyId ?? '';
    const other = new KeyStore('k', 'keyring_file', [{ id, secret: noise(32, 4) }]);
    expect(() => decrypted(encrypted, [other])).toThrow(/does not fit/);
    expect(gather(encrypted).encryption).toEqual({ ...facts.encryption, decrypted: false });
  });
});

const server = (built: LogBuilder): LogBuilder =>
  built
    .mariadbGtid(1)
    .query('INSERT INTO a VALUES (1)')
    .xid(1)
    .mariadbGtid(2)
    .tableMap('shop.a')
    .rows()
    .xid(2)
    .rotate('binlog.000002');

const begun = (checksum: 'crc32' | 'none', flags = 0): LogBuilder =>
  log().format({ version: '10.11.19-MariaDB-log', checksum }).put(164, START_ENCRYPTION, { flags });

describe.each(['cbc', 'ctr'] as const)('a log that was cut, encrypted with %s', (mode) => {
  test.each(['crc32', 'none'] as const)('gives the facts of the plain one cut there, %s', (sum) => {
    const built = server(begun(sum));
    const start = built.event(1).end;
    const bytes = encryptEvents(built.bytes(), start, KEY, mode);
    const plain = built.bytes();
    for (let length = start; length <= bytes.length; length += 1) {
      const event = built.events.findLast(({ offset }) => offset < length);
      const inHeader = length - (event?.offset ?? 0);
      // The first block ends a byte behind the header: with the header alone, its type is not in clear
      if (inHeader === 19) continue;
      const { encryption, ...found } = decrypted(bytes.subarray(0, length));
      expect(encryption, `cut at ${length}`).toMatchObject({ scheme: 'mariadb', decrypted: true });
      expect({ ...found, encryption: null }, `cut at ${length}`).toEqual(
        withoutEncryption(inClear(plain.subarray(0, length))),
      );
    }
  });
});

test('a log of MySQL that was cut gives the facts of the plain one cut there', () => {
  const built = log().format().gtid(1).begin().tableMap('shop.a').rows().xid(1);
  const plain = built.bytes();
  const bytes = encryptMysqlLog(plain, KEY);
  for (let length = 4; length <= plain.length; length += 1) {
    const { encryption, ...found } = decrypted(bytes.subarray(0, length + 512));
    expect(encryption).toMatchObject({ scheme: 'mysql', decrypted: true });
    expect({ ...found, encryption: null }).toEqual(
      withoutEncryption(gather(plain.subarray(0, length))),
    );
  }
});

test('a flipped byte of an encrypted event is one damaged event', () => {
  const built = server(begun('crc32'));
  const bytes = encryptEvents(built.bytes(), built.event(1).end, KEY, 'cbc');
  const { offset, size, end } = built.event(3);
  bytes[offset + 30] = (bytes[offset + 30] ?? 0) ^ 8;
  expect(decrypted(bytes)).toMatchObject({
    events: built.events.length,
    checksumsBad: 1,
    integrity: [{ kind: 'checksum', offset, length: size, resumedAt: end }],
  });
});

test('a Percona log is told from one of MariaDB', () => {
  const built = log()
    .format({ version: '5.7.44-47-log' })
    .put(159, START_ENCRYPTION)
    .gtid(1)
    .query('DROP TABLE a');
  const { offset, end } = built.event(1);
  const bytes = encryptEvents(built.bytes(), end, KEY.subarray(0, 16), 'percona');
  const keys = [
    new KeyStore('k', 'keyring_file', [{ id: 'percona_binlog:1', secret: KEY.subarray(0, 16) }]),
  ];
  const encryption = { scheme: 'percona', offset, keyId: 'percona_binlog:1', uuid: null };
  expect(decrypted(bytes, keys)).toMatchObject({
    encryption: { ...encryption, decrypted: true },
    events: 4,
    transactions: { count: 1 },
  });
  expect(gather(bytes).encryption).toEqual({ ...encryption, decrypted: false, problem: null });
});

test('what a source sends of an encrypted log is in clear', () => {
  const built = server(begun('crc32', 0x80));
  expect(gather(built)).toMatchObject({ encryption: null, transactions: { count: 2 } });
});
