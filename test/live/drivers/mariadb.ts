import { type Driver, isInstalled, run, SMALL_INNODB } from './driver.ts';
import { masterSlaveWords } from './words.ts';

/** MariaDB as Debian packages it (mariadb-server-core, mariadb-client-core). */
export const mariadb: Driver = {
  name: 'mariadb',
  positionsIn: 'files',
  words: masterSlaveWords(),
  wordsOf: masterSlaveWords,
  prepare: () =>
    isInstalled('mariadbd') && isInstalled('mariadb') && isInstalled('mariadb-install-db')
      ? null
      : 'mariadbd, mariadb or mariadb-install-db is not installed (Debian: mariadb-server-core, mariadb-client-core)',
  install: (datadir) => {
    run({
      file: 'mariadb-install-db',
      args: [
        '--no-defaults',
        `--datadir=${datadir}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        ...SMALL_INNODB,
        ...(process.getuid?.() === 0 ? ['--user=root'] : []),
      ],
    });
  },
  serverCommand: (options) => ({
    file: 'mariadbd',
    args: ['--no-defaults', ...SMALL_INNODB, ...options],
  }),
  clientCommand: (socket) => ({ file: 'mariadb', args: ['--no-defaults', '-uroot', '-S', socket] }),
  createReplicationUser: (user, password) => [
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'%'`,
  ],
  statusTexts: {},
};
