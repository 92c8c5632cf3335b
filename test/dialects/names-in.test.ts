import { expect, test } from 'vitest';
import { detectDialect } from '../../src/dialects/index.ts';
import { namesIn } from '../../src/dialects/names-in.ts';

const told = (version: string, text: string): string => {
  const terms = detectDialect(version)?.terms;
  if (!terms) throw new Error(`no dialect for ${version}`);
  return namesIn(text, terms);
};

test.each([
  ['a text of SHOW REPLICA STATUS (SHOW SLAVE STATUS)', 'a text of SHOW SLAVE STATUS'],
  ['SHOW REPLICA STATUS, Seconds_Behind_Source', 'SHOW SLAVE STATUS, Seconds_Behind_Master'],
  ['START REPLICA, UNTIL SQL_AFTER_MTS_GAPS', 'START SLAVE, UNTIL SQL_AFTER_MTS_GAPS'],
  [
    'CHANGE REPLICATION SOURCE TO, SOURCE_RETRY_COUNT, GET_SOURCE_PUBLIC_KEY',
    'CHANGE MASTER TO, MASTER_RETRY_COUNT, GET_MASTER_PUBLIC_KEY',
  ],
  ['replica_max_allowed_packet (slave_max_allowed_packet)', 'slave_max_allowed_packet'],
  ['SET GLOBAL sql_replica_skip_counter', 'SET GLOBAL sql_slave_skip_counter'],
  ['MySQL sql/rpl_replica.cc mts_recovery_groups', 'MySQL sql/rpl_slave.cc mts_recovery_groups'],
  [
    'own logs (log_slave_updates), IGNORE_SERVER_IDS',
    'own logs (log_slave_updates), IGNORE_SERVER_IDS',
  ],
])('names are those of MySQL 5.6, and stay for MySQL of today: %s', (ours, theirs) => {
  expect(told('5.6.24', ours)).toBe(theirs);
  expect(told('9.7.4', ours)).toBe(ours);
});
