import { expect, test } from 'vitest';
import type { EventOf } from '../../src/binlog/define-event.ts';
import type { tableMap } from '../../src/binlog/events/table-map.ts';
import { KnownTables } from '../../src/listing/known-tables.ts';

const PLACE = { file: 'mysql-bin.000001', bodyEnd: 500 };

const map = (changes: Partial<EventOf<typeof tableMap>> = {}): EventOf<typeof tableMap> => ({
  type: 'table-map',
  tableId: 7,
  flags: 1,
  database: 'shop',
  table: 'orders',
  columnCount: 2,
  types: Buffer.from([3, 15]),
  metadata: Buffer.from([100, 0]),
  nullable: Buffer.from([0]),
  optional: Buffer.alloc(0),
  ...changes,
});

test('an equal table map has the columns of the one before', () => {
  const known = new KnownTables();
  const first = known.columnsOf(map(), 'mysql', PLACE);
  expect(known.columnsOf(map(), 'mysql', { ...PLACE, bodyEnd: 900 })).toBe(first);
});

test.each([
  ['table id', { tableId: 8 }],
  ['table', { table: 'lines' }],
  ['database', { database: 'app' }],
  ['flags', { flags: 5 }],
  ['types', { types: Buffer.from([2, 15]) }],
  ['metadata', { metadata: Buffer.from([101, 0]) }],
  ['nullable bits', { nullable: Buffer.from([1]) }],
  ['no nullable bits', { nullable: null }],
  ['optional metadata', { optional: Buffer.from([1, 1, 0x80]) }],
] as const)('another one has its own: %s', (_name, changes) => {
  const known = new KnownTables();
  const first = known.columnsOf(map(), 'mysql', PLACE);
  const other = known.columnsOf(map(changes), 'mysql', PLACE);
  expect(other).not.toBe(first);
  expect(other).toEqual(new KnownTables().columnsOf(map(changes), 'mysql', PLACE));
});

test('the flavor of the server counts too', () => {
  const known = new KnownTables();
  const first = known.columnsOf(map(), 'mysql', PLACE);
  expect(known.columnsOf(map(), 'mariadb', PLACE)).not.toBe(first);
});

test('one that contradicts the format is not kept', () => {
  const known = new KnownTables();
  const wrong = map({ metadata: Buffer.from([100]) });
  for (const _ of [1, 2]) {
    expect(() => known.columnsOf(wrong, 'mysql', PLACE)).toThrow(/field_metadata: needs 2 bytes/);
  }
});

test('is bounded: tables come and go, and are read again', () => {
  const known = new KnownTables();
  const first = known.columnsOf(map(), 'mysql', PLACE);
  for (let tableId = 100; tableId < 500; tableId += 1) {
    known.columnsOf(map({ tableId }), 'mysql', PLACE);
  }
  expect(known.columnsOf(map(), 'mysql', PLACE)).not.toBe(first);
  const huge = map({
    optional: Buffer.concat([Buffer.from([200, 253, 0, 0, 2]), Buffer.alloc(1 << 17)]),
  });
  expect(known.columnsOf(huge, 'mysql', PLACE)).not.toBe(known.columnsOf(huge, 'mysql', PLACE));
});
