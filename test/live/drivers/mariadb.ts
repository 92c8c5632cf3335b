import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DebianRoot } from './debian-root.ts';
import { type Command, type Driver, isInstalled, run, SMALL_INNODB } from './driver.ts';
import { masterSlaveWords } from './words.ts';

/** Where a MariaDB's programs are. */
interface Installation {
  /** Why they cannot be had, or null. */
  readonly prepare: () => string | null;
  readonly install: (datadir: string, options: readonly string[]) => void;
  readonly server: (options: readonly string[]) => Command;
  /** A client program of it, by its name. */
  readonly client: (name: string, args: readonly string[]) => Command;
  /** Are its clients those on the path? */
  readonly onPath: boolean;
}

const INSTALL = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db'];

const ofMachine: Installation = {
  prepare: () =>
    isInstalled('mariadbd') && isInstalled('mariadb') && isInstalled('mariadb-install-db')
      ? null
      : 'mariadbd, mariadb or mariadb-install-db is not installed (Debian: mariadb-server-core, mariadb-client-core)',
  install: (datadir, options) => {
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    const args = [...INSTALL, `--datadir=${datadir}`, ...options, ...asRoot];
    run({ file: 'mariadb-install-db', args });
  },
  server: (options) => ({ file: 'mariadbd', args: ['--no-defaults', ...options] }),
  onPath: true,
  client: (name, args) => ({ file: name, args: ['--no-defaults', ...args] }),
};

/** Of another Debian suite. Its script of installation has paths of its own: it runs inside that root. */
const ofSuite = (debian: DebianRoot): Installation => ({
  prepare: () => debian.prepare(),
  install: (datadir, options) => {
    const folder = mkdtempSync(join(debian.path, 'var/tmp/rf-'));
    const inside = folder.slice(debian.path.length);
    // --force: a root of its own knows no host names
    const args = [...INSTALL, '--force', `--datadir=${inside}`, ...options, '--user=root'];
    run({ file: 'chroot', args: [debian.path, 'mariadb-install-db', ...args] });
    cpSync(folder, datadir, { recursive: true });
    rmSync(folder, { recursive: true });
  },
  server: (options) =>
    debian.command('usr/sbin/mariadbd', [
      '--no-defaults',
      `--basedir=${join(debian.path, 'usr')}`,
      `--lc-messages-dir=${join(debian.path, 'usr/share/mysql')}`,
      `--character-sets-dir=${join(debian.path, 'usr/share/mysql/charsets')}`,
      `--plugin-dir=${join(debian.path, 'usr/lib/mysql/plugin')}`,
      ...options,
    ]),
  onPath: false,
  client: (name, args) =>
    debian.command(join('usr/bin', name), [
      '--no-defaults',
      `--plugin-dir=${join(debian.path, 'usr/lib/x86_64-linux-gnu/libmariadb3/plugin')}`,
      ...args,
    ]),
});

const mariadbOf = (
  name: string,
  { prepare, install, server, client, onPath }: Installation,
): Driver => ({
  name,
  family: 'mariadb',
  positionsIn: 'files',
  words: masterSlaveWords(),
  wordsOf: masterSlaveWords,
  prepare,
  install: (datadir) => install(datadir, SMALL_INNODB),
  serverCommand: (options) => server([...SMALL_INNODB, ...options]),
  get binlogPrinter() {
    return client('mariadb-binlog', []);
  },
  ...(onPath ? {} : { client: client('mariadb', []) }),
  clientCommand: ({ socket }) => client('mariadb', ['-uroot', '-S', socket]),
  createReplicationUser: (user, password) => [
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'%'`,
  ],
  statusTexts: {},
});

/** As the machine's Debian packages it. */
export const mariadb = mariadbOf('mariadb', ofMachine);

/** The oldest that Debian's mirrors still have. */
export const mariadb105 = mariadbOf(
  'mariadb-10.5',
  ofSuite(new DebianRoot('bullseye', ['mariadb-server-core-10.5', 'mariadb-client-core-10.5'])),
);

export const mariadb118 = mariadbOf(
  'mariadb-11.8',
  ofSuite(new DebianRoot('trixie', ['mariadb-server-core', 'mariadb-client'])),
);
