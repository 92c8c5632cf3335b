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
    'requestPublicKey',
  ],
  namedChannels: true,
  ignoreServerIds: true,
  ignoreServerIdsUnderGtid: true,
  heartbeatReset: false,
  statusFiles: true,
  statusFilesByDefault: false,
  formatDescriptionCountsAsLag: 'never',
  resetNeedsIndexedLogs: true,
  multiThreadedApplier: true,
  applierGaps: true,
  changeUnderApplier: true,
};

/**
 * MySQL 8.0 up to 8.0.22 keeps its status in tables unless told otherwise. 8.0.22 knows the REPLICA
 * statements, but its CHANGE is still CHANGE MASTER: it keeps the old words.
 */
export const mysql80 = {
  name: 'mysql-8.0',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 8) && !atLeast(version, 8, 0, 23),
  terms: masterSlaveTerms,
  statements: channelStatements(abilities),
  abilities,
} satisfies DialectLine;
