import type { Abilities, DialectLine } from './define-dialect.ts';
import { atLeast } from './server-version.ts';
import { singleSourceStatements } from './statements-master-slave.ts';
import { masterSlaveTerms } from './terms-master-slave.ts';

const abilities: Abilities = {
  changeOptions: [
    'logFile',
    'logPos',
    'relayLogFile',
    'relayLogPos',
    'autoPosition',
    'ignoreServerIds',
    'heartbeatPeriod',
  ],
  namedChannels: false,
  ignoreServerIds: true,
  ignoreServerIdsUnderGtid: true,
  heartbeatReset: false,
  statusFiles: true,
  statusFilesByDefault: true,
  formatDescriptionCountsAsLag: 'never',
  resetNeedsIndexedLogs: true,
  multiThreadedApplier: true,
  applierGaps: true,
  changeUnderApplier: false,
};

/**
 * MySQL 5.6 brings GTIDs, auto position, the multi-threaded applier and status tables (FILE is still
 * the default). CHANGE resets the heartbeat period only with a host or port, which we never give.
 * FDEs no longer count as lag (rpl_slave.cc, `exec_relay_log_event`).
 */
export const mysql56 = {
  name: 'mysql-5.6',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 5, 6) && !atLeast(version, 5, 7),
  terms: masterSlaveTerms,
  statements: singleSourceStatements(abilities),
  abilities,
} satisfies DialectLine;
