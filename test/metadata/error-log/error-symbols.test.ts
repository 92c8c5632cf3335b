import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { classicErrorNumber } from '../../../src/metadata/error-log/error-number.ts';
import { ERROR } from '../../../src/metadata/error-log/error-symbols.ts';

/** Of the client library and of mysys: include/errmsg.h, include/mysys_err.h of MySQL 8.0, libmariadb/include/errmsg.h. */
const OTHERS = {
  EE_WRITE: 3,
  EE_DISK_FULL: 20,
  EE_UNKNOWN_CHARSET: 22,
  EE_UNKNOWN_COLLATION: 28,
  CR_CONNECTION_ERROR: 2002,
  CR_CONN_HOST_ERROR: 2003,
  CR_UNKNOWN_HOST: 2005,
  CR_SERVER_GONE_ERROR: 2006,
  CR_SERVER_LOST: 2013,
  CR_SSL_CONNECTION_ERROR: 2026,
  CR_SECURE_AUTH: 2049,
  CR_SERVER_LOST_EXTENDED: 2055,
  CR_AUTH_PLUGIN_CANNOT_LOAD: 2059,
  CR_AUTH_PLUGIN_ERR: 2061,
};

/** What the servers call their numbers, as `error-symbols.txt` says. */
const said = new Map(
  readFileSync(join(import.meta.dirname, 'error-symbols.txt'), 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line): [number, string[]] => {
      const [number, ...symbols] = line.split(' ');
      return [Number(number), symbols];
    }),
);

test.each(Object.entries(ERROR))('%s is %i', (symbol, number) => {
  const other = (OTHERS as Readonly<Record<string, number>>)[symbol];
  if (other !== undefined) expect(number).toBe(other);
  else expect(said.get(number)).toContain(symbol.replace(/^MARIADB_/, ''));
});

test('each number that the servers were asked for has its symbol here', () => {
  const known = new Set<number>(Object.values(ERROR));
  expect([...said.keys()].filter((number) => !known.has(number))).toEqual([]);
});

/** As `perror` of MySQL 9.7.4 names the new number, and 5.7.30’s errmsg-utf8.txt the old one. */
test.each([
  [13113, 'ER_INCONSISTENT_ERROR', 3002],
  [13114, 'ER_SERVER_SOURCE_FATAL_ERROR_READING_BINLOG', 1236],
  [13115, 'ER_NETWORK_READ_EVENT_CHECKSUM_FAILURE', 1743],
  [13116, 'ER_REPLICA_CREATE_EVENT_FAILURE', 1596],
  [13117, 'ER_REPLICA_FATAL_ERROR', 1593],
  [13118, 'ER_REPLICA_HEARTBEAT_FAILURE', 1623],
  [13119, 'ER_REPLICA_INCIDENT', 1590],
  [13120, 'ER_REPLICA_SOURCE_COM_FAILURE', 1597],
  [13121, 'ER_REPLICA_RELAY_LOG_READ_FAILURE', 1594],
  [13122, 'ER_REPLICA_RELAY_LOG_WRITE_FAILURE', 1595],
  [13123, 'ER_SERVER_REPLICA_CM_INIT_REPOSITORY', 1871],
  [13124, 'ER_SERVER_REPLICA_AM_INIT_REPOSITORY', 1872],
  [13146, 'ER_SERVER_REPLICA_CONVERSION_FAILED', 1677],
])('%i, %s, was %i', (number, _symbol, before) => {
  expect(classicErrorNumber(number)).toBe(before);
});
