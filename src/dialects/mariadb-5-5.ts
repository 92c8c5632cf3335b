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
  resetNeedsIndexedLogs: false,
  multiThreadedApplier: false,
  applierGaps: false,
  changeUnderApplier: false,
};

/**
 * MariaDB 5.5: replication as in MySQL 5.5; no GTID, no named connections.
 */
export const mariadb55 = {
  name: 'mariadb-5.5',
  matches: (version) =>
    version.flavor === 'mariadb' && atLeast(version, 5, 5) && !atLeast(version, 10),
  terms: masterSlaveTerms,
  statements: singleSourceStatements(abilities),
  abilities,
} satisfies DialectLine;
