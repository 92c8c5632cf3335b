import type { SourceRefusal } from '../metadata/error-log/source-refusals.ts';

interface RefusalWords {
  /** What the source says, for a title. */
  readonly says: string;
  readonly cause: string;
  /** What to look at, and what decides the repair. */
  readonly look: string;
}

/** Each answer of a source, what it means, and what is to be found out. */
export const REFUSALS: Readonly<Record<SourceRefusal, RefusalWords>> = {
  'first-log-missing': {
    says: 'it has no log of that name',
    cause:
      'The log that the replica asks for is not in the source’s index: it was purged or expired, the source was reset, or the replica is pointed at another server.',
    look: 'whether a backup or another replica still has the log; if not, the replica must be built anew, since a later position skips what was purged',
  },
  'position-beyond-end': {
    says: 'the position lies behind the end of its log',
    cause:
      'The source’s log is shorter than what the replica has received: it lost its tail in a crash (sync_binlog other than 1), was reset or restored, or is another server’s.',
    look: 'what of the received transactions the source lost, before the replica goes on with the source’s next log',
  },
  'position-outside': {
    says: 'the position lies outside its log',
    cause:
      'MariaDB, and MySQL before 5.6, say this of a position behind the end of the log and of one below 4. Behind the end: the source lost its tail in a crash (sync_binlog other than 1), was reset or restored, or is another server.',
    look: 'the length of that log on the source; where it is shorter, what of the received transactions the source lost, before the replica goes on with the source’s next log',
  },
  'position-before-start': {
    says: 'the position lies before the first event',
    cause: 'Events begin at 4; a smaller position was typed, or comes from a damaged status file.',
    look: 'the true position in relay-log.info or SHOW REPLICA STATUS',
  },
  'required-logs-purged': {
    says: 'it has purged logs with transactions that the replica lacks',
    cause:
      'By GTID the replica names what it has, and transactions that it lacks stood in logs that the source has purged. After a failover those may be errant transactions of the old source.',
    look: 'which GTIDs the source has purged and the replica lacks; they come from another server that still has them, or the replica is built anew',
  },
  'replica-has-more-gtids': {
    says: 'the replica has GTIDs of the source’s own uuid that the source lacks',
    cause:
      'The source lost transactions that it had already sent: a crash with sync_binlog other than 1, RESET, or a restore. Its new transactions take the same numbers, so both sides may hold different data under one GTID.',
    look: 'what the transactions are that only the replica has; one of the two must be built anew, or the source gets them back',
  },
  'duplicate-server': {
    says: 'another replica with the same server_id or uuid has taken its place',
    cause:
      'Two replicas with one identity end each other’s stream for ever. A copied data directory brings auto.cnf with it.',
    look: 'which two they are; each needs a server_id and a uuid of its own',
  },
  'event-too-large': {
    says: 'an event is larger than max_allowed_packet',
    cause:
      'An event exceeds what source or replica may send at once; or the position lies inside an event, and other bytes are read as its size.',
    look: 'what stands at the place: with a whole event there, raise slave_max_allowed_packet on the replica and max_allowed_packet on the source; with none, the position is wrong',
  },
  'binlog-truncated': {
    says: 'its log ends inside an event',
    cause: 'The source’s log was cut: a full disk, or a crash while it was written.',
    look: 'the end of the log on the source; what was behind it exists on no replica either',
  },
  'position-inside-event': {
    says: 'no event begins at the position',
    cause:
      'The source looked for the event boundary and found none there: the position lies inside an event, or is of another log.',
    look: 'the true position in relay-log.info or SHOW REPLICA STATUS; the log itself need not be damaged',
  },
  'bogus-event': {
    says: 'what stands there is no event',
    cause:
      'The size or header at the place makes no sense: the position lies inside an event, or the source’s log is damaged.',
    look: 'whether an event begins at the place: if not the position is wrong, if so the log is damaged',
  },
  'checksum-failed': {
    says: 'an event does not pass its checksum',
    cause: 'The source’s log is damaged on its disk, or was read wrongly.',
    look: 'the same event with mysqlbinlog --verify-binlog-checksum on the source, twice; a damaged one is to be fetched from another server',
  },
  'checksum-not-understood': {
    says: 'the replica does not know event checksums',
    cause: 'The source writes checksums, and the replica’s version is older than these.',
    look: 'binlog_checksum = NONE on the source until the replica is upgraded',
  },
  'next-log-missing': {
    says: 'the next log is not in its index',
    cause: 'A log was deleted by hand, or the index was edited.',
    look: 'the index against the files of the source’s directory',
  },
  'binlog-not-open': {
    says: 'its binary log is not open',
    cause: 'The source runs without a binary log, or closed it after an error of its disk.',
    look: 'log_bin and the error log of the source',
  },
  'source-server-id-missing': {
    says: 'it has no server_id',
    cause: 'server_id of the source is 0.',
    look: 'set server_id on the source',
  },
  'format-description-missing': {
    says: 'its log has no format description at its head',
    cause: 'The head of the source’s log is damaged or missing.',
    look: 'the first bytes of that log',
  },
  'encryption-failed': {
    says: 'it cannot decrypt its log',
    cause: 'The source’s keyring lacks the key of that log.',
    look: 'the keyring of the source',
  },
  'gtid-diverged': {
    says: 'the replica’s GTID is none of the source’s, which has gone on beyond it',
    cause:
      'The replica holds a transaction that the source does not have while its sequence numbers went on: the data have parted.',
    look: 'who wrote that transaction, and what else the replica has that the source does not (scan the binary logs of both together); it is done on the source too, or given up, and the replica built anew',
  },
  'gtid-missing': {
    says: 'it has not the GTID that the replica asks to go on from',
    cause:
      'The transaction was written on the replica, or on a source before, or the source’s logs before it were purged.',
    look: 'where that transaction came from, and whether the source lacks others too: scan the binary logs of both together',
  },
  'gtid-in-hole': {
    says: 'it has GTIDs below and above the one that the replica asks to go on from, and not that one',
    cause:
      'With gtid_strict_mode the source does not guess where to go on. The number was never given there: gtid_slave_pos was set by hand to one that does not exist, or the transaction was written elsewhere in the same domain.',
    look: 'the last GTID of that domain in the replica’s own binary log. Where gtid_slave_pos was set by hand, it is set to the last transaction that the replica has; a higher one would leave out what lies between',
  },
  'gtid-state-unavailable': {
    says: 'it cannot load the GTID state',
    cause: 'The source could not read its own table of GTID positions.',
    look: 'mysql.gtid_slave_pos on the source',
  },
  'gtid-mode-mismatch': {
    says: 'its GTID mode and the replica’s do not go together',
    cause:
      'The replica asks by auto-position and the source’s gtid_mode is not ON, or the log holds transactions with, or without, a GTID that the replica’s mode does not take.',
    look: 'gtid_mode on both, and what the log held when it was changed: modes are changed one step at a time, on all servers, and the old transactions must have been applied everywhere before the last step',
  },
  'log-unreadable': {
    says: 'it cannot read its own log',
    cause: 'Disk or memory failed the source while it read.',
    look: 'the source’s error log and its disk',
  },
};
