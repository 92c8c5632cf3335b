import type { MessageDetails } from '../../src/metadata/error-log/message-fields.ts';
import type { MessageKind } from '../../src/metadata/error-log/messages/index.ts';

/** A line, its kind, and all that it tells. */
export type LineCase = readonly [kind: MessageKind, line: string, details: MessageDetails];

/**
 * Lines of real servers, one a kind and server: MySQL 5.6.24 (a process id of five digits), MySQL
 * 9.7.4 (`MY-`), MariaDB 10.11.19, MariaDB 11.8.6 (10:48).
 */
export const realLines: readonly LineCase[] = [
  [
    'applier-aborted',
    '2026-11-20 10:47:09 7 [ERROR] Error running query, slave SQL thread aborted. Fix the problem, and restart the slave SQL thread with "SLAVE START". We stopped at log \'mysql-bin.000002\' position 3120',
    { sourceLog: 'mysql-bin.000002', sourcePosition: 3120 },
  ],
  [
    'applier-aborted',
    '2026-11-20 10:42:09 2855 [ERROR] Error running query, slave SQL thread aborted. Fix the problem, and restart the slave SQL thread with "SLAVE START". We stopped at log \'mysql-bin.000001\' position 4441',
    { sourceLog: 'mysql-bin.000001', sourcePosition: 4441 },
  ],
  [
    'applier-aborted',
    '2026-11-20T10:24:18.308019Z 24 [ERROR] [MY-010586] [Repl] Error running query, replica SQL thread aborted. Fix the problem, and restart the replica SQL thread with "START REPLICA". We stopped at log \'mysql-bin.000001\' position 646541',
    { sourceLog: 'mysql-bin.000001', sourcePosition: 646541 },
  ],
  [
    'applier-error-detail',
    "2026-11-20 10:47:09 7 [Warning] Slave: Duplicate entry '16' for key 'PRIMARY' Error_code: 1062",
    { errorCode: 1062, errorNumber: 1062 },
  ],
  [
    'applier-exiting',
    "2026-11-20 10:23:25 8 [Note] Slave SQL thread exiting, replication stopped in log 'mysql-bin.000001' at position 4232, master: 127.0.0.1:13210",
    { sourceLog: 'mysql-bin.000001', sourcePosition: 4232, host: '127.0.0.1', port: 13210 },
  ],
  [
    'applier-exiting',
    "2026-11-20 10:26:23 20263 [Note] Slave SQL thread exiting, replication stopped in log 'mysql-bin.000001' at position 21159",
    { sourceLog: 'mysql-bin.000001', sourcePosition: 21159 },
  ],
  [
    'applier-exiting',
    "2026-11-20T10:21:59.174566Z 12 [Note] [MY-010587] [Repl] Replica SQL thread for channel '' exiting, replication stopped in log 'mysql-bin.000001' at position 251260",
    { channel: '', sourceLog: 'mysql-bin.000001', sourcePosition: 251260 },
  ],
  [
    'applier-initialisation-failed',
    '2026-11-20 10:42:15 3293 [ERROR] Slave SQL: Slave failed to initialize relay log info structure from the repository, Error_code: 1872',
    { errorCode: 1872, errorNumber: 1872 },
  ],
  [
    'applier-initialisation-failed',
    "2026-11-20T10:40:10.645828Z 11 [ERROR] [MY-013124] [Repl] Replica SQL for channel '': Replica failed to initialize applier metadata structure from the repository, Error_code: MY-013124",
    { channel: '', errorCode: 13124, errorNumber: 1872 },
  ],
  [
    'applier-killed',
    '2026-11-20 10:23:25 8 [Note] Error reading relay log event: slave SQL thread was killed',
    {},
  ],
  [
    'applier-killed',
    '2026-11-20 10:22:19 20263 [Note] Error reading relay log event: slave SQL thread was killed',
    {},
  ],
  [
    'applier-killed',
    "2026-11-20T10:21:59.173287Z 12 [Note] [MY-010596] [Repl] Error reading relay log event for channel '': replica SQL thread was killed",
    { channel: '' },
  ],
  [
    'applier-starting',
    "2026-11-20 10:16:43 8 [Note] Slave SQL thread initialized, starting replication in log 'mysql-bin.000001' at position 328, relay log './db-rep-relay-bin.000001' position: 4",
    {
      sourceLog: 'mysql-bin.000001',
      sourcePosition: 328,
      relayLog: './db-rep-relay-bin.000001',
      relayPosition: 4,
    },
  ],
  [
    'applier-starting',
    "2026-11-20 10:48:25 7 [Note] Master 'West-2': Slave SQL thread initialized, starting replication in log 'FIRST' at position 4, relay log './pid-relay-bin-west@002d2.000001' position: 4; GTID position ''",
    {
      channel: 'West-2',
      sourceLog: '',
      sourcePosition: 4,
      relayLog: './pid-relay-bin-west@002d2.000001',
      relayPosition: 4,
      gtid: '',
    },
  ],
  [
    'applier-starting',
    "2026-11-20 10:16:42 20263 [Note] Slave SQL thread initialized, starting replication in log 'mysql-bin.000001' at position 120, relay log './db-rep-relay-bin.000001' position: 4",
    {
      sourceLog: 'mysql-bin.000001',
      sourcePosition: 120,
      relayLog: './db-rep-relay-bin.000001',
      relayPosition: 4,
    },
  ],
  [
    'applier-starting',
    "2026-11-20T10:18:50.365340Z 12 [Note] [MY-010581] [Repl] Replica SQL thread for channel '' initialized, starting replication in log 'FIRST' at position 0, relay log './rep-st-relay-bin.000001' position: 4",
    {
      channel: '',
      sourceLog: '',
      sourcePosition: 0,
      relayLog: './rep-st-relay-bin.000001',
      relayPosition: 4,
    },
  ],
  [
    'applier-statement-failed',
    "2026-11-20 10:47:09 7 [ERROR] Slave SQL: Error 'Duplicate entry '16' for key 'PRIMARY'' on query. Default database: ''. Query: 'insert into app.orders(sku,qty,price,d) values('sku-db-src-1',1,1.25,now())', Gtid 0-11-36, Internal MariaDB error code: 1062",
    { gtid: '0-11-36', errorCode: 1062, database: '', errorNumber: 1062 },
  ],
  [
    'binlog-purge-failed',
    "2026-11-20T10:40:12.887156Z 26 [Note] [MY-010831] [Server] Failed to delete file './kb-relay-bin.000005'",
    { ownLog: './kb-relay-bin.000005' },
  ],
  [
    'binlog-recovery',
    '2026-11-20 10:47:09 0 [Note] Recovering after a crash using mysql-bin',
    { ownLog: 'mysql-bin' },
  ],
  [
    'binlog-recovery',
    '2026-11-20 10:30:22 26413 [Note] Recovering after a crash using mysql-bin',
    { ownLog: 'mysql-bin' },
  ],
  [
    'binlog-recovery',
    '2026-11-20T10:18:49.759803Z 0 [Note] [MY-013911] [Server] Crash recovery finished in binlog engine. No attempts to commit, rollback or prepare any transactions.',
    {},
  ],
  [
    'binlog-trimmed',
    '2026-11-20T10:36:48.104931Z 0 [Note] [MY-010858] [Server] Crashed binlog file ./pr-relay-bin.000004 size is 208896, but recovered up to 12097. Binlog trimmed to 12097 bytes.',
    { ownLog: './pr-relay-bin.000004', ownPosition: 12097 },
  ],
  [
    'change-executed',
    "2026-11-20 10:16:43 5 [Note] 'CHANGE MASTER TO executed'. Previous state master_host='', master_port='3306', master_log_file='', master_log_pos='4'. New state master_host='127.0.0.1', master_port='13210', master_log_file='mysql-bin.000001', master_log_pos='328'.",
    {
      sourceLog: 'mysql-bin.000001',
      sourcePosition: 328,
      host: '127.0.0.1',
      port: 13210,
      previousHost: '',
      previousPort: 3306,
      previousSourceLog: '',
      previousSourcePosition: 4,
    },
  ],
  [
    'change-executed',
    "2026-11-20 10:48:25 5 [Note] 'CHANGE MASTER TO executed'. Previous state master_host='', master_port='3306', master_log_file='', master_log_pos='4'. New state master_host='127.0.0.1', master_port='14141', master_log_file='', master_log_pos='4'.",
    {
      sourceLog: '',
      sourcePosition: 4,
      host: '127.0.0.1',
      port: 14141,
      previousHost: '',
      previousPort: 3306,
      previousSourceLog: '',
      previousSourcePosition: 4,
    },
  ],
  [
    'change-executed',
    "2026-11-20 10:16:42 20263 [Note] 'CHANGE MASTER TO executed'. Previous state master_host='', master_port= 3306, master_log_file='', master_log_pos= 4, master_bind=''. New state master_host='127.0.0.1', master_port= 13110, master_log_file='mysql-bin.000001', master_log_pos= 120, master_bind=''.",
    {
      sourceLog: 'mysql-bin.000001',
      sourcePosition: 120,
      host: '127.0.0.1',
      port: 13110,
      previousHost: '',
      previousPort: 3306,
      previousSourceLog: '',
      previousSourcePosition: 4,
    },
  ],
  [
    'change-executed',
    "2026-11-20T10:18:50.346063Z 10 [System] [MY-010597] [Repl] 'CHANGE REPLICATION SOURCE TO FOR CHANNEL '' executed'. Previous state source_host='', source_port= 3306, source_log_file='', source_log_pos= 4, source_bind=''. New state source_host='127.0.0.1', source_port= 14011, source_log_file='', source_log_pos= 4, source_bind=''.",
    {
      channel: '',
      sourceLog: '',
      sourcePosition: 4,
      host: '127.0.0.1',
      port: 14011,
      previousHost: '',
      previousPort: 3306,
      previousSourceLog: '',
      previousSourcePosition: 4,
    },
  ],
  [
    'connection-metadata',
    "2026-11-20 10:16:43 5 [Note] Master connection name: ''  Master_info_file: 'master.info'  Relay_info_file: 'relay-log.info'",
    { channel: '' },
  ],
  [
    'connection-metadata',
    '2026-11-20 10:48:24 0 [Note] Reading of all Master_info entries succeeded',
    {},
  ],
  [
    'channel-reset',
    "2026-11-21  9:12:58 12 [Note] Deleted Master_info file '/var/lib/mysql/relay-log.info'.",
    { infoFile: '/var/lib/mysql/relay-log.info' },
  ],
  [
    'coordinator-stopping',
    "2026-11-20T10:24:18.306735Z 24 [Warning] [MY-010584] [Repl] Replica SQL for channel '': Coordinator thread of multi-threaded replica is being stopped in the middle of assigning a group of events; deferring to exit until the group completion ... , Error_code: MY-000000",
    { channel: '' },
  ],
  ['crash-recovery-finished', '2026-11-20 10:47:09 0 [Note] Crash table recovery finished.', {}],
  ['crash-recovery-finished', '2026-11-20 10:30:22 26413 [Note] Crash recovery finished.', {}],
  [
    'crash-recovery-finished',
    '2026-11-20T10:36:48.018607Z 0 [System] [MY-010232] [Server] XA crash recovery finished.',
    {},
  ],
  [
    'crash-recovery-started',
    '2026-11-20 10:47:09 0 [Note] InnoDB: Starting crash recovery from checkpoint LSN=44404',
    {},
  ],
  [
    'crash-recovery-started',
    '2026-11-20 10:30:22 26413 [Note] InnoDB: Database was not shutdown normally!',
    {},
  ],
  [
    'crash-recovery-started',
    '2026-11-20T10:36:47.647931Z 1 [Note] [MY-012551] [InnoDB] Database was not shutdown normally!',
    {},
  ],
  [
    'dump-connection-aborted',
    "2026-11-20 10:23:29 19 [Warning] Aborted connection 19 to db: 'unconnected' user: 'repl' host: '127.0.0.1' (Got an error writing communication packets)",
    {
      connectionId: 19,
      user: 'repl',
      host: '127.0.0.1',
      reason: 'Got an error writing communication packets',
    },
  ],
  [
    'dump-connection-aborted',
    "2026-11-20T10:21:34.558116Z 20 [Note] [MY-010914] [Server] Aborted connection 20 to db: 'unconnected' user: 'repl' host: 'localhost' (failed on flush_net()).",
    { connectionId: 20, user: 'repl', host: 'localhost', reason: 'failed on flush_net()' },
  ],
  [
    'dump-started',
    "2026-11-20 10:16:43 7 [Note] Start binlog_dump to slave_server(12), pos(mysql-bin.000001, 328), using_gtid(0), gtid('')",
    { ownLog: 'mysql-bin.000001', ownPosition: 328, gtid: '', serverId: 12 },
  ],
  [
    'dump-started',
    "2026-11-20 10:48:25 6 [Note] Start binlog_dump to slave_server(143), pos(, 4), using_gtid(1), gtid('')",
    { ownLog: '', ownPosition: 4, gtid: '', serverId: 143 },
  ],
  [
    'dump-started',
    '2026-11-20T10:18:50.170012Z 12 [Note] [MY-010462] [Repl] Start binlog_dump to source_thread_id(12) replica_server(12), pos(, 4)',
    { ownLog: '', ownPosition: 4, serverId: 12, connectionId: 12 },
  ],
  [
    'dump-thread-replaced',
    '2026-11-20T10:24:21.265549Z 63 [Note] [MY-015146] [Repl] Upon reconnection with the replica, while initializing the dump thread for UUID <7faeaf15-e4cc-11f1-b5c5-02fc00000001>, an existing dump thread with the same UUID was detected. The source is terminating the previous dump thread (58), which is normal and expected.',
    { serverUuid: '7faeaf15-e4cc-11f1-b5c5-02fc00000001' },
  ],
  [
    'engine-recovered',
    '2026-11-20T10:18:49.759836Z 0 [Note] [MY-013911] [Server] Crash recovery finished in InnoDB engine. No attempts to commit, rollback or prepare any transactions.',
    {},
  ],
  [
    'innodb-binlog-position',
    "2026-11-20 10:47:09 0 [Note] InnoDB: Last binlog file './mysql-bin.000001', position 16102",
    { ownLog: './mysql-bin.000001', ownPosition: 16102 },
  ],
  [
    'innodb-binlog-position',
    'InnoDB: Last MySQL binlog file position 0 7083, file name mysql-bin.000002',
    { ownLog: 'mysql-bin.000002', ownPosition: 7083 },
  ],
  [
    'log-header-invalid',
    "2026-11-20 10:42:15 3293 [ERROR] Binlog has bad magic number;  It's not a binary log file that can be used by this version of MySQL",
    {},
  ],
  [
    'password-in-repository',
    "2026-11-20T10:18:50.354149Z 11 [Warning] [MY-010897] [Repl] Storing MySQL user name or password information in the connection metadata repository is not secure and is therefore not recommended. Please consider using the USER and PASSWORD connection options for START REPLICA; see the 'START REPLICA Syntax' in the MySQL Manual for more information.",
    {},
  ],
  [
    'positions-not-crash-safe',
    '2026-11-20 10:16:42 20263 [Warning] Slave SQL: If a crash happens this configuration does not guarantee that the relay log info will be consistent, Error_code: 0',
    {},
  ],
  [
    'receiver-connect-failed',
    "2026-11-20 10:41:51 1746 [ERROR] Slave I/O: error connecting to master 'repl@127.0.0.1:13185' - retry-time: 7  retries: 1, Error_code: 2026",
    {
      errorCode: 2026,
      retryTime: 7,
      attempt: 1,
      user: 'repl',
      host: '127.0.0.1',
      port: 13185,
      errorNumber: 2026,
    },
  ],
  [
    'receiver-connected',
    "2026-11-20 10:16:43 7 [Note] Slave I/O thread: connected to master 'repl@127.0.0.1:13210',replication started in log 'mysql-bin.000001' at position 328",
    {
      sourceLog: 'mysql-bin.000001',
      sourcePosition: 328,
      user: 'repl',
      host: '127.0.0.1',
      port: 13210,
    },
  ],
  [
    'receiver-connected',
    "2026-11-20 10:48:25 6 [Note] Master 'West-2': Slave I/O thread: connected to master 'repl@127.0.0.1:14142',replication starts at GTID position ''",
    { channel: 'West-2', gtid: '', user: 'repl', host: '127.0.0.1', port: 14142 },
  ],
  [
    'receiver-connected',
    "2026-11-20 10:16:42 20263 [Note] Slave I/O thread: connected to master 'repl@127.0.0.1:13110',replication started in log 'mysql-bin.000001' at position 120",
    {
      sourceLog: 'mysql-bin.000001',
      sourcePosition: 120,
      user: 'repl',
      host: '127.0.0.1',
      port: 13110,
    },
  ],
  [
    'receiver-connected',
    "2026-11-20T10:18:50.380696Z 11 [System] [MY-014001] [Repl] Replica receiver thread for channel '': connected to source 'repl@127.0.0.1:14011' with server_uuid=c2bcf2ee-e4cb-11f1-8f3b-02fc00000001, server_id=11. Starting replication from file 'FIRST', position '4'.",
    {
      channel: '',
      sourceLog: '',
      sourcePosition: 4,
      serverId: 11,
      serverUuid: 'c2bcf2ee-e4cb-11f1-8f3b-02fc00000001',
      user: 'repl',
      host: '127.0.0.1',
      port: 14011,
    },
  ],
  [
    'receiver-exiting',
    "2026-11-20 10:23:17 7 [Note] Slave I/O thread exiting, read up to log 'mysql-bin.000001', position 4232, master 127.0.0.1:13210",
    { sourceLog: 'mysql-bin.000001', sourcePosition: 4232, host: '127.0.0.1', port: 13210 },
  ],
  [
    'receiver-exiting',
    "2026-11-20 10:22:11 20263 [Note] Slave I/O thread exiting, read up to log 'mysql-bin.000001', position 4362",
    { sourceLog: 'mysql-bin.000001', sourcePosition: 4362 },
  ],
  [
    'receiver-exiting',
    "2026-11-20T10:21:34.505368Z 11 [Note] [MY-010570] [Repl] Replica I/O thread exiting for channel '', read up to log 'mysql-bin.000001', position 88825",
    { channel: '', sourceLog: 'mysql-bin.000001', sourcePosition: 88825 },
  ],
  [
    'receiver-killed',
    '2026-11-20 10:38:46 10 [Note] Slave I/O thread killed during or after a reconnect done to recover from failed read',
    {},
  ],
  [
    'receiver-killed',
    '2026-11-20 10:22:11 20263 [Note] Slave I/O thread killed while reading event',
    {},
  ],
  [
    'receiver-killed',
    "2026-11-20T10:21:34.505345Z 11 [Note] [MY-011026] [Repl] Replica I/O thread killed while reading event for channel ''.",
    { channel: '' },
  ],
  [
    'receiver-lost-connection',
    '2026-11-20 10:23:21 20 [ERROR] Error reading packet from server: Lost connection to server during query (server_errno=2013)',
    { errorCode: 2013, errorNumber: 2013 },
  ],
  [
    'receiver-lost-connection',
    '2026-11-20 10:22:11 20263 [ERROR] Error reading packet from server: Lost connection to MySQL server during query ( server_errno=2013)',
    { errorCode: 2013, errorNumber: 2013 },
  ],
  [
    'receiver-lost-connection',
    "2026-11-20T10:21:26.434304Z 11 [ERROR] [MY-010557] [Repl] Error reading packet from server for channel '': Lost connection to MySQL server during query (server_errno=2013)",
    { channel: '', errorCode: 2013, errorNumber: 2013 },
  ],
  [
    'receiver-reconnect-failed',
    "2026-11-20 10:38:46 10 [ERROR] Slave I/O: error reconnecting to master 'repl@127.0.0.1:13270' - retry-time: 1  maximum-retries: 100000  message: Can't connect to server on '127.0.0.1' (111 \"Connection refused\"), Internal MariaDB error code: 2003",
    {
      errorCode: 2003,
      retryTime: 1,
      attempt: 100000,
      user: 'repl',
      host: '127.0.0.1',
      port: 13270,
      errorNumber: 2003,
    },
  ],
  [
    'receiver-reconnect-failed',
    "2026-11-20 10:43:00 1487 [ERROR] Slave I/O: error reconnecting to master 'repl@127.0.0.1:13160' - retry-time: 1  retries: 1, Error_code: 2003",
    {
      errorCode: 2003,
      retryTime: 1,
      attempt: 1,
      user: 'repl',
      host: '127.0.0.1',
      port: 13160,
      errorNumber: 2003,
    },
  ],
  [
    'receiver-reconnecting',
    "2026-11-20 10:23:21 20 [Note] Slave I/O thread: Failed reading log event, reconnecting to retry, log 'mysql-bin.000001' at position 4232",
    { sourceLog: 'mysql-bin.000001', sourcePosition: 4232 },
  ],
  [
    'receiver-reconnecting',
    "2026-11-20 10:22:14 20263 [Note] Slave I/O thread: Failed reading log event, reconnecting to retry, log 'mysql-bin.000001' at position 4362",
    { sourceLog: 'mysql-bin.000001', sourcePosition: 4362 },
  ],
  [
    'receiver-reconnecting',
    "2026-11-20T10:21:26.434340Z 11 [Note] [MY-011027] [Repl] Failed registering on source, reconnecting to try again, log 'mysql-bin.000001' at position 35275.  for channel ''.",
    { channel: '', sourceLog: 'mysql-bin.000001', sourcePosition: 35275 },
  ],
  [
    'receiver-resumed',
    "2026-11-20 10:44:41 36 [Note] Slave: connected to master 'repl@127.0.0.1:13260',replication resumed in log 'mysql-bin.000002' at position 2573",
    {
      sourceLog: 'mysql-bin.000002',
      sourcePosition: 2573,
      user: 'repl',
      host: '127.0.0.1',
      port: 13260,
    },
  ],
  [
    'receiver-resumed',
    "2026-11-20 10:43:07 1487 [Note] Slave: connected to master 'repl@127.0.0.1:13160',replication resumed in log 'mysql-bin.000002' at position 2652",
    {
      sourceLog: 'mysql-bin.000002',
      sourcePosition: 2652,
      user: 'repl',
      host: '127.0.0.1',
      port: 13160,
    },
  ],
  [
    'receiver-starting',
    "2026-11-20 10:16:43 7 [Note] Slave I/O thread: Start asynchronous replication to master 'repl@127.0.0.1:13210' in log 'mysql-bin.000001' at position 328",
    {
      sourceLog: 'mysql-bin.000001',
      sourcePosition: 328,
      user: 'repl',
      host: '127.0.0.1',
      port: 13210,
    },
  ],
  [
    'receiver-starting',
    "2026-11-20 10:48:25 6 [Note] Master 'West-2': Slave I/O thread: Start asynchronous replication to master 'repl@127.0.0.1:14142' in log '' at position 4",
    {
      channel: 'West-2',
      sourceLog: '',
      sourcePosition: 4,
      user: 'repl',
      host: '127.0.0.1',
      port: 14142,
    },
  ],
  [
    'relay-log-missing',
    '2026-11-20T10:40:10.383213Z 0 [ERROR] [MY-010599] [Repl] log ./kb-relay-bin.000005 listed in the index, but failed to stat.',
    { relayLog: './kb-relay-bin.000005' },
  ],
  [
    'relay-log-named-by-host',
    "2026-11-20 10:48:25 5 [Warning] Neither --relay-log nor --relay-log-index were used; so replication may break when this MariaDB server acts as a replica and has its hostname changed. Please use '--log-basename=#' or '--relay-log=pid-relay-bin' to avoid this problem.",
    {},
  ],
  [
    'relay-log-named-by-host',
    "2026-11-20T10:18:50.339764Z 10 [Warning] [MY-010604] [Repl] Neither --relay-log nor --relay-log-index were used; so replication may break when this MySQL server acts as a replica and has his hostname changed!! Please use '--relay-log=rep-st-relay-bin' to avoid this problem.",
    {},
  ],
  [
    'relay-log-open-failed',
    "2026-11-20 10:42:15 3293 [ERROR] Failed to open the relay log './db-rep-relay-bin.000002' (relay_log_pos 4307).",
    { relayLog: './db-rep-relay-bin.000002', relayPosition: 4307 },
  ],
  [
    'relay-log-read-failed',
    "2026-11-20 10:42:09 2855 [ERROR] Error in Log_event::read_log_event(): 'Event crc check failed! Most likely there is event corruption.', data_len: 125, event_type: 2",
    {},
  ],
  [
    'relay-log-sanitized',
    '2026-11-20T10:36:48.104856Z 0 [Note] [MY-015128] [Server] Relay log sanitization: The following log needs truncation:./pr-relay-bin.000004 ; read up to: 208896',
    { relayLog: './pr-relay-bin.000004' },
  ],
  [
    'replica-needs-purged-logs',
    "2026-11-20T10:38:06.560011Z 42 [Warning] [MY-011809] [Server] Cannot replicate to server with server_uuid='764a4c33-e4ce-11f1-b130-02fc00000001' because the present server has purged required binary logs. The connecting server needs to replicate the missing transactions from elsewhere, or be replaced by a new server created from a more recent backup. To prevent this error in the future, consider increasing the binary log expiration period on the present server. The missing transactions are '76c4d099-e4ce-11f1-8167-02fc00000001:1-2:adhoc:1'.",
    { serverUuid: '764a4c33-e4ce-11f1-b130-02fc00000001' },
  ],
  [
    'replication-metadata-failed',
    '2026-11-20 10:42:15 3293 [ERROR] Failed to initialize the master info structure',
    {},
  ],
  [
    'replication-metadata-failed',
    "2026-11-20T10:40:10.383358Z 0 [ERROR] [MY-010426] [Repl] Replica: Failed to initialize the connection metadata structure for channel ''; its record may still be present in the applier metadata repository, consider deleting it.",
    { channel: '' },
  ],
  [
    'replication-start-failed',
    "2026-11-20T10:18:49.878182Z 0 [Note] [MY-011025] [Repl] Failed to start replica threads for channel ''.",
    { channel: '' },
  ],
  [
    'server-ready',
    "2026-11-20 10:16:42 0 [Note] mariadbd: ready for connections.\nVersion: '10.11.19-MariaDB-0+deb12u1-log'  socket: '/run/mysqld/mysqld.sock'  port: 13210  Source distribution",
    { serverVersion: '10.11.19-MariaDB-0+deb12u1-log', port: 13210 },
  ],
  [
    'server-ready',
    "2026-11-20 10:48:24 0 [Note] /usr/sbin/mariadbd: ready for connections.\nVersion: '11.8.6-MariaDB-0+deb13u1 from Debian-log'  socket: '/run/mysqld/mysqld.sock'  port: 14141  Source distribution",
    { serverVersion: '11.8.6-MariaDB-0+deb13u1 from Debian-log', port: 14141 },
  ],
  [
    'server-ready',
    "2026-11-20 10:16:41 20225 [Note] /server/mysqld: ready for connections.\nVersion: '5.6.24-log'  socket: '/run/mysqld/mysqld.sock'  port: 13110  Source distribution",
    { serverVersion: '5.6.24-log', port: 13110 },
  ],
  [
    'server-ready',
    "2026-11-20T10:18:49.880947Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '9.7.4-2'  socket: '/lab/rep-st/s.sock'  port: 14014  (Debian).",
    { serverVersion: '9.7.4-2', port: 14014 },
  ],
  [
    'server-starting',
    '2026-11-20 10:16:42 0 [Note] Starting MariaDB 10.11.19-MariaDB-0+deb12u1-log source revision 5843d8475120241667a7ce0f8a1abb6c9b43a273 server_uid NzWBe+hdUoN2AhXyo1WpEexPk2s= as process 20346',
    { serverVersion: '10.11.19-MariaDB-0+deb12u1-log', processId: 20346 },
  ],
  [
    'server-starting',
    '2026-11-20 10:48:23 0 [Note] Starting MariaDB 11.8.6-MariaDB-0+deb13u1 from Debian-log source revision 9bfea48ce1214cc4470f6f6f8a4e30352cef84e7 server_uid cbp+SWkOzlz59FdhTo1OoFBKCa8= as process 1286',
    { serverVersion: '11.8.6-MariaDB-0+deb13u1', processId: 1286 },
  ],
  [
    'server-starting',
    '2026-11-20T10:18:47.928056Z 0 [System] [MY-015015] [Server] MySQL Server - start.',
    {},
  ],
  ['server-stopped', '2026-11-20 10:33:26 0 [Note] mariadbd: Shutdown complete', {}],
  ['server-stopped', '2026-11-20 10:34:31 20225 [Note] /server/mysqld: Shutdown complete', {}],
  [
    'server-stopped',
    '2026-11-20T10:40:09.659895Z 0 [System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld 9.7.4-2)  (Debian).',
    {},
  ],
  [
    'server-stopping',
    '2026-11-20 10:33:26 0 [Note] mariadbd (initiated by: unknown): Normal shutdown',
    {},
  ],
  ['server-stopping', '2026-11-20 10:34:27 20225 [Note] /server/mysqld: Normal shutdown', {}],
  [
    'server-stopping',
    '2026-11-20T10:40:09.075582Z 38 [System] [MY-013172] [Server] Received SHUTDOWN from user root. Shutting down mysqld (Version: 9.7.4-2).',
    { serverVersion: '9.7.4-2', user: 'root' },
  ],
  [
    'server-uuid-generated',
    '2026-11-20 10:16:41 20225 [Warning] No existing UUID has been found, so we assume that this is the first time that this server has been started. Generating a new UUID: 7b10290a-e4cb-11f1-a174-02fc00000001.',
    { serverUuid: '7b10290a-e4cb-11f1-a174-02fc00000001' },
  ],
  [
    'server-uuid-generated',
    '2026-11-20T10:18:48.581849Z 0 [Warning] [MY-010075] [Server] No existing UUID has been found, so we assume that this is the first time that this server has been started. Generating a new UUID: c68cf9c0-e4cb-11f1-840c-02fc00000001.',
    { serverUuid: 'c68cf9c0-e4cb-11f1-840c-02fc00000001' },
  ],
  [
    'source-ended-dump',
    '2026-11-20 10:38:46 10 [Note] Slave: received end packet from server, apparent master shutdown: ',
    {},
  ],
  [
    'source-ended-dump',
    '2026-11-20 10:43:00 1487 [Note] Slave: received end packet from server due to dump thread being killed on master. Dump threads are killed for example during master shutdown, explicitly by a user, or when the master receives a binlog send request from a duplicate server UUID <fe4bf804-e4ce-11f1-a18b-02fc00000001> : Error ',
    {},
  ],
  [
    'source-refused',
    "2026-11-20 10:30:23 26048 [ERROR] Slave I/O: Got fatal error 1236 from master when reading data from binary log: 'Client requested master to start replication from position > file size; the first event 'mysql-bin.000002' at 7083, the last event read from './mysql-bin.000002' at 4, the last byte read from './mysql-bin.000002' at 4.', Error_code: 1236",
    {
      sourceLog: 'mysql-bin.000002',
      sourcePosition: 7083,
      errorCode: 1236,
      lastEventPosition: 4,
      lastBytePosition: 4,
      errorNumber: 1236,
      refusal: 'position-beyond-end',
    },
  ],
  [
    'source-refused',
    "2026-11-20T10:38:06.560089Z 41 [ERROR] [MY-013114] [Repl] Replica I/O for channel '': Got fatal error 1236 from source when reading data from binary log: 'Cannot replicate because the source purged required binary logs. Replicate the missing transactions from elsewhere, or provision a new replica from backup. Consider increasing the source's binary log expiration period. The GTID set sent by the replica is '764a4c33-e4ce-11f1-b130-02fc00000001:1-11', and the missing transactions are '76c4d099-e4ce-11f1-8167-02fc00000001:1-2:adhoc:1'', Error_code: MY-013114",
    { channel: '', errorCode: 13114, errorNumber: 1236, refusal: 'required-logs-purged' },
  ],
  [
    'unsafe-statement',
    '2026-11-20 10:23:41 88 [Warning] Unsafe statement written to the binary log using statement format since BINLOG_FORMAT = STATEMENT. Statement is unsafe because it uses a system function that may return a different value on the slave. Statement: update app.counters set n=n+1+sleep(3) where id=99',
    {},
  ],
  [
    'unsafe-statement',
    "2026-11-20T10:19:35.324348Z 15 [Warning] [MY-010908] [Server] Unsafe statement written to the binary log using statement format since BINLOG_FORMAT = STATEMENT. Statement is unsafe because it uses a system function that may return a different value on the replica. Statement: INSERT INTO orders(customer,total) VALUES(CONCAT('stmt',RAND()),1.25)",
    {},
  ],
  [
    'using-gtid-changed',
    '2026-11-20 10:16:43 5 [Note] Previous Using_Gtid=Slave_Pos. New Using_Gtid=No',
    { previousUsingGtid: 'Slave_Pos', usingGtid: 'No' },
  ],
  [
    'using-gtid-changed',
    '2026-11-20 10:48:25 5 [Note] Previous Using_Gtid=Slave_Pos. New Using_Gtid=Slave_Pos',
    { previousUsingGtid: 'Slave_Pos', usingGtid: 'Slave_Pos' },
  ],
];
