import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const MYSQL_97 = hex(`
  6f0000000000                      # table_id
  0100                              # flags
  01 65 00                          # db "e"
  01 74 00                          # tbl "t"
  02 030f                           # column_count, column_types LONG, VARCHAR
  02 f000                           # field_metadata
  02                                # null_bits
  0101000203fcff00                  # optional_metadata
`);

const MYSQL_51 = hex(`
  100000000000                      # table_id
  0000                              # flags
  04 74657374 00                    # db "test"
  02 7431 00                        # tbl "t1"
  02 03fe                           # column_count, column_types LONG, STRING
  02 fe32                           # field_metadata
  03                                # null_bits
`);

test('a table map of MySQL 9.7 names table and columns', () => {
  expect(decode(19, MYSQL_97, { postHeaderLength: 8 })).toEqual({
    type: 'table-map',
    tableId: 111,
    flags: 1,
    database: 'e',
    table: 't',
    columnCount: 2,
    types: hex('030f'),
    metadata: hex('f000'),
    nullable: hex('02'),
    optional: hex('0101000203fcff00'),
  });
});

test('a table map of MySQL 5.1 has no optional metadata', () => {
  expect(decode(19, MYSQL_51, { postHeaderLength: 8 })).toMatchObject({
    tableId: 16,
    database: 'test',
    table: 't1',
    metadata: hex('fe32'),
    nullable: hex('03'),
    optional: hex(''),
  });
});

test('the first table maps of 5.1 have a short id and end after the types', () => {
  const body = hex('0a000000 0000 01 64 00 01 74 00 01 03');
  expect(decode(19, body, { postHeaderLength: 6 })).toMatchObject({
    tableId: 10,
    database: 'd',
    table: 't',
    columnCount: 1,
    metadata: null,
    nullable: null,
  });
});

test('a table map cut anywhere but at an end of its layout is malformed', () => {
  // Whole after the types, and after the null bits.
  expect(tear(19, MYSQL_97)).toBe(MYSQL_97.length - 1 - 8);
  expect(tear(19, MYSQL_51)).toBe(MYSQL_51.length - 1);
  expect(problemOf(19, hex('6f0000000000 0100 fdffffff'))).toMatch(/db_len: says 16777215 bytes/);
});
