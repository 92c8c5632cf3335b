import { expect, test } from 'vitest';
import type { LogBuilder } from '../support/build-log.ts';
import { log } from '../support/build-log.ts';
import { gather } from './gather.ts';

const MARIADB = '10.11.19-MariaDB-log';

/** The transactions of a log by the numbers of their first and last event, as `1-4 5-6`. */
const cut = (built: LogBuilder): string => {
  const { transactions } = gather(built);
  const at = (offset: number): number => built.events.findIndex((event) => event.offset === offset);
  const to = (end: number): number => built.events.findIndex((event) => event.end === end);
  expect(transactions.sketchComplete).toBe(true);
  const copies = [
    ...transactions.sketch.map(({ copy }) => copy),
    ...transactions.repeats.flatMap(({ second }) => second),
  ];
  expect(copies).toHaveLength(transactions.count);
  return copies
    .sort((a, b) => a.index - b.index)
    .map(({ offset, end }) => `${at(offset)}-${to(end)}`)
    .join(' ');
};

const rows = (built: LogBuilder, table = 'shop.orders', value = 1): LogBuilder =>
  built.tableMap(table).rows(108, [value]);

const mysql56 = (): LogBuilder => log().format({ version: '5.6.24-log', types: 35 });

const CASES: Readonly<Record<string, readonly [built: () => LogBuilder, transactions: string]>> = {
  'BEGIN to XID': [
    () => rows(mysql56().begin()).xid(9).begin().query('INSERT a').xid(10),
    '1-4 5-7',
  ],
  'BEGIN to COMMIT of a table without transactions': [
    () => rows(mysql56().begin()).commit().begin().query('INSERT a').commit(),
    '1-4 5-7',
  ],
  'BEGIN to ROLLBACK': [
    () => mysql56().begin().query('INSERT a').query('ROLLBACK').query('DROP TABLE t'),
    '1-3 4-4',
  ],
  'a savepoint inside': [
    () =>
      mysql56()
        .begin()
        .query('SAVEPOINT `a`')
        .query('INSERT a')
        .query('ROLLBACK TO `a`')
        .xid(1)
        .begin()
        .xid(2),
    '1-5 6-7',
  ],
  'DDL on its own': [
    () => mysql56().query('CREATE TABLE a (b INT)').query('DROP TABLE a'),
    '1-1 2-2',
  ],
  'Intvar belongs to the statement behind it': [
    () => mysql56().intvar(5).query('INSERT a').query('INSERT b'),
    '1-2 3-3',
  ],
  'Intvar inside BEGIN': [() => mysql56().begin().intvar(5).query('INSERT a').xid(1), '1-4'],
  'a GTID and DDL': [
    () => log().format().gtid(1).query('CREATE DATABASE a').gtid(2).query('DROP DATABASE a'),
    '1-2 3-4',
  ],
  'a GTID and BEGIN to XID': [() => rows(log().format().gtid(1).begin()).xid(3), '1-5'],
  'an empty transaction that stands for a GTID': [
    () => log().format().gtid(1).begin().commit().gtid(2).begin().commit(),
    '1-3 4-6',
  ],
  'anonymous GTIDs': [
    () =>
      rows(log().format().anonymousGtid({ immediate: 1e15 }).begin())
        .xid(3)
        .anonymousGtid({ immediate: 2e15 })
        .query('DROP TABLE a'),
    '1-5 6-7',
  ],
  'XA: prepared in one transaction, committed in another': [
    () =>
      rows(log().format().gtid(1).query("XA START X'7831',X'',1"))
        .query("XA END X'7831',X'',1")
        .xaPrepare()
        .gtid(2)
        .query("XA COMMIT X'7831',X'',1"),
    '1-6 7-8',
  ],
  'XA without GTIDs': [
    () =>
      rows(mysql56().query("XA START X'7831'")).query("XA END X'7831'").xaPrepare().begin().xid(1),
    '1-5 6-7',
  ],
  'a compressed transaction after its GTID': [
    () =>
      log()
        .format({ version: '8.0.36' })
        .gtid(1)
        .transactionPayload(Buffer.alloc(60))
        .gtid(2)
        .begin()
        .xid(1),
    '1-2 3-5',
  ],
  'an incident after its GTID': [
    () => log().format().gtid(1).incident().gtid(2).query('DROP TABLE a'),
    '1-2 3-4',
  ],
  'MariaDB: GTID to XID, no BEGIN between': [
    () =>
      rows(log().format({ version: MARIADB }).mariadbGtid(1))
        .xid(2)
        .mariadbGtid(2)
        .query('INSERT a')
        .commit(),
    '1-4 5-7',
  ],
  'MariaDB: two statements in one transaction': [
    () =>
      log().format({ version: MARIADB }).mariadbGtid(1).query('INSERT a').query('INSERT b').xid(2),
    '1-4',
  ],
  'MariaDB: a standalone GTID has one statement and no COMMIT': [
    () =>
      log()
        .format({ version: MARIADB })
        .mariadbGtid(1, { standalone: true })
        .query('CREATE TABLE a')
        .mariadbGtid(2, { standalone: true })
        .intvar(1)
        .query('INSERT a'),
    '1-2 3-5',
  ],
  'MySQL 5.1: rows without BEGIN end with their statement': [
    () =>
      rows(log().format({ version: '5.1.14-beta-log', checksum: 'unaware', types: 22 }))
        .tableMap('shop.items')
        .rows(108, [1], { version: 1, last: false })
        .rows(108, [2], { version: 1 }),
    '1-2 3-5',
  ],
  'events that frame the log stand outside': [
    () => rows(log().format().previousGtids().gtid(1).begin()).xid(3).rotate('binlog.000002'),
    '2-6',
  ],
};

test.each(Object.entries(CASES))('%s', (_name, [built, transactions]) => {
  expect(cut(built())).toBe(transactions);
  expect(gather(built()).transactions).toMatchObject({
    open: null,
    abandoned: [],
    headContinuation: null,
  });
});

test('a COMMIT ends its transaction whatever letters the checksum behind it spells', () => {
  for (let thread = 0; thread < 64; thread += 1) {
    const built = mysql56().begin({ thread }).query('INSERT a', { thread }).commit({ thread });
    expect(gather(built).transactions).toMatchObject({ count: 1, open: null });
  }
});

test('a transaction without an end is open where the file ends', () => {
  const built = rows(mysql56().begin().xid(1).begin());
  expect(gather(built).transactions).toMatchObject({
    count: 1,
    open: { start: { offset: built.event(3).offset, typeCode: 2 }, lastEnd: built.length },
    lastComplete: {
      offset: built.event(1).offset,
      end: built.event(2).end,
      position: built.event(2).end,
    },
  });
});

test('a transaction that is begun anew before its end is abandoned', () => {
  const built = rows(log().format().gtid(1).begin())
    .fakeRotate('binlog.000007', 4, { serverId: 9 })
    .gtid(1)
    .begin()
    .xid(1);
  expect(gather(built).transactions).toMatchObject({
    count: 1,
    open: null,
    abandoned: [{ offset: built.event(1).offset, typeCode: 33 }],
  });
});

const CONTINUED: Readonly<Record<string, (built: LogBuilder) => LogBuilder>> = {
  'rows and XID': (built) => built.rows(108, [1]).xid(1),
  'XID alone': (built) => built.xid(1),
  'COMMIT alone': (built) => built.commit(),
  'a table map, rows and XID': (built) => rows(rows(built)).xid(1),
  'rows of an unfinished statement': (built) =>
    built.rows(108, [1], { last: false }).rows(108, [2]).xid(1),
  'a compressed transaction': (built) => built.transactionPayload(Buffer.alloc(40)),
};

test.each(Object.entries(CONTINUED))(
  'a file that goes on with %s begins inside a transaction',
  (_name, go) => {
    for (const version of ['5.6.24-log', '5.7.44-log']) {
      const built = go(log().format({ version }));
      const last = built.event(-1);
      expect(gather(built).transactions).toMatchObject({
        headContinuation: { offset: last.offset, endOffset: last.end },
        count: 0,
        repeats: [],
        sketch: [],
        open: null,
      });
    }
  },
);

test('a file that goes on with statements and XID begins inside a transaction', () => {
  const built = mysql56()
    .query('INSERT a')
    .query('INSERT a')
    .query('INSERT a')
    .xid(1)
    .begin()
    .query('INSERT b')
    .xid(2);
  expect(gather(built).transactions).toMatchObject({
    headContinuation: { offset: built.event(4).offset, endOffset: built.event(4).end },
    count: 1,
    repeats: [],
    sketch: [{ copy: { offset: built.event(5).offset, index: 0 } }],
  });
});

test('where every transaction is announced, nothing stands alone', () => {
  const middle = (built: LogBuilder): LogBuilder => built.query('INSERT a').query('INSERT a');
  const continued = { headContinuation: { offset: -1, endOffset: -1 }, count: 0, sketch: [] };
  for (const version of ['5.7.6-m16-log', '8.0.36', '9.7.4', '10.0.12-MariaDB-log']) {
    expect(gather(middle(log().format({ version }))).transactions).toMatchObject(continued);
  }
  for (const version of ['5.0.96-log', '5.6.24-log', '5.5.68-MariaDB']) {
    const built = middle(
      log().format({
        version,
        checksum: version.startsWith('5.0') ? 'unaware' : 'none',
      }),
    );
    expect(gather(built.bytes()).transactions).toMatchObject({ headContinuation: null, count: 2 });
  }
});

test('behind damage at the head nothing is said of how the file begins', () => {
  const built = rows(log().format({ version: MARIADB }).mariadbGtid(1, { badChecksum: true })).xid(
    1,
  );
  expect(gather(built).transactions).toMatchObject({
    headContinuation: null,
    count: 0,
    open: null,
  });
});

test('what follows a damaged event of a transaction is no transaction', () => {
  const built = log().format().gtid(1).begin().query('INSERT a', { badChecksum: true });
  rows(rows(built)).query('INSERT b').xid(1).gtid(2).begin().xid(2);
  expect(gather(built).transactions).toMatchObject({
    count: 1,
    repeats: [],
    sketch: [{ copy: { offset: built.event(-3).offset } }],
  });
});

test('neither a savepoint nor an incident is the end of a continued transaction', () => {
  const built = mysql56().query('SAVEPOINT a').query('INSERT a').xid(1);
  expect(gather(built).transactions.headContinuation).toMatchObject({
    offset: built.event(3).offset,
  });
  expect(gather(mysql56().incident().begin().xid(1)).transactions).toMatchObject({
    headContinuation: null,
    count: 1,
  });
});

test('what a transaction is told by is the newest kind of transaction and all kinds', () => {
  const turned = log()
    .format({ version: '8.0.36' })
    .anonymousGtid({ immediate: 1e15 })
    .query('DROP TABLE a')
    .gtid(1)
    .query('DROP TABLE b');
  expect(gather(turned).transactions).toMatchObject({ style: 'mysql-gtid', newest: 'mysql-gtid' });
  expect(gather(mysql56().begin().xid(1)).transactions).toMatchObject({
    style: 'none',
    newest: 'plain',
  });
  expect(gather(log().format().anonymousGtid().query('DROP TABLE a')).transactions).toMatchObject({
    style: 'anonymous',
    newest: 'anonymous',
  });
  expect(
    gather(log().format({ version: MARIADB }).mariadbGtid(1).xid(1)).transactions,
  ).toMatchObject({ style: 'mariadb-gtid', newest: 'mariadb-gtid' });
});
