import type { MessageDefinition } from './define-messages.ts';

/** Errors that end the receiver thread, or that it reports as its last one. */
export const receiverErrorMessages = [
  {
    kind: 'source-refused',
    actor: 'receiver',
    texts: ['Got fatal error {errorCode} from master when reading data from binary log: '],
    codes: [13114],
    source:
      'ER_MASTER_FATAL_ERROR_READING_BINLOG 1236: sql/rpl_slave.cc handle_slave_io; the source: source-refusals.ts',
  },
  {
    kind: 'equal-server-ids',
    actor: 'receiver',
    texts: [
      'The slave I/O thread stops because master and slave have equal MySQL server <ids|UUIDs>',
      'The slave IO thread stops because master and slave have equal MySQL server <ids|UUIDs>',
    ],
    source: 'MySQL sql/rpl_slave.cc get_master_version_and_clock, get_master_uuid (1593)',
  },
  {
    kind: 'handshake-failed',
    actor: 'receiver',
    texts: [
      'The slave I/O thread stops because a fatal error is encountered when it <try|tries> to get the value of {*} variable from master',
      'The slave I/O thread stops because SET @master_heartbeat_period on master failed',
      'The slave I/O thread <stops|was stopped> because a fatal error is encountered',
      'The slave IO thread stops because the initialization query',
      'The initialization command {*} failed with the following error',
      'Get master <SERVER_ID|SERVER_UUID|COLLATION_SERVER|TIME_ZONE|BINLOG_CHECKSUM|GTID position|GTID_MODE|@@GLOBAL.gtid_domain_id> failed with error: ',
      'SET @<master|source>_heartbeat_period to master failed with error: ',
      'Notifying master by {*} failed with error: ',
      'Setting <@|master-side>{*} failed with error: ',
      'Unknown system variable {*} on master',
    ],
    source:
      'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc get_master_version_and_clock (1593 around 1159, 2013; fatal at once before Percona Server 5.5.36)',
  },
  {
    kind: 'gtid-mode-mismatch',
    actor: 'receiver',
    texts: [
      'The replication receiver thread cannot start ',
      'The slave IO thread stops because the master has an unknown @@GLOBAL.GTID_MODE',
      'Cannot replicate <anonymous transaction|GTID-transaction> when ',
      'Detected misconfiguration: replication channel',
    ],
    codes: [10530, 13148, 13149, 13150, 13702],
    source:
      'MySQL sql/rpl_slave.cc get_master_version_and_clock, queue_event (1779, 1780, 1782 ff)',
  },
  {
    kind: 'heartbeat-unexpected',
    actor: 'receiver',
    texts: ["Unexpected master's heartbeat data: "],
    codes: [13118],
    source: 'ER_SLAVE_HEARTBEAT_FAILURE 1623: sql/rpl_slave.cc queue_event',
  },
  {
    kind: 'source-command-failed',
    actor: 'receiver',
    texts: [
      'Master command COM_<REGISTER_SLAVE|REGISTER_REPLICA|BINLOG_DUMP|BINLOG_DUMP_GTID> failed: ',
      'Master command ',
    ],
    codes: [13120],
    source:
      'ER_SLAVE_MASTER_COM_FAILURE 1597: sql/rpl_slave.cc register_slave_on_master, try_to_reconnect',
  },
  {
    kind: 'registration-failed',
    actor: 'receiver',
    texts: ["Slave I/O thread couldn't register on master", 'The length of report_'],
    codes: [10553, 10554, 10555, 10564],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc register_slave_on_master',
  },
  {
    kind: 'network-checksum-failed',
    actor: 'receiver',
    texts: ['Replication event checksum verification failed while reading from network'],
    codes: [13115],
    source: 'ER_NETWORK_READ_EVENT_CHECKSUM_FAILURE 1743: sql/rpl_slave.cc queue_event',
  },
  {
    kind: 'packet-too-large',
    actor: 'receiver',
    texts: [
      "Got a packet bigger than '<max|slave_max|replica_max>_allowed_packet' bytes",
      'Log entry on master is longer than <slave|replica>_max_allowed_packet',
    ],
    codes: [10567],
    source: 'ER_NET_PACKET_TOO_LARGE 1153: sql/rpl_slave.cc handle_slave_io',
  },
  {
    kind: 'network-timeout',
    actor: 'receiver',
    texts: ['Got timeout <reading|writing> communication packets'],
    source: 'ER_NET_READ_INTERRUPTED 1159, ER_NET_WRITE_INTERRUPTED 1161: sql/net_serv.cc',
  },
  {
    kind: 'network-error',
    actor: 'receiver',
    texts: [
      'Got an error <reading|writing> communication packets',
      "Couldn't uncompress communication packet",
    ],
    source:
      'ER_NET_READ_ERROR 1158, ER_NET_ERROR_ON_WRITE 1160, ER_NET_UNCOMPRESS_ERROR 1157: sql/net_serv.cc',
  },
  {
    kind: 'relay-log-write-failed',
    actor: 'receiver',
    texts: ['Relay log write failure: '],
    codes: [13122],
    source: 'ER_SLAVE_RELAY_LOG_WRITE_FAILURE 1595: sql/rpl_slave.cc handle_slave_io',
  },
  {
    kind: 'relay-log-space',
    actor: 'receiver',
    texts: [
      'Slave I/O thread aborted while waiting for relay log space',
      'Waiting until I/O thread {*} finish writing to disk before stopping',
    ],
    codes: [10569, 11262],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_io; terminate_slave_threads',
  },
  {
    kind: 'unexpected-event-sequence',
    actor: 'receiver',
    texts: [
      'An unexpected event sequence was detected by the <IO|SQL> thread',
      'Unexpected break of being relay-logged GTID {gtid:list}',
      'Slave IO thread has received a new Gtid_log_event while skipping',
      'Slave IO thread received a terminal event',
      'Slave IO thread did not receive an expected Rows-log end-of-statement',
      'The current group of events starts with a non-GTID',
      'The server_id of master server changed in the middle of GTID {gtid:list}',
      'Unexpected change of master binlog file name in the middle of GTID {gtid:list}',
      'Read invalid event from master',
    ],
    codes: [10588, 10590, 13510],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc queue_event',
  },
  {
    kind: 'receiver-thread-failed',
    actor: 'receiver',
    texts: [
      'Failed during slave I/O thread initialization',
      'Failed to run {*} hook',
      'Invalid (empty) username when attempting to connect to the master server',
      'Unable to configure password when attempting to connect to the master server',
      'Stopping slave I/O thread due to out-of-memory error from master',
      'The queue event failed for channel',
      'error in mysql_init()',
    ],
    codes: [10568, 10589, 13507],
    source:
      'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_io, connect_to_master (1593)',
  },
] as const satisfies readonly MessageDefinition[];
