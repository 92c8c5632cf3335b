import { expect, test } from 'vitest';
import { QUERY_FLAGS2 } from '../../src/binlog/events/query-flags.ts';
import { flagNames } from '../../src/binlog/flag-names.ts';
import { sqlModeNames } from '../../src/binlog/sql-mode.ts';

test('the default mode of MySQL 8.0', () => {
  expect(sqlModeNames(1168113696n, 'mysql')).toEqual([
    'ONLY_FULL_GROUP_BY',
    'STRICT_TRANS_TABLES',
    'NO_ZERO_IN_DATE',
    'NO_ZERO_DATE',
    'ERROR_FOR_DIVISION_BY_ZERO',
    'NO_ENGINE_SUBSTITUTION',
  ]);
});

test('from bit 32 on the vendors differ', () => {
  expect(sqlModeNames(1n << 32n, 'mysql')).toEqual(['TIME_TRUNCATE_FRACTIONAL']);
  expect(sqlModeNames(1n << 32n, 'mariadb')).toEqual(['EMPTY_STRING_IS_NULL']);
  expect(sqlModeNames(1n << 34n, 'mariadb')).toEqual(['TIME_ROUND_FRACTIONAL']);
});

test('bits without a name stay to be seen', () => {
  expect(sqlModeNames((1n << 63n) | 4n, 'mysql')).toEqual(['ANSI_QUOTES', '0x8000000000000000']);
  expect(sqlModeNames(0n, 'mariadb')).toEqual([]);
});

test('options of a session: foreign keys and unique keys unchecked', () => {
  expect(flagNames(QUERY_FLAGS2, 0x0c00_4000)).toEqual([
    'OPTION_AUTO_IS_NULL',
    'OPTION_NO_FOREIGN_KEY_CHECKS',
    'OPTION_RELAXED_UNIQUE_CHECKS',
  ]);
});
