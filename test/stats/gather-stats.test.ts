import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { log, noise, patched, UUID } from '../support/build-log.ts';
import { fileOf, statsOf } from './gather.ts';

const T = 1_700_000_000;

/** A GTID transaction of three rows in two tables, a statement of its own, one that deletes. */
const small = () =>
  log({ at: T, serverId: 11 })
    .format() //                                             0
    .gtid(5, { short: true }) //                             1  begins
    .begin() //                                              2
    .tableMap('shop.orders', 108) //                         3
    .tableMap('shop.lines', 109) //                          4
    .rows(108, [1], { last: false }) //                      5
    .rows(109, [1, 2], { at: T + 2 }) //                     6
    .xid(90, { at: T + 3 }) //                               7  ends
    .from(12)
    .gtid(6, { short: true, at: T + 4 }) //                  8
    .query('ALTER TABLE orders ADD x INT', { at: T + 4 }) // 9
    .gtid(9, { short: true, at: T + 5 }) //                  10
    .begin({ at: T + 5 }) //                                 11
    .tableMap('shop.orders', 110, { at: T + 5 }) //          12
    .rows(110, [7, 8, 9], { kind: 'delete', at: T + 5 }) //  13
    .xid(91, { at: T + 5 }) //                               14
    .rotate('mysql-bin.000002', 4, { at: T + 9 }); //        15

const bytesOf = (built: ReturnType<typeof small>, ...events: number[]): number =>
  events.reduce((sum, i) => sum + built.event(i).size, 0);

describe('a file', () => {
  const built = small();
  const file = fileOf(built);

  test('has the sums of its events', () => {
    expect(file).toMatchObject({
      path: 'db1/mysql-bin.000001',
      kind: 'binary-log',
      bytes: built.length,
      wholeUntil: built.length,
      events: 16,
      innerEvents: 0,
      eventBytes: built.length - 4,
      transactions: 3,
      statements: 1,
      rows: { written: 3, updated: 0, deleted: 3 },
      uncountedRowsEvents: 0,
      malformedEvents: 0,
      damage: { places: 0, bytes: 0 },
    });
  });

  test('has types by their bytes, which together are all of it', () => {
    expect(Object.fromEntries(file.types.map(({ type, events }) => [type, events]))).toEqual({
      Delete_rows: 1,
      Format_description: 1,
      Gtid: 3,
      Query: 3,
      Rotate: 1,
      Table_map: 3,
      Write_rows: 2,
      Xid: 2,
    });
    const bytes = file.types.map((type) => type.bytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
    expect(bytes.reduce((a, b) => a + b)).toBe(built.length - 4);
    expect(file.types.find(({ type }) => type === 'Xid')?.bytes).toBe(bytesOf(built, 7, 14));
  });

  test('is as old as its events, not as what frames it', () => {
    expect(file.first).toBe('2023-11-14T22:13:20Z');
    expect(file.last).toBe('2023-11-14T22:13:25Z');
  });

  test('tells who wrote it, the most first, and which GTIDs', () => {
    expect(file.serverIds).toEqual([
      { serverId: 11, events: 8, bytes: bytesOf(built, 0, 1, 2, 3, 4, 5, 6, 7) },
      { serverId: 12, events: 8, bytes: bytesOf(built, 8, 9, 10, 11, 12, 13, 14, 15) },
    ]);
    expect(file.gtids).toEqual([
      { source: UUID, first: `${UUID}:5`, last: `${UUID}:9`, transactions: 3 },
    ]);
  });
});

describe('tables', () => {
  test('have their rows events, rows by kind, and the statements that name them', () => {
    const built = small();
    expect(statsOf([built]).tables).toEqual([
      {
        table: 'shop.orders',
        events: 2,
        bytes: bytesOf(built, 5, 13),
        innerBytes: 0,
        rows: { written: 1, updated: 0, deleted: 3 },
        statements: 1,
      },
      {
        table: 'shop.lines',
        events: 1,
        bytes: bytesOf(built, 6),
        innerBytes: 0,
        rows: { written: 2, updated: 0, deleted: 0 },
        statements: 0,
      },
    ]);
  });

  test('an update is one row, whatever images it has', () => {
    const pair = Buffer.from('feff000000fe01000000', 'hex');
    const built = log().format().begin().tableMap('a.b').rows(108, pair, { kind: 'update' }).xid(1);
    expect(fileOf(built).rows).toEqual({ written: 0, updated: 1, deleted: 0 });
  });

  test('rows without a table map are said to be not counted', () => {
    const stats = statsOf([log().format().begin().rows(77, [1]).xid(1)]);
    expect(stats.files[0]).toMatchObject({ uncountedRowsEvents: 1, rows: { written: 0 } });
    expect(stats.tables).toEqual([]);
  });

  test('rows that contradict their table are counted up to there, and told', () => {
    const torn = Buffer.from('fe01000000fe0200', 'hex'); // one row of an INT, and half a second one
    const stats = statsOf([log().format().begin().tableMap('a.b').rows(108, torn).xid(1)]);
    expect(stats.files[0]).toMatchObject({
      uncountedRowsEvents: 1,
      malformedEvents: 1,
      rows: { written: 1 },
    });
    expect(stats.problems).toEqual([
      expect.stringMatching(/^db1\/mysql-bin\.000001: at \d+: integer: needs 4 bytes, 2 left$/),
    ]);
  });
});

describe('several files', () => {
  test('are summed up, each apart and all together', () => {
    const stats = statsOf([small(), small()]);
    expect(stats.files.map(({ transactions }) => transactions)).toEqual([3, 3]);
    expect(stats.total).toMatchObject({
      files: 2,
      bytes: 2 * small().length,
      events: 32,
      transactions: 6,
      statements: 2,
      rows: { written: 6, updated: 0, deleted: 6 },
    });
    expect(stats.transactions.count).toBe(6);
    expect(stats.tables.map(({ table, events }) => [table, events])).toEqual([
      ['shop.orders', 4],
      ['shop.lines', 2],
    ]);
  });

  test('no file at all makes empty sums', () => {
    const stats = statsOf([]);
    expect(stats.total).toMatchObject({ files: 0, bytes: 0, events: 0, first: null, last: null });
    expect(stats.rate.buckets).toEqual([]);
  });
});

test('the rate has each event at its time, transactions at their end', () => {
  const built = small();
  const { rate } = statsOf([built]);
  expect(rate.bucketSeconds).toBe(1);
  expect(rate.buckets).toEqual([
    {
      time: '2023-11-14T22:13:20Z',
      events: 5,
      transactions: 0,
      bytes: bytesOf(built, 1, 2, 3, 4, 5),
      rows: 1,
    },
    { time: '2023-11-14T22:13:21Z', events: 0, transactions: 0, bytes: 0, rows: 0 },
    { time: '2023-11-14T22:13:22Z', events: 1, transactions: 0, bytes: bytesOf(built, 6), rows: 2 },
    { time: '2023-11-14T22:13:23Z', events: 1, transactions: 1, bytes: bytesOf(built, 7), rows: 0 },
    {
      time: '2023-11-14T22:13:24Z',
      events: 2,
      transactions: 1,
      bytes: bytesOf(built, 8, 9),
      rows: 0,
    },
    {
      time: '2023-11-14T22:13:25Z',
      events: 5,
      transactions: 1,
      bytes: bytesOf(built, 10, 11, 12, 13, 14),
      rows: 3,
    },
  ]);
});

describe('a filter', () => {
  test('leaves what was not asked for out of every sum', () => {
    const built = small();
    const stats = statsOf([built], { tables: new Set(['shop.lines']) });
    expect(stats.total).toMatchObject({
      bytes: built.length,
      events: 2,
      eventBytes: bytesOf(built, 4, 6),
      transactions: 1,
      statements: 0,
      rows: { written: 2, updated: 0, deleted: 0 },
    });
    expect(stats.tables.map(({ table }) => table)).toEqual(['shop.lines']);
    expect(stats.rate.buckets.reduce((sum, { events }) => sum + events, 0)).toBe(2);
  });

  test('leaves a transaction its place and time, and counts of it what was asked for', () => {
    const built = small();
    const { largest } = statsOf([built], { tables: new Set(['shop.lines']) }).transactions;
    expect(largest).toMatchObject([
      {
        offset: built.event(1).offset,
        endOffset: built.event(7).end,
        seconds: 3,
        events: 2,
        bytes: bytesOf(built, 4, 6),
        tables: ['shop.lines'],
      },
    ]);
  });
});

describe('damage', () => {
  test('is counted where it lies, and told', () => {
    const built = small();
    const { offset, size } = built.event(6);
    const stats = statsOf([patched(built.bytes(), offset + 25, 0xaa)]);
    expect(stats.files[0]).toMatchObject({
      events: 15,
      damage: { places: 1, bytes: size },
      transactions: 2,
      rows: { written: 1, deleted: 3 },
    });
    expect(stats.problems).toHaveLength(1);
    expect(stats.problems[0]).toContain(`at ${offset}: checksum`);
  });

  test('of a torn end leaves the transaction there out', () => {
    const built = small();
    const file = fileOf(built.bytes().subarray(0, built.event(14).offset + 5));
    expect(file).toMatchObject({ transactions: 2, wholeUntil: built.event(14).offset });
    expect(file.damage).toEqual({ places: 1, bytes: 5 });
  });

  test('what is no log has no sums, and is told', () => {
    const stats = statsOf([Buffer.from('no log at all, just text')]);
    expect(stats.files[0]).toMatchObject({ kind: null, events: 0, wholeUntil: 0, first: null });
    expect(stats.problems).toEqual([expect.stringContaining('at 0: magic:')]);
  });

  test('beyond a thousand problems they are only counted', () => {
    const built = log().format({ checksum: 'none' });
    for (let i = 0; i < 1100; i += 1) built.put(16, Buffer.alloc(3));
    const stats = statsOf([built]);
    expect(stats.problems).toHaveLength(1000);
    expect(stats.problemsLeftOut).toBe(100);
    expect(stats.files[0]?.malformedEvents).toBe(1100);
  });
});

describe('a compressed transaction', () => {
  // A log of MySQL 9.7.4 with binlog_transaction_compression=ON
  const path = join(import.meta.dirname, 'logs/compressed-mysql-9.7.000001');
  const bytes = readFileSync(path);
  const stats = statsOf([bytes]);

  test('has its events inside counted, and its bytes as they are in the file', () => {
    const { total } = stats;
    expect(total.eventBytes).toBe(bytes.length - 4);
    // One more was inserted by a statement, and one in the next log: the server counted 9909 in the end
    expect(total.rows).toEqual({ written: 9908, updated: 4, deleted: 1 });
    expect(total.statements).toBe(6);
    expect(total.types.find(({ type }) => type === 'Transaction_payload')?.events).toBe(9);
    expect(total.types.find(({ type }) => type === 'Xid')?.bytes).toBeLessThan(100);
  });

  test('belongs to one transaction with what is inside', () => {
    // INSERT … SELECT of 9000 rows: 453 events in a payload, and its GTID before it
    const [largest] = stats.transactions.largest;
    expect(largest).toMatchObject({
      events: 455,
      rows: { written: 9000, updated: 0, deleted: 0 },
      tables: ['z.t'],
      hasMoreTables: false,
    });
    expect(largest?.bytes).toBe((largest?.endOffset ?? 0) - (largest?.offset ?? 0));
  });

  test('gives its tables the bytes that the rows events have decompressed', () => {
    const inner = stats.tables.reduce((sum, { innerBytes }) => sum + innerBytes, 0);
    expect(inner).toBeGreaterThan(bytes.length);
    for (const { innerBytes, bytes: all } of stats.tables)
      expect(innerBytes).toBeLessThanOrEqual(all);
  });

  test('that is cut is told once, and counts once', () => {
    const cut = Buffer.concat([bytes.subarray(0, 4), noise(0)]);
    expect(statsOf([cut]).total.events).toBe(0);
    const built = log().format().gtid(1, { short: true }).transactionPayload(noise(40));
    const file = statsOf([built]);
    expect(file.total).toMatchObject({ events: 3, malformedEvents: 1, transactions: 1 });
    expect(file.problems).toHaveLength(1);
  });
});

test('no bytes crash it, and its sums stay within the file', () => {
  const whole = small().bytes();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
      fc.nat(whole.length),
      (flips, length) => {
        const bytes = Buffer.from(whole.subarray(0, length));
        for (const [at, value] of flips) if (at < length) bytes[at] = value;
        const { total, files } = statsOf([bytes]);
        expect(total.eventBytes).toBeLessThanOrEqual(length);
        expect(files[0]?.wholeUntil).toBeLessThanOrEqual(length);
      },
    ),
    { numRuns: 300 },
  );
});
