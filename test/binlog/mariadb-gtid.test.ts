import { expect, test } from 'vitest';
import {
  compareMariadbGtids,
  formatMariadbGtid,
  formatMariadbGtidList,
  parseMariadbGtid,
  parseMariadbGtidList,
} from '../../src/binlog/mariadb-gtid.ts';

test('a GTID of MariaDB is domain, server and sequence', () => {
  const gtid = parseMariadbGtid(' 0-11-52\n');
  expect(gtid).toEqual({ domain: 0, server: 11, sequence: 52n });
  expect(gtid && formatMariadbGtid(gtid)).toBe('0-11-52');
});

test.each(['4294967295-1-18446744073709551615'])('%s is within its limits', (text) => {
  expect(parseMariadbGtid(text)).not.toBeNull();
});

test.each([
  '',
  '0-11',
  '0-11-',
  '0-11-5-2',
  '4294967296-1-1',
  '0-4294967296-1',
  '0-1-18446744073709551616',
  'a-b-c',
])('%j is no GTID of MariaDB', (text) => {
  expect(parseMariadbGtid(text)).toBeNull();
});

test('a position has a GTID for each domain', () => {
  const list = parseMariadbGtidList('0-11-52, 1-12-3');
  expect(list).toHaveLength(2);
  expect(list && formatMariadbGtidList(list)).toBe('0-11-52,1-12-3');
  expect(parseMariadbGtidList('')).toEqual([]);
  expect(parseMariadbGtidList('0-11-52,')).toBeNull();
});

test('order is by sequence within a domain, whatever the server', () => {
  const at = (domain: number, server: number, sequence: bigint) => ({ domain, server, sequence });
  expect(compareMariadbGtids(at(0, 9, 1n), at(0, 1, 2n))).toBeLessThan(0);
  expect(compareMariadbGtids(at(0, 1, 2n), at(0, 9, 1n))).toBeGreaterThan(0);
  expect(compareMariadbGtids(at(0, 1, 2n), at(0, 9, 2n))).toBe(0);
  expect(compareMariadbGtids(at(0, 1, 1n), at(1, 1, 2n))).toBeNaN();
});
