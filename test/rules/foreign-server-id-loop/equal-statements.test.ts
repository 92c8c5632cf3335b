import { expect, test } from 'vitest';
import { GONE, single } from '../../support/loop-logs.ts';
import { RelayLog, START, type Transaction, VERSION } from '../../support/relay-log.ts';
import { type Files, verdictsOf } from '../../support/scan-bytes.ts';
import { masterInfo } from '../../support/status-files.ts';
import { logged, many, received } from '../../support/without-ring.ts';

// Equal statements of one client in one second: without GTID and commit timestamp they look like laps.

const POSSIBLE = ['foreign-server-id-loop medium possible'];

const said = (files: Files): string[] => verdictsOf(files, { staleAfter: 1e9 });

const equal = (
  count: number,
  exec: (i: number) => number = () => 0,
  more: Transaction = {},
): Transaction[] =>
  many(count, (i) => ({ serverId: GONE, at: START, exec: exec(i), xid: i, ...more }));
const slower = (i: number) => Math.floor(i / 5);
const ring = (transactions: readonly Transaction[]): RelayLog => {
  const relay = new RelayLog().connect({ position: 700 });
  relay.write({ at: START }).hole();
  for (const one of transactions) relay.write(one);
  return relay;
};

test('with the age that they have on their way through a chain or a ring', () => {
  expect(said({ 'b/relay-bin.000002': received(equal(150, () => 5)) })).toEqual([]);
  expect(said({ 'b/relay-bin.000002': ring(equal(150, () => 5)) })).toEqual([]);
});

test('which their slow replica logs older and older', () => {
  const files = {
    'b/relay-bin.000002': received(equal(50)),
    'b/mysql-bin.000001': logged(equal(50, slower)),
  };
  expect(said(files)).toEqual([]);
  expect(said({ 'b/mysql-bin.000001': logged(equal(50, slower)) })).toEqual([]);
});

test('through a slow server between', () => {
  expect(said({ 'c/relay-bin.000002': received(equal(50, slower)) })).toEqual(POSSIBLE);
  // Ids that the receiver ignores leave holes too
  expect(
    said({
      'c/relay-bin.000002': ring(equal(50, slower)),
      'c/master.info': masterInfo({ ignore: [7] }),
    }),
  ).toEqual(POSSIBLE);
});

test('in a ring of three, through a slow member: second after second', () => {
  const seconds = many(60, (i) => ({
    serverId: GONE,
    at: START + Math.floor(i / 12),
    exec: Math.floor(i / 6),
    xid: i,
  }));
  expect(said({ 'c/relay-bin.000002': ring(seconds) })).toEqual([]);
  expect(said({ 'c/relay-bin.000002': ring(equal(9, (i) => Math.floor(i / 3))) })).toEqual(
    POSSIBLE,
  );
});

test('which MySQL 8 and MariaDB name one by one', () => {
  const stamps = many(50, (i) => ({
    ...single('original-commit-timestamp', i, { serverId: GONE }),
    sql: 'INSERT INTO t VALUES (1)',
    exec: slower(i),
  }));
  expect(said({ 'b/relay-bin.000002': received(stamps, VERSION.mysql8030) })).toEqual([]);
  const gtids = many(50, (i) => ({
    ...single('mariadb-gtid', i, { serverId: GONE }),
    sql: 'INSERT INTO t VALUES (1)',
    exec: slower(i),
  }));
  expect(said({ 'b/relay-bin.000002': received(gtids, VERSION.mariadb) })).toEqual([]);
});
