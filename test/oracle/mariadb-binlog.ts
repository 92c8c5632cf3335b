import { spawnSync } from 'node:child_process';

/** MariaDB's printer of logs: `apt-get install mariadb-client`. */
const PROGRAM = 'mariadb-binlog';

export const isInstalled = spawnSync(PROGRAM, ['--version']).error === undefined;

const LARGEST = 256 << 20;

/**
 * What it prints of a log, in UTC. It stops with an error at what it does not know, and what it
 * printed until then counts.
 */
export const printLog = (path: string): Buffer =>
  spawnSync(
    PROGRAM,
    ['--no-defaults', '-vv', '--base64-output=decode-rows', '--skip-gtid-strict-mode', path],
    { env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' }, maxBuffer: LARGEST },
  ).stdout;
