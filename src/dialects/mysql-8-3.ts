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
    'requestPublicKey',
  ],
  namedChannels: true,
  ignoreServerIds: true,
  ignoreServerIdsUnderGtid: true,
  heartbeatReset: false,
  statusFiles: false,
  statusFilesByDefault: false,
  formatDescriptionCountsAsLag: 'never',
  resetNeedsIndexedLogs: true,
  multiThreadedApplier: true,
  applierGaps: true,
  changeUnderApplier: true,
};

/**
 * MySQL 8.3 removed master_info_repository and relay_log_info_repository: no status files any more
 * (MySQL Server Version Reference, "Option and Variable Changes for MySQL 8.3").
 */
export const mysql83 = {
  name: 'mysql-8.3',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 8, 3) && !atLeast(version, 8, 4),
  terms: sourceReplicaTerms,
  statements: sourceReplicaStatements(abilities, {
    showSourceStatus: 'SHOW BINARY LOG STATUS;',
    skipCounter: 'sql_replica_skip_counter',
  }),
  abilities,
} satisfies DialectLine;
