import { describe, expect, test } from 'vitest';
import { GtidRanges } from '../../src/stats/gtid-ranges.ts';
import { ServerIdTally } from '../../src/stats/server-id-tally.ts';
import { TABLES_KEPT, TableTally } from '../../src/stats/table-tally.ts';
import { TopList } from '../../src/stats/top-list.ts';
import { UUID } from '../support/build-log.ts';

describe('a top list', () => {
  test('keeps the largest, of equal ones the first', () => {
    const top = new TopList<string>(3);
    for (const [measure, item] of [
      [5, 'a'],
      [7, 'b'],
      [5, 'c'],
      [9, 'd'],
      [5, 'e'],
    ] as const) {
      top.add(measure, item);
    }
    expect(top.items).toEqual(['d', 'b', 'a']);
    expect(top.takes(5)).toBe(false);
    expect(top.takes(6)).toBe(true);
  });

  test('takes anything while there is room', () => {
    const top = new TopList<string>(2);
    expect(top.takes(0)).toBe(true);
    top.add(0, 'a');
    top.add(0, 'b');
    top.add(0, 'c');
    expect(top.items).toEqual(['a', 'b']);
  });
});

describe('tables', () => {
  test('beyond ten thousand share one line', () => {
    const tally = new TableTally();
    for (let i = 0; i < TABLES_KEPT + 5; i += 1)
      tally.rows(`db.t${i}`, 'write', 2, 100, i % 2 === 0);
    tally.rows('db.t0', 'delete', 1, 50, false);
    tally.statement('db.new');
    const { tables, other } = tally.stats();
    expect(tables).toHaveLength(TABLES_KEPT);
    expect(tables[0]).toEqual({
      table: 'db.t0',
      events: 2,
      bytes: 150,
      innerBytes: 100,
      rows: { written: 2, updated: 0, deleted: 1 },
      statements: 0,
    });
    expect(other).toEqual({
      events: 5,
      bytes: 500,
      innerBytes: 300,
      rows: { written: 10, updated: 0, deleted: 0 },
      statements: 1,
    });
  });

  test('with names longer than servers allow are no tables of their own', () => {
    const tally = new TableTally();
    tally.statement(`db.${'x'.repeat(300)}`);
    expect(tally.stats()).toMatchObject({ tables: [], other: { statements: 1 } });
  });
});

describe('GTIDs', () => {
  test('have a range for each who wrote them', () => {
    const ranges = new GtidRanges();
    for (const gtid of ['0-11-7', '0-11-5', '0-12-6', `${UUID}:9`, `${UUID}:tag:3`, '0-11-7']) {
      ranges.add(gtid);
    }
    expect(ranges.stats()).toEqual([
      { source: '0-11', first: '0-11-5', last: '0-11-7', transactions: 3 },
      { source: '0-12', first: '0-12-6', last: '0-12-6', transactions: 1 },
      { source: UUID, first: `${UUID}:9`, last: `${UUID}:9`, transactions: 1 },
      { source: `${UUID}:tag`, first: `${UUID}:tag:3`, last: `${UUID}:tag:3`, transactions: 1 },
    ]);
  });

  test('of numbers beyond 2^53 stay what they are', () => {
    const ranges = new GtidRanges();
    for (const gtid of ['0-1-18446744073709551615', '0-1-18446744073709551614']) ranges.add(gtid);
    expect(ranges.stats()[0]).toMatchObject({
      first: '0-1-18446744073709551614',
      last: '0-1-18446744073709551615',
    });
  });

  test('of a thousand sources and more are only counted', () => {
    const ranges = new GtidRanges();
    for (let i = 0; i < 1003; i += 1) ranges.add(`${i}-1-1`);
    expect(ranges.stats()).toHaveLength(1000);
    expect(ranges.other).toBe(3);
  });
});

test('server ids beyond the ten with the most events are summed up', () => {
  const tally = new ServerIdTally();
  for (let id = 1; id <= 1500; id += 1) {
    for (let n = 0; n < (id <= 10 ? 3 : 1); n += 1) tally.see(id, 100);
  }
  const { serverIds, otherServerIds } = tally.stats();
  expect(serverIds.map(({ serverId }) => serverId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(serverIds[0]).toEqual({ serverId: 1, events: 3, bytes: 300 });
  expect(otherServerIds).toEqual({ events: 1490, bytes: 149_000 });
});
