import { expect, test } from 'vitest';
import { type LogBuilder, log } from '../support/build-log.ts';
import { binaryLog, RelayLog, VERSION, write } from '../support/relay-log.ts';
import { evidenceOf, type Files } from '../support/scan-bytes.ts';
import { index, relayLogInfo } from '../support/status-files.ts';

const kinds = (files: Files): Record<string, string> =>
  Object.fromEntries(evidenceOf(files).files.map(({ path, kind }) => [path, kind]));

const kindOf = (content: RelayLog | LogBuilder): string | undefined =>
  kinds({ 'a/log.000002': content })['a/log.000002'];

test('a first event with flag 0x40 makes a relay log, whatever follows', () => {
  expect(kindOf(log({ serverId: 2 }).format({ flags: 0x40 }))).toBe('relay-log');
  expect(kindOf(new RelayLog().connect().write())).toBe('relay-log');
});

test.each([VERSION.mysql50, VERSION.mysql55, VERSION.mariadb104])(
  'a relay log of %s, which has no such flag, is told by events of another server',
  (version) => {
    expect(kindOf(new RelayLog({ version }).connect().write())).toBe('relay-log');
    expect(kindOf(new RelayLog({ version }).connect({ position: 700 }))).toBe('relay-log');
    expect(kindOf(new RelayLog({ version }).copyOfFormat({ position: 700 }).write())).toBe(
      'relay-log',
    );
  },
);

test('transactions whose positions count another log make a relay log', () => {
  expect(
    kindOf(write(log({ serverId: 2 }).format({ version: VERSION.mysql55 }).sourceAt(700))),
  ).toBe('relay-log');
});

test('positions that count the file itself make a binary log, whoever wrote the transactions first', () => {
  expect(kindOf(write(binaryLog(), { serverId: 3 }))).toBe('binary-log');
  expect(kindOf(write(binaryLog(), { serverId: 3 }).rotate('log.000003'))).toBe('binary-log');
  expect(kindOf(binaryLog())).toBe('binary-log');
});

test('a binary log that a renumbered server ends under its new id is no relay log', () => {
  const renumbered = write(binaryLog({ serverId: 1 })).from(4);
  expect(kindOf(write(renumbered).rotate('log.000003'))).toBe('binary-log');
});

test('where the bytes do not tell, a relay-log.info that names the series does', () => {
  const first = new RelayLog({ version: VERSION.mysql55 }).rotate('relay-bin.000002');
  const info = relayLogInfo({ file: 'relay-bin.000001', offset: 4, position: 4 });
  expect(kinds({ 'a/relay-bin.000001': first })).toEqual({ 'a/relay-bin.000001': 'binary-log' });
  expect(kinds({ 'a/relay-bin.000001': first, 'a/relay-log.info': info })).toEqual({
    'a/relay-bin.000001': 'relay-log',
  });
});

test('a series is of one kind: a file that shows nothing is what its neighbours are', () => {
  const version = VERSION.mysql55;
  const files = {
    'a/relay-bin.000001': new RelayLog({ version }).rotate('relay-bin.000002'),
    'a/relay-bin.000002': new RelayLog({ version }).connect().write(),
    'a/relay-bin.000003': Buffer.from('fd62696e0001', 'hex'),
    'a/mysql-bin.000001': write(binaryLog({ serverId: 2, version })),
    'b/relay-bin.000001': new RelayLog({ version }).rotate('relay-bin.000002'),
  };
  expect(kinds(files)).toEqual({
    'a/mysql-bin.000001': 'binary-log',
    'a/relay-bin.000001': 'relay-log',
    'a/relay-bin.000002': 'relay-log',
    'a/relay-bin.000003': 'relay-log',
    'b/relay-bin.000001': 'binary-log',
  });
});

test('a log of which nothing can be read is of no known kind', () => {
  const encrypted = Buffer.from('fd62696e0001', 'hex');
  expect(
    kinds({ 'a/mysql-bin.000001': encrypted, 'a/mysql-bin.index': index('mysql-bin.000001') }),
  ).toEqual({
    'a/mysql-bin.000001': 'log',
  });
});
