import { expect, test } from 'vitest';
import { RelayLog, START, VERSION } from '../support/relay-log.ts';
import { type Files, onlyChannel, onlyServer } from '../support/scan-bytes.ts';
import { index, mariadbMasterInfo, masterInfo, relayLogInfo } from '../support/status-files.ts';

const relay = (version: string = VERSION.mysql57, source = 1): RelayLog =>
  new RelayLog({ version }).connect({ source }).write();

const channels = (files: Files) =>
  onlyServer(files).channels.map((channel) => ({
    name: channel.name,
    relay: channel.relay?.base ?? null,
    master: channel.masterInfo?.path ?? null,
    applied: channel.relayLogInfo?.path ?? null,
  }));

test('the default channel has no name', () => {
  const files = {
    'a/db2-relay-bin.000002': relay(),
    'a/db2-relay-bin.index': index('db2-relay-bin.000002'),
    'a/master.info': masterInfo(),
    'a/relay-log.info': relayLogInfo({ file: 'db2-relay-bin.000002', offset: 4, position: 4 }),
  };
  expect(channels(files)).toEqual([
    { name: '', relay: 'db2-relay-bin', master: 'a/master.info', applied: 'a/relay-log.info' },
  ]);
  expect(onlyChannel(files)).toMatchObject({
    index: { path: 'a/db2-relay-bin.index' },
    sourceIds: [1],
  });
});

test('MySQL: relay logs and status files of a channel carry its name, encoded', () => {
  const files = {
    'a/db2-relay-bin-west@002d2.000002': relay(VERSION.mysql57, 5),
    'a/db2-relay-bin-east.000002': relay(VERSION.mysql57, 6),
    'a/master-west@002d2.info': masterInfo({ channel: 'west-2' }),
    'a/relay-log-west@002d2.info': relayLogInfo({
      file: 'db2-relay-bin-west@002d2.000002',
      offset: 4,
      position: 4,
    }),
  };
  expect(channels(files)).toEqual([
    { name: 'east', relay: 'db2-relay-bin-east', master: null, applied: null },
    {
      name: 'west-2',
      relay: 'db2-relay-bin-west@002d2',
      master: 'a/master-west@002d2.info',
      applied: 'a/relay-log-west@002d2.info',
    },
  ]);
});

test('MySQL 8: without status files the names of the relay logs tell', () => {
  const files = {
    'a/db2-relay-bin-west@002d2.000002': relay(VERSION.mysql8030),
    'a/db2-relay-bin.000002': relay(VERSION.mysql8030, 9),
  };
  expect(channels(files).map(({ name }) => name)).toEqual(['', 'west-2']);
});

test('MariaDB: a connection is called as multi-master.info has it typed', () => {
  const files = {
    'a/db2-relay-bin-weird@0020name@002f2.000002': relay(VERSION.mariadb),
    'a/db2-relay-bin.000002': relay(VERSION.mariadb, 9),
    'a/master-weird@0020name@002f2.info': mariadbMasterInfo(),
    'a/master.info': mariadbMasterInfo(),
    'a/multi-master.info': 'Weird Name/2\nother\n',
  };
  expect(channels(files)).toEqual([
    { name: '', relay: 'db2-relay-bin', master: 'a/master.info', applied: null },
    {
      name: 'Weird Name/2',
      relay: 'db2-relay-bin-weird@0020name@002f2',
      master: 'a/master-weird@0020name@002f2.info',
      applied: null,
    },
  ]);
});

test('relay logs under another base name belong to the channel whose relay-log.info names them', () => {
  const files = {
    'a/rly.000002': relay(),
    'a/relay-log.info': relayLogInfo({ file: 'rly.000002', offset: 4, position: 4 }),
    'a/replayed-west.000002': relay(VERSION.mysql57, 5),
    'a/relay-log-west.info': relayLogInfo({ file: 'replayed-west.000002', offset: 4, position: 4 }),
  };
  expect(channels(files)).toMatchObject([
    { name: '', relay: 'rly' },
    { name: 'west', relay: 'replayed-west' },
  ]);
});

test('after a change of the host name the relay logs in use are those that relay-log.info names', () => {
  const files = {
    'a/old-relay-bin.000009': relay(),
    'a/renamed-relay-bin.000002': relay(VERSION.mysql57, 9),
    'a/master.info': masterInfo(),
    'a/relay-log.info': relayLogInfo({ file: 'renamed-relay-bin.000002', offset: 4, position: 4 }),
  };
  expect(channels(files)).toMatchObject([
    { name: '', relay: 'renamed-relay-bin', applied: 'a/relay-log.info' },
    { name: 'old-relay-bin', relay: 'old-relay-bin', applied: null },
  ]);
});

test('where a version has no channels, a relay log’s name makes none', () => {
  expect(channels({ 'a/relay-bin-db2.000002': relay(VERSION.mysql56) })).toMatchObject([
    { name: '' },
  ]);
  expect(channels({ 'a/relay-bin-db2.000002': relay(VERSION.mysql57) })).toMatchObject([
    { name: 'db2' },
  ]);
});

test('parallel workers’ files go with their channel', () => {
  const worker = (at: number) =>
    [
      '1',
      './relay-bin.000002',
      String(at),
      'mysql-bin.000001',
      '4',
      './relay-bin.000002',
      '4',
      'mysql-bin.000001',
      '4',
      '0',
      '0',
      '',
    ].join('\n');
  const files = {
    'a/relay-bin.000002': relay(),
    'a/worker-relay-log.info.1': worker(4),
    'a/worker-relay-log.info.2': worker(9),
  };
  expect(onlyChannel(files).workers.map(({ path }) => path)).toEqual([
    'a/worker-relay-log.info.1',
    'a/worker-relay-log.info.2',
  ]);
});

test('the source’s ids are those of the Rotates, newest last', () => {
  const files = {
    'a/relay-bin.000002': new RelayLog().connect({ source: 1 }).write(),
    'a/relay-bin.000003': new RelayLog()
      .connect({ source: 4, formatId: 1, position: 600, opened: START })
      .write(),
  };
  expect(onlyChannel(files).sourceIds).toEqual([1, 4]);
  const back = {
    ...files,
    'a/relay-bin.000004': new RelayLog().connect({ source: 1, position: 900 }).write(),
  };
  expect(onlyChannel(back).sourceIds).toEqual([4, 1]);
});

test('without any Rotate left, the copied format descriptions tell the source’s id', () => {
  const files = {
    'a/relay-bin.000008': new RelayLog().copyOfFormat({ source: 1, position: 600 }).write(),
  };
  expect(onlyChannel(files).sourceIds).toEqual([1]);
});

test('status files alone make a channel', () => {
  expect(onlyChannel({ 'a/master.info': masterInfo() })).toMatchObject({
    name: '',
    relay: null,
    connections: [],
    sourceIds: [],
  });
});

test('status files beside MySQL 8.4 are left over from before the upgrade: nothing is taken from them', () => {
  const files = (version: string) => ({
    'a/db2-relay-bin.000002': relay(version),
    'a/db2-relay-bin.index': index('db2-relay-bin.000002'),
    'a/master.info': masterInfo(),
    'a/relay-log.info': relayLogInfo({ file: 'db2-relay-bin.000002', offset: 4, position: 4 }),
  });
  expect(onlyChannel(files('8.4.3'))).toMatchObject({ masterInfo: null, relayLogInfo: null });
  expect(onlyServer(files('8.4.3')).leftOver).toEqual(['a/master.info', 'a/relay-log.info']);
  expect(onlyChannel(files('8.0.36')).masterInfo).not.toBeNull();
  expect(onlyServer(files('8.0.36')).leftOver).toEqual([]);
});
