import type { MessageDefinition } from './define-messages.ts';

/** Relay logs and replication metadata, at the server's start and when they are damaged. */
export const relayLogMessages = [
  {
    kind: 'relay-log-recovery',
    actor: 'applier',
    texts: [
      'Recovery from master pos {sourcePosition} and file {sourceLog:bare}',
      'Server was not able to find a rotate event from master server to initialize relay log recovery',
    ],
    codes: [10539, 13504],
    source:
      'MySQL sql/rpl_slave.cc recover_relay_log, init_recovery; MariaDB sql/slave.cc init_recovery',
  },
  {
    kind: 'relay-log-recovery-failed',
    actor: 'applier',
    texts: ['Error during --relay-log-recovery: '],
    codes: [10533, 10534, 10537, 10538, 10540],
    source: 'MySQL sql/rpl_slave.cc find_first_relay_log_with_rotate_from_master, init_recovery',
  },
  {
    kind: 'relay-log-sanitized',
    actor: 'applier',
    texts: [
      'Relay log sanitization: Truncating {relayLog:bare} to log position: {relayPosition}',
      'Relay log sanitization: Changing master log coordinates from: {*} to: {sourceLog:bare}; {sourcePosition}',
      'Relay log sanitization: The following log needs truncation:[ ]{relayLog:bare}',
      'Relay log sanitization: ',
      'Relaylog file {relayLog:bare} size was {*}, but was truncated at {relayPosition}',
    ],
    codes: [10960, 15128],
    source:
      'MySQL 8.0.31+ sql/binlog/recovery.h Relay_log_sanitizer; 8.0 sql/binlog.cc truncate_relaylog_file',
  },
  {
    kind: 'relay-log-missing',
    actor: 'applier',
    texts: [
      'log {relayLog:bare} listed in the index, but failed to stat',
      'Could not find first log while counting relay log space',
      'Error counting relay log space',
      'Failed to find next relay log when retrying the transaction, current relay log is {relayLog:bare}',
      'Error looking for file after {relayLog:bare}',
      'next log error: ',
    ],
    codes: [10573, 10575, 10599, 10600, 10721],
    source: 'MySQL sql/rpl_rli.cc, MariaDB sql/rpl_rli.cc count_relay_log_space, add_relay_log',
  },
  {
    kind: 'relay-log-open-failed',
    actor: 'applier',
    texts: [
      "Failed to open the relay log '{relayLog}' (relay_log_pos {relayPosition})",
      'Failed to open the relay log',
      'Failed to open relay log {relayLog:bare}',
      'Could not open relay log: ',
      "Failed when trying to open logs for '{relayLog}'",
      'Failed in <open_index_file|init_gtid_sets|open_log>() called from Relay_log_info',
    ],
    codes: [10544, 10605, 10606, 10607, 10719, 13807],
    source:
      'MySQL sql/rpl_rli.cc init_relay_log_pos, rli_init_info; MariaDB sql/rpl_rli.cc init_relay_log_pos',
  },
  {
    kind: 'log-header-invalid',
    actor: 'applier',
    texts: [
      'Binlog has bad magic number',
      'malformed or very old relay log which does not have FormatDescriptor',
    ],
    codes: [11080],
    source: 'MySQL, MariaDB sql/log.cc, sql/binlog.cc check_binlog_magic; sql/binlog.cc',
  },
  {
    kind: 'replication-metadata-failed',
    actor: 'applier',
    texts: [
      'Failed to initialize the <master info|connection metadata> structure{for-channel}',
      'Slave: Failed to <initialize the|create a> ',
      'Failed to create or recover replication info repositories',
      'Some of the channels are not created/initialized properly',
      'Check error log for additional messages. You will not be able to start replication until the issue is resolved',
      'Failed to <create|open> <the existing|a new|a cache on> <master info|relay log info|info|> file',
      'Failed to flush master info',
      'Failed to initialize <multi master structures|master info>',
      'Failed to allocate memory for the Master Info structure',
      'Error <reading|writing> <master configuration|relay log configuration|slave worker configuration>',
      'Error <creating|changing the type of|in checking> ',
      'Reading of <all|some> Master_info entries failed',
      "Initialized Master_info from '{*}' failed",
      'Could not <delete from|store the reset> Slave Worker',
      'Info table <is not ready to be used|has a problem with its key field>',
      'Corrupted table mysql.slave_',
    ],
    codes: [
      10405, 10406, 10407, 10408, 10415, 10416, 10418, 10419, 10420, 10421, 10422, 10424, 10425,
      10426, 10427, 10428, 10429, 10430, 10431, 10529, 10552, 10608, 10717, 10728, 10729, 11029,
    ],
    source:
      'MySQL sql/rpl_slave.cc init_slave, sql/rpl_info_factory.cc; MariaDB sql/slave.cc init_slave, sql/rpl_mi.cc',
  },
  {
    kind: 'replication-start-failed',
    actor: 'applier',
    texts: [
      'Failed to start slave threads{for-channel}',
      'Failed to create slave threads',
      "Can't create slave thread",
      "Slave: Could not <start|stop> slave for channel '{channel}'",
      'Server id not set, will not start slave',
    ],
    codes: [10531, 10532, 10546, 10547, 11025],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc start_slave_threads, init_slave',
  },
  {
    kind: 'relay-log-purge-failed',
    actor: 'applier',
    texts: ['Unable to purge relay log files'],
    codes: [10961],
    source: 'MySQL sql/rpl_rli.cc, MariaDB sql/rpl_rli.cc purge_relay_logs',
  },
  {
    kind: 'relay-log-named-by-host',
    actor: 'applier',
    texts: ['Neither --relay-log nor --relay-log-index were used; so replication may break'],
    codes: [10604],
    source: 'MySQL sql/rpl_rli.cc rli_init_info; MariaDB sql/rpl_rli.cc init',
  },
] as const satisfies readonly MessageDefinition[];
