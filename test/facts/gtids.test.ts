import { describe, expect, test } from 'vitest';
import { LogBuilder, UUID } from '../support/build-log.ts';
import { writeGtid } from '../support/gtid-events.ts';
import { VERSION, write } from '../support/relay-log.ts';
import { gather } from './gather.ts';

const mysql = (): LogBuilder => new LogBuilder().format({ version: VERSION.mysql57 });
const mariadb = (): LogBuilder => new LogBuilder().format({ version: VERSION.mariadb });

test('MySQL: the numbers of whole transactions, in intervals, by source', () => {
  const log = mysql();
  const offsets = [1, 2, 3, 7, 5].map((gno) => {
    const at = log.length;
    write(log, { gno });
    return at;
  });
  // Without its end: it does not count
  write(log, { gno: 9, open: true });
  expect(gather(log).gtids).toMatchObject({
    complete: true,
    sources: [
      {
        uuid: UUID,
        tag: '',
        numbers: '1-3:5:7',
        transactions: 5,
        firstOffset: offsets[0],
        lastOffset: offsets[4],
      },
    ],
    streams: [],
  });
});

test('a transaction that is begun anew after its first copy broke off counts once', () => {
  const log = mysql();
  write(log, { gno: 4, open: true });
  write(log, { gno: 4 });
  expect(gather(log).gtids.sources).toMatchObject([{ numbers: '4', transactions: 1 }]);
});

test('anonymous transactions have none', () => {
  const log = mysql();
  write(log, { immediate: 1_700_000_000_000_000 });
  expect(gather(log).gtids.sources).toEqual([]);
});

test('MariaDB: by domain and server, and what comes out of order', () => {
  const log = mariadb();
  write(log, { serverId: 1, sequence: 10 });
  write(log, { serverId: 2, sequence: 11 });
  const at = log.length;
  write(log, { serverId: 1, sequence: 11 });
  write(log, { serverId: 1, sequence: 12 });
  const { streams, outOfOrder, outOfOrderCount } = gather(log).gtids;
  expect(streams).toMatchObject([
    { domain: 0, server: 1, first: 10, last: 12, transactions: 3 },
    { domain: 0, server: 2, first: 11, last: 11, transactions: 1 },
  ]);
  expect(outOfOrder).toEqual([{ gtid: '0-1-11', after: '0-2-11', offset: at }]);
  expect(outOfOrderCount).toBe(1);
});

test('a source knows when its first and last transaction were written', () => {
  const log = mysql();
  for (const [gno, at] of [
    [1, 500],
    [2, 700],
    [3, 600],
  ] as const)
    write(log, { gno, at });
  expect(gather(log).gtids.sources).toMatchObject([{ firstTimestamp: 500, lastTimestamp: 600 }]);
  const other = mariadb();
  write(other, { sequence: 1, at: 500 });
  write(other, { sequence: 2, at: 600 });
  expect(gather(other).gtids.streams).toMatchObject([{ firstTimestamp: 500, lastTimestamp: 600 }]);
});

describe('GTIDs with a tag', () => {
  const tagged = (gno: bigint, tag = 'adhoc') => ({ uuid: UUID, tag, gno });

  test('are a source of their own', () => {
    const log = writeGtid(writeGtid(mysql(), tagged(1n)), tagged(2n));
    writeGtid(log, { uuid: UUID, gno: 1 });
    expect(gather(log).gtids.sources).toMatchObject([
      { uuid: UUID, tag: 'adhoc', numbers: '1-2', transactions: 2 },
      { uuid: UUID, tag: '', numbers: '1', transactions: 1 },
    ]);
  });

  test('name their transactions, and tell when one comes back', () => {
    const log = mysql();
    for (const gno of [1n, 2n, 1n]) writeGtid(log, tagged(gno));
    writeGtid(log, tagged(1n, 'other'));
    const { sketch, repeats, newest } = gather(log).transactions;
    expect(new Set(sketch.map(({ key }) => key))).toEqual(
      new Set([`${UUID}:adhoc:1`, `${UUID}:adhoc:2`, `${UUID}:other:1`]),
    );
    expect(repeats).toMatchObject([
      { key: `${UUID}:adhoc:1`, proof: 'mysql-gtid', gtid: `${UUID}:adhoc:1`, copies: 2 },
    ]);
    expect(newest).toBe('mysql-gtid');
  });
});

describe('numbers that only a person sets', () => {
  const numbersOf = (...gtids: readonly bigint[]): string[] => {
    const log = mysql();
    for (const gno of gtids) writeGtid(log, { uuid: UUID, gno });
    return gather(log).gtids.sources.map(({ numbers }) => numbers);
  };

  test('are exact up to the last one there is', () => {
    expect(numbersOf(4611686018427387900n)).toEqual(['4611686018427387900']);
    expect(numbersOf(1n, 9223372036854775806n, 2n)).toEqual(['1-2:9223372036854775806']);
    const log = writeGtid(mysql(), { uuid: UUID, tag: 'ops', gno: 4611686018427387900n });
    expect(gather(log).gtids.sources).toMatchObject([{ numbers: '4611686018427387900' }]);
  });

  test('beyond it, and zero, are no GTIDs', () => {
    expect(numbersOf(0n)).toEqual([]);
    expect(numbersOf(9223372036854775807n)).toEqual([]);
    expect(numbersOf(2n ** 64n - 1n)).toEqual([]);
  });
});
