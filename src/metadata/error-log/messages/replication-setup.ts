import type { MessageDefinition } from './define-messages.ts';

/** CHANGE, RESET and settings of replication. The texts never hold the password. */
export const replicationSetupMessages = [
  {
    kind: 'change-executed',
    actor: 'server',
    texts: [
      "'CHANGE <MASTER|REPLICATION SOURCE> TO[ FOR CHANNEL '{channel}'] executed'. Previous state <master|source>_host='{previousHost}', <master|source>_port= {previousPort}, <master|source>_log_file='{previousSourceLog}', <master|source>_log_pos= {previousSourcePosition}, <master|source>_bind='{*}'. New state <master|source>_host='{host}', <master|source>_port= {port}, <master|source>_log_file='{sourceLog}', <master|source>_log_pos= {sourcePosition}",
      "'CHANGE <MASTER|REPLICATION SOURCE> TO executed'. Previous state master_host='{previousHost}', master_port='{previousPort}', master_log_file='{previousSourceLog}', master_log_pos='{previousSourcePosition}'. New state master_host='{host}', master_port='{port}', master_log_file='{sourceLog}', master_log_pos='{sourcePosition}'",
      "'CHANGE <MASTER|REPLICATION SOURCE> TO",
    ],
    codes: [10597],
    source: 'MySQL 5.5+ sql/rpl_slave.cc change_master; MariaDB sql/sql_repl.cc change_master',
  },
  {
    kind: 'using-gtid-changed',
    actor: 'server',
    texts: ['Previous Using_Gtid={previousUsingGtid}. New Using_Gtid={usingGtid}'],
    source: 'MariaDB sql/sql_repl.cc change_master',
  },
  {
    kind: 'connection-metadata',
    actor: 'server',
    texts: [
      "Master connection name: '{channel}'",
      "Added new Master_info '{channel}' to hash table",
      "Started replication for '{channel}'",
      "Reading Master_info: '",
      "Initialized Master_info from '",
      'Reading of all Master_info entries succeeded',
    ],
    source:
      'MariaDB sql/sql_repl.cc change_master; sql/rpl_mi.cc init_all_master_info, add_master_info',
  },
  {
    kind: 'channel-reset',
    actor: 'server',
    texts: ["Deleted Master_info file '{infoFile}'"],
    source: 'MariaDB sql/sql_repl.cc reset_slave, with ALL and without',
  },
  {
    kind: 'password-in-repository',
    actor: 'server',
    texts: [
      'Storing MySQL user name or password information in the <master info|connection metadata> repository is not secure',
    ],
    codes: [10897],
    source:
      'ER_INSECURE_CHANGE_MASTER 1760: MySQL 5.6+ sql/rpl_slave.cc change_master, start_slave',
    chatty: true,
  },
  {
    kind: 'gtid-state-changed',
    actor: 'server',
    texts: [
      'Changed <GTID_MODE|ENFORCE_GTID_CONSISTENCY> from ',
      "@@GLOBAL.GTID_PURGED was changed from '{*}' to '{gtid}'",
      "@@GLOBAL.GTID_EXECUTED was changed from '{*}' to '{gtid}'",
    ],
    codes: [10034, 10035, 10916, 10917],
    source: 'MySQL 5.7+ sql/sys_vars.h Sys_var_gtid_mode; sql/sql_reload.cc',
  },
  {
    kind: 'gtid-consistency-violated',
    actor: 'server',
    texts: ['Statement violates GTID consistency: '],
    codes: [13098, 13099, 13229, 13234],
    source: 'MySQL 5.7+ sql/rpl_gtid_execution.cc (1785 ff)',
    chatty: true,
  },
  {
    kind: 'unsafe-statement',
    actor: 'server',
    texts: ['Unsafe statement written to the binary log using statement format'],
    codes: [10908],
    source: 'ER_BINLOG_UNSAFE_STATEMENT 1592: sql/sql_class.cc issue_unsafe_warnings',
    chatty: true,
  },
  {
    kind: 'server-uuid-generated',
    actor: 'server',
    texts: [
      'No existing UUID has been found, so we assume that this is the first time that this server has been started. Generating a new UUID: {serverUuid}',
    ],
    codes: [10075],
    source: 'MySQL 5.6+ sql/mysqld.cc init_server_auto_options',
  },
  {
    kind: 'server-id-missing',
    actor: 'server',
    texts: [
      'You have not provided a mandatory server-id',
      "You have enabled the binary log, but you haven't provided the mandatory server-id",
      'No server-id was provided',
    ],
    codes: [10164, 10913],
    source: 'MySQL sql/mysqld.cc init_server_components',
  },
  {
    kind: 'same-server-id-loop-possible',
    actor: 'server',
    texts: ['using --replicate-same-server-id in conjunction with --log-<slave|replica>-updates'],
    codes: [10189, 10190],
    source: 'MySQL, MariaDB sql/mysqld.cc init_server_components',
  },
  {
    kind: 'group-replication',
    actor: 'server',
    texts: ["Plugin group_replication reported: '"],
    source: 'MySQL 5.7+ plugin/group_replication',
    chatty: true,
  },
] as const satisfies readonly MessageDefinition[];
