import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { log, patched } from '../support/build-log.ts';
import { ringBinlog, ringRelay } from '../support/loop-logs.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { type Files, findingOf, NOW, reportOf } from '../support/scan-bytes.ts';
import { index, mariadbMasterInfo, masterInfo, relayLogInfo } from '../support/status-files.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../report.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

const torn = (relay: RelayLog): Buffer => relay.bytes().subarray(0, relay.length - 5);

const SCENES: Readonly<Record<string, () => Files>> = {
  nothing: () => ({}),
  'a healthy pair': () => ({
    'a/mysql-bin.000001': write(binaryLog()),
    'b/relay-bin.000002': new RelayLog().connect().write(),
    'b/master.info': masterInfo(),
    'b/relay-bin.index': index('relay-bin.000002'),
  }),
  'a loop in a ring': () => ({
    'a/relay-bin.000002': ringRelay({ proof: 'mariadb-gtid', serverId: 1, source: 2 }),
    'b/relay-bin.000002': ringRelay({ proof: 'mariadb-gtid' }),
    'b/master.info': mariadbMasterInfo({ ignore: [7] }),
  }),
  'a loop that no repair ends': () => ({
    'b/relay-bin.000002': ringRelay({ version: VERSION.mysql51 }),
  }),
  'a suspected loop': () => ({
    'b/mysql-bin.000001': ringBinlog({ proof: 'original-commit-timestamp', laps: 5 }),
  }),
  'damage of every kind': () => {
    const relay = new RelayLog().connect({ position: 700 }).write().write();
    return {
      'b/relay-bin.000002': patched(relay.bytes(), relay.log.event(4).offset + 25, 0xff),
      'b/relay-bin.000003': torn(new RelayLog().connect({ position: relay.position }).write()),
      'b/relay-log.info': relayLogInfo({
        offset: relay.log.event(2).end,
        position: 700,
        delay: 60,
        workers: 4,
      }),
      'c/mysql-bin.000001': patched(write(binaryLog()).bytes(), 0, 0),
      'd/relay-log.info': relayLogInfo({ offset: 4, position: 4 }).slice(0, 30),
    };
  },
  'encrypted and empty logs': () => ({
    'a/mysql-bin.000001': Buffer.from('fd62696e0001', 'hex'),
    'a/mysql-bin.000002': log(),
  }),
};

describe.each(Object.entries(SCENES))('%s', (_name, files) => {
  test('fits the schema', async () => {
    const report = await reportOf(files());
    validate(JSON.parse(JSON.stringify(report)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('gives the same bytes each time', async () => {
    expect(JSON.stringify(await reportOf(files()))).toBe(JSON.stringify(await reportOf(files())));
  });
});

const moved = (files: Files, to: string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${to}/${path}`, content]));

const fingerprints = ({ findings }: Report): string[] =>
  findings.map(({ fingerprint }) => fingerprint).sort();

describe('a fingerprint', () => {
  const files = (): Files => ({
    ...SCENES['a loop in a ring']?.(),
    ...SCENES['damage of every kind']?.(),
  });

  test('is the same wherever the files lie and whenever they are judged', async () => {
    const here = fingerprints(await reportOf(files()));
    expect(here.length).toBeGreaterThan(3);
    expect(fingerprints(await reportOf(moved(files(), 'elsewhere/deep')))).toEqual(here);
    expect(
      fingerprints(await reportOf(files(), { now: new Date('2031-01-01T00:00:00Z') })),
    ).toEqual(here);
  });

  test('is another one for another server, channel or place', async () => {
    const stale = async (serverId: number, channel = '') =>
      fingerprints(
        await reportOf({
          [`b/relay-bin${channel}.000002`]: new RelayLog({ serverId, version: VERSION.mysql57 })
            .connect({ position: 700 })
            .write(),
        }),
      );
    const all = [...(await stale(2)), ...(await stale(5)), ...(await stale(2, '-west'))];
    expect(new Set(all).size).toBe(3);
  });
});

describe('findings', () => {
  test('stand worst first, among equals surest first', async () => {
    const report = await reportOf({
      ...SCENES['a loop in a ring']?.(),
      ...SCENES['damage of every kind']?.(),
    });
    const order = ['critical', 'high', 'medium', 'low', 'info'];
    const ranks = report.findings.map(({ severity }) => order.indexOf(severity));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    const counted = Object.values(report.summary.bySeverity).reduce((sum, n) => sum + n, 0);
    expect(counted).toBe(report.findings.length);
  });

  test('show what stands at their places: type, server, time, statement, position', async () => {
    const relay = ringRelay({ proof: 'original-commit-timestamp', laps: 12 });
    const { evidence } = findingOf(
      await reportOf({ 'b/relay-bin.000002': relay }),
      'foreign-server-id-loop',
    );
    expect(evidence).toHaveLength(3);
    expect(evidence[0]).toMatchObject({
      path: 'b/relay-bin.000002',
      offset: relay.log.event(7).offset,
      length: relay.log.event(10).end - relay.log.event(7).offset,
      eventType: 'Anonymous_gtid',
      serverId: 3,
      timestamp: '2023-11-14T22:13:21Z',
      source: { file: 'mysql-bin.000001' },
      text: 'INSERT INTO orders VALUES (1)',
    });
  });

  test('never show a password', async () => {
    const sql = "CREATE USER a IDENTIFIED BY 'swordfish'";
    const report = await reportOf({
      'b/relay-bin.000002': ringRelay({ transactions: [{ sql }] }),
      'b/master.info': masterInfo(),
    });
    expect(findingOf(report, 'foreign-server-id-loop').evidence[0]?.text).toContain('CREATE USER');
    expect(JSON.stringify(report)).not.toMatch(/swordfish|correct horse/);
  });

  test('cut long statements', async () => {
    const sql = `INSERT INTO orders VALUES ${Array.from({ length: 90 }, (_, i) => `(${i})`).join(', ')}`;
    const report = await reportOf({ 'b/relay-bin.000002': ringRelay({ transactions: [{ sql }] }) });
    expect(findingOf(report, 'foreign-server-id-loop').evidence[0]?.text).toHaveLength(301);
  });

  test('of rows name the table', async () => {
    const report = await reportOf({
      'b/relay-bin.000002': ringRelay({ transactions: [{ rows: 'shop.carts' }] }),
    });
    expect(findingOf(report, 'foreign-server-id-loop').evidence[0]?.text).toMatch(/shop\.carts$/);
  });
});

describe('servers', () => {
  test('and their parts', async () => {
    const { servers } = await reportOf({
      'a/mysql-bin.000001': write(binaryLog()),
      'b/relay-bin.000002': new RelayLog().connect().write(),
      'b/mysql-bin.000001': binaryLog({ serverId: 2 }),
      'b/master.info': masterInfo(),
      'c/relay-bin.000002': new RelayLog({ serverId: 3 }).connect({ source: 2 }).write(),
    });
    expect(servers.map(({ serverId, role, folder }) => [serverId, role, folder])).toEqual([
      [1, 'source', 'a'],
      [2, 'source and replica', 'b'],
      [3, 'replica', 'c'],
    ]);
    expect(servers[1]).toMatchObject({
      flavor: 'mysql',
      version: VERSION.mysql56,
      dialect: 'mysql-5.6',
      sources: [{ channel: '', serverId: 1, host: 'db1', port: 3306 }],
      inputs: ['b/master.info', 'b/mysql-bin.000001', 'b/relay-bin.000002'],
    });
  });
});

describe('inputs', () => {
  test('say what each file is and how whole it is', async () => {
    const relay = new RelayLog().connect().write().rotate('relay-bin.000003');
    const { inputs, summary, now } = await reportOf({
      'b/relay-bin.000002': relay,
      'b/relay-bin.000003': torn(new RelayLog().copyOfFormat({ position: relay.position }).write()),
      'b/relay-bin.index': index('relay-bin.000002', 'relay-bin.000003'),
      'b/my.cnf': '[mysqld]\n',
      'a/mysql-bin.000001': write(binaryLog({ at: START })),
    });
    expect(inputs.map(({ path, kind, state }) => [path, kind, state])).toEqual([
      ['a/mysql-bin.000001', 'binary-log', 'open'],
      ['b/my.cnf', 'settings', 'complete'],
      ['b/relay-bin.000002', 'relay-log', 'complete'],
      ['b/relay-bin.000003', 'relay-log', 'truncated'],
      ['b/relay-bin.index', 'log-index', 'complete'],
    ]);
    expect(inputs[2]).toMatchObject({
      serverId: 2,
      sourceServerId: 1,
      events: 7,
      checksum: 'crc32',
      first: '2023-11-14T22:13:21Z',
    });
    expect(summary).toMatchObject({ inputs: 5, skipped: 0, partial: false });
    expect(now).toBe(`${NOW.toISOString().slice(0, 19)}Z`);
  });
});
