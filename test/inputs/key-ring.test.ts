import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { decryptLog } from '../../src/binlog/encryption/decrypt-log.ts';
import { openLog } from '../../src/binlog/open-log.ts';
import { fromBytes, openFile } from '../../src/bytes/byte-source.ts';
import { readKeyRing } from '../../src/inputs/key-ring.ts';
import { exitCode } from '../../src/report/exit-code.ts';
import { render } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import { type ScanOptions, scan } from '../../src/scan.ts';
import { FILES, keysOf, mariadbLogs } from '../binlog/encryption/real-logs.ts';
import { log, noise } from '../support/build-log.ts';
import { encryptMysqlLog, MYSQL_KEY_ID } from '../support/encrypt-log.ts';
import { folderOf } from './folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const now = new Date('2026-11-20T12:00:00Z');
const SAMPLE = 'samples/encrypted-mysql-9.7/files/ha';
const HA_KEYS = join(FILES, 'mysql-9.7/component_keyring_file');
const HB_KEYS = join(FILES, 'mysql-9.7/hb/component_keyring_file');

/** Both hosts of the evidence in one folder: as their servers wrote them, or in clear. */
const hosts = (isPlain: boolean): string => {
  const folder = folderOf({});
  cpSync(join(ROOT, SAMPLE), join(folder, 'ha'), { recursive: true });
  cpSync(join(FILES, 'mysql-9.7/hb'), join(folder, 'hb'), { recursive: true });
  chmodSync(folder, 0o755);
  if (!isPlain) return folder;
  for (const name of ['mysql-bin.000001', 'mysql-bin.000002', 'mysql-bin.000004']) {
    cpSync(join(FILES, 'mysql-9.7/plain', name), join(folder, 'ha', name));
  }
  const keys = [keysOf('mysql-9.7/hb/component_keyring_file')];
  const relayLogs = Array.from({ length: 8 }, (_, n) => `hb-relay-bin.00000${n + 1}`);
  for (const name of [...relayLogs, 'mysql-bin.000001']) {
    const path = join(folder, 'hb', name);
    const source = decryptLog(fromBytes(readFileSync(path)), { file: name, keys });
    const bytes = Buffer.alloc(source.size ?? 0);
    source.read(bytes, 0);
    writeFileSync(path, bytes);
  }
  return folder;
};

const scanHosts = (folder: string, options: Partial<ScanOptions> = {}): Promise<Report> =>
  scan([folder], { now, ...options });

/** A report without what tells the two folders apart. */
const comparable = (report: Report, folder: string) =>
  JSON.parse(
    JSON.stringify({
      ...report,
      summary: { ...report.summary, bytes: 0 },
      inputs: report.inputs.map((input) => ({ ...input, bytes: 0, decryptedWith: null })),
    }).replaceAll(folder, ''),
  );

describe('a scan with the key files of both hosts', () => {
  test('finds what it finds in their plain logs', async () => {
    const [encrypted, plain] = [hosts(false), hosts(true)];
    const withKeys = await scanHosts(encrypted, { keyring: [HA_KEYS, HB_KEYS] });
    const withoutKeys = await scanHosts(plain);
    expect(comparable(withKeys, encrypted)).toEqual(comparable(withoutKeys, plain));
    expect(withKeys.problems).toEqual([]);
    expect(withKeys.context.filter(({ kind }) => kind === 'encrypted')).toEqual([]);
    expect(withKeys.inputs.some(({ kind }) => kind === 'relay-log')).toBe(true);
  });

  test('says which logs were decrypted, and with which key', async () => {
    const report = await scanHosts(hosts(false), { keyring: [HA_KEYS, HB_KEYS] });
    const id = (uuid: string, n: number) => `MySQLReplicationKey_${uuid}_${n}`;
    const ha = id('d938cfd0-e4ce-11f1-8d7a-02fc00000001', 2);
    const hb = id('d9b18cd8-e4ce-11f1-a31a-02fc00000001', 1);
    const keys = report.inputs.flatMap(({ decryptedWith }) => decryptedWith ?? []);
    expect(keys).toEqual([ha, ha, ha, ...Array.from({ length: 9 }, () => hb)]);
    for (const format of ['text', 'markdown'] as const) {
      const text = render(report, format).replaceAll(/\s+/g, ' ').replaceAll('`', '');
      expect(text).toContain(`3 logs decrypted with key ${ha}`);
      expect(text).toContain(`9 logs decrypted with key ${hb}`);
    }
    const schema = JSON.parse(readFileSync(join(ROOT, 'report.schema.json'), 'utf8'));
    const validate = new Ajv({ strict: true }).compile(schema);
    validate(JSON.parse(render(report, 'json')));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('shows no secret', async () => {
    const report = await scanHosts(hosts(false), { keyring: [HA_KEYS, HB_KEYS] });
    const secrets = [HA_KEYS, HB_KEYS].flatMap((path) =>
      Array.from(readFileSync(path, 'utf8').matchAll(/"data":"([0-9A-F]{64})"/g), ([, hex]) => hex),
    );
    expect(secrets).toHaveLength(2);
    for (const format of ['text', 'json', 'markdown'] as const) {
      for (const secret of secrets) {
        expect(render(report, format).toUpperCase()).not.toContain(secret);
      }
    }
  });
});

test('a finding in a decrypted log shows its events', async () => {
  const key = noise(32);
  const built = log().format({ created: 1_700_000_000 }).gtid(1).begin();
  built.query('INSERT INTO t VALUES (1)', { badChecksum: true }).xid(1).stop();
  const json = { user: '', data_id: MYSQL_KEY_ID, data_type: 'AES', extension: [] };
  const folder = folderOf({
    'mysql-bin.000001': encryptMysqlLog(built.bytes(), key),
    keys: JSON.stringify({ version: '1.0', elements: [{ ...json, data: key.toString('hex') }] }),
  });
  const report = await scan([join(folder, 'mysql-bin.000001')], {
    now,
    keyring: [join(folder, 'keys')],
  });
  expect(report.findings).toMatchObject([
    {
      rule: 'corrupt-event',
      evidence: expect.arrayContaining([
        expect.objectContaining({ offset: built.event(3).offset, eventType: 'Query', serverId: 1 }),
      ]),
    },
  ]);
});

describe('logs stay encrypted', () => {
  const [mariadb] = mariadbLogs;

  test.each<readonly [string, string, RegExp]>([
    [
      'with the key of another server',
      '1;000102030405060708090a0b0c0d0e0f',
      /key 1 of .* does not fit/,
    ],
    ['without the right key id', '2;000102030405060708090a0b0c0d0e0f', /needs key 1; .*keys has 2/],
  ])('%s, and the report says so', async (_name, keys, message) => {
    const folder = folderOf({ 'mysql-bin.000001': mariadb?.encrypted ?? '', keys });
    const report = await scan([join(folder, 'mysql-bin.000001')], {
      now,
      keyring: [join(folder, 'keys')],
    });
    expect(report.inputs).toMatchObject([{ state: 'encrypted', events: null }]);
    expect(report.problems.map((problem) => problem.message)).toMatchObject([
      expect.stringMatching(/encryption: the events are encrypted \(MariaDB\) with key 1, and/),
    ]);
    expect(report.problems[0]?.message).toMatch(message);
    expect(exitCode({ report, failOn: 'high' })).toBe(3);
  });

  test.each<readonly [string, Record<string, string>, RegExp]>([
    ['a key file that is none', { keys: 'words' }, /keys: at 0: format: no key file of/],
    ['a key file that is not there', {}, /keys: ENOENT/],
  ])('with %s, and the report says that, too', async (_name, files, message) => {
    const folder = folderOf({ 'mysql-bin.000001': mariadb?.encrypted ?? '', ...files });
    const report = await scan([join(folder, 'mysql-bin.000001')], {
      now,
      keyring: [join(folder, 'keys')],
    });
    expect(report.problems[0]?.message).toMatch(message);
    expect(report.inputs).toMatchObject([{ state: 'encrypted' }]);
    expect(report.problems).toHaveLength(2);
  });
});

test('an encrypted key file is opened with the password in a file', () => {
  const folder = join(FILES, 'mariadb-10.11-no-checksums');
  const files = { keyring: [join(folder, 'keys.enc')] };
  expect(readKeyRing(files).problems).toMatchObject([
    { offset: 0, problem: 'password: the key file is encrypted: it needs its password' },
  ]);
  const ring = readKeyRing({ ...files, keyringPassword: join(folder, 'password.txt') });
  expect(ring.problems).toEqual([]);
  const { source, keyProblem } = ring.unlock(openFile(join(folder, 'ctr.000002')), 'ctr.000002');
  source.close();
  expect({ keyProblem, source }).toMatchObject({ keyProblem: null, source: { decrypted: true } });
  expect(readKeyRing({ ...files, keyringPassword: join(folder, 'none') }).problems).toHaveLength(2);
});

describe('openLog', () => {
  const path = join(FILES, 'mariadb-11.8/mysql-bin.000001');
  const keys = [keysOf('mariadb-11.8/file_key_management.txt')];

  test('reads the events of an encrypted log, with its key', () => {
    const events = [...openLog(path, { keys })];
    expect(events).toHaveLength(20);
    expect(events.map(({ type }) => type)).toContain('Xid');
    // The log is closed by now, and opened again
    expect(events.at(-1)?.decode()).toMatchObject({ type: 'xid' });
  });

  test('throws with another key, and without', () => {
    const other = [keysOf('mariadb-10.11-ctr/keys.txt')];
    expect(() => [...openLog(path, { keys: other })]).toThrow(/key 1 of .* does not fit/);
    expect(() => [...openLog(path)]).toThrow(/encrypted from here on/);
  });
});
