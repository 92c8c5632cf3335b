import type { FieldReader } from '../../bytes/field-reader.ts';

/** What a statement needs besides its text; a key is absent where the server did not write it. */
export interface QueryStatusVars {
  /** Bits of `QUERY_FLAGS2`: autocommit, foreign key checks, … */
  flags2?: number;
  /** Bits that `sqlModeNames` names. */
  sqlMode?: bigint;
  catalog?: string;
  autoIncrementIncrement?: number;
  autoIncrementOffset?: number;
  /** Collation numbers. */
  charsetClient?: number;
  collationConnection?: number;
  collationServer?: number;
  timeZone?: string;
  lcTimeNames?: number;
  collationDatabase?: number;
  /** A bitmap of the tables of a multi-table UPDATE. */
  tableMapForUpdate?: bigint;
  /** Size of the event on a source of 4.x. */
  masterDataWritten?: number;
  invokerUser?: string;
  invokerHost?: string;
  /** Databases the statement changes; null when there are too many to name (more than 16). */
  updatedDatabases?: readonly string[] | null;
  /** Fraction of the header's time, µs: MySQL. */
  microseconds?: number;
  explicitDefaultsForTimestamp?: number;
  ddlXid?: bigint;
  defaultCollationForUtf8mb4?: number;
  sqlRequirePrimaryKey?: number;
  defaultTableEncryption?: number;
  /** Code 21 of MySQL 9.6+, which no published header names: likely `innodb_native_foreign_keys`. */
  nativeForeignKeys?: number;
  /** Fraction of the header's time, µs: MariaDB. */
  hrnow?: number;
  mariadbXid?: bigint;
  mariadbGtidFlags3?: number;
  /** Sequence number of the START ALTER that this statement ends. */
  startAlterSequence?: bigint;
  /** Pairs of charset and collation number. */
  characterSetCollations?: readonly (readonly [charset: number, collation: number])[];
  /** The first code that is not known here; the rest of the block is left unread, as servers do. */
  unknownCode?: number;
}

const text8 = (f: FieldReader, name: string): string => f.text(name, f.u8(`${name}_len`));

/** Names end with NUL each; `end` is what {@link FieldReader.remaining} will be behind the block. */
const readDatabases = (f: FieldReader, end: number): readonly string[] | null => {
  const count = f.u8('mts_accessed_dbs');
  if (count === 254) return null;
  const names: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const bytes: number[] = [];
    for (;;) {
      if (f.remaining <= end) throw f.malformed('mts_accessed_db_names', 'no NUL before the end');
      const byte = f.u8('mts_accessed_db_names');
      if (byte === 0) break;
      bytes.push(byte);
    }
    names.push(Buffer.from(bytes).toString('utf8'));
  }
  return names;
};

const GTID_FLAGS3_ALTER_BITS = 4 | 8;
const DUMMY = 255;

type Read = (f: FieldReader, vars: QueryStatusVars, end: number) => void;

const READERS: Readonly<Record<number, Read>> = {
  0: (f, v) => (v.flags2 = f.u32('flags2')),
  1: (f, v) => (v.sqlMode = f.u64('sql_mode')),
  2: (f, v) => (v.catalog = f.textNul('catalog', f.u8('catalog_len'))),
  3: (f, v) => {
    v.autoIncrementIncrement = f.u16('auto_increment_increment');
    v.autoIncrementOffset = f.u16('auto_increment_offset');
  },
  4: (f, v) => {
    v.charsetClient = f.u16('character_set_client');
    v.collationConnection = f.u16('collation_connection');
    v.collationServer = f.u16('collation_server');
  },
  5: (f, v) => (v.timeZone = text8(f, 'time_zone')),
  6: (f, v) => (v.catalog = text8(f, 'catalog')),
  7: (f, v) => (v.lcTimeNames = f.u16('lc_time_names_number')),
  8: (f, v) => (v.collationDatabase = f.u16('charset_database_number')),
  9: (f, v) => (v.tableMapForUpdate = f.u64('table_map_for_update')),
  10: (f, v) => (v.masterDataWritten = f.u32('master_data_written')),
  11: (f, v) => {
    v.invokerUser = text8(f, 'user');
    v.invokerHost = text8(f, 'host');
  },
  12: (f, v, end) => (v.updatedDatabases = readDatabases(f, end)),
  13: (f, v) => (v.microseconds = f.u24('microseconds')),
  16: (f, v) => (v.explicitDefaultsForTimestamp = f.u8('explicit_defaults_ts')),
  17: (f, v) => (v.ddlXid = f.u64('ddl_xid')),
  18: (f, v) => (v.defaultCollationForUtf8mb4 = f.u16('default_collation_for_utf8mb4_number')),
  19: (f, v) => (v.sqlRequirePrimaryKey = f.u8('sql_require_primary_key')),
  20: (f, v) => (v.defaultTableEncryption = f.u8('default_table_encryption')),
  21: (f, v) => (v.nativeForeignKeys = f.u8('status_var_21')),
  128: (f, v) => (v.hrnow = f.u24('hrnow')),
  129: (f, v) => (v.mariadbXid = f.u64('xid')),
  130: (f, v) => {
    v.mariadbGtidFlags3 = f.u8('gtid_flags_extra');
    if (v.mariadbGtidFlags3 & GTID_FLAGS3_ALTER_BITS) v.startAlterSequence = f.u64('sa_seq_no');
  },
  131: (f, v) => {
    const pairs: (readonly [number, number])[] = [];
    const count = f.u8('character_set_collations');
    for (let i = 0; i < count; i += 1) pairs.push([f.u16('charset'), f.u16('collation')]);
    v.characterSetCollations = pairs;
  },
};

/**
 * The status variables of a query: `length` bytes of `u8 code, value`.
 * Source: MySQL libs/mysql/binlog/event/statement_events.h `Query_event_status_vars`; MariaDB
 * sql/log_event.h `Q_*_CODE`. Codes 14 and 15 were never written; they end the reading.
 */
export const readStatusVars = (f: FieldReader, length: number): QueryStatusVars => {
  if (length > f.remaining) {
    throw f.malformed('status_vars', `needs ${length} bytes, ${f.remaining} left`);
  }
  const end = f.remaining - length;
  const vars: QueryStatusVars = {};
  while (f.remaining > end) {
    const code = f.u8('status_var_code');
    if (code === DUMMY) break;
    const read = READERS[code];
    if (!read) {
      vars.unknownCode = code;
      break;
    }
    read(f, vars, end);
  }
  if (f.remaining < end) {
    throw f.malformed('status_vars', `run ${end - f.remaining} bytes beyond their end`);
  }
  if (f.remaining > end) f.skip('status_vars_rest', f.remaining - end);
  return vars;
};
