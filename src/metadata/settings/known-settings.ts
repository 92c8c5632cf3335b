import {
  count,
  duration,
  list,
  oneOf,
  onOff,
  type SettingValue,
  switchOrName,
  text,
} from './setting-value.ts';

const REPOSITORY = oneOf('FILE', 'TABLE');

/**
 * The settings that matter to replication, by one name each: the newest that it has had,
 * MySQL's where the vendors differ.
 * Source: MySQL sql/sys_vars.cc, sql/mysqld.cc `my_long_early_options`; MariaDB sql/sys_vars.cc,
 * sql/mysqld.cc `my_long_options`.
 */
export const KNOWN_SETTINGS = {
  // Who the server is
  server_id: count,
  server_uuid: text,
  hostname: text,
  report_host: text,
  report_port: count,
  port: count,
  datadir: text,
  log_error: text,
  log_error_verbosity: count,
  log_warnings: count,
  log_timestamps: oneOf('UTC', 'SYSTEM'),
  version: text,
  version_comment: text,
  time_zone: text,
  system_time_zone: text,
  // GTIDs
  gtid_mode: oneOf('OFF', 'OFF_PERMISSIVE', 'ON_PERMISSIVE', 'ON'),
  enforce_gtid_consistency: oneOf('OFF', 'ON', 'WARN'),
  gtid_executed: text,
  gtid_purged: text,
  gtid_strict_mode: onOff,
  gtid_domain_id: count,
  gtid_ignore_duplicates: onOff,
  gtid_slave_pos: text,
  gtid_binlog_pos: text,
  gtid_binlog_state: text,
  gtid_current_pos: text,
  // Binary log
  log_bin: switchOrName,
  log_bin_basename: text,
  log_bin_index: text,
  log_bin_compress: onOff,
  log_replica_updates: onOff,
  binlog_format: oneOf('MIXED', 'STATEMENT', 'ROW'),
  binlog_row_image: oneOf('MINIMAL', 'NOBLOB', 'FULL', 'FULL_NODUP'),
  binlog_row_metadata: oneOf('MINIMAL', 'FULL', 'NO_LOG'),
  binlog_checksum: oneOf('NONE', 'CRC32'),
  binlog_encryption: onOff,
  binlog_transaction_compression: onOff,
  binlog_legacy_event_pos: onOff,
  binlog_expire_logs_seconds: count,
  expire_logs_days: duration,
  max_binlog_size: count,
  sync_binlog: count,
  innodb_flush_log_at_trx_commit: count,
  source_verify_checksum: onOff,
  binlog_do_db: list,
  binlog_ignore_db: list,
  // Receiver
  replica_net_timeout: count,
  replica_max_allowed_packet: count,
  max_allowed_packet: count,
  replica_compressed_protocol: onOff,
  master_info_repository: REPOSITORY,
  master_info_file: text,
  sync_source_info: count,
  master_retry_count: count,
  replicate_same_server_id: onOff,
  skip_replica_start: onOff,
  // Relay log
  relay_log: text,
  relay_log_basename: text,
  relay_log_index: text,
  relay_log_info_file: text,
  relay_log_info_repository: REPOSITORY,
  relay_log_purge: onOff,
  relay_log_recovery: onOff,
  relay_log_space_limit: count,
  max_relay_log_size: count,
  sync_relay_log: count,
  sync_relay_log_info: count,
  // Applier
  replica_parallel_workers: count,
  replica_parallel_type: oneOf('DATABASE', 'LOGICAL_CLOCK'),
  replica_parallel_mode: oneOf('NONE', 'MINIMAL', 'CONSERVATIVE', 'OPTIMISTIC', 'AGGRESSIVE'),
  replica_parallel_max_queued: count,
  replica_domain_parallel_threads: count,
  replica_preserve_commit_order: onOff,
  replica_sql_verify_checksum: onOff,
  replica_exec_mode: oneOf('STRICT', 'IDEMPOTENT'),
  replica_skip_errors: text,
  replica_transaction_retries: count,
  replica_type_conversions: text,
  replica_run_triggers_for_rbr: oneOf('NO', 'YES', 'LOGGING', 'ENFORCE'),
  replicate_do_db: list,
  replicate_ignore_db: list,
  replicate_do_table: list,
  replicate_ignore_table: list,
  replicate_wild_do_table: list,
  replicate_wild_ignore_table: list,
  replicate_rewrite_db: list,
  // Semi-synchronous replication
  rpl_semi_sync_source_enabled: onOff,
  rpl_semi_sync_source_timeout: count,
  rpl_semi_sync_replica_enabled: onOff,
  // Who may write
  read_only: oneOf('OFF', 'ON', 'NO_LOCK', 'NO_LOCK_NO_ADMIN'),
  super_read_only: onOff,
  event_scheduler: oneOf('OFF', 'ON', 'DISABLED'),
  auto_increment_increment: count,
  auto_increment_offset: count,
} as const satisfies Readonly<Record<string, SettingValue<unknown>>>;

export type SettingName = keyof typeof KNOWN_SETTINGS;

/** The value of each setting. */
export type SettingType<Name extends SettingName> =
  (typeof KNOWN_SETTINGS)[Name] extends SettingValue<infer T> ? T : never;

/** Other names that a setting has or had, and those that two vendors gave it. */
const OTHER_NAMES: ReadonlyMap<string, SettingName> = new Map<string, SettingName>([
  ['encrypt_binlog', 'binlog_encryption'],
  ['sync_master_info', 'sync_source_info'],
  ['master_verify_checksum', 'source_verify_checksum'],
  ['default_time_zone', 'time_zone'],
  ['rpl_semi_sync_master_enabled', 'rpl_semi_sync_source_enabled'],
  ['rpl_semi_sync_master_timeout', 'rpl_semi_sync_source_timeout'],
  ['replica_parallel_threads', 'replica_parallel_workers'],
]);

const isKnown = (name: string): name is SettingName => Object.hasOwn(KNOWN_SETTINGS, name);

/** Words that newer versions say otherwise: `slave_net_timeout`, `log_slave_updates`. */
const inNewWords = (name: string): string => name.replace(/(^|_)slave(?=_)/, '$1replica');

const find = (name: string): SettingName | null => {
  for (const one of [name, inNewWords(name)]) {
    if (isKnown(one)) return one;
    const other = OTHER_NAMES.get(one);
    if (other !== undefined) return other;
  }
  return null;
};

/** A setting by a name that a file or a table gives it, and whether that name turns it off. */
export interface NamedSetting {
  readonly name: SettingName;
  readonly isOff: boolean;
}

/**
 * Tells a setting by any of its names: dashes or underscores, old words or new, with `loose_`, and
 * with `skip_`, `disable_`, `enable_` before it. Null for the others.
 * Source: mysys/my_getopt.cc `special_opt_prefix`.
 */
export const knownSetting = (written: string): NamedSetting | null => {
  const plain = written
    .toLowerCase()
    .replaceAll('-', '_')
    .replace(/^loose_/, '');
  const name = find(plain);
  if (name !== null) return { name, isOff: false };
  const [, prefix, rest = ''] = /^(skip|disable|enable)_(.+)$/.exec(plain) ?? [];
  const prefixed = prefix === undefined ? null : find(rest);
  return prefixed === null ? null : { name: prefixed, isOff: prefix !== 'enable' };
};
