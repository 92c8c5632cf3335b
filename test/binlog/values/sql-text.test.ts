import { describe, expect, test } from 'vitest';
import { generalText, scientificText } from '../../../src/binlog/values/c-number-text.ts';
import type { Column, TableColumns } from '../../../src/binlog/values/column.ts';
import type { RowChange } from '../../../src/binlog/values/row-image.ts';
import { extraRowLines } from '../../../src/binlog/values/sql-text/extra-row-info.ts';
import { rowsText, type SqlTextOptions } from '../../../src/binlog/values/sql-text.ts';
import type { JsonDiff, JsonNode, Value } from '../../../src/binlog/values/value.ts';
import { hex } from '../events/event-bytes.ts';
import { columnOf, FILE } from './read-value.ts';

const tableOf = (...columns: Column[]): TableColumns => ({
  database: 'd`b',
  table: 't',
  columns: columns.map((column, index) => ({ ...column, index })),
  primaryKey: null,
  hasGeneratedInvisiblePrimaryKey: false,
});

const inserted = (...after: (Value | undefined)[]): RowChange => ({
  before: null,
  after,
  unreadable: null,
});

const print = (change: RowChange, columns: Column[], options: Partial<SqlTextOptions> = {}) =>
  [
    ...rowsText('write', [change], tableOf(...columns), {
      flavor: 'mysql',
      verbosity: 1,
      ...options,
    }),
  ].map((line) => line.toString());

/** What stands behind `@1=` of an insert of one value. */
const literal = (value: Value, column: Column, options: Partial<SqlTextOptions> = {}): string =>
  print(inserted(value), [column], options)[2]?.replace('###   @1=', '') ?? '';

const old = {
  time: { type: 'time', isNegative: true, hour: 0, minute: 0, second: 1, microsecond: 0 },
  dateTime: {
    type: 'datetime',
    year: 2026,
    month: 11,
    day: 20,
    hour: 12,
    minute: 34,
    second: 56,
    microsecond: 0,
  },
} as const;

test('names are quoted, types said at the second level of verbosity', () => {
  const columns = [columnOf('TINY'), columnOf('VARCHAR', '0a00')];
  expect(print(inserted(-1, null), columns, { verbosity: 2 })).toEqual([
    '### INSERT INTO `d``b`.`t`',
    '### SET',
    '###   @1=-1 (255) /* TINYINT meta=0 nullable=1 is_null=0 */',
    '###   @2=NULL /* VARSTRING(10) meta=10 nullable=1 is_null=1 */',
  ]);
});

test('a number is printed signed, whatever the log says of its sign', () => {
  expect(literal(255, columnOf('TINY', '', { isUnsigned: true }))).toBe('-1 (255)');
  expect(literal(2n ** 64n - 1n, columnOf('LONGLONG'))).toBe('-1 (18446744073709551615)');
});

test('an insert of defaults alone has no values, and a name as it is', () => {
  expect(print(inserted(undefined), [columnOf('TINY')])).toEqual([
    '### INSERT INTO `d`b`.`t` VALUES ()',
  ]);
});

describe('where the two printers differ', () => {
  const both = (value: Value, column: Column): readonly string[] => [
    literal(value, column),
    literal(value, column, { flavor: 'mariadb' }),
  ];

  test('strings: MySQL escapes quotes, MariaDB control characters alone', () => {
    expect(both("a'\\\n\u0001", columnOf('VARCHAR', '0a00'))).toEqual([
      "'a\\'\\\\\\n\\x01'",
      "'a'\\\\x0a\\x01'",
    ]);
  });

  test('the TIME of before 5.6: MySQL takes it for unsigned', () => {
    expect(both(old.time, columnOf('TIME'))).toEqual(["'1677:72:15'", "'-00:00:01'"]);
  });

  test('the DATETIME of before 5.6: MariaDB quotes it', () => {
    expect(both(old.dateTime, columnOf('DATETIME'))).toEqual([
      '2026-11-20 12:34:56',
      "'2026-11-20 12:34:56'",
    ]);
  });

  test('GEOMETRY: MySQL cannot print it and leaves the event', () => {
    const point = { type: 'geometry', srid: 0, wkb: Buffer.from('AB') } as const;
    expect(both(point, columnOf('GEOMETRY', '04'))).toEqual([
      "!! Don't know how to handle column type=255 meta=4 (0004)",
      "'\\x00\\x00\\x00\\x00AB'",
    ]);
    const columns = [columnOf('GEOMETRY', '04'), columnOf('TINY')];
    expect(print(inserted(null, 1), columns)).toHaveLength(3);
    expect(print(inserted(null, 1), columns, { flavor: 'mariadb' })).toHaveLength(4);
  });

  test('JSON and VECTOR are MySQL’s alone, COMPRESSED MariaDB’s', () => {
    const unknown = expect.stringContaining("!! Don't know how to handle column type=");
    expect(both({ type: 'json', root: 1n }, columnOf('JSON', '04'))).toEqual(["'1'", unknown]);
    expect(both('x', columnOf('VARCHAR_COMPRESSED', '0a00'))).toEqual([unknown, "'x'"]);
    const vector = { type: 'vector', numbers: Float32Array.of(1.5, -0.1) } as const;
    expect(both(vector, columnOf('VECTOR', '04'))).toEqual(['[1.50000e+00,-1.00000e-01]', unknown]);
  });
});

test('where reading stopped, the printer says so and ends', () => {
  const change = { ...inserted(1, undefined, undefined), unreadable: { column: 1, reason: '…' } };
  expect(print(change, [columnOf('TINY'), columnOf('DECIMAL'), columnOf('TINY')])).toEqual([
    '### INSERT INTO `d``b`.`t`',
    '### SET',
    '###   @1=1',
    "###   @2=!! Don't know how to handle column type=0 meta=0 (0000)",
  ]);
});

test('the year 0000 is printed as 1900', () => {
  expect(literal(0, columnOf('YEAR'))).toBe('1900');
});

describe('with names', () => {
  const names = { names: true };

  test('columns are called by them, as far as the log has them', () => {
    const columns = [columnOf('TINY', '', { name: 'a`b' }), columnOf('TINY')];
    expect(print(inserted(1, 2), columns, names).slice(2)).toEqual([
      '###   `a``b`=1',
      '###   @2=2',
    ]);
  });

  test('ENUM and SET are their strings, where all are known', () => {
    const labels = ['one', "it's", Buffer.from([0xe9])];
    const enumeration = columnOf('STRING', 'f701', { labels });
    const set = columnOf('STRING', 'f801', { labels });
    expect(literal(2, enumeration, names)).toBe("'it\\'s'");
    expect(literal(0, enumeration, names)).toBe("''");
    expect(literal(9, enumeration, names)).toBe('9');
    expect(literal(3n, set, names)).toBe("'one,it\\'s'");
    expect(literal(8n, set, names)).toBe("b'00001000'");
    expect(literal(2, enumeration)).toBe('2');
  });

  test('a malformed geometry stays bytes', () => {
    const column = columnOf('GEOMETRY', '04');
    expect(literal({ type: 'geometry', srid: 1, wkb: Buffer.from('A') }, column, names)).toBe(
      "'\\x01\\x00\\x00\\x00A'",
    );
  });
});

describe('changes of a JSON document', () => {
  const diff = (operation: JsonDiff['operation'], path: string, root?: JsonNode): JsonDiff => ({
    operation,
    path,
    value: root === undefined ? null : { type: 'json', root },
  });
  const diffs = (...list: JsonDiff[]): string =>
    literal({ type: 'json-diffs', diffs: list }, columnOf('JSON', '04'));

  test('are calls around the column, the first innermost', () => {
    expect(
      diffs(
        diff('replace', '$.a', 1n),
        diff('replace', '$.b', "it's"),
        diff('insert', '$.c', [true]),
        diff('insert', '$.d[0]', null),
        diff('remove', '$.e'),
      ),
    ).toBe(
      [
        'JSON_REMOVE(',
        '###      JSON_ARRAY_INSERT(',
        '###      JSON_INSERT(',
        "###      JSON_REPLACE(@1, '$.a', 1,",
        "###      '$.b', 'it\\'s'),",
        "###      '$.c', CAST('[true]' AS JSON)),",
        "###      '$.d[0]', null),",
        "###      '$.e')",
      ].join('\n'),
    );
  });

  test('none at all are the column itself', () => {
    expect(diffs()).toBe('@1');
  });
});

test('an update whose after-image cannot be begun has its before-image printed', () => {
  const change: RowChange = {
    before: [1],
    after: null,
    unreadable: { column: 0, reason: '…' },
  };
  const lines = rowsText('update', [change, change], tableOf(columnOf('TINY')), {
    flavor: 'mysql',
    verbosity: 1,
  });
  expect([...lines].map(String)).toEqual(['### UPDATE `d``b`.`t`', '### WHERE', '###   @1=1']);
});

test('rows without images say why', () => {
  const change: RowChange = {
    before: null,
    after: null,
    unreadable: { column: null, reason: 'old' },
  };
  expect(print(change, [columnOf('TINY')])).toEqual(['### INSERT INTO `d``b`.`t`', '### old']);
});

describe('the extra part of a rows event', () => {
  const where = { file: FILE, base: 100 };

  test('names partitions and NDB’s data', () => {
    expect(extraRowLines(hex('01 0300'), 'write', where)).toEqual([
      '### Extra row info for partitioning: partition: 3',
    ]);
    expect(extraRowLines(hex('01 0300 0200'), 'update', where)).toEqual([
      '### Extra row info for partitioning: source_partition: 2 target_partition: 3',
    ]);
    expect(extraRowLines(hex('00 04 00 abcd'), 'write', where)).toEqual([
      '### Extra row ndb info: data_format: 0, len: 2, data: 0xABCD',
    ]);
  });

  test('is malformed when cut, and left alone when unknown', () => {
    expect(() => extraRowLines(hex('01 03'), 'write', where)).toThrow('at 101: partition_id');
    expect(() => extraRowLines(hex('00 01 00'), 'write', where)).toThrow('less than its own head');
    expect(extraRowLines(hex('07 ff'), 'write', where)).toEqual([]);
  });
});

describe('numbers as C prints them', () => {
  test.each([
    [100000, 6, '100000'],
    [1234567, 6, '1.23457e+06'],
    [0.0001, 6, '0.0001'],
    [0.00001, 6, '1e-05'],
    [-1e-38, 6, '-1e-38'],
    [0.1, 20, '0.10000000000000000555'],
    [1e21, 20, '1e+21'],
    [123456789012345680, 20, '123456789012345680'],
    [5e-324, 20, '4.9406564584124654418e-324'],
    [-0, 6, '-0'],
    [Number.NaN, 6, 'nan'],
    [Number.NEGATIVE_INFINITY, 6, '-inf'],
  ])('%%g of %s with %i digits', (value, precision, text) => {
    expect(generalText(value, precision)).toBe(text);
  });

  test('%e', () => {
    expect(scientificText(123456, 5)).toBe('1.23456e+05');
    expect(scientificText(1e-100, 5)).toBe('1.00000e-100');
    expect(scientificText(Number.POSITIVE_INFINITY, 5)).toBe('inf');
  });
});
