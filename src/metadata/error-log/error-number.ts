/**
 * Numbers that MySQL 8.0.14+ gives errors of replication in the server range, and what they were
 * before and are in MariaDB. Source: MySQL share/messages_to_error_log.txt ER_SERVER_*, ER_SLAVE_*.
 */
const BEFORE: ReadonlyMap<number, number> = new Map([
  [13113, 3002],
  [13114, 1236],
  [13115, 1743],
  [13116, 1596],
  [13117, 1593],
  [13118, 1623],
  [13119, 1590],
  [13120, 1597],
  [13121, 1594],
  [13122, 1595],
  [13123, 1871],
  [13124, 1872],
  [13146, 1677],
]);

/** An error's number as MySQL to 8.0.13 and MariaDB know it. */
export const classicErrorNumber = (code: number): number => BEFORE.get(code) ?? code;
