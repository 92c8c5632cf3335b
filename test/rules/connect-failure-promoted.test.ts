import { describe, expect, test } from 'vitest';
import { parseStatusText } from '../../src/metadata/status-text/status-text.ts';
import { binaryLog, RelayLog, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';
import {
  CONNECTED,
  errorLog56,
  errorLog97,
  READY56,
  slaveStatus,
} from '../support/thread-lines.ts';

const RULE = 'connect-failure';
/** 10:00:00 of the error logs. */
const TEN = Date.UTC(2023, 10, 15, 10) / 1000;
const DAY = 86_400;

const failed = (attempt: number): string =>
  `[ERROR] Slave I/O: error connecting to master 'repl@db1:3306' - retry-time: 30  retries: ${attempt}, Error_code: 2003`;
const three: ReadonlyArray<readonly [number, string]> = [
  [10, failed(1)],
  [40, failed(2)],
  [90, failed(3)],
];
const log56 = errorLog56(READY56, ...three);
const log97 = errorLog97(
  ...three.map(([at, text]) => [at, text.replace(']', '] [MY-010584] [Repl]')] as const),
);
const maria = (attempt: number): string =>
  `[ERROR] Slave I/O: error reconnecting to master 'repl@db1:3306' - retry-time: 60  maximum-retries: 100000  message: Can't connect to server on 'db1' (111 "Connection refused"), Internal MariaDB error code: 2003, try ${attempt}`;
const READY_MARIA: readonly [number, string] = [
  0,
  "[Note] mariadbd: ready for connections.\nVersion: '10.11.19-MariaDB-log'  socket: '/tmp/s'  port: 3306  Debian 12",
];
const deleted = (name: string): string =>
  `[Note] Deleted Master_info file '/var/lib/mysql/${name}'.`;
const CHANGE =
  "[Note] 'CHANGE MASTER TO executed'. Previous state master_host='', master_port='3306', master_log_file='', master_log_pos='4'. New state master_host='db1', master_port='3306', master_log_file='mysql-bin.000001', master_log_pos='4'.";

const EMPTY = 'mysql> SHOW SLAVE STATUS\\G\nEmpty set (0.00 sec)\n';
const AUTO = '[auto]\nserver-uuid=3e11fa47-71ca-11e1-9e33-c80aa9429562\n';

const isOver = (by: string, files: Files): void => {
  const outcome = outcomeOf(RULE, files);
  expect(outcome).toMatchObject({
    status: 'found',
    findings: [
      {
        found: {
          severity: 'low',
          confidence: 'likely',
          facts: { standing: 'over' },
          subject: { trouble: { released: { by } } },
        },
        fix: null,
      },
    ],
  });
};

const stands = (files: Files): void => {
  expect(foundOf(RULE, files)).toMatchObject({ severity: 'high', confidence: 'proven' });
};

describe('a replica that was promoted is none any more: over, without a plan', () => {
  test.each([
    ['an empty set', EMPTY],
    ['of every channel', 'MariaDB [(none)]> show all slaves status;\n\nEmpty set (0.000 sec)\n'],
    ['as replicas are called today', 'mysql> show replica status\\G\nEmpty set (0.00 sec)\n'],
    ['nothing but the next prompt', 'mysql> show slave status\\G\nmysql> show master status;\n'],
    ['in a shell', '[root@db2 ~]# mysql -e "show slave status\\G"\n[root@db2 ~]# date\n'],
    ['that was taken later', `2023-11-15 10:05:00 UTC\n${EMPTY}`],
  ])('by its status: %s', (_, text) => {
    isOver('empty-status', { 'r/db.err': log97, 'r/ticket.txt': text });
  });

  test('by the RESET that MariaDB logs', () => {
    const log = errorLog56(
      READY_MARIA,
      [10, maria(1)],
      [90, deleted('master.info')],
      [90, deleted('relay-log.info')],
      [99, READY_MARIA[1]],
    );
    isOver('reset-logged', { 'r/db.err': log });
  });

  test('by relay logs that begin anew, and hold nothing of a source (MySQL 5.6)', () => {
    const relay = new RelayLog({ at: TEN + DAY });
    isOver('reset-seen', { 'r/db.err': log56, 'r/relay-bin.000001': relay });
  });

  test('by the same, whenever they were begun, where it had been connected before', () => {
    const relay = new RelayLog({ at: TEN + 120 });
    isOver('reset-seen', {
      'r/db.err': errorLog56(READY56, [5, CONNECTED], ...three),
      'r/relay-bin.000001': relay,
    });
  });

  test('by a folder without a channel whose server has written since (MySQL to 5.7)', () => {
    const own = binaryLog({ serverId: 2 });
    own.at(TEN + DAY);
    write(own, { sql: 'INSERT INTO orders VALUES (1)', serverId: 2, xid: 9 });
    isOver('no-status-files', { 'r/db.err': log56, 'r/auto.cnf': AUTO, 'r/mysql-bin.000001': own });
  });

  test('by MariaDB’s list of connections without a master.info', () => {
    const log = errorLog56(READY_MARIA, [10, maria(1)]);
    isOver('no-status-files', { 'r/db.err': log, 'r/multi-master.info': '' });
  });
});

describe('is not taken for promoted', () => {
  test('an error log alone, or with logs and nothing that says which files there are', () => {
    stands({ 'r/db.err': log56 });
    stands({ 'r/db.err': log56, 'r/mysql-bin.000001': binaryLog({ serverId: 2 }) });
    stands({ 'r/db.err': log56, 'r/auto.cnf': AUTO });
  });

  test('an empty status from before the failure', () => {
    stands({ 'r/db.err': log97, 'r/ticket.txt': `2023-11-15 09:00:00 UTC\n${EMPTY}` });
  });

  test('the source’s empty status above the replica’s own', () => {
    const status = slaveStatus({
      Slave_IO_Running: 'Connecting',
      Last_IO_Errno: 2003,
      Last_IO_Error: "error connecting to master 'repl@db1:3306' - retry-time: 30  retries: 3",
    });
    stands({ 'r/db.err': log56, 'r/ticket.txt': `${EMPTY}\n${status}` });
  });

  test('an empty status beside a channel’s own files, which a RESET ALL deletes', () => {
    stands({ 'r/db.err': log56, 'r/ticket.txt': EMPTY, 'r/master.info': masterInfo() });
  });

  test.each([
    ['that a page tells to look at', 'Run SHOW SLAVE STATUS;\nEmpty set is what a source says\n'],
    ['that failed', 'mysql> show slave status\\G\nERROR 1227 (42000): Access denied\nmysql> \\q\n'],
    ['of one channel', "mysql> show slave status for channel 'a'\\G\nEmpty set (0.00 sec)\n"],
    ['whose output is not there', 'mysql> show slave status\\G\n'],
  ])('a status %s', (_, text) => {
    expect(parseStatusText(Buffer.from(text), 'ticket.txt').value.sections).toEqual([]);
  });

  test('a RESET before another CHANGE, or of another connection', () => {
    stands({
      'r/db.err': errorLog56(
        READY_MARIA,
        [5, deleted('master.info')],
        [6, CHANGE],
        [10, maria(1)],
        [40, deleted('master-other.info')],
      ),
    });
    const changed = errorLog56(
      READY_MARIA,
      [10, maria(1)],
      [100, deleted('master.info')],
      [101, CHANGE],
    );
    expect(foundOf(RULE, { 'r/db.err': changed })).toMatchObject({
      confidence: 'possible',
      facts: { standing: 'unclear' },
    });
  });

  test('relay logs from before it, or of a connect that never came to be', () => {
    stands({ 'r/db.err': log56, 'r/relay-bin.000001': new RelayLog({ at: TEN - DAY }) });
    stands({
      'r/db.err': errorLog56(READY56, [2, CONNECTED], [5, CHANGE], ...three),
      'r/relay-bin.000001': new RelayLog({ at: TEN + 5 }),
    });
    stands({ 'r/db.err': log56, 'r/relay-bin.000007': new RelayLog({ at: TEN + DAY }) });
  });

  test('a named connection of MariaDB, which the list still holds', () => {
    const named = maria(1).replace('Slave I/O:', "Master 'a': Slave I/O:");
    stands({ 'r/db.err': errorLog56(READY_MARIA, [10, named]), 'r/multi-master.info': 'a\n' });
  });
});
