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
    'ignoreServerIds',
    'heartbeatPeriod',
  ],
  namedChannels: false,
  ignoreServerIds: true,
  ignoreServerIdsUnderGtid: true,
  heartbeatReset: true,
  statusFiles: true,
  statusFilesByDefault: true,
  formatDescriptionCountsAsLag: 'until-next-group',
  resetNeedsIndexedLogs: true,
  multiThreadedApplier: false,
  applierGaps: false,
  changeUnderApplier: false,
};

/**
 * MySQL 5.5 brings heartbeats and IGNORE_SERVER_IDS. Every CHANGE that does not give the heartbeat
 * period resets it (sql_repl.cc, `change_master`). FDEs count as lag as they do in 5.1.
 */
export const mysql55 = {
  name: 'mysql-5.5',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 5, 5) && !atLeast(version, 5, 6),
  terms: masterSlaveTerms,
  statements: singleSourceStatements(abilities),
  abilities,
} satisfies DialectLine;
