import type { MessageDefinition } from './define-messages.ts';

/** What a server says as a source: of its dump threads, and of connections that broke. */
export const sourceSideMessages = [
  {
    kind: 'dump-started',
    actor: 'source',
    texts: [
      'Start binlog_dump to <master|source>_thread_id({connectionId}) <slave|replica>_server({serverId}), pos({ownLog:bare}, {ownPosition})',
      "Start binlog_dump to slave_server({serverId}), pos({ownLog:bare}, {ownPosition})[, using_gtid({*}), gtid('{gtid}')]",
    ],
    codes: [10462],
    source:
      'MySQL sql/rpl_binlog_sender.cc init, sql/rpl_master.cc com_binlog_dump; MariaDB sql/sql_repl.cc mysql_binlog_send',
  },
  {
    kind: 'dump-thread-replaced',
    actor: 'source',
    texts: [
      'While initializing dump thread for slave with {*}{serverUuid}{*}, found a zombie dump thread with the same ',
      'Upon reconnection with the slave, while initializing the dump thread for UUID {*}{serverUuid}',
    ],
    codes: [10014],
    source: 'MySQL 5.6+ sql/rpl_master.cc kill_zombie_dump_threads',
  },
  {
    kind: 'dump-last-sent',
    actor: 'source',
    texts: [
      'Dump thread {connectionId} last sent to server {serverId} binlog file:pos {*}:{ownPosition}',
    ],
    source: 'MariaDB 10.4+ sql/mysqld.cc kill_thread_phase_1',
  },
  {
    kind: 'replica-needs-purged-logs',
    actor: 'source',
    texts: [
      "Cannot replicate to server with server_uuid='{serverUuid}' because the present server has purged required binary logs",
    ],
    codes: [11809],
    source: 'MySQL 5.7+ sql/rpl_gtid_set.cc, sql/rpl_gtid_misc.cc get_missing_gtids',
  },
  {
    kind: 'checksum-not-understood',
    actor: 'source',
    texts: [
      'Master is configured to log replication events with checksum, but will not send such events',
    ],
    codes: [10465],
    source: 'MySQL sql/rpl_binlog_sender.cc init_checksum_alg; MariaDB sql/sql_repl.cc',
  },
  {
    kind: 'dump-connection-aborted',
    actor: 'source',
    texts: [
      "Aborted connection {connectionId} to db: 'unconnected' user: '{user}' host: '{host}' ({reason})",
    ],
    source:
      'ER_NEW_ABORTING_CONNECTION 1184 of a session without a database, as dump threads are: sql/sql_connect.cc end_connection, sql/sql_class.cc',
  },
  {
    kind: 'connection-aborted',
    actor: 'server',
    texts: [
      "Aborted connection {connectionId} to db: '{database}' user: '{user}' host: '{host}' ({reason})",
      'Aborted connection ',
    ],
    codes: [10914],
    source: 'ER_NEW_ABORTING_CONNECTION 1184: sql/sql_connect.cc end_connection',
    chatty: true,
  },
  {
    // A receiver's own error is told by who reports it
    kind: 'packets-out-of-order',
    actor: 'server',
    texts: [
      'Got packets out of order',
      'mysqld: Got packets out of order',
      'mariadbd: Got packets out of order',
    ],
    source:
      'ER_NET_PACKETS_OUT_OF_ORDER 1156: sql/net_serv.cc my_real_read; MariaDB with log_warnings 4 (seen with 10.11), MySQL 8+ before a login (MY-010914)',
    chatty: true,
  },
  {
    kind: 'access-denied',
    actor: 'server',
    texts: ["Access denied for user '{user}'@'{host}'"],
    codes: [10926],
    source:
      'ER_ACCESS_DENIED_ERROR 1045, with log_warnings 2: sql/auth/sql_authentication.cc login_failed_error',
    chatty: true,
  },
  {
    kind: 'heartbeat-sent',
    actor: 'source',
    texts: ['master sends heartbeat message', 'the rest of heartbeat info skipped'],
    codes: [10463, 10464],
    source:
      'MySQL sql/rpl_binlog_sender.cc send_heartbeat_event; MariaDB sql/sql_repl.cc (debug builds)',
    chatty: true,
  },
] as const satisfies readonly MessageDefinition[];
