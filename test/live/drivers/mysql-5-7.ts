import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, type Driver, isInstalled, run, SMALL_INNODB } from './driver.ts';
import { NpmPackage } from './npm-package.ts';
import { masterSlaveWords } from './words.ts';

/** A program for Windows, which Wine runs. */
const files = new NpmPackage('mysql-server-5.7-win-x64@1.0.1', '5.7.30', 'mysqld.exe');

/** Debian's wine64 does not put its loader on the path. */
const LOADERS = ['/usr/lib/wine/wine64', 'wine64'];

const loader = (): string | null =>
  LOADERS.find((path) => (path.startsWith('/') ? existsSync(path) : isInstalled(path))) ?? null;

/** Drive Z is the root of this machine. */
const windowsPath = (option: string): string => option.replace(/=\//, '=Z:/');

const server = (options: readonly string[]): Command => ({
  file: loader() ?? 'wine64',
  args: [
    files.program,
    ...[
      '--no-defaults',
      `--basedir=${files.home}`,
      `--lc-messages-dir=${join(files.home, 'share')}`,
      '--explicit-defaults-for-timestamp',
      '--skip-ssl',
      '--log-syslog=0',
      '--innodb-use-native-aio=0',
      ...SMALL_INNODB,
      ...options,
    ].map(windowsPath),
  ],
  env: { WINEPREFIX: join(files.cache, 'wine'), WINEDEBUG: '-all' },
});

const DONE = 'Shutdown complete';

/** Under Wine it never exits: it is done when its error log, $0, says so. */
const UNTIL_DONE = `
  "$@" >/dev/null 2>&1 & pid=$!
  for second in $(seq 180); do
    sleep 1
    if grep -qs '${DONE}' "$0"; then kill -9 $pid; exit 0; fi
    if ! kill -0 $pid; then break; fi
  done
  cat "$0" >&2; kill -9 $pid; exit 1`;

/** MariaDB's client spells options of TLS otherwise; plans speak to that of the server. */
const MARIADB_AS_MYSQL = `
  for word; do
    shift
    if [ "$word" = --ssl-mode=DISABLED ]; then word=--skip-ssl; fi
    set -- "$@" "$word"
  done
  exec "$0" --no-defaults "$@"`;

const client = (port: number): Command => ({
  file: 'mariadb',
  args: ['--no-defaults', '-uroot', '-h127.0.0.1', `-P${port}`],
});

/**
 * The last one whose line is of its own: between 5.6 and 8.0, with channels and anonymous GTIDs.
 * Wine ends a server now and then (one run in some eighty): run such a story again.
 */
export const mysql57: Driver = {
  name: 'mysql-5.7',
  family: 'mysql-5.7',
  positionsIn: 'files',
  words: masterSlaveWords(),
  prepare: () => (loader() === null ? 'needs Wine (apt-get install wine64)' : files.prepare()),
  install: (datadir) => {
    mkdirSync(datadir, { recursive: true });
    const init = `${datadir}.sql`;
    const log = `${datadir}.err`;
    // Without a socket its root has to be one that comes over TCP
    writeFileSync(init, "CREATE USER root@'%';\nGRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;\n");
    const { file, args, env } = server([
      '--initialize-insecure',
      `--datadir=${datadir}`,
      `--init-file=${init}`,
      `--log-error=${log}`,
      '--log-error-verbosity=3',
    ]);
    run({ file: 'sh', args: ['-c', UNTIL_DONE, log, file, ...args], ...(env ? { env } : {}) });
    rmSync(init);
    rmSync(log);
    // Each copy gets a server_uuid of its own
    rmSync(join(datadir, 'auto.cnf'));
  },
  serverCommand: (options) => server(options),
  // Not in that package
  binlogPrinter: null,
  get client() {
    // By its path: plans find this one under its name
    return {
      file: 'sh',
      args: ['-c', MARIADB_AS_MYSQL, run({ file: 'which', args: ['mariadb'] }).trim()],
    };
  },
  clientCommand: ({ port }) => client(port),
  createReplicationUser: (user, password) => [
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'%'`,
  ],
  // Under Wine SIGTERM ends it at once
  shutdown: { statement: 'SHUTDOWN', done: DONE },
  statusTexts: {},
};
