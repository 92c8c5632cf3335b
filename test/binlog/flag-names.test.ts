import { expect, test } from 'vitest';
import { FLAG, HEADER_FLAGS } from '../../src/binlog/event-header.ts';
import { MARIADB_GTID_FLAGS } from '../../src/binlog/events/mariadb-gtid.ts';
import { ROWS_FLAGS } from '../../src/binlog/events/rows.ts';
import { flagNames } from '../../src/binlog/flag-names.ts';

test('no flags have no names', () => {
  expect(flagNames(HEADER_FLAGS, 0)).toEqual([]);
});

test('flags are named as the servers name them', () => {
  expect(flagNames(HEADER_FLAGS, FLAG.ARTIFICIAL | FLAG.SKIP_REPLICATION)).toEqual([
    'ARTIFICIAL_F',
    'SKIP_REPLICATION_F',
  ]);
  expect(flagNames(ROWS_FLAGS, 0x11)).toEqual(['STMT_END_F', 'USE_SQL_FOREIGN_KEY_F']);
  expect(flagNames(MARIADB_GTID_FLAGS, 0x0c)).toEqual(['FL_TRANSACTIONAL', 'FL_ALLOW_PARALLEL']);
});

test('bits without a name stay to be seen', () => {
  expect(flagNames(HEADER_FLAGS, 0x1401)).toEqual(['BINLOG_IN_USE_F', '0x1400']);
  expect(flagNames([], 0x8000_0000)).toEqual(['0x80000000']);
});

test('every bit of the header has its name once', () => {
  expect(HEADER_FLAGS.map(([bit]) => bit)).toEqual(Object.values(FLAG));
});
