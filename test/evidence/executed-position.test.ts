import { describe, expect, test } from 'vitest';
import {
  type ExecutedPosition,
  executedPosition,
  isApplied,
} from '../../src/evidence/executed-position.ts';
import type { LogBuilder } from '../support/build-log.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { type Files, onlyServer } from '../support/scan-bytes.ts';
import {
  mariadbMasterInfo,
  masterInfo,
  type RelayLogInfo,
  relayLogInfo,
} from '../support/status-files.ts';

const position = (files: Files): ExecutedPosition => {
  const server = onlyServer(files);
  const [channel] = server.channels;
  if (!channel) throw new Error('no channel');
  return executedPosition(server, channel);
};

/** What relay-log.info says of one relay log, `relay-bin.000002`. */
const judged = (relay: RelayLog, info: RelayLogInfo, more: Files = {}): ExecutedPosition =>
  position({ 'a/relay-bin.000002': relay, 'a/relay-log.info': relayLogInfo(info), ...more });

const two = (): RelayLog =>
  new RelayLog().connect({ position: 700 }).write({ sql: 'INSERT 1' }).write({ sql: 'INSERT 2' });
const MIDDLE = 5;
const END = 8;

describe('exact', () => {
  test('the events before the offset end at the source position', () => {
    const relay = two();
    const offset = relay.log.event(MIDDLE).end;
    const read = relay.log.event(END).end - offset;
    expect(judged(relay, { offset, position: relay.position - read })).toMatchObject({
      state: 'exact',
      relay: { file: { name: 'relay-bin.000002' }, offset },
      source: { file: 'mysql-bin.000001', position: relay.position - read },
      appliedBeyond: 0,
    });
    expect(judged(relay, { offset: relay.length, position: relay.position })).toMatchObject({
      state: 'exact',
    });
  });

  test('behind a connect, before any event: what was asked for', () => {
    const relay = two();
    for (const event of [0, 1, 2]) {
      const { offset } = relay.log.event(event);
      expect(judged(relay, { offset, position: 700 })).toMatchObject({ state: 'exact' });
      expect(judged(relay, { offset, position: 500 }).state).toBe('contradicted');
    }
  });

  test('at the head of a file without a connect: where the file before it ends', () => {
    const second = new RelayLog().copyOfFormat({ position: two().position }).write();
    const files = (at: number): Files => ({
      'a/relay-bin.000002': two().rotate('relay-bin.000003'),
      'a/relay-bin.000003': second,
      'a/relay-log.info': relayLogInfo({ file: 'relay-bin.000003', offset: 4, position: at }),
    });
    expect(position(files(two().position))).toMatchObject({ state: 'exact' });
    expect(position(files(9)).state).toBe('contradicted');
  });
});

describe('ahead of the last event with nothing between, as dropped own events leave it', () => {
  test.each<[string, (relay: RelayLog) => RelayLog]>([
    ['at the end of the file', (relay) => relay],
    ['before the receiver’s Stop', (relay) => relay.stop()],
    ['before the receiver’s Rotate', (relay) => relay.rotate('relay-bin.000003')],
    ['before a later transaction', (relay) => relay.hole(300).write({ sql: 'INSERT 3' })],
  ])('%s', (_name, go) => {
    const relay = two();
    const { length, position: end } = relay;
    go(relay);
    expect(judged(relay, { offset: length, position: end + 200 }).state).toBe('exact');
  });

  test('not with a transaction between', () => {
    const relay = two();
    const { length, position: end } = relay;
    relay.hole(100).write({ sql: 'INSERT 3' });
    expect(judged(relay, { offset: length, position: end + 200 }).state).toBe('contradicted');
  });

  test('never behind it', () => {
    const relay = two();
    expect(judged(relay, { offset: relay.length, position: relay.position - 1 }).state).toBe(
      'contradicted',
    );
  });
});

test('positions beyond 4 GiB are compared as headers hold them', () => {
  const relay = new RelayLog().connect({ position: 700 }).write();
  expect(judged(relay, { offset: relay.length, position: 2 ** 32 + relay.position }).state).toBe(
    'exact',
  );
});

describe('contradicted', () => {
  test.each<[string, (relay: RelayLog) => RelayLogInfo, string]>([
    [
      'inside an event',
      ({ length, position: end }) => ({ offset: length - 1, position: end }),
      'is inside an event',
    ],
    [
      'inside a transaction',
      ({ log, position: end }) => ({ offset: log.event(END).offset, position: end - 31 }),
      'is inside a transaction',
    ],
    [
      'another log',
      ({ length, position: end }) => ({
        offset: length,
        position: end,
        sourceFile: 'mysql-bin.000009',
      }),
      'end elsewhere',
    ],
  ])('%s', (_name, info, why) => {
    const relay = two();
    expect(judged(relay, info(relay))).toMatchObject({
      state: 'contradicted',
      why: expect.stringContaining(why),
    });
  });

  test('inside a transaction that began in the file before', () => {
    const second = new RelayLog().copyOfFormat({ position: 5000 });
    second.events((built) => built.query('INSERT 9').xid(1)).write();
    const at = (event: number): ExecutedPosition => {
      const { end } = second.log.event(event);
      const offset = relayLogInfo({
        file: 'relay-bin.000003',
        offset: end,
        position: 5000 + end - second.log.event(1).end,
      });
      const first = two().write({ open: true }).rotate('relay-bin.000003');
      return position({
        'a/relay-bin.000002': first,
        'a/relay-bin.000003': second,
        'a/relay-log.info': offset,
      });
    };
    expect(at(2)).toMatchObject({
      state: 'contradicted',
      why: expect.stringContaining('inside a transaction'),
    });
    expect(at(3).state).toBe('exact');
  });
});

describe('unconfirmed', () => {
  test('beyond the end of the copy', () => {
    const relay = two();
    expect(judged(relay, { offset: relay.length + 1, position: 9000 })).toMatchObject({
      state: 'unconfirmed',
      why: expect.stringContaining('copied earlier'),
    });
  });

  test('the relay log is not there', () => {
    expect(judged(two(), { file: 'relay-bin.000007', offset: 500, position: 9000 })).toMatchObject({
      state: 'unconfirmed',
      relay: null,
      why: 'relay-bin.000007, which relay-log.info names, was not given',
    });
  });

  test('no event of the source anywhere near', () => {
    const relay = new RelayLog().rotate('relay-bin.000003');
    expect(judged(relay, { offset: 4, position: 700 })).toMatchObject({ state: 'unconfirmed' });
  });
});

describe('not by coordinates', () => {
  const relay = two();
  const info = { offset: relay.length, position: relay.position };

  test.each<[string, Files, ExecutedPosition['state']]>([
    ['MySQL with auto-position', { 'a/master.info': masterInfo({ autoPosition: true }) }, 'gtid'],
    ['MySQL without', { 'a/master.info': masterInfo() }, 'exact'],
    [
      'MariaDB with slave_pos',
      { 'a/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos' }) },
      'gtid',
    ],
    [
      'MariaDB with current_pos',
      { 'a/master.info': mariadbMasterInfo({ usingGtid: 'current_pos' }) },
      'gtid',
    ],
    ['MariaDB without', { 'a/master.info': mariadbMasterInfo() }, 'exact'],
  ])('%s', (_name, more, state) => {
    expect(judged(relay, info, more).state).toBe(state);
  });

  test('without relay-log.info, or with one that never had a position, nothing is known', () => {
    expect(position({ 'a/relay-bin.000002': relay }).state).toBe('unknown');
    expect(judged(relay, { offset: 4, sourceFile: '', position: 0 }).state).toBe('unknown');
  });
});

describe('what the replica’s own binary log holds beyond the recorded position', () => {
  const relay = two();
  const info = { offset: relay.log.event(2).end, position: 700 };
  const own = (...statements: readonly string[]): LogBuilder => {
    const log = binaryLog({ serverId: 2 });
    for (const sql of statements) write(log, { sql, serverId: 1, at: START, exec: 9 });
    return log;
  };

  test.each<[string, readonly string[], number]>([
    ['nothing', [], 0],
    ['the next transaction', ['INSERT 1'], 1],
    ['both', ['INSERT 1', 'INSERT 2'], 2],
    ['other transactions', ['INSERT 8'], 0],
  ])('%s', (_name, statements, appliedBeyond) => {
    expect(judged(relay, info, { 'a/mysql-bin.000001': own(...statements) })).toMatchObject({
      state: 'exact',
      appliedBeyond,
    });
  });

  test('a copy that was applied before explains it: equal statements, laps', () => {
    const equal = new RelayLog().connect({ position: 700 }).write().rotate('relay-bin.000003');
    const files: Files = {
      'a/relay-bin.000002': equal,
      'a/relay-bin.000003': new RelayLog().copyOfFormat({ position: equal.position }).write(),
      'a/relay-log.info': relayLogInfo({
        file: 'relay-bin.000003',
        offset: 4,
        position: equal.position,
      }),
      'a/mysql-bin.000001': write(binaryLog({ serverId: 2 }), { serverId: 1 }),
    };
    expect(position(files)).toMatchObject({ state: 'exact', appliedBeyond: 0 });
  });

  test('a copy fetched again does not: the recorded position lies before both', () => {
    const fetched = two().rotate('relay-bin.000003');
    const files: Files = {
      'a/relay-bin.000002': fetched,
      'a/relay-bin.000003': two(),
      'a/relay-log.info': relayLogInfo({ file: 'relay-bin.000003', offset: 4, position: 700 }),
      'a/mysql-bin.000001': own('INSERT 1'),
    };
    expect(position(files)).toMatchObject({ state: 'exact', appliedBeyond: 1 });
  });
});

test('what was applied lies before the recorded place; nothing is said where no place is recorded', () => {
  const first = two().rotate('relay-bin.000003');
  const second = new RelayLog({ version: VERSION.mysql56 })
    .connect({ position: first.position })
    .write();
  const offset = second.log.event(2).end;
  const info = relayLogInfo({ file: 'relay-bin.000003', offset, position: first.position });
  const logs = { 'a/relay-bin.000002': first, 'a/relay-bin.000003': second };
  const applied = (files: Files): (boolean | null)[] => {
    const server = onlyServer(files);
    const [channel] = server.channels;
    const [one, two_] = channel?.relay?.files ?? [];
    if (!channel || !one || !two_) throw new Error('no relay logs');
    const at = executedPosition(server, channel);
    return [
      isApplied(at, channel, one, 9999),
      isApplied(at, channel, two_, offset - 1),
      isApplied(at, channel, two_, offset),
    ];
  };
  expect(applied({ ...logs, 'a/relay-log.info': info })).toEqual([true, true, false]);
  expect(applied(logs)).toEqual([null, null, null]);
  expect(
    applied({
      ...logs,
      'a/relay-log.info': relayLogInfo({ file: 'relay-bin.000009', offset, position: 9 }),
    }),
  ).toEqual([null, null, null]);
});
