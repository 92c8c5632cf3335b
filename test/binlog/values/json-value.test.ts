import { describe, expect, test } from 'vitest';
import { jsonRowOf, jsonValueOf } from '../../../src/binlog/values/json-value.ts';
import type { JsonNode } from '../../../src/binlog/values/value.ts';
import { hex } from '../events/event-bytes.ts';
import { columnOf, columnsOf } from './read-value.ts';

describe('numbers', () => {
  test('are numbers while they are exact, else strings', () => {
    const bigint = columnOf('LONGLONG');
    expect(jsonValueOf(9007199254740991n, bigint)).toBe(9007199254740991);
    expect(jsonValueOf(9007199254740993n, bigint)).toBe('9007199254740993');
    expect(jsonValueOf(-(2n ** 63n), bigint)).toBe('-9223372036854775808');
    expect(jsonValueOf('1.50', columnOf('NEWDECIMAL', '0302'))).toBe('1.50');
    expect(jsonValueOf(7n, columnOf('BIT', '0300'))).toBe(7);
  });

  test('of 32 bits are as short as they can be', () => {
    expect(jsonValueOf(Math.fround(0.1), columnOf('FLOAT', '04'))).toBe(0.1);
    expect(jsonValueOf(Math.fround(16777217), columnOf('FLOAT', '04'))).toBe(16777216);
    expect(jsonValueOf(0.1, columnOf('DOUBLE', '08'))).toBe(0.1);
  });

  test('that JSON has not are strings', () => {
    expect(jsonValueOf(Number.NaN, columnOf('DOUBLE', '08'))).toBe('NaN');
    const vector = { type: 'vector', numbers: Float32Array.of(0.1, Infinity) } as const;
    expect(jsonValueOf(vector, columnOf('VECTOR', '04'))).toEqual([0.1, 'Infinity']);
  });
});

test('ENUM and SET are strings where the log names them', () => {
  const labels = ['a', 'b'];
  expect(jsonValueOf(2, columnOf('STRING', 'f701', { labels }))).toBe('b');
  expect(jsonValueOf(0, columnOf('STRING', 'f701', { labels }))).toBe('');
  expect(jsonValueOf(3, columnOf('STRING', 'f701', { labels }))).toBe(3);
  expect(jsonValueOf(3n, columnOf('STRING', 'f801', { labels }))).toEqual(['a', 'b']);
  expect(jsonValueOf(0n, columnOf('STRING', 'f801', { labels }))).toEqual([]);
  expect(jsonValueOf(4n, columnOf('STRING', 'f801', { labels }))).toBe(4);
  expect(jsonValueOf(2, columnOf('STRING', 'f701'))).toBe(2);
});

test('bytes are base64, unless they may be text and are UTF-8', () => {
  const bytes = Buffer.from('é');
  const blob = (charset: string | null) => columnOf('BLOB', '01', { charset });
  expect(jsonValueOf(bytes, blob('binary'))).toEqual({ base64: 'w6k=' });
  expect(jsonValueOf(bytes, blob(null))).toBe('é');
  expect(jsonValueOf(hex('e9'), blob(null))).toEqual({ base64: '6Q==' });
  expect(jsonValueOf(hex('e9'), blob('utf8mb4'))).toEqual({ base64: '6Q==' });
});

describe('JSON documents', () => {
  const valueOf = (root: JsonNode) => jsonValueOf({ type: 'json', root }, columnOf('JSON', '04'));

  test('are themselves', () => {
    expect(
      valueOf({
        type: 'object',
        members: [
          ['__proto__', 1n],
          ['d', { type: 'date', year: 2026, month: 11, day: 20 }],
          ['l', [true, null, 1.5, 's']],
        ],
      }),
    ).toEqual(JSON.parse('{"__proto__":1,"d":"2026-11-20","l":[true,null,1.5,"s"]}'));
  });

  test('with a number that a reader would change are the servers’ text of them', () => {
    expect(valueOf([2n ** 53n])).toEqual({ json: '[9007199254740992]' });
    expect(valueOf([{ type: 'decimal', digits: '1.10' }])).toEqual({ json: '[1.10]' });
  });

  test('that are null are told from NULL', () => {
    expect(valueOf(null)).toEqual({ json: 'null' });
    expect(jsonValueOf(null, columnOf('JSON', '04'))).toBeNull();
  });

  test('as changes are a list', () => {
    const diffs = [
      { operation: 'replace', path: '$.a', value: { type: 'json', root: 1n } },
      { operation: 'remove', path: '$.b', value: null },
    ] as const;
    expect(jsonValueOf({ type: 'json-diffs', diffs }, columnOf('JSON', '04'))).toEqual([
      { operation: 'replace', path: '$.a', value: 1 },
      { operation: 'remove', path: '$.b' },
    ]);
  });
});

test('temporal values are text with the digits of their column', () => {
  const timestamp = { type: 'timestamp', seconds: 1795170896, microsecond: 120_000 } as const;
  expect(jsonValueOf(timestamp, columnOf('TIMESTAMP2', '02'))).toBe('2026-11-20 10:34:56.12');
});

test('a geometry is its text, an ill-formed one its bytes', () => {
  const column = columnOf('GEOMETRY', '04');
  const wkb = hex('01 01000000 000000000000f03f 0000000000000040');
  expect(jsonValueOf({ type: 'geometry', srid: 4326, wkb }, column)).toEqual({
    srid: 4326,
    wkt: 'POINT(1 2)',
  });
  expect(jsonValueOf({ type: 'geometry', srid: null, wkb: hex('01') }, column)).toEqual({
    srid: null,
    wkb: '01',
  });
});

test('a row leaves out what its image leaves out', () => {
  const table = columnsOf('01 01 01', '', '04 06 0161 0162 0163');
  expect(jsonRowOf([1, undefined, null], table)).toEqual({ a: 1, c: null });
  expect(jsonRowOf([1, undefined, null], columnsOf('01 01 01', ''))).toEqual({
    '@1': 1,
    '@3': null,
  });
});
