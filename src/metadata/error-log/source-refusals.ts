/**
 * Why a source ends a replica's stream: what stands in the quotes of error 1236, and after `Error
 * reading packet from server`. The more telling first.
 * Source: MySQL sql/rpl_binlog_sender.cc, sql/rpl_master.cc, sql/log_event.cc log_read_error_msg;
 * MariaDB sql/sql_repl.cc, sql/share/errmsg-utf8.txt ER_GTID_*.
 */
export const SOURCE_REFUSALS = [
  {
    refusal: 'first-log-missing',
    pattern: /could not find first log file name in binary log index/i,
  },
  {
    refusal: 'position-beyond-end',
    pattern: /to start replication from (?:position > file size|impossible position)/i,
  },
  { refusal: 'position-before-start', pattern: /to start replication from position < 4/i },
  { refusal: 'required-logs-purged', pattern: /purged (?:required )?binary logs/i },
  {
    refusal: 'replica-has-more-gtids',
    pattern: /(?:slave|replica) has more GTIDs than the (?:master|source)/i,
  },
  {
    refusal: 'duplicate-server',
    pattern: /a (?:slave|replica) with the same server_uuid\/server_id/i,
  },
  { refusal: 'event-too-large', pattern: /log event entry exceeded max_allowed_packet/i },
  { refusal: 'binlog-truncated', pattern: /binlog truncated in the middle of event/i },
  { refusal: 'bogus-event', pattern: /bogus data in log event/i },
  {
    refusal: 'checksum-failed',
    pattern: /event read from binlog did not pass (?:crc|checksum) check/i,
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
  { refusal: 'format-description-missing', pattern: /could not find format_description_event/i },
  {
    refusal: 'encryption-failed',
    pattern: /could not decrypt binlog|start encryption log event is invalid/i,
  },
  {
    refusal: 'gtid-diverged',
    pattern:
      /which is not in the master's binlog\. since the master's binlog contains gtids with higher/i,
  },
  {
    refusal: 'gtid-missing',
    pattern: /which is not in the master's binlog|binlog on the master is missing the GTID/i,
  },
  { refusal: 'gtid-state-unavailable', pattern: /failed to load replication slave GTID/i },
  {
    refusal: 'log-unreadable',
    pattern: /I\/O error reading log event|memory allocation failed reading log event/i,
  },
] as const;

export type SourceRefusal = (typeof SOURCE_REFUSALS)[number]['refusal'];

/** The refusal that a source's words name; null for others. */
export const sourceRefusal = (text: string): SourceRefusal | null =>
  SOURCE_REFUSALS.find(({ pattern }) => pattern.test(text))?.refusal ?? null;
