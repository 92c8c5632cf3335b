import type { MessageDefinition } from './define-messages.ts';

/** Errors that end the applier thread, or that it reports as its last one. */
export const applierErrorMessages = [
  {
    kind: 'applier-worker-failed',
    actor: 'applier',
    texts: [
      "Worker {worker} failed executing transaction '{gtid}'[ at master log {sourceLog:bare}, end_log_pos {sourcePosition}][; Could not execute {eventType:bare} event on table {table:bare};]",
      "Coordinator stopped because there were error(s) in the worker(s). The most recent failure being: Worker {worker} failed executing transaction '{gtid}'[ at master log {sourceLog:bare}, end_log_pos {sourcePosition}]",
      'Slave worker thread has failed to apply an event',
    ],
    source:
      'MySQL sql/rpl_rli_pdb.cc Slave_worker::do_report (no position in Group Replication); sql/log_event.cc',
  },
  {
    kind: 'applier-row-failed',
    actor: 'applier',
    texts: [
      'Could not execute {eventType:bare} event on table {table:bare};',
      'Could not execute {eventType:bare} event. Detailed error: ',
      'Error executing row event: ',
    ],
    source: 'MySQL, MariaDB sql/log_event.cc slave_rows_error_report (1032, 1062 and others)',
  },
  {
    kind: 'applier-statement-failed',
    actor: 'applier',
    texts: [
      "Error '{*}' on query. Default database: '{database}'. Query: ",
      'Query caused different errors on master and slave',
      'Query partially completed on the master',
      'Error in Xid_log_event: ',
      'Error executing XA PREPARE event: ',
    ],
    codes: [13113],
    source: 'MySQL, MariaDB sql/log_event.cc Query_log_event::do_apply_event',
  },
  {
    kind: 'gtid-out-of-order',
    actor: 'applier',
    texts: [
      'An attempt was made to binlog GTID {gtid:list} which would create an out-of-order sequence number with existing GTID',
      'The binlog on the master is missing the GTID {gtid:list} requested by the slave',
    ],
    source:
      'ER_GTID_STRICT_OUT_OF_ORDER 1950, ER_GTID_START_FROM_BINLOG_HOLE 1951: MariaDB sql/rpl_gtid.cc, sql/sql_repl.cc',
  },
  {
    kind: 'relay-log-read-failed',
    actor: 'applier',
    texts: [
      'Relay log read failure: ',
      'Error reading relay log event{for-channel}: ',
      'Slave SQL thread{for-channel}: I/O error reading event',
      'Error in Log_event::read_log_event(): ',
      'Error when worker read relay log events',
    ],
    codes: [10595, 10596, 10720, 13121],
    source:
      'ER_SLAVE_RELAY_LOG_READ_FAILURE 1594: sql/rpl_slave.cc exec_relay_log_event, next_event; sql/log_event.cc read_log_event',
  },
  {
    kind: 'log-checksum-failed',
    actor: 'applier',
    texts: [
      'Replication event checksum verification failed while reading from a log file',
      'Event crc check failed! Most likely there is event corruption',
    ],
    source:
      'ER_BINLOG_READ_EVENT_CHECKSUM_FAILURE 1744: sql/log_event.cc, sql/rpl_binlog_sender.cc',
  },
  {
    kind: 'incident-applied',
    actor: 'applier',
    texts: ['The incident {eventType:bare} <occured|occurred> on the master. Message: '],
    codes: [13119],
    source: 'ER_SLAVE_INCIDENT 1590: sql/log_event.cc Incident_log_event::do_apply_event',
  },
  {
    kind: 'applier-retries-exhausted',
    actor: 'applier',
    texts: [
      '<Slave SQL thread|Slave worker thread|worker thread> retried [referenced ]transaction {*} in vain, giving up',
    ],
    source: 'MySQL sql/rpl_slave.cc, sql/rpl_rli_pdb.cc; MariaDB sql/slave.cc, sql/rpl_parallel.cc',
  },
  {
    kind: 'applier-initialisation-failed',
    actor: 'applier',
    texts: [
      'Slave failed to initialize <master info|relay log info|connection metadata|applier metadata> structure from the repository',
      'Error initializing relay log position{for-channel}: ',
      'Unable to load replication GTID slave state from ',
      'Failed to load slave replication state from table',
      'Failed during slave <thread|workers|worker thread|worker|SQL thread> initialization',
      'Failed during slave worker thread creation',
      'Failed during parallel slave pool activation',
      "Unable to use slave's temporary directory",
      "Slave SQL thread aborted. Can't execute init_<slave|replica> query",
    ],
    codes: [10561, 10571, 10577, 10578, 10601, 13123, 13124, 13145],
    source:
      'ER_SLAVE_MI_INIT_REPOSITORY 1871, ER_SLAVE_RLI_INIT_REPOSITORY 1872: sql/rpl_slave.cc start_slave, handle_slave_sql',
  },
  {
    kind: 'positions-not-updated',
    actor: 'applier',
    texts: [
      'It was not possible to update the positions of the relay log information: the slave may be in an inconsistent state. Stopped in {relayLog:bare} position {relayPosition}',
    ],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc apply_event_and_update_pos',
  },
  {
    kind: 'conversion-failed',
    actor: 'applier',
    texts: ["Column {*} of table '{*}' cannot be converted from type '"],
    codes: [13146],
    source: 'ER_SLAVE_CONVERSION_FAILED 1677: sql/rpl_utility.cc table_def::compatible_with',
  },
  {
    kind: 'applier-error-detail',
    actor: 'applier',
    texts: ['Slave (additional info): ', 'Slave: {*} Error_code: '],
    codes: [10583],
    source:
      'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_sql: the warnings behind an error',
  },
] as const satisfies readonly MessageDefinition[];
