/**
 * Why a source ends a replica's stream: what stands in the quotes of error 1236, and after `Error
 * reading packet from server`. The more telling first.
 * Source: MySQL sql/rpl_binlog_sender.cc set_fatal_error and log_read_error_msg, sql/binlog_istream.cc
 * Binlog_read_error::get_str (8.0), share/messages_to_clients.txt; before 8.0 sql/rpl_master.cc,
 * sql/log_event.cc. MariaDB sql/sql_repl.cc send_file, mysql_binlog_send, get_gtid_list and
 * sql/share/errmsg-utf8.txt ER_GTID_*. Each was found in at least one of 5.6.24, 8.0.27, 9.7.4,
 * MariaDB 10.11.19 and 11.8.6; "master" and "slave" became "source" and "replica" on the way to 9.7.
 */
export const SOURCE_REFUSALS = [
  {
    refusal: 'first-log-missing',
    pattern: /could not find first log file name in binary log index/i,
  },
  {
    refusal: 'position-beyond-end',
    pattern: /to start replication from position > file size/i,
  },
  // Behind the end, or below 4: MariaDB sql/sql_repl.cc, MySQL before 5.6
  { refusal: 'position-outside', pattern: /to start replication from impossible position/i },
  { refusal: 'position-before-start', pattern: /to start replication from position < 4/i },
  {
    refusal: 'required-logs-purged',
    pattern: /purged (?:required )?binary logs|required binlog files have been purged/i,
  },
  {
    refusal: 'replica-has-more-gtids',
    pattern: /(?:slave|replica) has more GTIDs than the (?:master|source)/i,
  },
  {
    refusal: 'duplicate-server',
    pattern: /a (?:slave|replica) with the same server_uuid\/server_id/i,
  },
  {
    refusal: 'event-too-large',
    pattern: /log event entry exceeded max_allowed_packet|event too big/i,
  },
  { refusal: 'binlog-truncated', pattern: /binlog truncated in the middle of event/i },
  {
    // MariaDB alone looks for the boundary before it sends anything
    refusal: 'position-inside-event',
    pattern: /does not correspond to the location of any binlog event/i,
  },
  {
    refusal: 'bogus-event',
    pattern: /(?:bogus|corrupted) data in log event|found invalid event in binary log/i,
  },
  {
    refusal: 'checksum-failed',
    pattern: /event read from binlog did not pass crc check|event crc check failed/i,
  },
  {
    refusal: 'checksum-not-understood',
    pattern: /can ?not handle replication events with the checksum/i,
  },
  { refusal: 'next-log-missing', pattern: /could not find next log/i },
  { refusal: 'binlog-not-open', pattern: /binary log is not open/i },
  {
    refusal: 'source-server-id-missing',
    pattern: /misconfigured (?:master|source) - (?:master |source )?server[ _]id/i,
  },
  {
    refusal: 'format-description-missing',
    pattern:
      /(?:could not|failed to|did not) find format[_ ]descript|(?:corrupt|invalid) format[_ ]description event|binlog has bad magic number/i,
  },
  {
    refusal: 'encryption-failed',
    pattern:
      /could not (?:decrypt|start decryption of) binlog|start encryption log event is invalid|event decryption failure|invalid binary log encryption header|cannot get file password for encrypted|failed to decrypt content read from binlog/i,
  },
  {
    refusal: 'gtid-diverged',
    pattern:
      /which is not in the master's binlog\. since the master's binlog contains gtids with higher|slave has probably diverged/i,
  },
  {
    // ER_GTID_START_FROM_BINLOG_HOLE: with gtid_strict_mode on the source
    refusal: 'gtid-in-hole',
    pattern: /binlog on the (?:master|primary) is missing the GTID/i,
  },
  {
    refusal: 'gtid-missing',
    pattern: /which is not in the master's binlog|requested slave GTID state not found in binlog/i,
  },
  { refusal: 'gtid-state-unavailable', pattern: /failed to load replication slave GTID/i },
  {
    refusal: 'log-unreadable',
    pattern:
      /I\/O error reading (?:log event|the header from the binary log)|memory allocation failed reading log event|unknown error reading log event|could not open log file/i,
  },
  {
    refusal: 'gtid-mode-mismatch',
    pattern:
      /cannot start in AUTO_POSITION mode: this server has GTID_MODE|cannot replicate (?:anonymous transaction|GTID-transaction) when/i,
  },
] as const;

export type SourceRefusal = (typeof SOURCE_REFUSALS)[number]['refusal'];

/** The refusal that a source's words name; null for others. */
export const sourceRefusal = (text: string): SourceRefusal | null =>
  SOURCE_REFUSALS.find(({ pattern }) => pattern.test(text))?.refusal ?? null;
