import type { FlagTable } from '../flag-names.ts';

/**
 * Bits of the status variable `flags2`: options of the session.
 * Source: MySQL sql/query_options.h `OPTION_*`. Those marked are MariaDB's alone; their places are as
 * `mariadb-binlog` 10.11 prints them.
 */
export const QUERY_FLAGS2: FlagTable = [
  [1 << 14, 'OPTION_AUTO_IS_NULL'],
  // MariaDB
  [1 << 15, 'OPTION_NO_CHECK_CONSTRAINT_CHECKS'],
  [1 << 19, 'OPTION_NOT_AUTOCOMMIT'],
  // MariaDB
  [1 << 24, 'OPTION_EXPLICIT_DEF_TIMESTAMP'],
  [1 << 26, 'OPTION_NO_FOREIGN_KEY_CHECKS'],
  [1 << 27, 'OPTION_RELAXED_UNIQUE_CHECKS'],
  // MariaDB
  [1 << 28, 'OPTION_IF_EXISTS'],
  // MariaDB
  [1 << 30, 'OPTION_INSERT_HISTORY'],
];
