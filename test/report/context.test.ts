import { describe, expect, test } from 'vitest';
import type { ReportContext } from '../../src/report/report.ts';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';
import { relayLogInfo } from '../support/status-files.ts';

const contextsOf = async (files: Files, kind: string): Promise<ReportContext[]> =>
  (await reportOf(files)).context.filter((entry) => entry.kind === kind);

const next = (relay: RelayLog): RelayLog => relay.rotate('relay-bin.000009');

const name = (i: number, channel = ''): string =>
  `b/relay-bin${channel}.${String(i + 2).padStart(6, '0')}`;

describe('reconnects', () => {
  test('are counted and listed, rotations told apart', async () => {
    const first = new RelayLog().connect({ opened: START - 9 }).write({ at: START });
    const second = new RelayLog()
      .connect({ position: first.position, opened: START - 9 })
      .write({ at: START + 5 });
    const files = {
      [name(0)]: next(first),
      [name(1)]: next(second),
      [name(2)]: next(new RelayLog().copyOfFormat({ position: second.position }).write()),
      [name(3)]: next(
        new RelayLog().events((built) =>
          built.rotate('mysql-bin.000002', 4, { serverId: 1, logPos: 900 }),
        ),
      ),
      [name(4)]: new RelayLog()
        .connect({ file: 'mysql-bin.000002', opened: START + 9 })
        .write({ at: START + 9 }),
    };
    const [entry, ...others] = await contextsOf(files, 'reconnects');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      summary:
        'The relay logs of server 2 show 1 connect, 1 reconnect, 1 rotation of the master and 1 rotation of the relay log by size or FLUSH.',
      facts: {
        server: 2,
        channel: '',
        counts: {
          connect: 1,
          reconnect: 1,
          'source-rotation': 1,
          'source-restart': 0,
          'relay-rotation': 1,
        },
        leftOut: 0,
      },
    });
    const history = entry?.facts['history'] as readonly Record<string, unknown>[];
    expect(history.map(({ kind }) => kind)).toEqual([
      'connect',
      'reconnect',
      'relay-rotation',
      'source-rotation',
    ]);
    expect(history[1]).toEqual({
      kind: 'reconnect',
      mode: 'position',
      cause: 'in-traffic',
      gapSeconds: 5,
      notBefore: '2023-11-14T22:13:21Z',
      notAfter: '2023-11-14T22:13:26Z',
      path: name(1),
      offset: second.log.event(1).offset,
      asked: `mysql-bin.000001:${first.position}`,
      sourceServerId: 1,
      lastEventBefore: '2023-11-14T22:13:21Z',
      firstEventAfter: '2023-11-14T22:13:26Z',
      formatDescriptionWritten: '2023-11-14T22:13:12Z',
    });
    expect(entry?.evidence).toMatchObject([
      { path: name(1), eventType: 'Rotate', text: `Rotate to mysql-bin.000001:${first.position}` },
    ]);
  });

  test('a storm is counted whole, and its list has an end', async () => {
    const files: Record<string, RelayLog> = {};
    times(231, (i) => {
      files[name(i)] = next(new RelayLog().connect({ position: 700, opened: START }));
    });
    const [entry] = await contextsOf(files, 'reconnects');
    expect(entry?.facts).toMatchObject({ counts: { connect: 1, reconnect: 230 }, leftOut: 31 });
    expect(entry?.facts['history']).toHaveLength(200);
    expect(entry?.evidence).toHaveLength(20);
  });

  test('each channel for itself; none without relay logs', async () => {
    const of = (source: number) =>
      new RelayLog({ version: VERSION.mysql57 }).connect({ source, opened: START }).write();
    const two = await contextsOf(
      { [name(0, '-east')]: of(5), [name(0, '-west')]: of(6) },
      'reconnects',
    );
    expect(two.map(({ summary }) => summary)).toEqual([
      'The relay logs of server 2, channel east show 1 connect.',
      'The relay logs of server 2, channel west show 1 connect.',
    ]);
    expect(await contextsOf({ 'a/mysql-bin.000001': write(binaryLog()) }, 'reconnects')).toEqual(
      [],
    );
  });
});

test('a replica that is delayed on purpose', async () => {
  const info = (delay: number) => ({
    'b/relay-log.info': relayLogInfo({ offset: 4, position: 4, delay }),
  });
  const files = { [name(0)]: new RelayLog().connect({ opened: START }).write() };
  expect(await contextsOf({ ...files, ...info(0) }, 'delayed-replica')).toEqual([]);
  expect(await contextsOf({ ...files, ...info(3600) }, 'delayed-replica')).toMatchObject([
    {
      summary: 'server 2 is delayed on purpose, by 60 min.',
      facts: { server: 2, channel: '', delaySeconds: 3600 },
      evidence: [
        {
          path: 'b/relay-log.info',
          offset: info(3600)['b/relay-log.info'].indexOf('3600'),
          field: 'sqlDelay',
        },
      ],
    },
  ]);
});

test('encrypted logs are said to be encrypted, not damaged', async () => {
  const key = 'MySQLReplicationKey_3e11fa47-71ca-11e1-9e33-c80aa9429562_1';
  const head = Buffer.concat([
    Buffer.from('fd62696e0101', 'hex'),
    Buffer.from([key.length]),
    Buffer.from(key),
    Buffer.alloc(500),
  ]);
  const report = await reportOf({ 'b/mysql-bin.000001': head });
  expect(report.findings).toEqual([]);
  expect(report.context).toMatchObject([
    {
      kind: 'encrypted',
      summary: expect.stringContaining(`the key is ${key}`),
      facts: { files: ['b/mysql-bin.000001'], keys: [key] },
    },
  ]);
  expect(report.servers).toMatchObject([{ uuid: '3e11fa47-71ca-11e1-9e33-c80aa9429562' }]);
  expect(report.inputs).toMatchObject([{ state: 'encrypted', events: null }]);
});
