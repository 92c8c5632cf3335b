import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DebianRoot } from './debian-root.ts';
import { type Command, type Driver, run } from './driver.ts';
import { sourceReplicaWords } from './words.ts';

const debian = new DebianRoot('sid', ['mysql-server-core', 'mysql-client-core']);

const server = (options: readonly string[]): Command =>
  debian.command('usr/sbin/mysqld', [
    '--no-defaults',
    `--basedir=${join(debian.path, 'usr')}`,
    `--lc-messages-dir=${join(debian.path, 'usr/share/mysql')}`,
    `--character-sets-dir=${join(debian.path, 'usr/share/mysql/charsets')}`,
    `--plugin-dir=${join(debian.path, 'usr/lib/mysql/plugin')}`,
    '--secure-file-priv=NULL',
    '--mysqlx=OFF',
    '--innodb-buffer-pool-size=16M',
    '--innodb-redo-log-capacity=16M',
    // Positions are what most stories are about; those about GTIDs ask for them
    '--gtid-mode=OFF',
    '--enforce-gtid-consistency=OFF',
    ...options,
  ]);

const client = (args: readonly string[]): Command =>
  debian.command('usr/bin/mysql', [
    '--no-defaults',
    // In batch mode it takes no \G without this (WL#16949, off by default since 9.x)
    '--commands',
    ...args,
  ]);

/** The newest MySQL that Debian packages. */
export const mysql: Driver = {
  name: 'mysql',
  family: 'mysql',
  positionsIn: 'tables',
  words: sourceReplicaWords(),
  wordsOf: sourceReplicaWords,
  prepare: () => debian.prepare(),
  install: (datadir) => {
    run(server(['--initialize-insecure', '--user=root', `--datadir=${datadir}`]));
    // Each copy gets a server_uuid of its own
    rmSync(join(datadir, 'auto.cnf'));
  },
  serverCommand: server,
  get binlogPrinter() {
    return debian.command('usr/bin/mysqlbinlog', ['--no-defaults']);
  },
  get client() {
    return client([]);
  },
  clientCommand: ({ socket }) => client(['-uroot', `--socket=${socket}`]),
  createReplicationUser: (user, password) => [
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'%'`,
  ],
  statusTexts: {
    'show-replica-status.txt': 'SHOW REPLICA STATUS\\G',
    'show-binary-logs.txt': 'SHOW BINARY LOGS',
    'show-binary-log-status.txt': 'SHOW BINARY LOG STATUS\\G',
    'slave-master-info.txt': 'SELECT * FROM mysql.slave_master_info\\G',
    'slave-relay-log-info.txt': 'SELECT * FROM mysql.slave_relay_log_info\\G',
    'slave-worker-info.txt': 'SELECT * FROM mysql.slave_worker_info\\G',
  },
};
