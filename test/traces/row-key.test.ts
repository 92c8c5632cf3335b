import { describe, expect, test } from 'vitest';
import type { Column, KeyPart, TableColumns } from '../../src/binlog/values/column.ts';
import type { RowChange, RowImage } from '../../src/binlog/values/row-image.ts';
import { rowKey, touches } from '../../src/traces/row-key.ts';

const INT = 3;
const VARCHAR = 15;

const column = (index: number, realType: number): Column => ({
  index,
  name: null,
  typeCode: realType,
  realType,
  metadata: 0,
  size: 4,
  scale: 0,
  isNullable: true,
  isUnsigned: null,
  collation: null,
  charset: realType === VARCHAR ? 'utf8mb4' : null,
  labels: null,
  geometryType: null,
  isVisible: null,
  dimension: null,
  unreadable: null,
});

const table = (primaryKey: readonly KeyPart[] | null = null): TableColumns => ({
  database: 'shop',
  table: 'lines',
  columns: [column(0, INT), column(1, INT), column(2, VARCHAR)],
  primaryKey,
  hasGeneratedInvisiblePrimaryKey: false,
});

const insert = (...after: RowImage): RowChange => ({ before: null, after, unreadable: null });
const remove = (...before: RowImage): RowChange => ({ before, after: null, unreadable: null });
const update = (before: RowImage, after: RowImage): RowChange => ({
  before,
  after,
  unreadable: null,
});

const PARTS: readonly KeyPart[] = [
  { column: 0, prefix: null },
  { column: 1, prefix: null },
];

describe('a key of several columns', () => {
  test('is found where the error joins its values', () => {
    const key = rowKey([insert(5, 7, 'a')], table(), { value: '5-7', name: 'PRIMARY' });
    expect(key).toMatchObject({ told: 'error', forms: [{ columns: [0, 1], match: 'key' }] });
    const is = (change: RowChange) => key && touches(key, change, table());
    expect(is(insert(5, 7, 'b'))).toEqual({ match: 'key', effect: 'makes' });
    expect(is(remove(5, 7, 'b'))).toEqual({ match: 'key', effect: 'removes' });
    expect(is(insert(5, 8, 'a'))).toBeNull();
    expect(is(update([5, 7, 'a'], [5, 7, 'b']))).toEqual({ match: 'key', effect: 'keeps' });
    expect(is(update([5, 7, 'a'], [5, 9, 'a']))).toEqual({ match: 'key', effect: 'removes' });
  });

  test('is told by the table map before anything else', () => {
    const key = rowKey([insert(5, 7, '5-7')], table(PARTS), {
      value: '5-7',
      name: 'lines.PRIMARY',
    });
    expect(key?.told).toBe('error');
    const primary = rowKey([insert(5, 7, '5-7')], table(PARTS), { value: '5-7', name: 'PRIMARY' });
    expect(primary).toMatchObject({ told: 'table-map', forms: [{ columns: [0, 1] }] });
  });
});

test('of several rows the error means the one whose value it quotes', () => {
  const rows = [insert(1, 0, 'a'), insert(2, 0, 'b'), insert(3, 0, 'c')];
  const key = rowKey(rows, table(), { value: 'B ', name: 'w' });
  expect(key?.rows).toEqual([[2, 0, 'b']]);
  expect(key && touches(key, insert(9, 9, 'b'), table())).toMatchObject({ match: 'key' });
});

test('a value in two columns is no proof, in whichever it stands', () => {
  const key = rowKey([insert(4, 4, 'a')], table(), { value: '4', name: 'PRIMARY' });
  expect(key?.forms.map(({ match }) => match)).toEqual(['value', 'value']);
});

describe('without a key that is told', () => {
  test('rows are the same in all columns; the first column alone is no proof', () => {
    const key = rowKey([remove(6, 1, 'a')], table(), null);
    expect(key?.told).toBe('row');
    const is = (change: RowChange) => key && touches(key, change, table());
    expect(is(remove(6, 1, 'a'))).toEqual({ match: 'row', effect: 'removes' });
    expect(is(remove(6, 1, 'b'))).toEqual({ match: 'value', effect: 'removes' });
    expect(is(remove(7, 1, 'a'))).toBeNull();
    // It may have become another row, or be the same one with another value
    expect(is(update([6, 1, 'a'], [6, 1, 'z']))).toEqual({ match: 'row', effect: 'unknown' });
  });

  test('NULL is a value like others, and what an image leaves out is none', () => {
    const key = rowKey([remove(6, null, 'a')], table(), null);
    expect(key && touches(key, remove(6, null, 'a'), table())).toMatchObject({ match: 'row' });
    expect(key && touches(key, remove(6, undefined, 'a'), table())).toMatchObject({
      match: 'value',
    });
  });

  test('a minimal before-image holds the key, and all of them where nothing else is left out', () => {
    const key = rowKey([remove(6, undefined, undefined)], table(), null);
    expect(key).toMatchObject({ told: 'image', forms: [{ columns: [0], match: 'key' }] });
  });

  test('an update of several rows: all may be meant', () => {
    const rows = [update([1, 1, 'a'], [1, 2, 'a']), update([2, 1, 'b'], [2, 2, 'b'])];
    expect(rowKey(rows, table(PARTS), null)?.rows).toHaveLength(2);
  });
});

test('an after-image that leaves columns out has them as they were', () => {
  const key = rowKey([insert(5, 7, 'a')], table(PARTS), { value: '5-7', name: 'PRIMARY' });
  const change = update([5, 7, undefined], [undefined, undefined, 'new']);
  expect(key && touches(key, change, table(PARTS))).toEqual({ match: 'key', effect: 'keeps' });
});

test('nothing is known of an event whose rows could not be read', () => {
  expect(rowKey([], table(), { value: '6', name: 'PRIMARY' })).toBeNull();
});
