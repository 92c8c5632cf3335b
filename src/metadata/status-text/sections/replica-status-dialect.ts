import type { PastedCells } from '../pasted-row.ts';

/** What the columns of a status say of the server that printed them. */
export interface StatusDialect {
  /** `Master_Host` and `Slave_IO_Running`, or `Source_Host` and `Replica_IO_Running`. */
  readonly words: 'master-slave' | 'source-replica' | null;
  readonly flavor: 'mysql' | 'mariadb' | null;
  /** Oldest version that prints these columns in these words: `8.0.22`. */
  readonly since: string | null;
  /** First version that prints them no more: `8.4`. */
  readonly before: string | null;
}

/** Columns by the first version that has them, newest first; keys as `columnKey` makes them. */
const MYSQL: readonly (readonly [since: string, keys: readonly string[]])[] = [
  ['8.0', ['network_namespace', 'get_source_public_key', 'source_public_key_path']],
  ['5.7', ['source_tls_version', 'channel_name']],
  ['5.6', ['auto_position', 'source_uuid', 'source_info_file', 'source_bind']],
];
const MARIADB: typeof MYSQL = [
  ['10.3', ['replica_ddl_groups', 'replica_non_transactional_groups']],
  ['10.1', ['parallel_mode']],
  ['10.0', ['using_gtid', 'gtid_io_pos', 'connection_name', 'gtid_replica_pos']],
];

/** Names in which nothing was renamed say nothing. */
const wordsOf = (names: readonly string[]): StatusDialect['words'] => {
  const count = (pattern: RegExp): number => names.filter((name) => pattern.test(name)).length;
  const old = count(/master|slave/i);
  const renamed = count(/source|replica(?!te_)/i);
  if (old === renamed) return null;
  return old > renamed ? 'master-slave' : 'source-replica';
};

/** What the columns that are there give away; columns that are not there may have been left out. */
export const statusDialect = (cells: PastedCells): StatusDialect => {
  const words = wordsOf([...cells.values()].map(({ name }) => name));
  const sinceOf = (table: typeof MYSQL): string | null =>
    table.find(([, keys]) => keys.some((key) => cells.has(key)))?.[0] ?? null;
  const mariadb = sinceOf(MARIADB);
  if (mariadb !== null) return { words, flavor: 'mariadb', since: mariadb, before: null };
  // MariaDB's SHOW REPLICA STATUS keeps the old names (but not `mysql.rds_replica_status` of RDS)
  if (words === 'source-replica') return { words, flavor: 'mysql', since: '8.0.22', before: null };
  const mysql = sinceOf(MYSQL);
  if (mysql === null) return { words, flavor: null, since: null, before: null };
  return { words, flavor: 'mysql', since: mysql, before: words === null ? null : '8.4' };
};
