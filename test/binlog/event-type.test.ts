import { expect, test } from 'vitest';
import {
  EVENT,
  eventTypeCode,
  eventTypeName,
  isCompressedRows,
  isKnownType,
  isQuery,
  isRows,
  isUpdateRows,
} from '../../src/binlog/event-type.ts';

test.each([
  [0, 'Unknown'],
  [2, 'Query'],
  [15, 'Format_description'],
  [19, 'Table_map'],
  [20, 'Pre_ga_write_rows'],
  [23, 'Write_rows_v1'],
  [30, 'Write_rows'],
  [33, 'Gtid'],
  [34, 'Anonymous_gtid'],
  [42, 'Gtid_tagged'],
  [100, 'Aurora_padding'],
  [103, 'Polardbx_consensus_cluster_info'],
  [160, 'Annotate_rows'],
  [162, 'Mariadb_gtid'],
  [172, 'Partial_row_data'],
])('type %s is called %s', (code, name) => {
  expect(eventTypeName(code)).toBe(name);
  expect(eventTypeCode(name)).toBe(code);
});

test('a type nobody writes keeps its number', () => {
  expect(eventTypeName(93)).toBe('Unknown(93)');
  expect(eventTypeCode('Unknown(93)')).toBeNull();
  expect(isKnownType(93)).toBe(false);
  expect(isKnownType(0)).toBe(false);
});

test('each constant has the name of its type', () => {
  for (const [constant, code] of Object.entries(EVENT)) {
    expect(eventTypeName(code).toUpperCase()).toBe(constant);
    expect(isKnownType(code)).toBe(true);
  }
});

const all = Array.from({ length: 256 }, (_, code) => code);

test('rows are of three versions, partial or compressed', () => {
  expect(all.filter(isRows)).toEqual([
    20, 21, 22, 23, 24, 25, 30, 31, 32, 39, 166, 167, 168, 169, 170, 171,
  ]);
  expect(all.filter(isCompressedRows)).toEqual([166, 167, 168, 169, 170, 171]);
  expect(all.filter(isUpdateRows)).toEqual([21, 24, 31, 39, 167, 170]);
});

test('queries are plain or compressed', () => {
  expect(all.filter(isQuery)).toEqual([2, 165]);
});
