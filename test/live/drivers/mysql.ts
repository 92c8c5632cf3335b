import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { type Command, type Driver, isInstalled, run } from './driver.ts';
import { sourceReplicaWords } from './words.ts';

const MIRROR = 'http://deb.debian.org/debian';
const PACKAGES = 'mysql-server-core,mysql-client-core';

const root = (): string => join(cacheFolder(), 'debian-sid');

/** A Debian root of its own: nothing of it touches the machine's packages. */
const bootstrapDebian = (): void => {
  if (existsSync(join(root(), 'usr/sbin/mysqld'))) return;
  const part = `${root()}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  run({
    file: 'debootstrap',
    args: ['--variant=minbase', `--include=${PACKAGES}`, 'sid', part, MIRROR],
  });
  renameSync(part, root());
};

/** Runs with the loader and the libraries of that root, so that paths stay those of this machine. */
const inRoot = (program: string, args: readonly string[]): Command => {
  const libraries = ['usr/lib/x86_64-linux-gnu', 'usr/lib/mysql/private'];
  return {
    file: join(root(), 'usr/lib64/ld-linux-x86-64.so.2'),
    args: [
      '--library-path',
      libraries.map((folder) => join(root(), folder)).join(':'),
      join(root(), program),
      ...args,
    ],
  };
};

const server = (options: readonly string[]): Command =>
  inRoot('usr/sbin/mysqld', [
    '--no-defaults',
    `--basedir=${join(root(), 'usr')}`,
    `--lc-messages-dir=${join(root(), 'usr/share/mysql')}`,
    `--character-sets-dir=${join(root(), 'usr/share/mysql/charsets')}`,
    `--plugin-dir=${join(root(), 'usr/lib/mysql/plugin')}`,
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
  inRoot('usr/bin/mysql', [
    '--no-defaults',
    // In batch mode it takes no \G without this (WL#16949, off by default since 9.x)
    '--commands',
    ...args,
  ]);

/** The newest MySQL that Debian packages. */
export const mysql: Driver = {
  name: 'mysql',
  positionsIn: 'tables',
  words: sourceReplicaWords(),
  wordsOf: sourceReplicaWords,
  prepare: () => {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x64';
    if (!existsSync(root()) && (process.getuid?.() !== 0 || !isInstalled('debootstrap'))) {
      return 'needs root and debootstrap (apt-get install debootstrap), once';
    }
    try {
      bootstrapDebian();
      return null;
    } catch (error) {
      return `debootstrap failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  },
  install: (datadir) => {
    run(server(['--initialize-insecure', '--user=root', `--datadir=${datadir}`]));
    // Each copy gets a server_uuid of its own
    rmSync(join(datadir, 'auto.cnf'));
  },
  serverCommand: server,
  get client() {
    return client([]);
  },
  clientCommand: (socket) => client(['-uroot', `--socket=${socket}`]),
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
