import { expect, test } from 'vitest';
import { sourceLogAtHead } from '../../src/evidence/log-chain.ts';
import { binaryLog, RelayLog, START, times, write } from '../support/relay-log.ts';
import { evidenceOf, type Files, onlyChannel, onlyServer } from '../support/scan-bytes.ts';

const names = (files: Files): string[][] =>
  evidenceOf(files).streams.map(({ chain }) => chain.files.map(({ name }) => name));

test('logs of a series stand in the order of their numbers', () => {
  const files = Object.fromEntries(
    ['1000000', '999999', '000010', '1000001'].map((number) => [
      `a/x.${number}`,
      write(binaryLog()),
    ]),
  );
  expect(names(files)).toEqual([['x.000010', 'x.999999', 'x.1000000', 'x.1000001']]);
});

test('logs that cannot be read are files of the chain, not of the stream', () => {
  const files = {
    'a/x.000001': write(binaryLog()),
    'a/x.000002': Buffer.from('fd62696e0001', 'hex'),
    'a/x.000003': write(binaryLog()),
  };
  expect(names(files)).toEqual([['x.000001', 'x.000003']]);
  expect(evidenceOf(files)).toMatchObject({
    unread: 1,
    logs: [{ name: 'x.000001' }, { name: 'x.000003' }],
  });
});

test('the name of the source’s log is carried to files that begin without a Rotate', () => {
  const first = new RelayLog().connect({ file: 'mysql-bin.000007', position: 500 }).write();
  const second = new RelayLog().copyOfFormat({ position: first.position }).write();
  const third = new RelayLog().copyOfFormat({ position: second.position }).write();
  const { relay } = onlyChannel({
    'a/relay-bin.000003': first,
    'a/relay-bin.000004': second,
    'a/relay-bin.000005': third,
    'a/relay-bin.000007': new RelayLog().copyOfFormat().write(),
  });
  if (!relay) throw new Error('no relay logs');
  // Over a missing file nothing is carried
  expect(relay.files.map((file) => sourceLogAtHead(relay, file))).toEqual([
    null,
    'mysql-bin.000007',
    'mysql-bin.000007',
    null,
  ]);
});

test('the name is that of the source’s last Rotate', () => {
  const first = new RelayLog()
    .connect({ file: 'mysql-bin.000007' })
    .write()
    .rotate('relay-bin.000002');
  const real = new RelayLog()
    .copyOfFormat({ position: first.position })
    .rotateSource('mysql-bin.000008');
  const { relay } = onlyChannel({
    'a/relay-bin.000001': first,
    'a/relay-bin.000002': real,
    'a/relay-bin.000003': new RelayLog().copyOfFormat({ position: 4 }).write(),
  });
  expect(relay && sourceLogAtHead(relay, relay.files[2] as never)).toBe('mysql-bin.000008');
});

test('a renumbered server’s chain has its old and its new id', () => {
  const files = {
    'a/x.000001': write(binaryLog({ serverId: 1 })),
    'a/x.000002': write(binaryLog({ serverId: 4, at: START + 60 })),
  };
  expect(onlyServer(files)).toMatchObject({ id: 4, ids: [4, 1], binlogs: [{ ownIds: [1, 4] }] });
});

const busy = (transactions: number) => {
  const log = binaryLog();
  times(transactions, (i) => write(log, { at: START + i, xid: i }));
  return log;
};

test.each(['mysql-bin.000001.bak', 'old-mysql-bin.000001', 'mysql-bin'])(
  'a backup copy %s beside the log is the same log, the longer one stays',
  (backup) => {
    expect(names({ 'a/mysql-bin.000001': busy(9), [`a/${backup}`]: busy(5) })).toEqual([
      ['mysql-bin.000001'],
    ]);
    expect(names({ 'a/mysql-bin.000001': busy(5), [`a/${backup}`]: busy(9) })).toEqual([[backup]]);
  },
);

test('two backup copies of one log are one', () => {
  expect(names({ 'a/x.000001.bak': busy(5), 'a/x.000001.old': busy(5) })).toEqual([
    ['x.000001.bak'],
  ]);
});

test('the same log in another folder is another server’s, or another moment', () => {
  expect(names({ 'a/x.000001': busy(5), 'b/x.000001': busy(5) })).toHaveLength(2);
});

test('two files of one series are two logs, alike as they may begin', () => {
  const relay = () => new RelayLog().connect({ position: 500 }).write();
  expect(names({ 'a/relay-bin.000003': relay(), 'a/relay-bin.000004': relay() })).toEqual([
    ['relay-bin.000003', 'relay-bin.000004'],
  ]);
});

test('relay logs of two channels that bring the same transactions are two logs', () => {
  const from = (source: number) =>
    new RelayLog().connect({ source, opened: START }).write({ serverId: 1 });
  expect(
    names({ 'a/relay-bin-east.000002': from(5), 'a/relay-bin-west.000002': from(6) }),
  ).toHaveLength(2);
});
