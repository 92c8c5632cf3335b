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
  ignoreServerIdsUnderGtid: false,
  heartbeatReset: false,
  statusFiles: false,
  statusFilesByDefault: false,
  formatDescriptionCountsAsLag: 'never',
  resetNeedsIndexedLogs: false,
  multiThreadedApplier: true,
  applierGaps: true,
  changeUnderApplier: true,
};

/**
 * MySQL 8.4 and 9.x removed the old words: each of them is a syntax error (1064). Under GTID mode a
 * list of ignored server ids is refused with error 3139, by CHANGE and by START (WL#10963); the empty
 * list is taken.
 */
export const mysql84 = {
  name: 'mysql-8.4',
  matches: (version) => version.flavor === 'mysql' && atLeast(version, 8, 4),
  terms: sourceReplicaTerms,
  statements: sourceReplicaStatements(abilities, {
    showSourceStatus: 'SHOW BINARY LOG STATUS;',
    skipCounter: 'sql_replica_skip_counter',
  }),
  abilities,
} satisfies DialectLine;
