import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Extent, Extremes, spanOf } from '../../src/facts/families/extremes.ts';
import { type LogBuilder, log } from '../support/build-log.ts';
import { binaryLog, START, VERSION, write } from '../support/relay-log.ts';
import { gather } from './gather.ts';

const MIB = 1 << 20;

const rowsOf = (built: LogBuilder, bytes: number, table = 'shop.big'): LogBuilder =>
  built.tableMap(table).rows(108, Buffer.alloc(bytes));

describe('the largest transactions', () => {
  test('are those of a MiB or more, largest first, with what they touch', () => {
    const built = log().format().begin();
    rowsOf(built, MIB).xid(1).begin();
    rowsOf(built, 100, 'shop.small').xid(2).begin();
    rowsOf(built, 2 * MIB, 'shop.huge').xid(3);
    const { largest, largestEvent } = gather(built);
    expect(largest).toMatchObject([
      {
        offset: built.event(9).offset,
        end: built.event(12).end,
        events: 4,
        serverId: 1,
        threadId: 7,
        formats: ['row'],
        tables: ['shop.huge'],
      },
      { offset: built.event(1).offset, end: built.event(4).end, tables: ['shop.big'] },
    ]);
    expect(largestEvent).toMatchObject({ offset: built.event(11).offset });
  });

  test('one without an end is none', () => {
    expect(gather(rowsOf(log().format().begin(), 2 * MIB)).largest).toEqual([]);
  });

  test('a log of small ones has none, and a largest event', () => {
    const built = binaryLog();
    write(built);
    expect(gather(built)).toMatchObject({
      largest: [],
      longest: [],
      largestEvent: { offset: built.event(2).offset },
    });
    expect(gather(log().format())).toMatchObject({ largestEvent: null });
  });
});

describe('the longest transactions', () => {
  test('from the first statement to the commit', () => {
    const built = log().format().begin({ at: START, thread: 9 });
    built.query('UPDATE a SET b = 1', { at: START + 60, thread: 9 }).xid(1, { at: START + 700 });
    expect(gather(built).longest).toMatchObject([
      { firstTimestamp: START, lastTimestamp: START + 700, threadId: 9, execTime: 0, events: 3 },
    ]);
  });

  test('a GTID event has the time of the commit, and is no begin', () => {
    const built = log()
      .format()
      .gtid(7, { at: START + 700 })
      .begin({ at: START });
    built.query('UPDATE a SET b = 1', { at: START }).xid(1, { at: START + 700 });
    expect(gather(built).longest).toMatchObject([{ firstTimestamp: START }]);
  });

  test('one statement in row format: its commit stamp tells', () => {
    const commit = (START + 900) * 1e6 + 5;
    const built = write(binaryLog({ version: VERSION.mysql8030 }), {
      rows: 'shop.a',
      immediate: commit,
    });
    expect(gather(built).longest).toMatchObject([
      { firstTimestamp: START, lastTimestamp: START, originalCommit: commit },
    ]);
  });

  test('one statement as text: its exec_time tells', () => {
    const built = write(binaryLog(), { exec: 800 });
    expect(gather(built).longest).toMatchObject([{ execTime: 800, lastTimestamp: START }]);
  });

  test('events without a time date nothing', () => {
    const built = log().format().begin({ at: START }).xid(1, { at: 0 });
    expect(gather(built).longest).toEqual([]);
  });
});

const extent = fc
  .record({
    bytes: fc.integer({ min: 100, max: 40 * MIB }),
    seconds: fc.integer({ min: 0, max: 9000 }),
  })
  .map(
    ({ bytes, seconds }): Extent => ({
      offset: 4,
      end: 4 + bytes,
      events: 3,
      serverId: 1,
      threadId: null,
      firstTimestamp: START,
      lastTimestamp: START + seconds,
      originalCommit: null,
      execTime: null,
    }),
  );

test('ten are kept, and they are what sorting all would give', () => {
  fc.assert(
    fc.property(fc.array(extent, { maxLength: 60 }), (all) => {
      const extremes = new Extremes();
      for (const one of all) {
        if (extremes.takes(one.end - one.offset, spanOf(one))) extremes.keep(one);
      }
      const top = (figure: (one: Extent) => number, least: number) =>
        all
          .map(figure)
          .filter((value) => value >= least)
          .sort((a, b) => b - a)
          .slice(0, 10);
      const bytes = (one: Extent) => one.end - one.offset;
      expect(extremes.largest.map(bytes)).toEqual(top(bytes, MIB));
      expect(extremes.longest.map(spanOf)).toEqual(top(spanOf, 60));
    }),
  );
});
