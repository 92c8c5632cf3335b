import type { Flavor } from '../dialects/server-version.ts';

/**
 * Names of the bits of a `sql_mode`, from the lowest, that both vendors have (MySQL left the fifth unused).
 * Source: MySQL sql/system_variables.h and MariaDB sql/sql_class.h `MODE_*`; names as in
 * `@@sql_mode`.
 */
const OF_BOTH = [
  'REAL_AS_FLOAT',
  'PIPES_AS_CONCAT',
  'ANSI_QUOTES',
  'IGNORE_SPACE',
  'IGNORE_BAD_TABLE_OPTIONS',
  'ONLY_FULL_GROUP_BY',
  'NO_UNSIGNED_SUBTRACTION',
  'NO_DIR_IN_CREATE',
  'POSTGRESQL',
  'ORACLE',
  'MSSQL',
  'DB2',
  'MAXDB',
  'NO_KEY_OPTIONS',
  'NO_TABLE_OPTIONS',
  'NO_FIELD_OPTIONS',
  'MYSQL323',
  'MYSQL40',
  'ANSI',
  'NO_AUTO_VALUE_ON_ZERO',
  'NO_BACKSLASH_ESCAPES',
  'STRICT_TRANS_TABLES',
  'STRICT_ALL_TABLES',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ALLOW_INVALID_DATES',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'TRADITIONAL',
  'NO_AUTO_CREATE_USER',
  'HIGH_NOT_PRECEDENCE',
  'NO_ENGINE_SUBSTITUTION',
  'PAD_CHAR_TO_FULL_LENGTH',
] as const;

/** From bit 32 on each vendor has its own. */
const OF_ONE: Readonly<Record<Flavor, readonly string[]>> = {
  mysql: ['TIME_TRUNCATE_FRACTIONAL'],
  mariadb: ['EMPTY_STRING_IS_NULL', 'SIMULTANEOUS_ASSIGNMENT', 'TIME_ROUND_FRACTIONAL'],
};

/**
 * The modes of a `sql_mode` as the status variables of a statement have it, 64 bits; those without a
 * name follow as one hexadecimal number.
 */
export const sqlModeNames = (mode: bigint, flavor: Flavor): readonly string[] => {
  let rest = mode;
  const names: string[] = [];
  for (const [bit, name] of [...OF_BOTH, ...OF_ONE[flavor]].entries()) {
    const mask = 1n << BigInt(bit);
    if ((rest & mask) === 0n) continue;
    names.push(name);
    rest &= ~mask;
  }
  return rest === 0n ? names : [...names, `0x${rest.toString(16)}`];
};
