import type { MessageDefinition } from './define-messages.ts';

/** What the applier (SQL) thread and its workers say. */
export const applierMessages = [
  {
    kind: 'applier-starting',
    actor: 'applier',
    texts: [
      "Slave SQL thread{for-channel} initialized, starting replication in log '{sourceLog}' at position {sourcePosition}, relay log '{relayLog}' position: {relayPosition}[; GTID position '{gtid}']",
    ],
    codes: [10581, 13498],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_sql',
  },
  {
    kind: 'applier-exiting',
    actor: 'applier',
    texts: [
      "Slave SQL thread{for-channel} exiting, replication stopped in log '{sourceLog}' at position {sourcePosition}[; GTID position '{gtid}'][, master: {address}]",
    ],
    codes: [10587],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_sql',
  },
  {
    kind: 'applier-aborted',
    actor: 'applier',
    texts: [
      "Error <running query|loading user-defined library>, slave SQL thread aborted. {*} We stopped at log '{sourceLog}' position {sourcePosition}[; GTID position '{gtid}']",
    ],
    codes: [10585, 10586],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_sql',
  },
  {
    kind: 'applier-killed',
    actor: 'applier',
    texts: ['Error reading relay log event{for-channel}: slave SQL thread was killed'],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc next_event',
  },
  {
    kind: 'applier-until-reached',
    actor: 'applier',
    texts: [
      'Slave SQL thread stopped <because|according to> ',
      'Slave SQL thread is stopped because UNTIL condition is bad',
      'Slave SQL thread UNTIL stop was requested',
    ],
    codes: [10375, 10376, 10377, 10378, 10379, 10380],
    source: 'MySQL sql/rpl_replica_until_options.cc; MariaDB sql/slave.cc handle_slave_sql',
  },
  {
    kind: 'skip-counter-executed',
    actor: 'applier',
    texts: [
      "'SQL_SLAVE_SKIP_COUNTER={*}' executed at relay_log_file='{relayLog}', relay_log_pos='{relayPosition}', <master|source>_log_name='{sourceLog}', <master|source>_log_pos='{sourcePosition}'",
      "'SQL_REPLICA_SKIP_COUNTER={*}' executed at relay_log_file='{relayLog}', relay_log_pos='{relayPosition}', <master|source>_log_name='{sourceLog}', <master|source>_log_pos='{sourcePosition}'",
    ],
    codes: [10582],
    source: 'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc handle_slave_sql',
  },
  {
    kind: 'coordinator-stopping',
    actor: 'applier',
    texts: [
      'Coordinator thread of multi-threaded slave is being stopped in the middle of assigning a group of events',
      'Request to stop slave SQL Thread received while applying a group that has non-transactional changes',
      'The slave coordinator and worker threads are stopped',
    ],
    source:
      'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc sql_slave_killed; sql/rpl_rli_pdb.cc (1756)',
  },
  {
    kind: 'stop-incomplete',
    actor: 'applier',
    texts: ['STOP SLAVE command execution is incomplete: Slave'],
    codes: [13096, 13097],
    source:
      'ER_STOP_SLAVE_SQL_THREAD_TIMEOUT 1875, ER_STOP_SLAVE_IO_THREAD_TIMEOUT 1876: sql/rpl_slave.cc',
  },
  {
    kind: 'unfinished-transaction-rolled-back',
    actor: 'applier',
    texts: ['Rolling back unfinished transaction (no COMMIT or ROLLBACK in relay log)'],
    source: 'MySQL, MariaDB sql/log_event.cc Format_description_log_event::do_apply_event',
  },
  {
    kind: 'positions-not-crash-safe',
    actor: 'applier',
    texts: [
      'If a crash happens this configuration does not guarantee that the relay log info will be consistent',
    ],
    source: 'MySQL 5.6+ sql/rpl_slave.cc handle_slave_sql',
  },
  {
    kind: 'parallel-recovery',
    actor: 'applier',
    texts: [
      'MTS recovery: ',
      'Slave{for-channel}: MTS Recovery has completed at relay log {relayLog:bare}, position {relayPosition} master log',
      'Slave: MTS group recovery relay log info',
    ],
    codes: [10541, 10542, 10543, 10545, 10560, 10572, 10574],
    source:
      'MySQL sql/rpl_slave.cc mts_recovery_groups, recover_relay_log, fill_mts_gaps_and_recover',
  },
  {
    kind: 'parallel-statistics',
    actor: 'applier',
    texts: [
      'Multi-threaded slave statistics{for-channel}: ',
      'Multi-threaded slave: Coordinator has waited',
    ],
    codes: [10559, 10722],
    source: 'MySQL sql/rpl_slave.cc exec_relay_log_event; sql/rpl_rli_pdb.cc',
    chatty: true,
  },
] as const satisfies readonly MessageDefinition[];
