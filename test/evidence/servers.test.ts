import { expect, test } from 'vitest';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { evidenceOf, type Files, onlyServer } from '../support/scan-bytes.ts';
import { index, masterInfo } from '../support/status-files.ts';

const servers = (files: Files) =>
  evidenceOf(files).servers.map(({ folder, ids, binlogs, channels }) => ({
    folder,
    ids,
    binlogs: binlogs.map(({ base }) => base),
    relays: channels.flatMap(({ relay }) => relay?.base ?? []),
  }));

test('a folder is a server: its binary logs, relay logs and status files', () => {
  const files = {
    'db2/mysql-bin.000001': write(binaryLog({ serverId: 2 }), { serverId: 1 }),
    'db2/relay-bin.000002': new RelayLog({ serverId: 2 }).connect().write(),
    'db2/master.info': masterInfo(),
    'db2/auto.cnf': '[auto]\nserver-uuid=3e11fa47-71ca-11e1-9e33-c80aa9429562\n',
    'db2/mysql-bin.index': index('mysql-bin.000001'),
  };
  expect(onlyServer(files)).toMatchObject({
    id: 2,
    uuid: '3e11fa47-71ca-11e1-9e33-c80aa9429562',
    version: { text: VERSION.mysql56 },
    dialect: { id: 'mysql-5.6' },
    folder: 'db2',
    binlogIndex: { path: 'db2/mysql-bin.index' },
    inputs: [
      'db2/auto.cnf',
      'db2/master.info',
      'db2/mysql-bin.000001',
      'db2/mysql-bin.index',
      'db2/relay-bin.000002',
    ],
  });
});

test('the source’s binary logs beside a replica’s relay logs are another server’s', () => {
  const files = {
    'all/mysql-bin.000001': write(binaryLog({ serverId: 1 })),
    'all/relay-bin.000002': new RelayLog({ serverId: 2 }).connect({ source: 1 }).write(),
    'all/master.info': masterInfo(),
    'all/mysql-bin.index': index('mysql-bin.000001'),
  };
  expect(servers(files)).toEqual([
    { folder: 'all', ids: [1], binlogs: ['mysql-bin'], relays: [] },
    { folder: 'all', ids: [2], binlogs: [], relays: ['relay-bin'] },
  ]);
  const [source, replica] = evidenceOf(files).servers;
  expect(source?.inputs).toEqual(['all/mysql-bin.000001', 'all/mysql-bin.index']);
  expect(replica?.inputs).toContain('all/master.info');
});

test('both members of a ring in one folder are two servers', () => {
  const files = {
    'all/a-bin.000001': write(binaryLog({ serverId: 1 })),
    'all/a-relay-bin.000002': new RelayLog({ serverId: 1 }).connect({ source: 2 }).write(),
    'all/b-bin.000001': write(binaryLog({ serverId: 2 }), { at: START + 9 }),
    'all/b-relay-bin.000002': new RelayLog({ serverId: 2 }).connect({ source: 1 }).write(),
  };
  expect(servers(files)).toEqual([
    { folder: 'all', ids: [1], binlogs: ['a-bin'], relays: ['a-relay-bin'] },
    { folder: 'all', ids: [2], binlogs: ['b-bin'], relays: ['b-relay-bin'] },
  ]);
});

test('two series of binary logs under two ids are two servers', () => {
  const files = {
    'all/a-bin.000001': write(binaryLog({ serverId: 1 })),
    'all/b-bin.000001': write(binaryLog({ serverId: 2, at: START + 9 })),
  };
  expect(servers(files).map(({ ids }) => ids)).toEqual([[1], [2]]);
});

test('a server renumbered while it ran has its binary log under the old id, its relay logs under the new one', () => {
  const files = {
    'a/mysql-bin.000001': write(binaryLog({ serverId: 1 })),
    'a/relay-bin.000002': new RelayLog({ serverId: 4, at: START + 60 })
      .connect({ source: 2 })
      .write(),
  };
  expect(servers(files)).toEqual([
    { folder: 'a', ids: [4, 1], binlogs: ['mysql-bin'], relays: ['relay-bin'] },
  ]);
});

test('two snapshots of one server in two folders are two servers', () => {
  const log = () => write(binaryLog({ serverId: 1 }));
  expect(
    servers({ 'monday/mysql-bin.000001': log(), 'tuesday/mysql-bin.000001': log() }),
  ).toHaveLength(2);
});

test('--server-id names a server whose own files do not', () => {
  expect(onlyServer({ 'a/master.info': masterInfo() })).toMatchObject({
    id: null,
    ids: [],
    version: null,
  });
  expect(onlyServer({ 'a/master.info': masterInfo() }, { serverId: 12 })).toMatchObject({
    id: 12,
    ids: [12],
  });
  const relay = new RelayLog({ serverId: 2 }).connect().write();
  expect(onlyServer({ 'a/relay-bin.000002': relay }, { serverId: 12 })).toMatchObject({
    id: 2,
    ids: [2],
  });
});

test('the newest transactions tell whether GTIDs are on, the own log before the relay log', () => {
  const version = VERSION.mysql57;
  const relay = (gno?: number) =>
    new RelayLog({ version })
      .connect({ position: 700 })
      .write(gno === undefined ? { immediate: 1 } : { gno });
  const own = binaryLog({ serverId: 2, version });
  expect(onlyServer({ 'a/relay-bin.000002': relay(1) }).gtids).toBe('on');
  expect(onlyServer({ 'a/relay-bin.000002': relay() }).gtids).toBe('off');
  expect(
    onlyServer({
      'a/relay-bin.000002': relay(1),
      'a/mysql-bin.000001': write(own, { immediate: 1 }),
    }).gtids,
  ).toBe('off');
  expect(onlyServer({ 'a/relay-bin.000002': new RelayLog({ version }).connect() }).gtids).toBe(
    'unknown',
  );
});
