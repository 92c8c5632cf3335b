import type { MessageDefinition } from './define-messages.ts';

/** What the receiver (I/O) thread says of its connection. */
export const receiverMessages = [
  {
    kind: 'receiver-starting',
    actor: 'receiver',
    texts: [
      "Slave I/O thread: Start <asynchronous|semi-sync|semi-synchronous> replication to master '{account}' in log '{sourceLog}' at position {sourcePosition}",
    ],
    codes: [11179],
    source:
      'MariaDB sql/semisync_slave.cc slave_start; MySQL plugin/semisync ReplSemiSyncSlave::slaveStart',
  },
  {
    kind: 'receiver-connected',
    actor: 'receiver',
    texts: [
      "Slave I/O thread{for-channel}: connected to master '{account}',[ ]replication started in log '{sourceLog}' at position {sourcePosition}",
      "Slave I/O thread: connected to master '{account}',[ ]replication starts at GTID position '{gtid}'",
      "Slave receiver thread{for-channel}: connected to master '{account}' with server_uuid={serverUuid}, server_id={serverId}. Starting replication from file '{sourceLog}', position '{sourcePosition}'",
      "Slave receiver thread{for-channel}: connected to master '{account}' with server_uuid={serverUuid}, server_id={serverId}. Starting GTID-based replication",
    ],
    codes: [10562, 14001, 14002],
    source: 'MySQL sql/rpl_slave.cc handle_slave_io; MariaDB sql/slave.cc handle_slave_io',
  },
  {
    kind: 'receiver-resumed',
    actor: 'receiver',
    texts: [
      "Slave{for-channel}: connected to master '{account}',[ ]replication resumed in log '{sourceLog}' at position {sourcePosition}",
    ],
    codes: [10592],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc connect_to_master',
  },
  {
    kind: 'receiver-connect-failed',
    actor: 'receiver',
    texts: [
      "error connecting to master '{account}' - retry-time: {retryTime} <retries|maximum-retries>: {attempt}",
      "Error connecting to master '{account}'. This was attempt {attempt}/{maximumRetries}, with a delay of {retryTime} seconds between attempts",
      "error connecting to master '{account}'",
    ],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc connect_to_master',
  },
  {
    kind: 'receiver-reconnect-failed',
    actor: 'receiver',
    texts: [
      "error reconnecting to master '{account}' - retry-time: {retryTime} <retries|maximum-retries>: {attempt}",
      "Error reconnecting to master '{account}'. This was attempt {attempt}/{maximumRetries}, with a delay of {retryTime} seconds between attempts",
      "error reconnecting to master '{account}'",
    ],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc connect_to_master',
  },
  {
    kind: 'receiver-lost-connection',
    actor: 'receiver',
    texts: ['Error reading packet from server{for-channel}: '],
    codes: [10557],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc read_event',
  },
  {
    kind: 'receiver-command-will-retry',
    actor: 'receiver',
    texts: [
      'Error on COM_<REGISTER_SLAVE|BINLOG_DUMP|BINLOG_DUMP_GTID>: {errorCode} {*}, will retry in {retryTime} secs',
    ],
    codes: [10556],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc request_dump, register_slave_on_master',
  },
  {
    kind: 'source-ended-dump',
    actor: 'receiver',
    texts: [
      'Slave{for-channel}: received end packet from server due to dump thread being killed on master',
      'Slave{for-channel}: received end packet from server',
    ],
    codes: [10558],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc read_event',
  },
  {
    kind: 'receiver-reconnecting',
    actor: 'receiver',
    texts: [
      "Slave I/O thread{for-channel}: Failed reading log event, reconnecting to retry, log '{sourceLog}' at position {sourcePosition}[; GTID position '{gtid}']",
      "failed <registering on master|dump request>, reconnecting to try again, log '{sourceLog}' at position {sourcePosition}[; GTID position '{gtid}']",
      'Failed on request_dump()',
      'Forcing to reconnect slave I/O thread',
    ],
    codes: [10565, 10566, 11027],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc try_to_reconnect, reconnect_messages',
  },
  {
    kind: 'receiver-killed',
    actor: 'receiver',
    texts: [
      'Slave I/O thread{for-channel} killed <while|during>',
      'The slave IO thread{for-channel} was killed while executing initialization query',
    ],
    codes: [10548, 10563, 11026, 11028],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc check_io_slave_killed',
  },
  {
    kind: 'receiver-exiting',
    actor: 'receiver',
    texts: [
      "Slave I/O thread exiting{for-channel}, read up to log '{sourceLog}', position {sourcePosition}[; GTID position {gtid:list}][, master {address}]",
    ],
    codes: [10570],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_io',
  },
  {
    kind: 'receiver-until-reached',
    actor: 'receiver',
    texts: ['Slave I/O thread stops because it reached its UNTIL master_gtid_pos {gtid:list}'],
    source: 'MariaDB sql/slave.cc queue_event',
  },
  {
    kind: 'source-uuid-changed',
    actor: 'receiver',
    texts: [
      "The master's UUID has changed, although this should not happen unless you have changed it manually. The old UUID was {serverUuid}",
    ],
    codes: [10549],
    source: 'MySQL sql/rpl_slave.cc get_master_uuid',
  },
  {
    kind: 'source-clock-unknown',
    actor: 'receiver',
    texts: [
      '"SELECT UNIX_TIMESTAMP()" failed on master, do not trust column Seconds_Behind_Master',
      'Get master clock failed with error: ',
    ],
    codes: [10551],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc get_master_version_and_clock',
  },
  {
    kind: 'using-gtid-fell-back',
    actor: 'receiver',
    texts: [
      'Slave I/O thread: Falling back to Using_Gtid=No because master does not support GTIDs',
    ],
    source: 'MariaDB sql/slave.cc get_master_version_and_clock',
  },
  {
    kind: 'receiver-failover',
    actor: 'receiver',
    texts: ['Failed to automatically re-connect to a different master'],
    codes: [13660, 13679, 13680, 13681, 13682, 13683, 13684, 13685, 13686, 13687, 13688, 13689],
    source: 'MySQL share/messages_to_error_log.txt ER_RPL_ASYNC_*, sql/rpl_io_monitor.cc',
  },
] as const satisfies readonly MessageDefinition[];
