import type { DialectLine } from './define-dialect.ts';
import { mariadb100 } from './mariadb-10-0.ts';
import { atLeast } from './server-version.ts';
import { connectionStatements } from './statements-master-slave.ts';
import { masterSlaveTerms } from './terms-master-slave.ts';

const { abilities } = mariadb100;

/**
 * MariaDB from 10.5.1 on takes REPLICA for SLAVE (MDEV-20601), and its manual says primary and
 * replica. The statements keep the words that every MariaDB takes and that the columns, the error
 * log and most of its users use: there is no other word for CHANGE MASTER.
 */
export const mariadb105 = {
  name: 'mariadb-10.5',
  matches: (version) => version.flavor === 'mariadb' && atLeast(version, 10, 5, 1),
  terms: { ...masterSlaveTerms, source: 'primary', replica: 'replica' },
  statements: connectionStatements(abilities),
  abilities,
} satisfies DialectLine;
