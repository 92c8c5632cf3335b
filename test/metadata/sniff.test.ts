import { describe, expect, test } from 'vitest';
import { SNIFF_BYTES, sniffMetadata } from '../../src/metadata/sniff.ts';

const kind = (content: string | Buffer, name = 'file-1') =>
  sniffMetadata(typeof content === 'string' ? Buffer.from(content) : content, name);

const FOUR = './r.000004\n3485\nmysql-bin.000002\n3285\n';
const MASTER_HEAD = 'mysql-bin.000002\n7083\ndb1\nrepl\nmade-up-secret\n3306\n60\n';

describe('told by content, whatever the name', () => {
  test.each([
    ['master.info of MySQL 5.6', `23\n${MASTER_HEAD}0\n\n\n\n`, 'master-info'],
    ['master.info, CRLF', `23\n${MASTER_HEAD}`.replaceAll('\n', '\r\n'), 'master-info'],
    ['master.info of 4.1, which counts 14 like 8.0', `14\n${MASTER_HEAD}`, 'master-info'],
    ['master.info before the first connect', '33\n\n4\ndb1\nrepl\n\n3306\n60\n1\n', 'master-info'],
    ['master.info without count', MASTER_HEAD, 'master-info'],
    ['relay-log.info without count', FOUR, 'relay-log-info'],
    ['relay-log.info that never ran', './r.000001\n4\n\n0\n', 'relay-log-info'],
    ['relay-log.info of MariaDB', `5\n${FOUR}0\n7\n0\n`, 'relay-log-info'],
    ['relay-log.info of MySQL 5.6', `7\n${FOUR}0\n0\n1\n`, 'relay-log-info'],
    ['relay-log.info of MySQL 8.0', `14\n${FOUR}0\n16\n1\n\n\n\n0\n1\n1\n\n`, 'relay-log-info'],
    ['worker file', `7\n${FOUR}${FOUR}3\n8\n\x01\0\0\0\0\0\0\0`, 'worker-info'],
    ['index', './r.000001\n./r.000002\n', 'log-index'],
    ['index on Windows', '.\\r.000001\r\nC:\\my logs\\r.000002\r\n', 'log-index'],
    ['index of a named channel', './r-west@002d2@1i.000001\n', 'log-index'],
    ['auto.cnf', '[auto]\nserver-uuid=00f2e600-e4cc-11f1-a177-02fc00000001\n', 'auto-cnf'],
    ['my.cnf', '# of db11\n\n[mysqld]\nserver_id = 11\n', 'settings'],
    [
      'my.cnf that sets the client first',
      '[client]\nport=1\n[mariadb-10.11]\nport=2\n',
      'settings',
    ],
    ['SHOW VARIABLES, by tabs', 'Variable_name\tValue\nserver_id\t11\n', 'settings'],
    [
      'SHOW VARIABLES\\G',
      `${'*'.repeat(27)} 1. row ${'*'.repeat(27)}\nVariable_name: a\n        Value: 1\n`,
      'settings',
    ],
    ['SHOW VARIABLES, boxed', '+---+---+\n| Variable_name | Value |\n+---+---+\n', 'settings'],
    [
      'mysqld --verbose --help',
      'mysqld  Ver 8.4.2 for Linux on x86_64\nDefault options are read from the following files in the given order:\n',
      'settings',
    ],
    ['error log', '2026-11-20 10:43:27 7 [Note] relay log ./r.000001 position: 4\n', 'error-log'],
    [
      'error log that begins inside a message',
      "Version: '5.7.44'\n2015-01-02T03:04:05.123456Z 0 [Note] Event Scheduler: Loaded 0 events\n",
      'error-log',
    ],
    [
      'error log in JSON',
      '{ "prio" : 0, "err_code" : 10931, "subsystem" : "Server", "msg" : "x", "time" : "2026-11-20T10:42:11.123456Z" }\n',
      'error-log',
    ],
    [
      'error log of a container',
      '{"log":"2026-11-20T10:42:11Z 0 [Note] mysqld: Shutdown complete\\n","stream":"stderr","time":"2026-11-20T10:42:11Z"}\n',
      'error-log',
    ],
  ])('%s', (_, content, expected) => {
    expect(kind(content)).toBe(expected);
  });
});

describe('the name decides where the content cannot', () => {
  test.each([
    ['', 'multi-master.info', 'multi-master-info'],
    ['s1\nWeird Name/2\n', 'multi-master.info', 'multi-master-info'],
    ['a.000001\n', 'multi-master.info', 'multi-master-info'],
    ['', 'master.info', 'master-info'],
    ['23\nmysql-bin.0000', 'master-s1.info', 'master-info'],
    ['gar bage\n', 'db1-master.info.bak', 'master-info'],
    ['\0\0\0\0', 'master.info', 'master-info'],
    ['7\n./r.00', 'relay-log-east.info', 'relay-log-info'],
    ['1\n./r.00', 'worker-relay-log.info.1', 'worker-info'],
    ['[auto]\nserver-', 'auto.cnf', 'auto-cnf'],
    ['', 'mysql-bin.index', 'log-index'],
    ['./r.000001\n./r.00', 'r.index', 'log-index'],
  ])('%j named %s', (content, name, expected) => {
    expect(kind(content, name)).toBe(expected);
    expect(kind(content.replace('a.000001', 'a'), 'file-1')).toBeNull();
  });

  test('content that can be told goes before the name', () => {
    expect(kind(`7\n${FOUR}0\n0\n1\n`, 'master.info')).toBe('relay-log-info');
    expect(kind(`23\n${MASTER_HEAD}`, 'mysql-bin.index')).toBe('master-info');
  });
});

describe('texts of outputs', () => {
  const STATUS = '*** 1. row ***\nSlave_IO_Running: Yes\nRead_Master_Log_Pos: 4\n';
  test.each([
    ['show-slave-status.txt', STATUS],
    ['README.md', `# Case 7\n\n\`\`\`\n${STATUS}\`\`\`\n`],
    ['master.info', STATUS],
    ['binlog.index', 'Log_name\tFile_size\nmysql-bin.000001\t154\n'],
    ['variables.txt', 'port\t3306\nserver_id\t11\n'],
    ['gtid_executed.txt', '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77\n'],
  ])('%s: %j', (name, content) => {
    expect(kind(content, name)).toBe('status-text');
  });

  test('a binary file is none, whatever text is in it', () => {
    expect(kind(`${STATUS}\0`, 'show-slave-status.txt')).toBeNull();
    expect(kind(`${'\x01\x02\x03'.repeat(9)}${STATUS}`, 'show-slave-status.txt')).toBeNull();
  });
});

describe('not metadata', () => {
  test.each([
    ['client.cnf', '[client]\nuser = repl\n[mysqldump]\nquick\n'],
    ['pid-list.ini', '[supervisor]\nmysqld = 1\n'],
    ['app.log', '2026-11-20 10:43:27 7 [Note] the weather is fine\n'],
    ['app.log', '2026-11-20T10:43:27.000Z INFO mysqld is well\n'],
    [
      'notes.md',
      '# What the log said\n\nAt night:\n\n2026-11-20 10:43:27 7 [Note] mysqld: ready\n',
    ],
    ['general.log', '2026-11-20T10:43:27.123456Z\t    7 Query\tselect 1\n'],
    ['slow.log', '# Time: 2026-11-20T10:43:27.123456Z\n# User@Host: a[b] @ c []\n'],
    ['db.err', '2026-11-20 10:43:27 0 [Note] ends at /var/lib/mysql/r.000001\n'],
    ['show-slave-status.txt', '*** 1. row ***\nMaster_Log_File: mysql-bin.000001\n'],
    ['master.info', '*************************** 1. row ***\nHost: db1\n'],
    ['relay-log.info', 'Relay_log_pos: 4\n'],
    ['show-binary-logs.txt', 'Log_name\tFile_size\n'],
    ['show-slave-status.txt', ''],
    ['notes.txt', 'port\t3306\nserver_id\t11\n'],
    ['README.md', '# How to\n\nRun `SHOW SLAVE STATUS\\G` and look at Slave_IO_Running.\n'],
    ['monitor.py', 'for row in rows:\n    print(row["Slave_IO_Running"], row["Last_IO_Error"])\n'],
    ['samples.tsv', '#time\tSeconds_Behind_Source\tIO_Running\n10:00\t0\tYes\n'],
    ['ls.txt', '-rw-rw---- 1 root root 313 Nov 20 10:37 db-rep-relay-bin.000001\n'],
    ['mysql-bin.state', '0-1-71\n0-2-3\n'],
    ['truth.md', '# title\nmysql-bin.000001\n'],
    ['journal.txt', '10:43:47.810000\n10:43:48.810000\n'],
    ['journal.txt', 'start:relay-bin.000002\n'],
    ['captured-at.txt', '1795169921 2026-11-20 10:18:41 UTC\n'],
    ['seconds.txt', '1795169921.123456\n1795169922.123456\n'],
    ['numbers.txt', '5\n\n0\n\n0\n0\n'],
    ['page.index', '<html>\n'],
    ['notes.txt', 'one line\n'],
    ['empty.txt', ''],
  ])('%s: %j', (name, content) => {
    expect(kind(content, name)).toBeNull();
  });

  test('binary logs and other binary data, even under the name of an info file', () => {
    const log = Buffer.concat([Buffer.from('fe62696e', 'hex'), Buffer.from(`\x01\x02${FOUR}`)]);
    expect(kind(log, 'mysql-bin.000001')).toBeNull();
    expect(kind(log, 'master.info')).toBeNull();
  });
});

test('a head that ends inside a line of a long index is an index', () => {
  const index = Buffer.from('./relay-bin.000001\n'.repeat(5000));
  expect(kind(index.subarray(0, SNIFF_BYTES), 'file-1')).toBe('log-index');
});
