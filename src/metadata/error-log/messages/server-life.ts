import type { MessageDefinition } from './define-messages.ts';

/** A server's starts, ends and crashes. The program's name, with or without its path, comes first. */
export const serverLifeMessages = [
  {
    kind: 'server-starting',
    actor: 'server',
    texts: [
      'Starting MariaDB {serverVersion:bare} {*} as process {processId}',
      '{*} (mysqld {serverVersion:bare}) starting as process {processId}',
      'mysqld_safe Starting <mysqld|mariadbd|mysqld-debug> daemon with databases from',
      'mariadbd-safe Starting mariadbd daemon with databases from',
      'MySQL Server - start',
    ],
    codes: [10116, 15015],
    source: 'MySQL, MariaDB sql/mysqld.cc mysqld_main; scripts/mysqld_safe.sh',
  },
  {
    kind: 'server-ready',
    actor: 'server',
    texts: ["{*}: ready for connections.[ Version: '{serverVersion}' {*} port: {port}]"],
    codes: [10931],
    source: 'MySQL, MariaDB sql/mysqld.cc mysqld_main (ER_STARTUP 1408)',
  },
  {
    kind: 'server-stopping',
    actor: 'server',
    texts: [
      '{*}: Normal shutdown',
      'Received SHUTDOWN from user {user:bare}. Shutting down mysqld (Version: {serverVersion:bare})',
      'Got signal {signal} to shutdown server',
      'Shutting down slave threads',
    ],
    codes: [10117, 13105, 13172],
    source:
      'MySQL, MariaDB sql/mysqld.cc kill_server, signal_hand (ER_NORMAL_SHUTDOWN 1077); sql/sql_parse.cc shutdown',
  },
  {
    kind: 'server-stopped',
    actor: 'server',
    texts: [
      '{*}: Shutdown complete',
      'mysqld_safe mysqld from pid file {*} ended',
      'MySQL Server - end',
    ],
    codes: [10910, 15016],
    source:
      'MySQL, MariaDB sql/mysqld.cc clean_up (ER_SHUTDOWN_COMPLETE 1079); scripts/mysqld_safe.sh',
  },
  {
    kind: 'server-crashed',
    actor: 'server',
    texts: ['{*} got <signal|exception> {signal} ;', 'mysqld got <signal|exception> {signal}'],
    source: 'MySQL, MariaDB sql/signal_handler.cc handle_fatal_signal',
  },
  {
    kind: 'server-restarted-by-wrapper',
    actor: 'server',
    texts: [
      'mysqld_safe Number of processes running now: ',
      'mysqld_safe mysqld restarted',
      'mariadbd-safe Number of processes running now: ',
      'mariadbd-safe mariadbd restarted',
    ],
    source: 'scripts/mysqld_safe.sh, after mysqld ended without its pid file being removed',
  },
  {
    kind: 'server-aborting',
    actor: 'server',
    texts: ['Aborting'],
    codes: [10119],
    source: 'MySQL, MariaDB sql/mysqld.cc unireg_abort',
  },
  {
    kind: 'crash-recovery-started',
    actor: 'server',
    texts: [
      'InnoDB: <Database was not shut|Starting crash recovery|Starting XA crash recovery>',
      '<Database was not shutdown normally|Starting crash recovery|Starting XA crash recovery|Starting table crash recovery>',
      'InnoDB: The log sequence number',
    ],
    codes: [10229],
    source:
      'MySQL, MariaDB storage/innobase/log/log0recv.cc recv_init_crash_recovery_spaces; sql/handler.cc ha_recover',
  },
  {
    kind: 'engine-recovered',
    actor: 'server',
    texts: ['Crash recovery finished in '],
    source: 'MySQL 8.0.28+ sql/xa_recovery, at every start: also where nothing had crashed',
  },
  {
    kind: 'crash-recovery-finished',
    actor: 'server',
    texts: ['Crash <recovery|table recovery> finished', 'XA crash recovery finished'],
    codes: [10232],
    source:
      'MySQL sql/xa.cc ha_recover, 8.0.29+ sql/xa_recovery; MariaDB sql/handler.cc ha_recover, sql/log.cc',
  },
  {
    kind: 'innodb-binlog-position',
    actor: 'server',
    texts: [
      "InnoDB: Last binlog file '{ownLog}', position {ownPosition}",
      'InnoDB: Last MySQL binlog file position {*} {ownPosition}, file name {ownLog:bare}',
      'Last MySQL binlog file position {*} {ownPosition}, file name {ownLog:bare}',
    ],
    source:
      'MySQL to 5.7, MariaDB storage/innobase/trx/trx0sys.cc, trx0rseg.cc trx_sys_print_mysql_binlog_offset, trx_rseg_array_init',
  },
  {
    kind: 'innodb-source-position',
    actor: 'applier',
    texts: [
      'InnoDB: In a MySQL <replication slave|replica> the last master binlog file position {*} {sourcePosition}, file name {sourceLog:bare}',
    ],
    source:
      'MySQL to 5.5, Percona Server innodb_overwrite_relay_log_info: storage/innobase/trx/trx0sys.c trx_sys_print_mysql_master_log_pos',
  },
] as const satisfies readonly MessageDefinition[];
