import { describe, expect, test } from 'vitest';
import { columns } from '../../src/report/renderers/wrap.ts';
import { statsRenderers } from '../../src/stats/renderers/index.ts';
import type { Stats } from '../../src/stats/stats.ts';
import { log, patched } from '../support/build-log.ts';
import { statsOf } from './gather.ts';

const T = 1_700_000_000;
const escape = String.fromCharCode(27);

const text = (stats: Stats, options: Partial<Parameters<typeof statsRenderers.text>[1]> = {}) =>
  statsRenderers.text(stats, { width: 100, color: 0, top: 20, ...options });

const section = (whole: string, title: string): string[] => {
  const found = whole.split('\n\n').find((part) => part.startsWith(title));
  return found?.trimEnd().split('\n') ?? [];
};

const shop = () =>
  log({ at: T, serverId: 11 })
    .format()
    .gtid(5, { short: true })
    .begin({ thread: 44 })
    .tableMap('shop.orders')
    .rows(108, [1, 2])
    .xid(90, { at: T + 75 })
    .gtid(6, { short: true, at: T + 75 })
    .query('ALTER TABLE orders ADD x INT', { at: T + 75 });

describe('the text', () => {
  const whole = text(statsOf([shop(), shop()]));

  test('begins with the sums and the logs', () => {
    expect(section(whole, 'LOGS')).toEqual([
      'LOGS: 2 logs, 918 bytes, 16 events, 4 transactions, 2 statements, rows: 4 written, 0 updated, 0',
      'deleted',
      'paths below db1/',
      'file                   size  events  transactions  rows  2023-11-14 (UTC)',
      'mysql-bin.000001  459 bytes       8             2     2  22:13:20 – 22:14:35',
      'mysql-bin.000002  459 bytes       8             2     2  22:13:20 – 22:14:35',
      'mysql-bin.000001: events by server id: 11 (8); GTIDs 3e11fa47-71ca-11e1-9e33-c80aa9429562:5 to 6 (2)',
      'mysql-bin.000002: events by server id: 11 (8); GTIDs 3e11fa47-71ca-11e1-9e33-c80aa9429562:5 to 6 (2)',
    ]);
  });

  test('has a table of tables', () => {
    expect(section(whole, 'TABLES')).toEqual([
      'TABLES, by size of their rows events',
      'table            size  rows events  written  updated  deleted  statements',
      'shop.orders  90 bytes            2        4                             2',
    ]);
  });

  test('has each of the longest transactions with its place', () => {
    const built = shop();
    expect(section(whole, 'LONGEST').slice(0, 4)).toEqual([
      'LONGEST TRANSACTIONS',
      ` 1. ${built.event(5).end - built.event(1).offset} bytes, 75 s, 5 events, 2 rows, 2023-11-14 22:13:20 UTC`,
      `    mysql-bin.000001@${built.event(1).offset} to ${built.event(5).end}, server 11, thread 44, GTID 3e11fa47-71ca-11e1-9e33-c80aa9429562:5`,
      '    shop.orders',
    ]);
  });

  test('has the coordinates of a transaction in the log of its source', () => {
    const relay = log({ serverId: 12, at: T })
      .format({ flags: 0x40 })
      .from(11)
      .fakeRotate('source-bin.000007', 900)
      .sourceAt(900)
      .begin()
      .xid(1);
    const { offset, size } = relay.event(2);
    expect(section(text(statsOf([relay])), 'LARGEST')[2]).toBe(
      `    mysql-bin.000001@${offset} to ${relay.length}, source-bin.000007:900 to ${900 + size + 31}, server 11, thread 7`,
    );
  });

  test('draws a bar for each time', () => {
    const rate = section(whole, 'RATE');
    expect(rate[0]).toBe('RATE: a line for 2 seconds, the bars by size');
    expect(rate[2]).toMatch(/^2023-11-14 22:13:20 +8 +4 +\d+ bytes {2}█+[▏▎▍▌▋▊▉]?$/);
    expect(rate).toHaveLength(2 + 38);
    expect(rate[3]).toBe('2023-11-14 22:13:22');
  });

  test.each([40, 60, 100, 200])(
    'keeps within %i columns but for tables that need more',
    (width) => {
      const lines = text(statsOf([shop()]), { width }).split('\n');
      const prose = lines.filter((line) => !/ {2}\S/.test(line.trimStart()));
      expect(prose.filter((line) => columns(line) > width)).toEqual([]);
    },
  );

  test('keeps within 100 columns wholly', () => {
    const far = shop()
      .at(T + 10 ** 8)
      .begin()
      .xid(1);
    const stats = statsOf([far, patched(shop().bytes(), 200, 0xff)]);
    expect(
      text(stats)
        .split('\n')
        .filter((line) => columns(line) > 100),
    ).toEqual([]);
  });

  test('is coloured when asked to', () => {
    expect(whole).not.toContain(escape);
    expect(text(statsOf([shop()]), { color: 1 })).toContain(escape);
  });

  test('says what was damaged, and that it could not be read', () => {
    const built = shop();
    const whole = text(
      statsOf([patched(built.bytes(), built.event(4).offset + 20, 0xff), Buffer.from('none')]),
    );
    expect(whole).toContain(`DAMAGED: 1 place, ${built.event(4).size} bytes not used`);
    expect(whole).toContain('mysql-bin.000002: no event could be read');
    expect(section(whole, 'PROBLEMS')[0]).toBe('PROBLEMS: 2 places not read whole');
  });

  test('of no log at all is one line', () => {
    expect(text(statsOf([]))).toBe(
      'LOGS: 0 logs, 0 bytes, 0 events, 0 transactions, 0 statements, rows: 0 written, 0 updated, 0 deleted\n',
    );
  });

  test('shows as many tables as asked for, and how many more there are', () => {
    const built = log().format().begin();
    for (let i = 0; i < 5; i += 1)
      built.tableMap(`db.t${i}`, i).rows(
        i,
        Array.from({ length: 9 - i }, () => 1),
      );
    const tables = section(text(statsOf([built.xid(1)]), { top: 2 }), 'TABLES');
    expect(tables.slice(2).map((line) => line.split(' ')[0])).toEqual(['db.t0', 'db.t1', '…']);
    expect(tables.at(-1)).toBe('… and 3 more tables: --top, --format json');
  });

  test('obeys no control character of a name', () => {
    const built = log().format().begin().tableMap(`db.${escape}[2J`).rows().xid(1);
    const whole = text(statsOf([built]));
    expect(whole).not.toContain(escape);
    expect(whole).toContain('db.\\x1b[2J');
    expect(statsRenderers.json(statsOf([built]), { width: 100, color: 0, top: 1 })).not.toContain(
      escape,
    );
  });
});

describe('the JSON', () => {
  const stats = statsOf([shop()]);
  const parsed: unknown = JSON.parse(statsRenderers.json(stats, { width: 40, color: 1, top: 1 }));

  test('is all of it, whatever the text shows', () => {
    expect(parsed).toEqual(JSON.parse(JSON.stringify(stats)));
  });

  /** Keys of objects, of the first entry of lists; of values their type. */
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.slice(0, 1).map(shape);
    if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shape(part)]));
  };

  const rows = { written: 'number', updated: 'number', deleted: 'number' };
  const sums = {
    events: 'number',
    innerEvents: 'number',
    eventBytes: 'number',
    types: [{ type: 'string', events: 'number', bytes: 'number' }],
    transactions: 'number',
    statements: 'number',
    rows,
    uncountedRowsEvents: 'number',
    malformedEvents: 'number',
    first: 'string',
    last: 'string',
  };
  const transaction = {
    path: 'string',
    offset: 'number',
    endOffset: 'number',
    log: 'string',
    position: 'number',
    endPosition: 'number',
    gtid: 'string',
    serverId: 'number',
    threadId: 'number',
    time: 'string',
    seconds: 'number',
    secondsBy: 'string',
    events: 'number',
    bytes: 'number',
    rows,
    tables: ['string'],
    hasMoreTables: 'boolean',
  };

  test('has the keys of version 1', () => {
    expect(parsed).toHaveProperty('statsSchemaVersion', 1);
    expect(shape(parsed)).toEqual({
      statsSchemaVersion: 'number',
      total: { files: 'number', bytes: 'number', ...sums },
      files: [
        {
          path: 'string',
          kind: 'string',
          bytes: 'number',
          wholeUntil: 'number',
          ...sums,
          serverIds: [{ serverId: 'number', events: 'number', bytes: 'number' }],
          otherServerIds: { events: 'number', bytes: 'number' },
          gtids: [{ source: 'string', first: 'string', last: 'string', transactions: 'number' }],
          otherGtids: 'number',
          damage: { places: 'number', bytes: 'number' },
        },
      ],
      tables: [
        {
          table: 'string',
          events: 'number',
          bytes: 'number',
          innerBytes: 'number',
          rows,
          statements: 'number',
        },
      ],
      otherTables: null,
      transactions: { count: 'number', largest: [transaction], longest: [transaction] },
      rate: {
        bucketSeconds: 'number',
        buckets: [
          {
            time: 'string',
            events: 'number',
            transactions: 'number',
            bytes: 'number',
            rows: 'number',
          },
        ],
      },
      problems: [],
      problemsLeftOut: 'number',
    });
  });
});
