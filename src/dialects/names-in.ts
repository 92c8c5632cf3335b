import type { Terms } from './define-dialect.ts';

/** What MySQL 8.0.22 to 8.0.26 named anew (WL#14171, WL#14189, WL#14194), and the file of its source that it renamed. */
const BEFORE: ReadonlyArray<readonly [now: RegExp, before: string]> = [
  // Where both are said, the old one is enough
  [/\b\S+(?: REPLICA STATUS)? \((?=SHOW SLAVE |slave_)([^)]*)\)/g, '$1'],
  [/\b(SHOW|START|STOP|RESET) REPLICA\b/g, '$1 SLAVE'],
  [/\bCHANGE REPLICATION SOURCE TO\b/g, 'CHANGE MASTER TO'],
  [/\b(GET_)?SOURCE_(?=[A-Z])/g, '$1MASTER_'],
  [/\bER_SOURCE_/g, 'ER_MASTER_'],
  [/\bSeconds_Behind_Source\b/g, 'Seconds_Behind_Master'],
  [/\bsql_replica_skip_counter\b/g, 'sql_slave_skip_counter'],
  [/\brpl_replica\.cc\b/g, 'rpl_slave.cc'],
];

/** Names of statements, options and variables in a text of ours, as a server line has them. */
export const namesIn = (text: string, { secondsBehind }: Terms): string =>
  secondsBehind === 'Seconds_Behind_Source'
    ? text
    : BEFORE.reduce((said, [now, before]) => said.replace(now, before), text);
