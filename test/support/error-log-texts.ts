import type { LineCase } from './error-log-lines.ts';

const mysql55 = (text: string): string => `110317 20:51:22 [ERROR] ${text}`;
const mysql57 = (text: string): string => `2015-01-02T03:04:05.123456Z 7 [ERROR] ${text}`;
const mysql80 = (code: number, text: string): string =>
  `2026-11-20T10:42:11.123456Z 9 [ERROR] [MY-0${code}] [Repl] ${text}`;
const mariadb = (text: string): string => `2026-11-20 10:42:11 9 [ERROR] ${text}`;

/** Lines made of the texts in the servers' sources, and of those that reports of the field quote. */
export const textLines: readonly LineCase[] = [
  [
    'receiver-connect-failed',
    mysql55(
      "Slave I/O: error connecting to master 'slave@10.X.X.X:3306' - retry-time: 30 retries: 86400, Error_code: 2026",
    ),
    {
      errorCode: 2026,
      errorNumber: 2026,
      user: 'slave',
      host: '10.X.X.X',
      port: 3306,
      retryTime: 30,
      attempt: 86400,
    },
  ],
  [
    'receiver-connect-failed',
    mysql80(
      10584,
      "Replica I/O for channel 'a': Error connecting to source 'repl@db1:3306'. This was attempt 3/10, with a delay of 60 seconds between attempts. Message: Access denied, Error_code: MY-001045",
    ),
    {
      channel: 'a',
      errorCode: 1045,
      errorNumber: 1045,
      user: 'repl',
      host: 'db1',
      port: 3306,
      attempt: 3,
      maximumRetries: 10,
      retryTime: 60,
    },
  ],
  [
    'receiver-reconnect-failed',
    mysql55(
      "Slave I/O: error reconnecting to master 'repl@' - retry-time: 60 retries: 86400, Error_code: 2003",
    ),
    { errorCode: 2003, errorNumber: 2003, user: 'repl', retryTime: 60, attempt: 86400 },
  ],
  [
    'receiver-connected',
    mysql80(
      14002,
      "Replica receiver thread for channel 'c': connected to source 'repl@::1:3306' with server_uuid=c2bcf2ee-e4cb-11f1-8f3b-02fc00000001, server_id=11. Starting GTID-based replication.",
    ),
    {
      channel: 'c',
      user: 'repl',
      host: '::1',
      port: 3306,
      serverId: 11,
      serverUuid: 'c2bcf2ee-e4cb-11f1-8f3b-02fc00000001',
    },
  ],
  [
    'receiver-connected',
    mariadb(
      "Slave I/O thread: connected to master 'repl@db1:3306',replication starts at GTID position '0-1-7,1-2-9'",
    ),
    { user: 'repl', host: 'db1', port: 3306, gtid: '0-1-7,1-2-9' },
  ],
  [
    'receiver-exiting',
    mariadb(
      "Slave I/O thread exiting, read up to log 'b.000001', position 4; GTID position 0-1-7,1-2-9, master db1:3306",
    ),
    { sourceLog: 'b.000001', sourcePosition: 4, gtid: '0-1-7,1-2-9', host: 'db1', port: 3306 },
  ],
  [
    'receiver-until-reached',
    mariadb('Slave I/O thread stops because it reached its UNTIL master_gtid_pos 0-1-7'),
    { gtid: '0-1-7' },
  ],
  [
    'receiver-command-will-retry',
    mysql55('Error on COM_REGISTER_SLAVE: 1040  Too many connections, will retry in 60 secs'),
    { errorCode: 1040, errorNumber: 1040, retryTime: 60 },
  ],
  [
    'receiver-reconnecting',
    mysql57(
      "Slave I/O thread for channel 'c': Failed reading log event, reconnecting to retry, log 'b.000002' at position 9",
    ),
    { channel: 'c', sourceLog: 'b.000002', sourcePosition: 9 },
  ],
  [
    'receiver-failover',
    mysql80(
      13689,
      "Error reconnecting the channel 'c', the operation will be automatically retried.",
    ),
    {},
  ],
  [
    'source-uuid-changed',
    mysql57(
      "The master's UUID has changed, although this should not happen unless you have changed it manually. The old UUID was c2bcf2ee-e4cb-11f1-8f3b-02fc00000001.",
    ),
    { serverUuid: 'c2bcf2ee-e4cb-11f1-8f3b-02fc00000001' },
  ],
  [
    'source-clock-unknown',
    mysql55(
      '"SELECT UNIX_TIMESTAMP()" failed on master, do not trust column Seconds_Behind_Master of SHOW SLAVE STATUS. Error: Lost connection (2013)',
    ),
    {},
  ],
  [
    'using-gtid-fell-back',
    mariadb(
      'Slave I/O thread: Falling back to Using_Gtid=No because master does not support GTIDs',
    ),
    {},
  ],
  [
    'handshake-failed',
    mysql55(
      'Slave I/O: The slave I/O thread stops because a fatal error is encountered when it try to get the value of SERVER_ID variable from master. Error: , Error_code: 1159',
    ),
    { errorCode: 1159, errorNumber: 1159 },
  ],
  [
    'handshake-failed',
    mysql55(
      'The slave I/O thread stops because SET @master_heartbeat_period on master failed. Error: , Error_code: 1593',
    ),
    { errorCode: 1593, errorNumber: 1593 },
  ],
  [
    'equal-server-ids',
    mysql80(
      13117,
      "Replica I/O for channel '': Fatal error: The replica I/O thread stops because source and replica have equal MySQL server ids; these ids must be different for replication to work. Error_code: MY-013117",
    ),
    { channel: '', errorCode: 13117, errorNumber: 1593 },
  ],
  [
    'equal-server-ids',
    mysql57(
      'Slave I/O: Fatal error: The slave I/O thread stops because master and slave have equal MySQL server UUIDs; these UUIDs must be different for replication to work. Error_code: 1593',
    ),
    { errorCode: 1593, errorNumber: 1593 },
  ],
  [
    'gtid-mode-mismatch',
    mysql57(
      "Slave I/O for channel '': The replication receiver thread cannot start because the master has GTID_MODE = ON and this server has GTID_MODE = OFF. Error_code: 1593",
    ),
    { channel: '', errorCode: 1593, errorNumber: 1593 },
  ],
  [
    'heartbeat-unexpected',
    mysql55(
      "Slave I/O: Unexpected master's heartbeat data: heartbeat is not compatible with local info;the event's data: log_file_name b.000001 log_pos 4, Error_code: 1623",
    ),
    { errorCode: 1623, errorNumber: 1623 },
  ],
  [
    'source-command-failed',
    mysql80(
      13120,
      "Replica I/O for channel '': Source command COM_REGISTER_REPLICA failed: failed registering on source, reconnecting to try again, log 'b.000001' at position 4, Error_code: MY-013120",
    ),
    { channel: '', errorCode: 13120, errorNumber: 1597 },
  ],
  ['registration-failed', mysql55("Slave I/O thread couldn't register on master"), {}],
  [
    'network-checksum-failed',
    mysql57(
      "Slave I/O for channel '': Replication event checksum verification failed while reading from network. Error_code: 1743",
    ),
    { channel: '', errorCode: 1743, errorNumber: 1743 },
  ],
  [
    'packet-too-large',
    mysql55("Slave I/O: Got a packet bigger than 'max_allowed_packet' bytes, Error_code: 1153"),
    { errorCode: 1153, errorNumber: 1153 },
  ],
  [
    'packets-out-of-order',
    mysql55('Slave I/O: Got packets out of order, Error_code: 1156'),
    { errorCode: 1156, errorNumber: 1156 },
  ],
  [
    'network-timeout',
    mysql55('Slave I/O: Got timeout reading communication packets, Error_code: 1159'),
    { errorCode: 1159, errorNumber: 1159 },
  ],
  [
    'network-error',
    mysql55('Slave I/O: Got an error reading communication packets, Error_code: 1158'),
    { errorCode: 1158, errorNumber: 1158 },
  ],
  [
    'relay-log-write-failed',
    mysql80(
      13122,
      "Replica I/O for channel '': Relay log write failure: could not queue event from source, Error_code: MY-013122",
    ),
    { channel: '', errorCode: 13122, errorNumber: 1595 },
  ],
  ['relay-log-space', mysql55('Slave I/O thread aborted while waiting for relay log space'), {}],
  [
    'unexpected-event-sequence',
    mysql80(
      10590,
      "An unexpected event sequence was detected by the IO thread while queuing the event received from source 'b.000001' binary log file, at position 4.",
    ),
    {},
  ],
  [
    'receiver-thread-failed',
    mysql55("Slave I/O: Fatal error: Failed to run 'after_read_event' hook, Error_code: 1593"),
    { errorCode: 1593, errorNumber: 1593 },
  ],
  [
    'receiver-report',
    mysql57("Slave I/O for channel 'c': something new, Error_code: 9999"),
    { channel: 'c', errorCode: 9999, errorNumber: 9999 },
  ],
  [
    'applier-report',
    mariadb('Slave SQL: something new, Internal MariaDB error code: 9999'),
    { errorCode: 9999, errorNumber: 9999 },
  ],
  ['other-replication', mysql80(99999, 'a text that nobody knows'), {}],
  [
    'applier-until-reached',
    mysql55('Slave SQL thread stopped because it reached its UNTIL position 1234'),
    {},
  ],
  [
    'skip-counter-executed',
    mariadb(
      "'SQL_SLAVE_SKIP_COUNTER=1' executed at relay_log_file='./r.000002', relay_log_pos='254', master_log_name='b.000001', master_log_pos='329' and new position at relay_log_file='./r.000002', relay_log_pos='500', master_log_name='b.000001', master_log_pos='600' ",
    ),
    { relayLog: './r.000002', relayPosition: 254, sourceLog: 'b.000001', sourcePosition: 329 },
  ],
  [
    'stop-incomplete',
    mysql80(
      13096,
      'STOP REPLICA command execution is incomplete: Replica SQL thread got the stop signal',
    ),
    {},
  ],
  [
    'unfinished-transaction-rolled-back',
    mysql55(
      'Slave SQL: Rolling back unfinished transaction (no COMMIT or ROLLBACK in relay log). A probable cause is that the master died, Error_code: 0',
    ),
    {},
  ],
  [
    'parallel-recovery',
    mysql57(
      "Slave for channel 'c': MTS Recovery has completed at relay log ./r.000002, position 4 master log b.000001, position 9.",
    ),
    { channel: 'c', relayLog: './r.000002', relayPosition: 4 },
  ],
  [
    'parallel-statistics',
    mysql57(
      "Multi-threaded slave statistics for channel 'c': seconds elapsed = 120; events assigned = 4",
    ),
    { channel: 'c' },
  ],
  [
    'applier-worker-failed',
    mysql57(
      "Slave SQL for channel 'c': Worker 1 failed executing transaction '3E11FA47-71CA-11E1-9E33-C80AA9429562:23' at master log b.000002, end_log_pos 345; Could not execute Write_rows event on table a.t; Duplicate entry '1' for key 'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log FIRST, end_log_pos 345, Error_code: 1062",
    ),
    {
      channel: 'c',
      worker: 1,
      gtid: '3E11FA47-71CA-11E1-9E33-C80AA9429562:23',
      sourceLog: 'b.000002',
      sourcePosition: 345,
      eventType: 'Write_rows',
      table: 'a.t',
      errorCode: 1062,
      errorNumber: 1062,
    },
  ],
  [
    'applier-row-failed',
    mariadb(
      "Slave SQL: Could not execute Update_rows_v1 event on table a.t; Can't find record in 't', Error_code: 1032; handler error HA_ERR_KEY_NOT_FOUND; the event's master log b.000002, end_log_pos 345, Gtid 0-1-5, Internal MariaDB error code: 1032",
    ),
    {
      eventType: 'Update_rows_v1',
      table: 'a.t',
      sourceLog: 'b.000002',
      sourcePosition: 345,
      gtid: '0-1-5',
      errorCode: 1032,
      errorNumber: 1032,
    },
  ],
  [
    'gtid-out-of-order',
    mariadb(
      'Slave SQL: An attempt was made to binlog GTID 0-1-5 which would create an out-of-order sequence number with existing GTID 0-1-9, and gtid strict mode is enabled, Internal MariaDB error code: 1950',
    ),
    { gtid: '0-1-5', errorCode: 1950, errorNumber: 1950 },
  ],
  [
    'log-checksum-failed',
    mysql57(
      'Slave SQL: Replication event checksum verification failed while reading from a log file, Error_code: 1744',
    ),
    { errorCode: 1744, errorNumber: 1744 },
  ],
  [
    'incident-applied',
    mysql55(
      'Slave SQL: The incident LOST_EVENTS occured on the master. Message: error writing to the binary log, Error_code: 1590',
    ),
    { eventType: 'LOST_EVENTS', errorCode: 1590, errorNumber: 1590 },
  ],
  [
    'applier-retries-exhausted',
    mysql55(
      'Slave SQL thread retried transaction 10 time(s) in vain, giving up. Consider raising the value of the slave_transaction_retries variable.',
    ),
    {},
  ],
  [
    'positions-not-updated',
    mysql57(
      'Slave SQL: It was not possible to update the positions of the relay log information: the slave may be in an inconsistent state. Stopped in ./r.000003 position 9, Error_code: 1105',
    ),
    { relayLog: './r.000003', relayPosition: 9, errorCode: 1105, errorNumber: 1105 },
  ],
  [
    'conversion-failed',
    mysql57(
      "Slave SQL: Column 1 of table 'a.t' cannot be converted from type 'int' to type 'char(1)', Error_code: 1677",
    ),
    { errorCode: 1677, errorNumber: 1677 },
  ],
  [
    'relay-log-read-failed',
    mysql80(
      13121,
      "Replica SQL for channel '': Relay log read failure: Could not parse relay log event entry. The possible reasons are: the source's binary log is corrupted, Error_code: MY-013121",
    ),
    { channel: '', errorCode: 13121, errorNumber: 1594 },
  ],
  [
    'relay-log-recovery',
    mysql80(
      10539,
      "Recovery from source pos 8879 and file mysql-bin.000002 for channel 'c'. Previous relay log pos and relay log file had been set to 9096, ./r.000004 respectively.",
    ),
    { channel: 'c', sourceLog: 'mysql-bin.000002', sourcePosition: 8879 },
  ],
  [
    'relay-log-recovery-failed',
    mysql57('Error during --relay-log-recovery: Could not locate rotate event from the master.'),
    {},
  ],
  [
    'relay-log-sanitized',
    mysql80(
      15128,
      'Relay log sanitization: Changing source log coordinates from: mysql-bin.000002; 158 to: mysql-bin.000002; 11880',
    ),
    { sourceLog: 'mysql-bin.000002', sourcePosition: 11880 },
  ],
  [
    'relay-log-purge-failed',
    mysql80(10961, 'Unable to purge relay log files. Failed to open relay log file:./r.000001.'),
    {},
  ],
  ['gtid-state-changed', mysql57('Changed GTID_MODE from OFF to OFF_PERMISSIVE.'), {}],
  [
    'gtid-consistency-violated',
    mysql57('Statement violates GTID consistency: CREATE TABLE ... SELECT.'),
    {},
  ],
  [
    'server-id-missing',
    mysql57(
      'You have not provided a mandatory server-id. Servers in a replication topology must have unique server-ids.',
    ),
    {},
  ],
  [
    'same-server-id-loop-possible',
    mariadb(
      'using --replicate-same-server-id in conjunction with --log-slave-updates is impossible, it would lead to infinite loops in this server.',
    ),
    {},
  ],
  [
    'group-replication',
    mysql57("Plugin group_replication reported: 'Member was expelled from the group'"),
    {},
  ],
  [
    'dump-thread-replaced',
    mysql57(
      'While initializing dump thread for slave with UUID <c2bcf2ee-e4cb-11f1-8f3b-02fc00000001>, found a zombie dump thread with the same UUID. Master is killing the zombie dump thread(5).',
    ),
    { serverUuid: 'c2bcf2ee-e4cb-11f1-8f3b-02fc00000001' },
  ],
  [
    'dump-last-sent',
    mariadb('Dump thread 36 last sent to server 12 binlog file:pos b.000002:9'),
    { connectionId: 36, serverId: 12, ownPosition: 9 },
  ],
  [
    'checksum-not-understood',
    mysql57(
      'Master is configured to log replication events with checksum, but will not send such events to slaves that cannot process them',
    ),
    {},
  ],
  [
    'connection-aborted',
    mysql55(
      "Aborted connection 12 to db: 'shop' user: 'app' host: '10.0.0.1' (Got packets out of order)",
    ),
    {
      connectionId: 12,
      database: 'shop',
      user: 'app',
      host: '10.0.0.1',
      reason: 'Got packets out of order',
    },
  ],
  [
    'access-denied',
    mysql57("Access denied for user 'repl'@'10.0.0.1' (using password: YES)"),
    { user: 'repl', host: '10.0.0.1' },
  ],
  ['heartbeat-sent', mysql57('master sends heartbeat message'), {}],
  ['semisync-switched-off', mysql57('Semi-sync replication switched OFF.'), {}],
  [
    'semisync-switched-on',
    mariadb('Semi-sync replication switched ON with slave (server_id: 12) at (b.000002, 9)'),
    { serverId: 12, ownLog: 'b.000002', ownPosition: 9 },
  ],
  [
    'semisync-timeout',
    mysql57(
      'Timeout waiting for reply of binlog (file: b.000002, pos: 9), semi-sync up to file b.000001, position 4.',
    ),
    { ownLog: 'b.000002', ownPosition: 9 },
  ],
  [
    'semisync-dump',
    mysql57('Start semi-sync binlog_dump to slave (server_id: 12), pos(b.000002, 9)'),
    { serverId: 12, ownLog: 'b.000002', ownPosition: 9 },
  ],
  [
    'semisync-fallback',
    mysql57('Master server does not support semi-sync, fallback to asynchronous replication'),
    {},
  ],
  ['semisync-failed', mysql57('Semi-sync slave net_flush() reply failed'), {}],
  [
    'binlog-recovery-failed',
    mysql57(
      "Crash recovery failed. Either correct the problem (if it's, for example, out of memory error) and restart",
    ),
    {},
  ],
  [
    'binlog-incident-written',
    mysql57(
      'Cannot write the event. An incident event has been written to the binary log which will stop the slaves.',
    ),
    {},
  ],
  [
    'binlog-write-failed',
    mysql55(
      'Could not use mysql-bin for logging (error 28). Turning logging off for the whole duration of the MySQL server process.',
    ),
    { ownLog: 'mysql-bin', errorCode: 28, errorNumber: 28 },
  ],
  [
    'binlog-not-purged',
    mariadb("Binary log '/d/b.000001' is not purged because it is in use by a slave thread"),
    { ownLog: '/d/b.000001', reason: 'it is in use by a slave thread' },
  ],
  ['binlog-index-failed', mysql57('MYSQL_BIN_LOG::open failed to sync the index file.'), {}],
  ['gtid-state-unreadable', mariadb("Error reading binlog GTID state from file 'b.state'."), {}],
  [
    'binlog-encryption-failed',
    mysql80(
      13287,
      'Unable to recover binlog encryption master key, please check if keyring is loaded.',
    ),
    {},
  ],
  ['server-crashed', '10:42:11 UTC - mysqld got signal 11 ;', { signal: '11' }],
  ['server-crashed', '261120 10:42:11 [ERROR] /usr/sbin/mariadbd got signal 6 ;', { signal: '6' }],
  [
    'server-crashed',
    '2026-11-20T10:42:11Z UTC - mysqld got exception 0xc0000005 ;',
    { signal: '0xc0000005' },
  ],
  [
    'server-restarted-by-wrapper',
    '110317 20:51:22 mysqld_safe Number of processes running now: 0',
    {},
  ],
  ['server-aborting', mysql57('Aborting'), {}],
  [
    'innodb-source-position',
    'InnoDB: In a MySQL replication slave the last master binlog file position 0 1234, file name b.000007',
    { sourceLog: 'b.000007', sourcePosition: 1234 },
  ],
];
