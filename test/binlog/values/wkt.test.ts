import { describe, expect, test } from 'vitest';
import { wktOf } from '../../../src/binlog/values/wkt.ts';
import { hex } from '../events/event-bytes.ts';
import { columnOf, problemOfBytes, read } from './read-value.ts';

const ONE = '000000000000f03f';
const TWO = '0000000000000040';
const POINT = `01 01000000 ${ONE}${TWO}`;

test.each([
  ['POINT(1 2)', POINT],
  ['POINT(1 2)', '00 00000001 3ff0000000000000 4000000000000000'],
  ['LINESTRING(1 2,2 1)', `01 02000000 02000000 ${ONE}${TWO} ${TWO}${ONE}`],
  [
    'POLYGON((1 1,2 2),(1 2))',
    `01 03000000 02000000 02000000 ${ONE}${ONE}${TWO}${TWO} 01000000 ${ONE}${TWO}`,
  ],
  ['MULTIPOINT((1 2),(1 2))', `01 04000000 02000000 ${POINT}${POINT}`],
  ['MULTILINESTRING((1 2))', `01 05000000 01000000 01 02000000 01000000 ${ONE}${TWO}`],
  ['MULTIPOLYGON(((1 2)))', `01 06000000 01000000 01 03000000 01000000 01000000 ${ONE}${TWO}`],
  ['GEOMETRYCOLLECTION(POINT(1 2))', `01 07000000 01000000 ${POINT}`],
  ['GEOMETRYCOLLECTION EMPTY', '01 07000000 00000000'],
])('%s', (text, bytes) => {
  expect(wktOf(hex(bytes))).toBe(text);
  for (let n = 0; n < hex(bytes).length; n += 1) {
    expect(wktOf(hex(bytes).subarray(0, n)), `cut at ${n}`).toBeNull();
  }
});

describe('ill-formed', () => {
  test.each([
    ['byte order', `02 01000000 ${ONE}${TWO}`],
    ['kind', `01 08000000 ${ONE}${TWO}`],
    ['part of another kind', `01 05000000 01000000 ${POINT}`],
    ['bytes behind the end', `${POINT}00`],
    ['count', '01 02000000 ffffffff'],
  ])('%s', (_what, bytes) => {
    expect(wktOf(hex(bytes))).toBeNull();
  });

  test('collections in collections without end', () => {
    expect(wktOf(hex('01 07000000 01000000'.repeat(200)))).toBeNull();
  });
});

test('a GEOMETRY has an SRID before its WKB', () => {
  const column = columnOf('GEOMETRY', '04');
  expect(read(column, `19000000 e6100000 ${POINT}`)).toEqual({
    type: 'geometry',
    srid: 4326,
    wkb: hex(POINT),
  });
  expect(read(column, '00000000')).toEqual({ type: 'geometry', srid: null, wkb: hex('') });
});

test('a VECTOR is a list of floats, whole ones', () => {
  const column = columnOf('VECTOR', '04');
  expect(read(column, '08000000 0000803f 0000c0bf')).toEqual({
    type: 'vector',
    numbers: Float32Array.of(1, -1.5),
  });
  expect(problemOfBytes(column, hex('05000000 0000803f00'))).toBe(
    'binlog.000001: at 504: vector: 5 bytes are no whole number of floats',
  );
});
