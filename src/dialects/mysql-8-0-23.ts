import type { DialectLine } from './define-dialect.ts';
import { mysql80 } from './mysql-8-0.ts';
import { atLeast } from './server-version.ts';
import { sourceReplicaStatements } from './statements-source-replica.ts';
import { sourceReplicaTerms } from './terms-source-replica.ts';

const { abilities } = mysql80;

/**
 * MySQL 8.0.23 to 8.1: CHANGE REPLICATION SOURCE, and REPLICA in every statement; only the source's
 * own coordinates are still shown by SHOW MASTER STATUS, which has no other name before 8.2.
 */
export const mysql8023 = {
  name: 'mysql-8.0.23',
  matches: (version) =>
    version.flavor === 'mysql' && atLeast(version, 8, 0, 23) && !atLeast(version, 8, 2),
  // replica_net_timeout and sql_replica_skip_counter came with 8.0.26; the old names stay valid
  terms: { ...sourceReplicaTerms, netTimeout: 'slave_net_timeout' },
  statements: sourceReplicaStatements(abilities, {
    showSourceStatus: 'SHOW MASTER STATUS;',
    skipCounter: 'sql_slave_skip_counter',
  }),
  abilities,
} satisfies DialectLine;
