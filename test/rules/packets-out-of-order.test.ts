import { describe, expect, test } from 'vitest';
import { foundOf } from '../support/replica.ts';
import { outcomeOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';
import { CONNECTED, errorLog56, errorLog97, READY56, spoken } from '../support/thread-lines.ts';

const RULE = 'packets-out-of-order';

const aborted = (reason: string, database = 'shop', user = 'app'): string =>
  `[Warning] Aborted connection 77 to db: '${database}' user: '${user}' host: 'web1' (${reason})`;
const OUT = 'Got packets out of order';

test('low: counted, with who it was, and that it is not replication', () => {
  const log = errorLog56([5, CONNECTED], [10, aborted(OUT)], [100, aborted(OUT)]);
  expect(foundOf(RULE, spoken({ log }))).toMatchObject({
    severity: 'low',
    confidence: 'proven',
    summary: expect.stringContaining('Replication has no part in it'),
    facts: { lines: 2, clients: ['app@web1'], everySeconds: null },
  });
});

test('a job is told by its regular times', () => {
  const log = errorLog56(
    [5, CONNECTED],
    [10, aborted(OUT)],
    [310, aborted(OUT)],
    [612, aborted(OUT)],
  );
  expect(foundOf(RULE, spoken({ log })).facts).toMatchObject({ everySeconds: 301 });
});

test.each([['another reason', aborted('Got timeout reading communication packets')]])(
  'clear: %s',
  (_name, line) => {
    expect(outcomeOf(RULE, spoken({ log: errorLog56([5, CONNECTED], [10, line]) })).status).toBe(
      'clear',
    );
  },
);

test('a session without a database is a client’s, unless the replication account is its user', () => {
  const log = errorLog56([5, CONNECTED], [10, aborted(OUT, 'unconnected', 'repl')]);
  expect(outcomeOf(RULE, spoken({ log })).status).toBe('found');
  const files = { ...spoken({ log }), 'r/master.info': masterInfo() };
  expect(outcomeOf(RULE, files).status).toBe('clear');
  const dump =
    '[Note] Start binlog_dump to master_thread_id(7) slave_server(12), pos(mysql-bin.000001, 4)';
  const source = errorLog56([4, CONNECTED], [5, dump], [10, aborted(OUT, 'unconnected', 'repl')]);
  expect(outcomeOf(RULE, spoken({ log: source })).status).toBe('clear');
});

/** As MariaDB 10.11 wrote them with log_warnings 4: the last client had gone before the answer. */
const MARIADB = `2026-11-21  2:28:50 0 [Note] /usr/sbin/mariadbd: ready for connections.
Version: '10.11.19-MariaDB-0+deb12u1-log'  socket: '/tmp/s'  port: 3306  Debian 12
2026-11-21  2:28:53 11 [ERROR] mariadbd: Got packets out of order
2026-11-21  2:28:56 12 [ERROR] mariadbd: Got packets out of order
2026-11-21  2:28:56 12 [Warning] Could not write packet: fd: 46  state: 1  errno: 32  vio_errno: 1160  length: 37
2026-11-21  2:28:56 12 [ERROR] mariadbd: Got an error writing communication packets
2026-11-21  2:28:56 12 [Warning] Aborted connection 12 to db: 'app' user: 'app' host: '127.0.0.1' (Got packets out of order)
`;

test('MariaDB’s two lines of one connection count once', () => {
  expect(foundOf(RULE, spoken({ log: MARIADB }))).toMatchObject({
    facts: { lines: 2, clients: ['app@127.0.0.1'], beforeLogin: 0 },
  });
});

test('who had not logged in is a probe of the port', () => {
  const log = `2026-11-21  2:28:50 0 [Note] /usr/sbin/mariadbd: ready for connections.
2026-11-21  2:28:59 14 [ERROR] mariadbd: Got packets out of order
2026-11-21  2:28:59 14 [Warning] Aborted connection 14 to db: 'unconnected' user: 'unauthenticated' host: '127.0.0.1' (This connection closed normally without authentication)
`;
  expect(foundOf(RULE, spoken({ log }))).toMatchObject({
    facts: { lines: 1, clients: [], beforeLogin: 1 },
  });
  const mysql97 = errorLog97(
    [0, '[Note] [MY-010914] [Server] Got packets out of order'],
    [2, '[Note] [MY-010914] [Server] Got packets out of order'],
  );
  expect(foundOf(RULE, spoken({ log: mysql97 }))).toMatchObject({
    facts: { lines: 2, clients: [], beforeLogin: 2 },
  });
});

test('a receiver’s own error is not a client’s', () => {
  const receivers = '[ERROR] Slave I/O: Got packets out of order, Error_code: 1156';
  const log = errorLog56([5, CONNECTED], [10, receivers]);
  expect(outcomeOf(RULE, spoken({ log })).status).toBe('clear');
});

describe('an error log alone', () => {
  test('is judged, and names no replica', () => {
    const log = errorLog56(READY56, [10, aborted(OUT)], [12, aborted(OUT)]);
    expect(foundOf(RULE, spoken({ log })).summary).toMatch(/^the server closed 2 connections/);
  });

  test('says nothing of threads that it does not speak of', () => {
    const files = spoken({ log: errorLog56(READY56, [10, aborted('Got an error')]) });
    expect(outcomeOf(RULE, files).status).toBe('clear');
    for (const rule of ['connect-failure', 'apply-error', 'receiver-startup-failure']) {
      expect(outcomeOf(rule, files).status).toBe('not-assessed');
    }
  });

  test('settings alone are no server', () => {
    expect(outcomeOf(RULE, { 'etc/my.cnf': '[mysqld]\nserver_id = 12\n' }).status).toBe(
      'not-assessed',
    );
  });
});

test('not assessed without an error log', () => {
  expect(outcomeOf(RULE, {}).status).toBe('not-assessed');
});
