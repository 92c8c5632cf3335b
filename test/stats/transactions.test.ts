import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../src/bytes/byte-source.ts';
import { gatherLogFacts } from '../../src/facts/gather-log-facts.ts';
import { StatsGatherer } from '../../src/stats/gather-stats.ts';
import type { FileStats, TransactionStats } from '../../src/stats/stats.ts';
import { gather } from '../facts/gather.ts';
import { LogBuilder, log, patched } from '../support/build-log.ts';
import { ALL, fileOf, statsOf } from './gather.ts';

const T = 1_700_000_000;
const MICROS = 1_000_000;

const only = (built: LogBuilder): TransactionStats => {
  const { largest } = statsOf([built]).transactions;
  expect(largest).toHaveLength(1);
  return largest[0] as TransactionStats;
};

describe('a transaction', () => {
  test('has its place, its coordinates, who wrote it and what it changes', () => {
    const built = log({ serverId: 12, at: T })
      .format({ flags: 0x40 })
      .from(11)
      .fakeRotate('source-bin.000007', 900)
      .sourceAt(900)
      .mariadbGtid(52)
      .tableMap('shop.a', 1)
      .tableMap('shop.b', 2)
      .rows(1, [1], { last: false })
      .rows(2, [2])
      .query("INSERT INTO `c` VALUES ('x')", { thread: 44 })
      .xid(1);
    const transaction = only(built);
    const bytes = built.length - built.event(2).offset;
    expect(transaction).toEqual({
      path: 'db1/mysql-bin.000001',
      offset: built.event(2).offset,
      endOffset: built.length,
      log: 'source-bin.000007',
      position: 900,
      endPosition: 900 + bytes,
      gtid: '0-11-52',
      serverId: 11,
      threadId: 44,
      time: '2023-11-14T22:13:20Z',
      seconds: 0,
      secondsBy: 'timestamps',
      events: 7,
      bytes,
      rows: { written: 2, updated: 0, deleted: 0 },
      tables: ['shop.a', 'shop.b', 'shop.c'],
      hasMoreTables: false,
    });
  });

  test('names five tables, and says that there are more', () => {
    const built = log().format().begin();
    for (let i = 1; i <= 6; i += 1) built.tableMap(`db.t${i}`, i).rows(i, [1]);
    const { tables, hasMoreTables } = only(built.xid(1));
    expect(tables).toEqual(['db.t1', 'db.t2', 'db.t3', 'db.t4', 'db.t5']);
    expect(hasMoreTables).toBe(true);
  });

  test('has no part in what the receiver wrote between its events', () => {
    const built = log({ serverId: 12, at: T })
      .format({ flags: 0x40 })
      .from(11)
      .fakeRotate('source-bin.000007', 900)
      .sourceAt(900)
      .mariadbGtid(52)
      .fakeRotate('source-bin.000007', 940)
      .query('UPDATE t SET a=1', { thread: 44 })
      .xid(1);
    expect(only(built)).toMatchObject({
      gtid: '0-11-52',
      offset: built.event(2).offset,
      endOffset: built.length,
      events: 3,
      bytes: built.event(2).size + built.event(4).size + built.event(5).size,
      position: 900,
    });
  });

  test('whose events state no position, as in MariaDB 11.8, stands where its own log holds it', () => {
    const built = log().format().begin({ unplaced: true }).xid(1, { unplaced: true });
    const { offset } = built.event(1);
    expect(only(built)).toMatchObject({ position: offset, endPosition: built.event(2).end });
  });
});

describe('how long a transaction took', () => {
  test('is from its earliest timestamp to that of its end', () => {
    const built = log()
      .format()
      .mariadbGtid(1, { at: T + 30 })
      .tableMap('a.b', 1, { at: T + 10 })
      .rows(1, [1], { at: T + 20 })
      .xid(1, { at: T + 33 });
    expect(only(built)).toMatchObject({
      time: '2023-11-14T22:13:30Z',
      seconds: 23,
      secondsBy: 'timestamps',
    });
  });

  test('is to the end of a statement, where its exec_time goes beyond', () => {
    const built = log().format().query('ALTER TABLE t ADD x INT', { at: T, exec: 600 });
    expect(
      only(
        log()
          .format({ version: '5.6.51-log' })
          .query('ALTER TABLE t ENGINE=x', { at: T, exec: 600 }),
      ),
    ).toMatchObject({
      seconds: 600,
      secondsBy: 'exec-time',
    });
    expect(statsOf([built]).transactions.count).toBe(0); // 5.7.44 marks every transaction
    const early = log()
      .format()
      .begin({ at: T })
      .query('DELETE FROM t', { at: T, exec: 5 })
      .xid(1, { at: T + 9 });
    expect(only(early)).toMatchObject({ seconds: 9, secondsBy: 'timestamps' });
  });

  test('is to the original commit timestamp where there is one, whatever a replica added', () => {
    const built = log()
      .format({ version: '8.0.36' })
      .gtid(1, { at: T + 2, original: (T + 90) * MICROS + 999_999, immediate: (T + 4000) * MICROS })
      .begin({ at: T, exec: 4000 })
      .xid(1, { at: T + 2 });
    expect(only(built)).toMatchObject({ seconds: 90, secondsBy: 'commit-timestamp' });
  });

  test('is never negative, and 0 without any timestamp', () => {
    const back = log()
      .format()
      .begin({ at: T + 9 })
      .xid(1, { at: T });
    expect(only(back).seconds).toBe(0);
    const none = log().format({ at: 0 }).begin({ at: 0 }).xid(1, { at: 0 });
    expect(only(none)).toMatchObject({ seconds: 0, time: null });
    expect(statsOf([none]).rate.buckets).toEqual([]);
  });
});

describe('the lists', () => {
  const built = log().format();
  for (let i = 1; i <= 14; i += 1) {
    const rows = Array.from({ length: i % 7 }, (_, row) => row);
    built
      .begin({ at: T + 100 * i })
      .tableMap('a.b', 1, { at: T + 100 * i })
      .rows(1, rows.length > 0 ? rows : [0], { at: T + 100 * i })
      .xid(i, { at: T + 100 * i + (i < 4 ? 0 : i) });
  }
  const { largest, longest, count } = statsOf([built]).transactions;

  test('have the ten largest, of equal ones the first', () => {
    expect(count).toBe(14);
    expect(largest.map(({ rows }) => rows.written)).toEqual([6, 6, 5, 5, 4, 4, 3, 3, 2, 2]);
    expect(largest[0]?.offset).toBeLessThan(largest[1]?.offset ?? 0);
  });

  test('have the ten longest, none of less than a second', () => {
    expect(longest.map(({ seconds }) => seconds)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5]);
    const short = log().format().begin({ at: T }).xid(1, { at: T });
    expect(statsOf([short]).transactions.longest).toEqual([]);
  });

  test('are over all files', () => {
    const both = statsOf([built, built]).transactions;
    expect(both.count).toBe(28);
    expect(both.largest.map(({ rows }) => rows.written)).toEqual([6, 6, 6, 6, 5, 5, 5, 5, 4, 4]);
    expect(new Set(both.largest.map(({ path }) => path)).size).toBe(2);
  });
});

describe('where a transaction begins and ends', () => {
  const logs: Record<string, LogBuilder | Uint8Array> = {
    'BEGIN to Xid': log().format().begin().query('UPDATE t SET a=1').xid(1).begin().xid(2),
    'statements alone, before GTIDs': log()
      .format({ version: '5.6.51-log' })
      .query('CREATE TABLE t (a INT)')
      .intvar(1)
      .query('INSERT INTO t VALUES (1)'),
    'rows without BEGIN, MySQL 5.1': log()
      .format({ version: '5.1.73-log', checksum: 'unaware' })
      .tableMap('a.b')
      .rows(108, [1], { version: 1, last: false })
      .rows(108, [2], { version: 1 })
      .tableMap('a.b')
      .rows(108, [3], { version: 1 }),
    'DDL behind a GTID': log().format().gtid(1).query('DROP TABLE t').gtid(2).begin().xid(1),
    'a standalone group of MariaDB': log()
      .format({ version: '10.6.16-MariaDB-log' })
      .mariadbGtid(1, { standalone: true })
      .query('DROP TABLE t')
      .mariadbGtid(2)
      .query('UPDATE t SET a=1')
      .commit(),
    'XA in two phases': log()
      .format()
      .gtid(1)
      .query("XA START X'78'")
      .query('UPDATE t SET a=1')
      .query("XA END X'78'")
      .xaPrepare()
      .gtid(2)
      .query("XA COMMIT X'78'"),
    'savepoints and a rollback to one': log()
      .format()
      .begin()
      .query('SAVEPOINT s')
      .query('UPDATE t SET a=1')
      .query('ROLLBACK TO s')
      .commit(),
    'begun anew without an end': log().format().gtid(1).begin().gtid(1).begin().xid(1),
    'an incident behind a GTID': log().format().gtid(1).incident().gtid(2).begin().xid(1),
    'open at the end': log().format().begin().xid(1).begin().query('UPDATE t SET a=1'),
    'begun in the file before': log()
      .format({ version: '5.5.62-log' })
      .query('INSERT INTO t VALUES (1)')
      .query('INSERT INTO t VALUES (2)')
      .xid(1)
      .begin()
      .xid(2),
    'stopped and rotated between': log().format().begin().xid(1).stop().format().begin().xid(2),
  };
  const cut = log().format().begin().query('UPDATE t SET a=1').xid(1).begin().xid(2).begin().xid(3);
  logs['damage inside'] = patched(cut.bytes(), cut.event(2).offset + 30, 0xff);
  logs['damage at an end'] = patched(cut.bytes(), cut.event(3).offset + 22, 0xff);
  logs['a damaged magic'] = patched(cut.bytes(), 0, 0);

  test.each(Object.entries(logs))('%s: as a scan sees it', (_name, built) => {
    const facts = gather(built);
    expect(fileOf(built).transactions).toBe(facts.transactions.count);
  });

  test('most of these have some', () => {
    const counts = Object.values(logs).map((built) => fileOf(built).transactions);
    expect(counts).toEqual([2, 2, 2, 2, 2, 2, 1, 1, 2, 1, 1, 2, 2, 2, 3]);
  });

  test('what seemed whole before the end of one begun elsewhere is not counted anywhere', () => {
    const stats = statsOf([logs['begun in the file before'] as LogBuilder]);
    expect(stats.transactions.largest).toHaveLength(1);
    expect(stats.rate.buckets.map(({ transactions }) => transactions)).toEqual([1]);
  });
});

const samples = readdirSync(join(import.meta.dirname, '../../samples'), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile() && /\.\d{6}$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => readFileSync(path).subarray(0, 4).toString('hex') === 'fe62696e');

test('every log of the samples has the events and transactions that a scan finds', () => {
  expect(samples.length).toBeGreaterThan(100);
  const wrong = samples.filter((path) => {
    const source = openFile(path);
    try {
      const walk = gatherLogFacts({
        path,
        source,
        identity: null,
        modified: null,
        probes: [],
        positions: [],
      });
      let step = walk.next();
      while (!step.done) step = walk.next();
      const gatherer = new StatsGatherer(ALL, () => undefined);
      gatherer.add({ path, name: basename(path), source });
      const file = gatherer.finish().files[0] as FileStats;
      const { transactions, events, checksumsBad } = step.value;
      return (
        file.transactions !== transactions.count ||
        file.events - file.innerEvents !== events - checksumsBad
      );
    } finally {
      source.close();
    }
  });
  expect(wrong).toEqual([]);
});
