import { describe, expect, test } from 'vitest';
import type { LogBuilder } from '../support/build-log.ts';
import { log } from '../support/build-log.ts';
import { gather } from './gather.ts';

const MYSQL_56 = { version: '5.6.24-log', types: 35 };
const MARIADB_118 = { version: '11.8.6-MariaDB-log' };

/** Head of the relay log of server 2, connected to server 1 at this place of its log. */
const relay = (position: number, format: { version: string } = MYSQL_56): LogBuilder =>
  log({ serverId: 2 })
    .format({ ...format, flags: 0x40 })
    .fakeRotate('mysql-bin.000003', position, { serverId: 1 })
    .from(1)
    .format({ ...format, logPos: 0 })
    .sourceAt(position);

test('positions of a binary log are its own', () => {
  const built = log()
    .format()
    .gtid(1)
    .begin()
    .tableMap('shop.a')
    .rows()
    .xid(1)
    .gtid(2)
    .query('DROP TABLE a');
  expect(gather(built)).toMatchObject({
    ownPositions: 4,
    otherPositions: 0,
    holes: { count: 0, bytes: 0, first: [] },
  });
});

test('positions of a relay log are those of another log', () => {
  const built = relay(1000).begin().query('INSERT a').xid(1).begin().xid(2);
  const facts = gather(built);
  expect(facts).toMatchObject({ ownPositions: 0, otherPositions: 4, holes: { count: 0 } });
  const size = built.length - built.event(3).offset;
  expect(facts.sourceEnd).toEqual({ log: 'mysql-bin.000003', position: 1000 + size });
  expect(facts.transactions.lastComplete).toMatchObject({ position: 1000 + size });
});

test('a relay log ends where its last Rotate of the source says', () => {
  const built = relay(1000).begin().xid(1).rotate('mysql-bin.000004', 4);
  expect(gather(built).sourceEnd).toEqual({ log: 'mysql-bin.000004', position: 4 });
  const closed = relay(1000)
    .begin()
    .xid(1)
    .from(2)
    .ownPositions()
    .rotate('relay-bin.000009', 4, { flags: 0x40 });
  expect(gather(closed).sourceEnd).toMatchObject({ log: 'mysql-bin.000003' });
  expect(gather(closed).lastForeign).toMatchObject({ offset: closed.event(-2).offset });
});

test('a mark of skipped events, with server id 0, moves the source position', () => {
  const built = relay(4)
    .rotate('mysql-bin.000003', 9000, { serverId: 0 })
    .sourceAt(9000)
    .begin()
    .xid(1);
  expect(gather(built)).toMatchObject({ holes: { count: 0 } });
});

describe('holes', () => {
  test('source bytes that the receiver dropped leave a hole', () => {
    const built = relay(1000).begin().xid(1);
    const from = 1000 + built.length - built.event(3).offset;
    built
      .sourceAt(from + 500)
      .begin()
      .xid(2);
    expect(gather(built).holes).toEqual({
      count: 1,
      bytes: 500,
      first: [{ offset: built.event(5).offset, from, to: from + 500 }],
    });
  });

  test('a new connection to an earlier or later place is no hole', () => {
    const built = relay(1000).begin().xid(1).from(1);
    for (const position of [500, 70_000]) {
      built.fakeRotate('mysql-bin.000003', position).sourceAt(position).begin().xid(2);
    }
    expect(gather(built).holes.count).toBe(0);
  });

  test('log_pos that begins anew behind 4 GiB is none', () => {
    const built = relay(2 ** 32 - 100)
      .begin()
      .query('INSERT a')
      .xid(1)
      .begin()
      .xid(2);
    expect(gather(built)).toMatchObject({ holes: { count: 0 }, otherPositions: 4 });
    const dropped = relay(2 ** 32 - 100)
      .begin()
      .query('INSERT a')
      .xid(1)
      .sourceAt(5000)
      .begin()
      .xid(2);
    expect(gather(dropped).holes.count).toBe(1);
  });

  test('events without log_pos inside transactions leave none (MariaDB 11.4+)', () => {
    const add = (built: LogBuilder): LogBuilder =>
      built
        .mariadbGtid(1)
        .tableMap('shop.a', 18, { unplaced: true })
        .rows(18, [1], { version: 1, unplaced: true })
        .xid(1)
        .mariadbGtid(2)
        .query('INSERT a', { unplaced: true })
        .xid(2);
    expect(gather(add(relay(1000, MARIADB_118)))).toMatchObject({
      holes: { count: 0 },
      ownPositions: 0,
      otherPositions: 4,
    });
    expect(gather(add(log().format(MARIADB_118)))).toMatchObject({
      holes: { count: 0 },
      ownPositions: 4,
      otherPositions: 0,
    });
    const dropped = add(relay(1000, MARIADB_118)).sourceAt(9000);
    expect(gather(add(dropped)).holes).toMatchObject({ count: 1, first: [{ to: 9000 }] });
  });

  test('events that MariaDB stored decompressed, larger than in the source, leave none', () => {
    const built = relay(1000, MARIADB_118).mariadbGtid(1);
    const position = 1000 + built.event(-1).size;
    built.query(`INSERT ${'x'.repeat(400)}`, { logPos: position + 150 }).xid(1);
    expect(gather(built).holes.count).toBe(0);
  });

  test('texts that the source kept (Annotate_rows), inside a transaction, leave none', () => {
    const built = relay(1000, { version: '10.11.19-MariaDB-log' }).mariadbGtid(1);
    built
      .sourceAt(1000 + built.event(-1).size + 98)
      .tableMap('shop.a')
      .rows(108, [1], { version: 1 })
      .xid(1);
    expect(gather(built).holes.count).toBe(0);
  });

  test('thirty-two are kept, all are counted', () => {
    const built = relay(1000);
    for (let n = 1; n <= 40; n += 1)
      built
        .sourceAt(n * 10_000)
        .begin()
        .xid(n);
    const { count, first } = gather(built).holes;
    expect(count).toBe(40);
    expect(first).toHaveLength(32);
  });
});
