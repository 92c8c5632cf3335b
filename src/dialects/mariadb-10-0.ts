import type { Abilities, DialectLine } from './define-dialect.ts';
import { atLeast } from './server-version.ts';
import { connectionStatements } from './statements-master-slave.ts';
import { masterSlaveTerms } from './terms-master-slave.ts';

const abilities: Abilities = {
  changeOptions: [
    'logFile',
    'logPos',
    'relayLogFile',
    'relayLogPos',
    'useGtid',
    'ignoreServerIds',
    'heartbeatPeriod',
  ],
  namedChannels: true,
  ignoreServerIds: true,
  ignoreServerIdsUnderGtid: true,
  heartbeatReset: true,
  statusFiles: true,
  statusFilesByDefault: true,
  formatDescriptionCountsAsLag: 'serial-applier-until-next-event',
  resetNeedsIndexedLogs: false,
  multiThreadedApplier: true,
  applierGaps: false,
  changeUnderApplier: false,
};

/**
 * MariaDB 10.0 to 10.5.0: named connections behind SLAVE or MASTER, MASTER_USE_GTID, the parallel
 * applier. Status is kept in files only. Every CHANGE that does not give the heartbeat period resets
 * it (sql_repl.cc, `change_master`). The serial applier takes an FDE for a sign of lag until the next
 * event (slave.cc, `event_can_update_last_master_timestamp`).
 */
export const mariadb100 = {
  name: 'mariadb-10.0',
  matches: (version) =>
    version.flavor === 'mariadb' && atLeast(version, 10) && !atLeast(version, 10, 5, 1),
  terms: masterSlaveTerms,
  statements: connectionStatements(abilities),
  abilities,
} satisfies DialectLine;
