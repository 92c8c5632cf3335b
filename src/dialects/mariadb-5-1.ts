import type { Abilities, DialectLine } from './define-dialect.ts';
import { atLeast } from './server-version.ts';
import { singleSourceStatements } from './statements-master-slave.ts';
import { masterSlaveTerms } from './terms-master-slave.ts';

const abilities: Abilities = {
  changeOptions: ['logFile', 'logPos', 'relayLogFile', 'relayLogPos'],
  namedChannels: false,
  ignoreServerIds: false,
  ignoreServerIdsUnderGtid: false,
  heartbeatReset: false,
  statusFiles: true,
  statusFilesByDefault: true,
  formatDescriptionCountsAsLag: 'until-next-group',
  resetNeedsIndexedLogs: false,
  multiThreadedApplier: false,
  applierGaps: false,
  changeUnderApplier: false,
};

/**
 * MariaDB 5.1 to 5.3: replication as in MySQL 5.1.
 */
export const mariadb51 = {
  name: 'mariadb-5.1',
  matches: (version) => version.flavor === 'mariadb' && !atLeast(version, 5, 5),
  terms: masterSlaveTerms,
  statements: singleSourceStatements(abilities),
  abilities,
} satisfies DialectLine;
