import type { DialectLine } from './define-dialect.ts';
import { mysql80 } from './mysql-8-0.ts';
import { atLeast } from './server-version.ts';
import { sourceReplicaStatements } from './statements-source-replica.ts';
import { sourceReplicaTerms } from './terms-source-replica.ts';

const { abilities } = mysql80;

/**
 * MySQL 8.2 brings SHOW BINARY LOG STATUS.
 */
export const mysql82 = {
  name: 'mysql-8.2',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 8, 2) && !atLeast(version, 8, 3),
  terms: sourceReplicaTerms,
  statements: sourceReplicaStatements(abilities, {
    showSourceStatus: 'SHOW BINARY LOG STATUS;',
    skipCounter: 'sql_replica_skip_counter',
  }),
  abilities,
} satisfies DialectLine;
