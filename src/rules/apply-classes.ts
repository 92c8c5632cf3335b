import type { ApplyCause } from '../evidence/apply-cause.ts';
import type { Touch } from '../evidence/apply-trace.ts';

interface ClassWords {
  /** `touch` is the change that decides it, where one does. */
  readonly says: (touch: Touch | null) => string;
  readonly cause: string;
  readonly repair: string;
}

/** `put that row there`; of a table what was done to it. */
const did = (touch: Touch | null): string => {
  if (touch?.match === 'table')
    return touch.effect === 'removes' ? 'emptied or dropped that table' : 'changed that table';
  if (touch?.effect === 'makes') return 'put that row there';
  return touch?.effect === 'removes' ? 'took that row away' : 'changed that row';
};

/** Why an event cannot be applied, as far as the logs tell. */
export const APPLY_CLASSES = {
  unreadable: {
    says: () => 'the relay log could not be read',
    cause:
      'The applier could not read on in its relay log: it is damaged or cut, or the position lies inside an event. The data are as they were; nothing of the transaction was applied.',
    repair:
      'the relay log is fetched again from the true executed position, once the damage is found',
  },
  'applied-before': {
    says: () => 'the replica’s own binary log already holds that transaction',
    cause:
      'The transaction stands in the replica’s own binary log: it was applied before, and the applier met it again from a position that is too old. The rows are right as they are.',
    repair: 'the position is set to the true executed one; the data need nothing',
  },
  'came-back': {
    says: () => 'the transaction went out from this server and came back',
    cause:
      'The transaction stands in the replica’s own binary log, and its source has it from there: it goes round a ring, since the server that wrote it has left, or has another id now, and nobody drops it. The key of the table stopped its second lap; without one it would go on for ever. The position and the rows are right as they are.',
    repair:
      'the transaction is passed by, and the id that wrote it is ignored on this channel until nothing of it comes round any more',
  },
  'loop-lap': {
    says: () => 'the source had logged and sent that transaction before',
    cause:
      'Copies of the transaction stand in the relay logs, from different places of the source’s log: it goes round a ring. The first copy was applied.',
    repair: 'what sends it again is ended first: the loop',
  },
  refetched: {
    says: () => 'the relay logs hold that transaction twice, from one place of the source’s log',
    cause:
      'Copies of the transaction stand in the relay logs, from one place of the source’s log: the receiver fetched that stretch twice, from a position that was too old. The first copy was applied.',
    repair: 'the position is set to the true executed one; the data need nothing',
  },
  'refetched-part': {
    says: () => 'the relay logs hold that event twice, in one transaction',
    cause:
      'One relay log ends inside the transaction, and the connect behind it asked for a place before that end: the server was killed between writing its relay log and its read position, and fetched the last events again. The applier reads on from one file into the next, and meets them a second time. Without a key such rows are doubled, without an error. Of a table of InnoDB nothing of the transaction is kept.',
    repair:
      'the whole transaction is fetched again from its begin, the executed position; a group that is passed by would be missing',
  },
  'out-of-order': {
    says: () => 'a later GTID of that domain is here already',
    cause:
      'With gtid_strict_mode the numbers of a domain only grow, and this server’s binary log holds a higher one, which the error names with the server that wrote it: somebody wrote on this server, or two sources write in one domain.',
    repair:
      'what the server of the higher number wrote is looked at, on both sides; then one server only writes in each domain (gtid_domain_id), before replication goes on',
  },
  incident: {
    says: () => 'the source could not log what it changed',
    cause:
      'An Incident event of the source (LOST_EVENTS): from there on its log does not tell all that is in its tables, and what was lost stands in no log.',
    repair: 'the tables of both sides are compared before it is passed by',
  },
  'no-event': {
    says: () => 'for a reason that lies in no event',
    cause:
      'The error does not name an event that failed: the applier could not begin, or not go on, for what its own words say (a relay log that is missing, gaps that a parallel applier left, a full disk).',
    repair: 'what the error’s own words say is put right, and the applier is started',
  },
  lock: {
    says: () => 'another transaction on this server held its rows',
    cause:
      'The event is right, and nothing of it was applied: another transaction of this server held its rows for too long (1205), or both waited for each other (1213, 1614). The applier tried again slave_transaction_retries times (replica_transaction_retries), or, with parallel workers before MySQL 5.7.5, not once. What holds them is on this server: a long report or backup in a transaction, a writer, an XA transaction that was left prepared.',
    repair:
      'what holds the rows is found and ended, and the applier is started: it begins the transaction anew. Nothing is passed by',
  },
  'no-room': {
    says: () => 'there was no room for it',
    cause:
      'The event is right, and what could not be written of it was rolled back where the engine can: the disk or a tablespace, a table of a limited size (MAX_ROWS, the MEMORY engine), the directory for temporary files or the quota is full (1021, 1026, 1114, 1030 with error 28). A table of MyISAM or Aria that was being written may hold a part of it.',
    repair:
      'df -h and df -i of datadir, tmpdir and of where the binary and relay logs lie tell what is full; room is made there (never by deleting log files by hand), tables of MyISAM or Aria are checked, and the applier is started. Nothing is passed by',
  },
  'cache-full': {
    says: () => 'it is larger than a cache of this server takes',
    cause:
      'The event is right, and nothing of it was applied: the transaction is larger than max_binlog_cache_size of this server (1197), which is below that of the source.',
    repair:
      'max_binlog_cache_size (and max_binlog_stmt_cache_size for tables without transactions) is raised to the source’s, and the applier is started: its threads take the new value with their start. Nothing is passed by',
  },
  killed: {
    says: () => 'somebody or something ended the statement',
    cause:
      'The event is right: the applier’s statement or its connection was killed (1317, 1927), by a person, a script that kills what is slow, or a limit on the time of statements (1969, 4192). What an engine with transactions had done of it was rolled back; a table of MyISAM or Aria may hold a part of it.',
    repair:
      'the one who killed it is found (scripts and events that KILL by time must leave the user “system user” out; slave_max_statement_time of MariaDB), and the applier is started. Nothing is passed by',
  },
  'earlier-failed': {
    says: () => 'a transaction before it failed in another worker',
    cause:
      'Nothing is wrong with this transaction: parallel workers commit in the order of the source, and one before it failed, so that this one was rolled back (1964, 3030). The cause is the error of the other worker.',
    repair:
      'the error of the first worker that failed, in the error log before this one (performance_schema.replication_applier_status_by_worker, where the server has it), is what is put right. This transaction is never passed by: it would be missing, and the failing one still stand in the way',
  },
  setting: {
    says: () => 'a setting of this server, or its version, does not take it',
    cause:
      'The event is as the source made it, and this server’s settings or its version refuse it: what is too large for slave_pending_jobs_size_max (replica_pending_jobs_size_max; 1864), a routine without log_bin_trust_function_creators (1418, 1419), GTIDs with another gtid_mode (1781, 1782), what enforce_gtid_consistency forbids (1785, 1786, 1787), events of an old source that no parallel applier takes (1755, until slave_parallel_workers is 0), a character set, a collation, an engine or a value of a variable that it does not know (22, 28, 1115, 1231, 1273, 1286), a row event with binlog_format STATEMENT, or what no engine here can log in that format (1661 to 1666). No row differs by it.',
    repair:
      'the setting that the error names is made as on the source, or the replica is brought to the source’s version, and the applier is started; nothing is passed by',
  },
  account: {
    says: () => 'the accounts of this server are not those of the source',
    cause:
      'A statement on accounts (CREATE USER, DROP USER, GRANT, SET PASSWORD) met accounts that differ here: one is there already, or is missing, or has other rights; or the definer of a trigger, view or routine is missing here (1449). Somebody changed accounts on this server, or a copy was made without the mysql database, or the statements of it are filtered.',
    repair:
      'SHOW CREATE USER and SHOW GRANTS of the account that the error names are compared on both sides, and this server’s is made as the source’s was before the statement, with sql_log_bin=0; then the applier is started',
  },
  'no-right': {
    says: () => 'an account lacks a right that it needs',
    cause:
      'The event is right, and nothing of it was applied: the account that the error names may not do what it asks for. That is the one whose rights the applier is held to (PRIVILEGE_CHECKS_USER, from MySQL 8.0.18 on), or the definer of a trigger, view or routine.',
    repair:
      'the account that the error names is given the right (SHOW GRANTS tells what it has), and the applier is started; nothing is passed by',
  },
  definition: {
    says: () => 'the table is defined otherwise than on the source',
    cause:
      'The event was made for another definition of the table: a column is missing, or is of another type. A change of the table was made on one side only, or came in another order.',
    repair:
      'SHOW CREATE TABLE of both sides is compared, and the replica’s table is made as the source’s was at this position',
  },
  'parent-missing': {
    says: () => 'the row that it refers to is not on the replica',
    cause:
      'A foreign key of the replica’s table asks for a row of the parent table that is not here (1452, 1216), and on the source it was: the data differ already, since the parent’s row was left out, deleted or never copied; or the key stands on the replica only, or the parent has another engine here. With a parallel applier by database (slave_parallel_type DATABASE) and a key across two databases the parent may only come later.',
    repair:
      'the parent’s row and both definitions are compared on both sides (SHOW CREATE TABLE; “LATEST FOREIGN KEY ERROR” in SHOW ENGINE INNODB STATUS names the key and the row), the missing row is brought from the source with sql_log_bin=0, and the applier is started. Neither is the transaction passed by nor foreign_key_checks put off: the rows that refer to nothing would stay',
  },
  'child-left': {
    says: () => 'rows on the replica still refer to what it takes away',
    cause:
      'The event deletes or changes a row that rows of another table refer to by a foreign key (1451, 1217), and on the source none did: rows of the child table are here that are not there, written here or left over from a DELETE that never came; or the key has another rule here (ON DELETE), or stands on the replica only. With a parallel applier by database (slave_parallel_type DATABASE) and a key across two databases the DELETE may only come later.',
    repair:
      'the child’s rows and both definitions are compared on both sides (SHOW CREATE TABLE; “LATEST FOREIGN KEY ERROR” in SHOW ENGINE INNODB STATUS names the key and the row), what only the replica has is saved and put right with sql_log_bin=0, and the applier is started. Neither is the transaction passed by nor foreign_key_checks put off: the rows that refer to nothing would stay',
  },
  'without-gtid': {
    says: () => 'it met changes that come without a GTID of their own',
    cause:
      'The applier had committed the transaction that its GTID names, and came upon more changes before another GTID (1837): it began behind a GTID event, in the middle of a transaction; or, with auto-position before MySQL 5.6.21, a reconnect in the middle of a transaction left its first part in the relay log, and that part was committed under its GTID; or one transaction changed tables with and without transactions. What was committed of it counts as all of that GTID.',
    repair:
      'the transaction in the relay log is compared with gtid_executed first: where its GTID is not in there, auto-position fetches it anew (STOP, RESET without ALL, START); where it is, the source will not send it again, and what its events change is compared on both sides and brought from the source. Nothing is passed by, and no plain START: the rest of the transaction may then be left out without an error',
  },
  'from-the-start': {
    says: () =>
      'the replica begins with the source’s first transaction, and what it makes is there',
    cause:
      'With auto-position the source sends what the replica does not count as executed, and it began with its transaction number 1: gtid_executed of the replica held none of the source’s. But what that transaction makes is on the replica already. Most likely the replica was made from a backup or a copy and gtid_purged was not set to what that holds, or a RESET emptied it; each transaction that is in the data would then fail in turn, or be applied a second time without an error. Otherwise it was made here by hand, with sql_log_bin=0.',
    repair:
      'the GTID set that the backup holds (it stands in the dump, or beside the copy: xtrabackup_binlog_info) goes into gtid_purged, on the stopped replica whose own GTIDs are empty; where that set is not known any more, the replica is built anew. Nothing is passed by, one after the other',
  },
  'object-missing': {
    says: () => 'the table or database is missing on the replica',
    cause:
      'The object that the event names is not there: its CREATE was not replicated (a filter, sql_log_bin=0, an incomplete copy), or it was dropped on the replica.',
    repair:
      'the object is made as the source has it, with its rows as of this position; where the event only drops it, nothing is lost by passing it by',
  },
  'local-write': {
    says: (touch) => `a write on this server itself ${did(touch)}`,
    cause:
      'The replica’s own binary log holds the change that stands in the way, with its own server id: somebody wrote on it what the source did not send.',
    repair:
      'the row on both sides is compared, the replica’s is put right, and read_only (super_read_only where the server has it) keeps others away',
  },
  'written-before': {
    says: (touch) =>
      `an earlier transaction, of server ${touch?.serverId ?? '?'}, already ${did(touch)}`,
    cause:
      'The replica’s own binary log holds an earlier transaction from elsewhere that did the same to the row, and nothing behind it that undid it: two servers write the same rows, or the source undid it without logging that (sql_log_bin=0, a filter).',
    repair:
      'the row on all these servers is compared; the one that should hold is put on the replica',
  },
  'missing-insert': {
    says: () => 'the source put that row there, and it was never applied here',
    cause:
      'The source’s binary log holds the change that made the row. The replica’s own log, which holds what it applied, reaches back further and does not hold it: it was left out by a filter, an ignored server id, a skipped group or a position that was too new.',
    repair:
      'the row is brought from the source as it was before this event, and what was left out with it',
  },
  'local-writer': {
    says: () => 'this server writes by itself too, and may have written that row',
    cause:
      'The replica’s own binary log holds events with its own server id: somebody writes on it, so a row of theirs may stand in the way, or one may have been changed or deleted.',
    repair:
      'the row on both sides is compared, the replica’s is put right, and read_only (super_read_only where the server has it) keeps others away',
  },
  'row-missing': {
    says: () => 'the row to be changed is not there',
    cause:
      'The row that the event changes or deletes is not on the replica: an earlier insert never arrived, or it was deleted here.',
    repair: 'the row is brought from the source as it was before this event',
  },
  unknown: {
    says: () => 'nothing given here tells why',
    cause:
      'Nothing that was given says why it fails: no earlier copy of the transaction, no write of this server’s own.',
    repair: 'what the error’s own words name is compared on both sides before anything is changed',
  },
} as const satisfies Readonly<Record<ApplyCause, ClassWords>>;
