import type { MessageDefinition } from './define-messages.ts';

/** The server's own binary log: crash recovery, purging, failed writes. */
export const binaryLogMessages = [
  {
    kind: 'binlog-recovery',
    actor: 'server',
    texts: [
      'Recovering after a crash using {ownLog:bare}',
      'Crash recovery finished in binlog engine',
    ],
    codes: [10521, 10855],
    source:
      "MySQL sql/binlog.cc open_binlog, sql/tc_log.cc; MariaDB sql/log.cc do_binlog_recovery. The name is the log's base name",
  },
  {
    kind: 'binlog-trimmed',
    actor: 'server',
    texts: [
      'Crashed binlog file {ownLog:bare} size is {*}, but recovered up to {ownPosition}. Binlog trimmed',
      'Successfully truncated binlog file:[ ]{ownLog:bare} from previous file size {*} to pos:{ownPosition}',
      'Failed to <open|trim> the crashed binlog file when master server is recovering it',
      'Failed to clear LOG_EVENT_BINLOG_IN_USE_F for the crashed binlog file',
    ],
    codes: [10856, 10857, 10858, 10859],
    source: 'MySQL 5.6+ sql/binlog.cc open_binlog; MariaDB 10.6+ sql/log.cc Recovery_context',
  },
  {
    kind: 'binlog-recovery-failed',
    actor: 'server',
    texts: [
      'Crash recovery failed. Either correct the problem',
      'Cannot perform automatic crash recovery when --tc-heuristic-recover is used',
      'Error reading binlog files during recovery',
      "Binlog file '{ownLog}' not found in binlog index, needed for recovery",
      'Failed to truncate the <binary log|binlog file>',
      'Cannot truncate the binary log to file',
    ],
    codes: [10522, 10525, 10527, 10863],
    source: 'MySQL sql/binlog.cc, sql/tc_log.cc; MariaDB sql/log.cc recover',
  },
  {
    kind: 'binlog-incident-written',
    actor: 'server',
    texts: [
      'Write to binary log failed: ',
      'Incident event write to the binary log file failed',
      '{*}An incident event has been written to the binary log which will stop the slaves',
    ],
    codes: [10853],
    source: 'MySQL sql/binlog.cc write_incident; MariaDB sql/log.cc write_incident',
  },
  {
    kind: 'binlog-write-failed',
    actor: 'server',
    texts: [
      'Could not <use|open> {ownLog:bare} for logging (error {errorCode}',
      "Error writing file '{ownLog}'",
      "Disk is full writing '{ownLog}'",
      'Binary logging not possible. Message: ',
      'Log filename extension number exhausted',
    ],
    codes: [10813, 10816, 10824, 11072],
    source:
      'MySQL sql/binlog.cc, MariaDB sql/log.cc (ER_ERROR_ON_WRITE 1026, EE_DISK_FULL 20, ER_BINLOG_LOGGING_IMPOSSIBLE 1598)',
  },
  {
    kind: 'binlog-purge-failed',
    actor: 'server',
    texts: [
      'MYSQL_BIN_LOG::purge_<logs|index_entry> ',
      "Failed to delete log file '{ownLog}'",
      "Failed to delete file '{ownLog}'",
      "Failed to stat log file '{ownLog}'",
      'Failed to locate old binlog or relay log files',
    ],
    codes: [
      10830, 10831, 10839, 10840, 10841, 10842, 10843, 10844, 10847, 10848, 10850, 10851, 10852,
    ],
    source: 'MySQL sql/binlog.cc, MariaDB sql/log.cc purge_logs, purge_index_entry, reset_logs',
  },
  {
    kind: 'binlog-not-purged',
    actor: 'server',
    texts: [
      'file {ownLog:bare} was not purged because it was being read by thread',
      "Binary log '{ownLog}' is not purged because {reason}",
    ],
    codes: [10809],
    source: 'MySQL 5.6+ sql/binlog.cc purge_logs; MariaDB 10.6+ sql/log.cc can_purge_log',
  },
  {
    kind: 'binlog-index-failed',
    actor: 'server',
    texts: [
      'MYSQL_BIN_LOG::<open|open_index_file|add_log_to_index> ',
      'find_log_pos() failed (error: {errorCode})',
      'Path {*} is a directory name, please specify a file name for --<log-bin|relay-log>',
    ],
    codes: [10602, 10603, 10817, 10822, 10823, 10829, 10854],
    source: 'MySQL sql/binlog.cc, MariaDB sql/log.cc open_index_file, open',
  },
  {
    kind: 'gtid-state-unreadable',
    actor: 'server',
    texts: [
      'Error <reading|writing> binlog <GTID |>state ',
      'Error reading GTIDs from <binary log|relaylog>: ',
      'Failed to save binlog GTID state during shutdown',
      'Failed to save the set of Global Transaction Identifiers',
      'Gtid table is not ready to be used',
    ],
    codes: [10015, 10176, 10818, 10820],
    source:
      'MariaDB sql/log.cc write_state_to_file; MySQL sql/binlog.cc init_gtid_sets, sql/rpl_gtid_persist.cc',
  },
  {
    kind: 'binlog-encryption-failed',
    actor: 'server',
    texts: [
      'Failed to enable encryption of binary logs',
      'Unable to recover binlog encryption master key',
    ],
    codes: [
      13278, 13279, 13280, 13281, 13282, 13283, 13284, 13285, 13286, 13287, 13288, 13289, 13323,
      13362,
    ],
    source: 'MySQL 8.0.14+ sql/rpl_log_encryption.cc; MariaDB sql/log.cc open',
  },
] as const satisfies readonly MessageDefinition[];
