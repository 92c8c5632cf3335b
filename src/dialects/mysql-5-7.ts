import type { Abilities, DialectLine } from './define-dialect.ts';
import { atLeast } from './server-version.ts';
import { channelStatements } from './statements-master-slave.ts';
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
  namedChannels: true,
  ignoreServerIds: true,
  ignoreServerIdsUnderGtid: true,
  heartbeatReset: false,
  statusFiles: true,
  statusFilesByDefault: true,
  formatDescriptionCountsAsLag: 'never',
  resetNeedsIndexedLogs: true,
  multiThreadedApplier: true,
  applierGaps: true,
  changeUnderApplier: true,
};

/**
 * MySQL 5.7 brings replication channels: FOR CHANNEL at the end of every statement.
 */
export const mysql57 = {
  name: 'mysql-5.7',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 5, 7) && !atLeast(version, 8),
  terms: masterSlaveTerms,
  statements: channelStatements(abilities),
  abilities,
} satisfies DialectLine;
