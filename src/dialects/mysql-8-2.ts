import type { Abilities, DialectLine } from './define-dialect.ts';
import { atLeast } from './server-version.ts';
import { sourceReplicaStatements } from './statements-source-replica.ts';
import { sourceReplicaTerms } from './terms-source-replica.ts';

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
  statusFilesByDefault: false,
  formatDescriptionCountsAsLag: 'never',
  multiThreadedApplier: true,
};

/**
 * MySQL 8.2 brings SHOW BINARY LOG STATUS.
 */
export const mysql82 = {
  name: 'mysql-8.2',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 8, 2) && !atLeast(version, 8, 3),
  terms: sourceReplicaTerms,
  statements: sourceReplicaStatements(abilities, 'SHOW BINARY LOG STATUS;'),
  abilities,
} satisfies DialectLine;
