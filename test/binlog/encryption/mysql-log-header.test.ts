import { describe, expect, test } from 'vitest';
import {
  readMysqlLogHeader,
  readMysqlLogKey,
} from '../../../src/binlog/encryption/mysql-log-header.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';

const KEY_ID = 'MySQLReplicationKey_d938cfd0-e4ce-11f1-8d7a-02fc00000001_2';

/** The header of the sample's mysql-bin.000001, field by field. */
const FIELDS = Buffer.from(
  [
    'fd62696e', // magic
    '01', // version
    '01', // field: key id
    '3a', // its length, 58
    '4d7953514c5265706c69636174696f6e4b65795f', // MySQLReplicationKey_
    '64393338636664302d653463652d313166312d386437612d303266633030303030303031', // server uuid
    '5f32', // _2
    '02', // field: file password
    'c4fdedb7da5e5225083598ee631b7d574cac4f4bb59b4290b8c7f08f9555b6c1', // 32 bytes
    '03', // field: IV
    '000102030405060708090a0b0c0d0e0f', // 16 bytes
    '00', // end
  ].join(''),
  'hex',
);
const header = Buffer.concat([FIELDS, Buffer.alloc(512 - FIELDS.length)]);

test('a header names its key, the server and how often the key was changed', () => {
  expect(readMysqlLogHeader(header, 'binlog.000001')).toEqual({
    keyId: KEY_ID,
    serverUuid: 'd938cfd0-e4ce-11f1-8d7a-02fc00000001',
    sequence: 2,
    encryptedPassword: Buffer.from(
      'c4fdedb7da5e5225083598ee631b7d574cac4f4bb59b4290b8c7f08f9555b6c1',
      'hex',
    ),
    iv: Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'),
  });
});

test('the fields may come in another order', () => {
  const [magic, id, password, iv] = [
    FIELDS.subarray(0, 5),
    FIELDS.subarray(5, 65),
    FIELDS.subarray(65, 98),
    FIELDS.subarray(98, 115),
  ];
  const other = Buffer.concat(
    [magic, iv, password, id, Buffer.alloc(397)].map((b) => Buffer.from(b)),
  );
  expect(readMysqlLogHeader(other, 'a')).toEqual(readMysqlLogHeader(header, 'a'));
});

test('a header cut anywhere is malformed, inside the header', () => {
  for (let length = 0; length < header.length; length += 1) {
    try {
      readMysqlLogHeader(header.subarray(0, length), 'binlog.000001');
      expect.fail(`cut at ${length}`);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedError);
      expect((error as MalformedError).offset).toBeLessThanOrEqual(length);
    }
  }
});

test('the key is known as soon as its id is whole', () => {
  for (let length = 0; length < header.length; length += 1) {
    const key = readMysqlLogKey(header.subarray(0, length));
    expect(key?.keyId ?? null, `cut at ${length}`).toBe(length < 65 ? null : KEY_ID);
  }
});

describe('a header is malformed', () => {
  test.each<readonly [string, number, number, RegExp]>([
    ['with an unknown version', 4, 2, /at 5: version: 2 is not known/],
    ['with an unknown field', 65, 9, /field type: 9 is not known/],
    ['without a key id', 5, 0, /header: key id, file password or IV is missing/],
    ['without an IV', 98, 0, /header: key id, file password or IV is missing/],
    [
      'with a key id that swallows the rest',
      6,
      255,
      /header: key id, file password or IV is missing/,
    ],
  ])('%s', (_name, offset, value, message) => {
    const bytes = Buffer.from(header);
    bytes[offset] = value;
    expect(() => readMysqlLogHeader(bytes, 'binlog.000001')).toThrow(message);
    expect(() => readMysqlLogHeader(bytes, 'binlog.000001')).toThrow(MalformedError);
  });
});

test('a key id of another form is kept as it is', () => {
  const bytes = Buffer.from(header);
  bytes.write('X', 7);
  expect(readMysqlLogKey(bytes)).toEqual({
    keyId: `X${KEY_ID.slice(1)}`,
    serverUuid: null,
    sequence: null,
  });
});
