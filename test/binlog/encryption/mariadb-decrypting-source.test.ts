import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decryptLog } from '../../../src/binlog/encryption/decrypt-log.ts';
import { isDecrypted } from '../../../src/binlog/encryption/decrypted-source.ts';
import { EventIndex } from '../../../src/binlog/encryption/event-index.ts';
import { KeyStore } from '../../../src/binlog/encryption/key-store.ts';
import { type ByteSource, fromBytes } from '../../../src/bytes/byte-source.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import { LogBuilder, log, lyingSize, noise, patched } from '../../support/build-log.ts';
import { type EventMode, encryptEvents, START_ENCRYPTION } from '../../support/encrypt-log.ts';
import { mariadbLogs } from './real-logs.ts';

const FILE = 'mysql-bin.000001';
const KEY = noise(16);
const storeOf = (id: string, secret: Buffer, file = 'keys.txt') =>
  new KeyStore(file, 'file_key_management', [{ id, secret }]);
const KEYS = [storeOf('1', KEY), storeOf('percona_binlog:1', KEY, 'keyring')];

const MODES: readonly EventMode[] = ['cbc', 'ctr', 'percona'];

const begin = (mode: EventMode, checksum: 'crc32' | 'none' = 'crc32'): LogBuilder => {
  const isPercona = mode === 'percona';
  const version = isPercona ? '5.7.44-47-log' : '10.11.19-MariaDB-log';
  return log()
    .format({ version, checksum })
    .put(isPercona ? 159 : 164, START_ENCRYPTION);
};

/** A log with events of every length modulo a block. */
const mixed = (mode: EventMode, checksum?: 'crc32' | 'none'): LogBuilder => {
  const built = begin(mode, checksum).stop();
  for (let n = 0; n < 40; n += 1) built.query('x'.repeat(n), { at: 1_700_000_100 + n });
  return built;
};

const encrypt = (built: LogBuilder, mode: EventMode, key = KEY): Buffer =>
  encryptEvents(built.bytes(), built.event(1).end, key, mode);

const decrypt = (bytes: Uint8Array, keys: readonly KeyStore[] = KEYS, index?: EventIndex) =>
  decryptLog(fromBytes(bytes), { file: FILE, keys, ...(index ? { index } : {}) });

const whole = (source: ByteSource): Buffer => {
  const bytes = Buffer.alloc(source.size ?? 0);
  expect(source.read(bytes, 0)).toBe(bytes.length);
  return bytes;
};

test.each(mariadbLogs)('$name is what its server sends', ({ encrypted, plain, keys, changed }) => {
  const clear = whole(decrypt(encrypted, [keys()]));
  expect(clear).toHaveLength(encrypted.length);
  for (const at of changed) clear[at] = plain[at] ?? 0;
  expect(clear.subarray(0, plain.length).equals(plain)).toBe(true);
});

describe.each(MODES)('%s', (mode) => {
  test.each([16, 24, 32])('with a key of %s bytes gives the plain log', (length) => {
    for (const checksum of ['crc32', 'none'] as const) {
      const built = mixed(mode, checksum);
      const key = noise(length, 5);
      const keys = [storeOf('1', key), storeOf('percona_binlog:1', key)];
      const source = decrypt(encrypt(built, mode, key), keys);
      expect(isDecrypted(source)).toBe(true);
      expect(whole(source).equals(built.bytes())).toBe(true);
    }
  });

  test('any part of a log is read by itself', () => {
    const built = mixed(mode);
    const plain = built.bytes();
    const source = decrypt(encrypt(built, mode));
    const range = fc.tuple(fc.nat(plain.length + 20), fc.oneof(fc.nat(40), fc.nat(3000)));
    fc.assert(
      fc.property(range, ([at, length]) => {
        const into = Buffer.alloc(length);
        const got = source.read(into, at);
        expect(into.subarray(0, got).equals(plain.subarray(at, at + length))).toBe(true);
      }),
      { numRuns: 300 },
    );
    for (let at = 0; at < plain.length; at += 1) {
      const into = Buffer.alloc(1);
      expect(source.read(into, at)).toBe(1);
      if (into[0] !== plain[at]) expect.fail(`byte ${at}`);
    }
  });

  test('events larger than what is decrypted at once are read in parts', () => {
    const built = begin(mode).rows(1, noise(700_001)).stop().query('y'.repeat(600_000)).xid(7);
    const plain = built.bytes();
    const source = decrypt(encrypt(built, mode));
    expect(whole(source).equals(plain)).toBe(true);
    for (const at of [1, 255_000, 262_144, 262_160, 500_003, 700_000, 701_234, 1_200_000]) {
      const into = Buffer.alloc(300_000);
      const got = source.read(into, at);
      expect(into.subarray(0, got).equals(plain.subarray(at, at + 300_000))).toBe(true);
    }
  });

  test('a log cut anywhere is the plain one cut there, but for less than a block', () => {
    const built = begin(mode).query('first').query('second');
    const bytes = encrypt(built, mode);
    const plain = built.bytes();
    for (let length = built.event(1).end; length <= bytes.length; length += 1) {
      const clear = whole(decrypt(bytes.subarray(0, length)));
      const differs = clear.findIndex((byte, at) => byte !== plain[at]);
      const { offset } = built.events.findLast((event) => event.offset < length) ?? built.event(0);
      // A first block that is cut is the header; then nothing of it is in clear but the size
      const least = length - offset < 20 ? offset : length - 15;
      if (differs >= 0) expect(differs, `cut at ${length}`).toBeGreaterThanOrEqual(least);
    }
  });

  test('a flipped byte spoils its event and no other', () => {
    const built = mixed(mode);
    const bytes = encrypt(built, mode);
    const plain = built.bytes();
    for (const event of built.events.slice(2, 24)) {
      const at = event.offset + 13 + (event.size % 6);
      const clear = whole(decrypt(patched(bytes, at, (bytes[at] ?? 0) ^ 1)));
      expect(clear.subarray(0, event.offset).equals(plain.subarray(0, event.offset))).toBe(true);
      expect(clear.subarray(event.end).equals(plain.subarray(event.end))).toBe(true);
      expect(clear.equals(plain)).toBe(false);
    }
  });
});

describe('sizes that lie', () => {
  const built = mixed('cbc');
  const bytes = encrypt(built, 'cbc');
  const { offset } = built.event(10);

  test.each([0, 18, 19, 0x7fffffff, 0xffffffff])('%s: what stands before is in clear', (size) => {
    const reads: number[] = [];
    const counted = fromBytes(lyingSize(bytes, offset, size));
    const source = decryptLog(
      {
        ...counted,
        read: (into, at) => {
          reads.push(into.byteLength);
          return counted.read(into, at);
        },
      },
      { file: FILE, keys: KEYS },
    );
    const clear = whole(source);
    expect(clear.subarray(0, offset).equals(built.bytes().subarray(0, offset))).toBe(true);
    expect(Math.max(...reads)).toBeLessThanOrEqual(4096);
  });
});

describe('the key is found', () => {
  test('among those of several servers', () => {
    const keys = [storeOf('1', noise(16, 2)), storeOf('1', noise(32, 3)), ...KEYS];
    for (const mode of ['cbc', 'ctr'] as const) {
      const built = mixed(mode);
      expect(whole(decrypt(encrypt(built, mode), keys)).equals(built.bytes())).toBe(true);
    }
  });

  test('though the first events are damaged', () => {
    const built = mixed('ctr');
    const bytes = encrypt(built, 'ctr');
    for (const n of [2, 3, 4]) {
      const { end } = built.event(n);
      bytes[end - 1] = (bytes[end - 1] ?? 0) ^ 1;
    }
    const clear = whole(decrypt(bytes));
    expect(clear.subarray(-500).equals(built.bytes().subarray(-500))).toBe(true);
  });

  test('though the size of the first event is damaged', () => {
    const built = mixed('ctr');
    const { offset } = built.event(2);
    const clear = whole(decrypt(lyingSize(encrypt(built, 'ctr'), offset, 77)));
    expect(clear[offset + 4]).toBe(3);
  });

  test('in a relay log, whose first events are those of the source', () => {
    const built = begin('ctr').from(7).rotate('binlog.000007', 4).query('DROP TABLE a');
    expect(whole(decrypt(encrypt(built, 'ctr'))).equals(built.bytes())).toBe(true);
    const bare = begin('ctr', 'none').from(7).rotate('binlog.000007', 4).query('DROP TABLE a');
    expect(whole(decrypt(encrypt(bare, 'ctr'))).equals(bare.bytes())).toBe(true);
  });

  test('though the only event is cut off', () => {
    const built = begin('ctr').query('cut');
    const bytes = encrypt(built, 'ctr').subarray(0, -3);
    expect(whole(decrypt(bytes)).equals(built.bytes().subarray(0, -3))).toBe(true);
  });

  test('where nothing is encrypted yet', () => {
    const built = begin('cbc');
    expect(whole(decrypt(built.bytes())).equals(built.bytes())).toBe(true);
  });

  test('under the name without a version that Percona Server 5.7.20 gave it', () => {
    const built = mixed('percona');
    const source = decrypt(encrypt(built, 'percona'), [storeOf('percona_binlog', KEY)]);
    expect(source).toMatchObject({
      encryption: {
        scheme: 'percona',
        offset: built.event(1).offset,
        keyId: 'percona_binlog',
        uuid: null,
      },
    });
    expect(whole(source).equals(built.bytes())).toBe(true);
  });
});

describe('no key fits', () => {
  test.each<readonly [string, EventMode, 'crc32' | 'none', readonly KeyStore[], RegExp]>([
    ['none is given', 'cbc', 'crc32', [], /key id: needs key 1; no key file was given/],
    [
      'the file has others',
      'cbc',
      'crc32',
      [storeOf('2', KEY)],
      /key id: needs key 1; keys\.txt has 2/,
    ],
    [
      'it is another key',
      'cbc',
      'crc32',
      [storeOf('1', noise(16, 2))],
      /key: key 1 of keys\.txt does not fit: the events would make no sense \(the log was written with version 1\)/,
    ],
    ['it is another key', 'ctr', 'none', [storeOf('1', noise(16, 2))], /does not fit/],
    [
      'the file is of MariaDB',
      'percona',
      'crc32',
      [storeOf('1', KEY)],
      /needs key percona_binlog:1/,
    ],
    ['its length is none', 'cbc', 'crc32', [storeOf('1', noise(15))], /does not fit/],
  ])('when %s (%s, %s)', (_name, mode, checksum, keys, message) => {
    const built = mixed(mode, checksum);
    const bytes = encrypt(built, mode);
    expect(() => decrypt(bytes, keys)).toThrow(message);
    expect(() => decrypt(bytes, keys)).toThrow(`${FILE}: at ${built.event(1).offset}: `);
    expect(() => decrypt(bytes, keys)).toThrow(MalformedError);
  });

  test('when the scheme is another one', () => {
    const built = log().format({ version: '10.11.19-MariaDB' });
    const bytes = built
      .put(164, patched(START_ENCRYPTION, 0, 2))
      .stop()
      .bytes();
    expect(() => decrypt(bytes)).toThrow('crypto_scheme: 2 is not known here');
  });
});

test('a log that is not encrypted is left as it is', () => {
  const plain = fromBytes(log().format().stop().bytes());
  expect(decryptLog(plain, { file: FILE, keys: KEYS })).toBe(plain);
  // As a source sends its encrypted log: the event is there, flagged, and what follows is in clear
  const sent = log().format({ version: '10.11.19-MariaDB' });
  sent.put(164, START_ENCRYPTION, { flags: 0x80 }).stop();
  const source = fromBytes(sent.bytes());
  expect(decryptLog(source, { file: FILE, keys: KEYS })).toBe(source);
});

test('what one reading learned of the places of events, the next one uses', () => {
  const built = begin('cbc');
  for (let n = 0; n < 3000; n += 1) built.query('z'.repeat(200));
  const bytes = encrypt(built, 'cbc');
  const index = new EventIndex();
  whole(decrypt(bytes, KEYS, index));
  let reads = 0;
  const plain = fromBytes(bytes);
  const counted = {
    ...plain,
    read: (into: Uint8Array, at: number) => {
      reads += 1;
      return plain.read(into, at);
    },
  };
  const source = decryptLog(counted, { file: FILE, keys: KEYS, index });
  const into = Buffer.alloc(50);
  source.read(into, built.event(-1).offset);
  expect(into.equals(built.bytes().subarray(built.event(-1).offset).subarray(0, 50))).toBe(true);
  expect(reads).toBeLessThan(400);
});

test('the index keeps few places of many events', () => {
  const index = new EventIndex();
  for (let start = 0; start < 2 ** 36; start += 1_000_003) index.add(start);
  expect(index.before(2 ** 35)).toBeGreaterThan(2 ** 35 - 2 ** 24);
  expect(index.before(2 ** 35)).toBeLessThanOrEqual(2 ** 35);
  expect(index.before(-1)).toBeNull();
});

test('nothing but a malformed error leaves the decrypting, whatever the bytes', () => {
  const valid = encrypt(mixed('cbc'), 'cbc');
  const bytes = fc.oneof(
    fc
      .uint8Array({ maxLength: 700 })
      .map((rest) => Buffer.concat([Buffer.from('fd62696e01', 'hex'), rest])),
    fc.tuple(fc.nat(valid.length - 1), fc.uint8Array({ maxLength: 30 })).map(([at, put]) => {
      const out = Buffer.from(valid);
      out.set(put.subarray(0, out.length - at), at);
      return out;
    }),
    fc.nat(valid.length).map((length) => valid.subarray(0, length)),
  );
  fc.assert(
    fc.property(bytes, fc.nat(3000), (log, at) => {
      try {
        const source = decrypt(log);
        const into = Buffer.alloc(500);
        expect(source.read(into, at)).toBe(Math.max(0, Math.min(500, log.length - at)));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 1500 },
  );
});
