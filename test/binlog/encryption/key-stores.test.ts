import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKeyStore } from '../../../src/binlog/encryption/read-key-store.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import { keysOf } from './real-logs.ts';

const FILE = 'key-file';
const read = (bytes: Uint8Array | string, options = {}) =>
  readKeyStore(Buffer.from(bytes as string), { file: FILE, ...options });

const SECRET = '3a3792eba4cda37d2b5203f6af7cdc15a0afe83702b224ea92773c336bbb7dc6';

describe('component_keyring_file', () => {
  const element = (data_id: string, data: string, user = '') => ({
    user,
    data_id,
    data_type: 'AES',
    data,
    extension: [],
  });
  const json = (...elements: readonly object[]) => JSON.stringify({ version: '1.0', elements });

  test('of a real server', () => {
    const store = keysOf('mysql-9.7/component_keyring_file');
    const prefix = 'MySQLReplicationKey_d938cfd0-e4ce-11f1-8d7a-02fc00000001';
    expect(store.format).toBe('component_keyring_file');
    expect(store.keyIds).toEqual([`${prefix}_2`, prefix, `${prefix}_last_purged`]);
    expect(store.secretOf(`${prefix}_2`)?.toString('hex')).toBe(SECRET);
    expect(store.secretOf(`${prefix}_1`)).toBeNull();
  });

  test('leaves out the keys of SQL functions', () => {
    const store = read(json(element('a', 'AA', 'app@localhost'), element('b', 'BB')));
    expect(store.keyIds).toEqual(['b']);
  });

  test.each([
    ['another version', { version: '2.0', elements: [] }, /version: is none that is read/],
    ['no version', { elements: [] }, /version: is missing/],
    ['no elements', { version: '1.0' }, /elements: are missing/],
    ['an element that is none', { version: '1.0', elements: [7] }, /elements\[0\]: is no object/],
    ['no id', { version: '1.0', elements: [{ data: '' }] }, /data_id/],
    ['half a byte', JSON.parse(json(element('a', 'ABC'))), /elements\[0\]\.data: is no row of hex/],
  ])('with %s is malformed', (_name, document, message) => {
    expect(() => read(JSON.stringify(document))).toThrow(message);
  });

  test('cut anywhere is malformed', () => {
    const text = json(element('a', SECRET));
    for (let length = 1; length < text.length; length += 1) {
      expect(() => read(text.slice(0, length)), `cut at ${length}`).toThrow(MalformedError);
    }
  });
});

/** A file of the keyring_file plugin with one key, `percona_binlog:1`. */
const RECORDS = Buffer.from(
  [
    '5000000000000000', // size of the record, 80
    '1000000000000000', // key id: 16 bytes
    '0300000000000000', // key type: 3
    '0000000000000000', // user: none
    '1000000000000000', // key: 16
    '70657263 6f6e615f 62696e6c 6f673a31', // percona_binlog:1
    '414553', // AES
    '2a323236 39496c73 38232b4b 28456062', // the bytes 0 to 15, hidden
    '0000000000', // padding to 8
  ]
    .join('')
    .replaceAll(' ', ''),
  'hex',
);
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const plugin = (version: '1.0' | '2.0', records: Uint8Array = RECORDS): Buffer =>
  Buffer.concat([
    Buffer.from(`Keyring file version:${version}`),
    records,
    Buffer.from('EOF'),
    version === '2.0' ? sha256(records) : Buffer.alloc(0),
  ]);

describe('keyring_file', () => {
  test.each(['1.0', '2.0'] as const)('version %s has its keys in clear', (version) => {
    const store = read(plugin(version));
    expect(store).toMatchObject({ format: 'keyring_file', keyIds: ['percona_binlog:1'] });
    expect(store.secretOf('percona_binlog:1')?.toString('hex')).toBe(
      '000102030405060708090a0b0c0d0e0f',
    );
  });

  test('may hold several keys, and none', () => {
    const other = Buffer.from(RECORDS);
    other.write('2', 55);
    expect(read(plugin('2.0', Buffer.concat([RECORDS, other]))).keyIds).toEqual([
      'percona_binlog:1',
      'percona_binlog:2',
    ]);
    expect(read(plugin('2.0', Buffer.alloc(0))).keyIds).toEqual([]);
  });

  test.each(['1.0', '2.0'] as const)('version %s, cut anywhere, is malformed', (version) => {
    const bytes = plugin(version);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => read(bytes.subarray(0, length)), `cut at ${length}`).toThrow(MalformedError);
    }
  });

  test('a changed byte does not pass its SHA-256', () => {
    const bytes = plugin('2.0');
    for (let at = 24; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => read(changed), `changed at ${at}`).toThrow(/digest|EOF/);
    }
  });

  test.each([
    ['a record larger than the file', 0, 'ff'],
    ['a record of nothing', 0, '00'],
    ['a key larger than its record', 32, 'ff'],
    ['a key id of 2^63 bytes', 15, '80'],
    ['lengths of a big-endian server', 0, '0000000000000050'],
  ])('%s is refused before anything is allocated', (_name, offset, hex) => {
    const records = Buffer.from(RECORDS);
    Buffer.from(hex, 'hex').copy(records, offset);
    expect(() => read(plugin('2.0', records))).toThrow(MalformedError);
  });
});

describe('file_key_management', () => {
  test('has keys of three sizes between comments and blanks', () => {
    const store = read(
      [
        '# keys',
        '   # one more comment',
        '1;000102030405060708090A0B0C0D0E0F # and a comment',
        '',
        ' 7;000102030405060708090a0b0c0d0e0f1011121314151617 --> ignored\r',
        `4294967295;${SECRET}`,
      ].join('\n'),
    );
    expect(store).toMatchObject({
      format: 'file_key_management',
      keyIds: ['1', '7', '4294967295'],
    });
    expect(store.secretOf('7')).toHaveLength(24);
    expect(store.secretOf('1')?.toString('hex')).toBe('000102030405060708090a0b0c0d0e0f');
  });

  test('of keys with one id takes the last', () => {
    const store = read(`1;${'11'.repeat(16)}\n1;${'22'.repeat(16)}\n`);
    expect(store.secretOf('1')?.toString('hex')).toBe('22'.repeat(16));
  });

  test.each([
    ['a key of 17 bytes', `1;${'11'.repeat(16)}\n2;${'11'.repeat(17)}`, 'at 35: key: key 2 has no'],
    ['half a byte more', `1;${'11'.repeat(16)}1`, 'at 0: key: key 1 has no'],
    ['no digits', '1;', 'at 0: key: key 1 has no'],
    ['the id 0', `0;${'11'.repeat(16)}`, 'at 0: key id: the line begins with no "id;"'],
    ['an id beyond 32 bits', `4294967296;${'11'.repeat(16)}`, 'at 0: key id'],
    ['words', `1;${'11'.repeat(16)}\nsecret`, 'at 35: key id: the line begins with no "id;"'],
  ])('with %s is malformed', (_name, text, message) => {
    expect(() => read(text)).toThrow(`${FILE}: ${message}`);
  });

  const salt = Buffer.from('591b4eb219712395', 'hex');
  const text = `1;${SECRET}\n`;
  const salted = (derived: Buffer, content = text): Buffer => {
    const cipher = createCipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32, 48));
    return Buffer.concat([Buffer.from('Salted__'), salt, cipher.update(content), cipher.final()]);
  };
  const password = Buffer.from('lab secret\r\n');
  const evp = (digest: string): Buffer => {
    const hash = (before: Buffer) =>
      createHash(digest).update(before).update('lab secret').update(salt).digest();
    const first = hash(Buffer.alloc(0));
    const second = hash(first);
    return Buffer.concat([first, second, hash(second)]);
  };

  test('encrypted, of a real server', () => {
    const folder = 'mariadb-10.11-no-checksums';
    const store = keysOf(`${folder}/keys.enc`, `${folder}/password.txt`);
    expect(store.secretOf('1')?.toString('hex')).toBe(
      '0102030405060708090a0b0c0d0e0f101112131415161718',
    );
  });

  test.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('encrypted, with %s', (digest) => {
    expect(read(salted(evp(digest)), { password }).keyIds).toEqual(['1']);
    const rounds = (n: number) => salted(pbkdf2Sync('lab secret', salt, n, 48, digest));
    expect(read(rounds(10_000), { password }).keyIds).toEqual(['1']);
    expect(read(rounds(777), { password, pbkdf2Iterations: 777 }).keyIds).toEqual(['1']);
    expect(() => read(rounds(777), { password })).toThrow('password: does not open the key file');
    expect(() => read(rounds(777), { password, pbkdf2Iterations: 0 })).toThrow(MalformedError);
  });

  test.each([
    ['without a password', salted(evp('sha1')), {}, 'password: the key file is encrypted'],
    ['with another one', salted(evp('sha1')), { password: Buffer.from('x') }, 'does not open'],
    ['with a long one', salted(evp('sha1')), { password: Buffer.alloc(257, 65) }, 'has 257 bytes'],
    ['of other content', salted(evp('sha1'), 'words'), { password }, 'does not open'],
  ])('encrypted, %s, is refused', (_name, bytes, options, message) => {
    expect(() => read(bytes, options)).toThrow(message);
  });

  test('encrypted, cut anywhere, is refused', () => {
    const bytes = salted(evp('sha1'));
    for (let length = 0; length < bytes.length; length += 1) {
      const options = { password, pbkdf2Iterations: 0 };
      expect(() => read(bytes.subarray(0, length), options), `${length}`).toThrow(MalformedError);
    }
  });
});

describe('a secret is shown nowhere', () => {
  const stores = [
    keysOf('mysql-9.7/component_keyring_file'),
    read(plugin('2.0')),
    read(`1;${SECRET}`),
  ];

  test.each(stores)('not by the store of $format', (store) => {
    const hex = store.secretOf(store.keyIds[0] ?? '')?.toString('hex') ?? expect.fail('no key');
    const shown = `${JSON.stringify(store)}${inspect(store, { depth: 9, showHidden: true })}`;
    expect(shown.toLowerCase()).not.toContain(hex);
    expect(shown).toContain(store.keyIds[0]);
  });

  test('not by an error, whatever is wrong with the file', () => {
    const files = [
      JSON.stringify({ version: '1.0', elements: [{ data_id: 'a', data: SECRET, user: '' }] }),
      `1;${SECRET}\n`,
    ];
    const tool = fc.tuple(fc.constantFrom(...files), fc.nat(200), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(tool, ([text, at, put]) => {
        try {
          read(text.slice(0, at) + put + text.slice(at + 1));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
          for (let i = 0; i + 6 <= SECRET.length; i += 1) {
            expect(String(error)).not.toContain(SECRET.slice(i, i + 6));
          }
        }
      }),
    );
  });
});

test('a file of another kind is no key file', () => {
  for (const text of [
    '',
    'key\n',
    '[mysqld]\nport=1',
    'Keyring file version:3.0',
    '\u00fe\u0062',
  ]) {
    expect(() => read(text)).toThrow(
      `${FILE}: at 0: format: no key file of component_keyring_file`,
    );
  }
});

test('nothing but a malformed error leaves the reader, whatever the bytes', () => {
  const heads = [
    '',
    '{',
    '{"version":"1.0","elements":[',
    'Keyring file version:1.0',
    '1;',
    'Salted__',
  ];
  const bytes = fc
    .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }))
    .map(([head, rest]) => Buffer.concat([Buffer.from(head), rest]));
  fc.assert(
    fc.property(bytes, (file) => {
      try {
        read(file, { password: Buffer.from('x'), pbkdf2Iterations: 0 });
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 500 },
  );
});
