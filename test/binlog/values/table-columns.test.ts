import { describe, expect, test } from 'vitest';
import { tableColumns } from '../../../src/binlog/values/table-columns.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import { hex } from '../events/event-bytes.ts';
import { columnsOf, FILE, tableMapOf } from './read-value.ts';

/** TINY, VARCHAR, YEAR, ENUM, SET, GEOMETRY, BLOB, NEWDECIMAL */
const TYPES = '01 0f 0d fe fe ff fc f6';
const METADATA = 'f000 f701 f801 04 02 0a02';

/** Every kind of optional field, as MySQL writes them with full metadata. */
const FULL = hex(`
  01 01 20                          # SIGNEDNESS: TINY 0, YEAR 0, NEWDECIMAL 1
  02 05 fcff00 01 3f                # DEFAULT_CHARSET 255, character column 1 has 63
  04 10 0161 0162 0163 0164 0165 0166 0167 0168 # COLUMN_NAME
  05 06 02 0178 02 7979             # SET_STR_VALUE: x, yy
  06 03 01 01 e9                    # ENUM_STR_VALUE: one byte of latin1
  07 01 01                          # GEOMETRY_TYPE point
  09 04 0100 0703                   # PRIMARY_KEY_WITH_PREFIX: column 1 whole, 7 by 3 characters
  0a 01 08                          # ENUM_AND_SET_DEFAULT_CHARSET latin1
  0c 01 fe                          # COLUMN_VISIBILITY: all but the last
  63 02 0000                        # a field that is not known yet
`);

const columnsWith = (optional: Buffer, flavor: 'mysql' | 'mariadb' = 'mysql') =>
  columnsOf(TYPES, METADATA, optional.toString('hex'), flavor);

test('all that the optional metadata says', () => {
  const { columns, primaryKey } = columnsWith(FULL);
  expect(columns.map(({ name }) => name).join('')).toBe('abcdefgh');
  expect(columns.map(({ isUnsigned }) => isUnsigned)).toEqual([
    false,
    null,
    false,
    null,
    null,
    null,
    null,
    true,
  ]);
  expect(columns[1]).toMatchObject({ collation: 255, charset: 'utf8mb4', size: 240 });
  expect(columns[6]).toMatchObject({ collation: 63, charset: 'binary', size: 2 });
  expect(columns[3]).toMatchObject({ realType: 247, labels: ['é'], charset: 'latin1' });
  expect(columns[4]).toMatchObject({ realType: 248, labels: ['x', 'yy'], charset: 'latin1' });
  expect(columns[5]).toMatchObject({ geometryType: 1, collation: null });
  expect(columns[7]).toMatchObject({ size: 10, scale: 2, isVisible: false });
  expect(columns[0]).toMatchObject({ isVisible: true, isNullable: true, dimension: null });
  expect(primaryKey).toEqual([
    { column: 1, prefix: null },
    { column: 7, prefix: 3 },
  ]);
});

test('without optional metadata nothing is claimed', () => {
  const { columns, primaryKey, hasGeneratedInvisiblePrimaryKey } = columnsOf(TYPES, METADATA);
  for (const column of columns) {
    expect(column).toMatchObject({
      name: null,
      isUnsigned: null,
      collation: null,
      charset: null,
      labels: null,
      isVisible: null,
    });
  }
  expect(primaryKey).toBeNull();
  expect(hasGeneratedInvisiblePrimaryKey).toBe(false);
});

test('collations one by one, a simple key, dimensions', () => {
  const vectors = columnsOf(
    '0f 0f f2',
    '0a00 0a00 04',
    '03 05 08 3f fcff00 08 02 00 02 0d 03 fc0008',
  );
  expect(vectors.columns.map(({ charset }) => charset)).toEqual(['latin1', 'binary', 'utf8mb4']);
  expect(vectors.columns[2]?.dimension).toBe(2048);
  expect(vectors.primaryKey).toEqual([
    { column: 0, prefix: null },
    { column: 2, prefix: null },
  ]);
});

test('MariaDB counts neither YEAR as a number nor leaves GEOMETRY out of the text', () => {
  const signedness = '01 01 40'; // the second number is unsigned
  const numbers = '0d 01 01';
  const isUnsigned = (flavor: 'mysql' | 'mariadb') =>
    columnsOf(numbers, '', signedness, flavor).columns.map((column) => column.isUnsigned);
  expect(isUnsigned('mysql')).toEqual([false, true, false]);
  expect(isUnsigned('mariadb')).toEqual([null, false, true]);

  const charsets = '03 02 3f 08';
  const charsetOf = (flavor: 'mysql' | 'mariadb') =>
    columnsOf('ff 0f', '04 0a00', charsets, flavor).columns[1]?.charset;
  expect(charsetOf('mysql')).toBe('binary');
  expect(charsetOf('mariadb')).toBe('latin1');
});

test('a key that MySQL generated is a flag', () => {
  const event = tableMapOf('01', '', { flags: 5 });
  expect(
    tableColumns(event, 'mysql', { file: FILE, bodyEnd: 1000 }).hasGeneratedInvisiblePrimaryKey,
  ).toBe(true);
});

describe('metadata that contradicts itself', () => {
  const problem = (types: string, metadata: string, optional = ''): string => {
    try {
      columnsOf(types, metadata, optional);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedError);
      return (error as MalformedError).message;
    }
    return 'none';
  };

  test('cut before any byte is malformed or says less, never more', () => {
    for (let n = 0; n < FULL.length; n += 1) {
      const message = problem(TYPES, METADATA, FULL.subarray(0, n).toString('hex'));
      expect(message, `cut at ${n}`).toMatch(/^none$|^binlog\.000001: at \d+: /);
    }
  });

  test('of the columns is malformed where it begins: it stands before the null bits', () => {
    expect(problem('0f fc', '0a00')).toBe(
      'binlog.000001: at 999: field_metadata: needs 1 bytes, 0 left',
    );
    expect(problem('0f', '0a0001')).toBe(
      'binlog.000001: at 998: field_metadata: 1 bytes more than the columns have',
    );
  });

  test('an optional field that is longer than the rest is malformed at its length', () => {
    expect(problem('01', '', '01 05 80')).toBe(
      'binlog.000001: at 998: optional_metadata_length: says 5 bytes or entries, 1 bytes left',
    );
  });

  test('a key of a column that is not there is malformed', () => {
    expect(problem('01', '', '08 01 07')).toContain('primary_key_column: 7 of 1 columns');
  });

  test('counts of labels are checked before anything is allocated', () => {
    expect(problem('fe', 'f701', '06 05 fdffffff 01')).toContain('str_value_count: says 16777215');
  });
});

describe('columns that cannot be read say why', () => {
  const reasons = (types: string, metadata: string) =>
    columnsOf(types, metadata).columns.map(({ unreadable }) => unreadable);

  test('the DECIMAL of MySQL 4.1 and a type that nobody knows', () => {
    expect(reasons('00', '')[0]).toContain('DECIMAL of MySQL 4.1');
    expect(reasons('7b', '')[0]).toBe('no server we know has a column type 123');
  });

  test('behind an unknown type, those that need metadata', () => {
    expect(reasons('7b 01 0f', 'ffffff')).toEqual([
      'no server we know has a column type 123',
      null,
      'its metadata is behind that of an unknown type 123',
    ]);
  });

  test('a multi-valued index, which has the metadata of its elements', () => {
    const shapes = columnsOf('14 14 01 0f', '0f 0a0001 08 0b00');
    expect(shapes.columns.map(({ unreadable }) => unreadable === null)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(shapes.columns[3]?.size).toBe(11);
  });

  test('table maps of 5.1.15 to 5.1.17 have no metadata at all', () => {
    const event = { ...tableMapOf('03 0f', ''), metadata: null, nullable: null };
    const { columns } = tableColumns(event, 'mysql', { file: FILE, bodyEnd: 1000 });
    expect(columns.map(({ unreadable, isNullable }) => [unreadable, isNullable])).toEqual([
      [null, null],
      ['the server wrote no metadata', null],
    ]);
  });
});
