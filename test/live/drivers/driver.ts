import { spawnSync } from 'node:child_process';

/** The words that differ between the servers, as far as a scenario says them itself. */
export interface Words {
  readonly stop: string;
  readonly start: string;
  readonly status: string;
  readonly sourceStatus: string;
  readonly resetSource: string;
  /** `CHANGE MASTER TO` or its modern form, from options in the modern words. */
  readonly change: (options: Readonly<Record<string, string | number>>) => string;
}

/** How one line of servers is had, set up and started. */
export interface Driver {
  /** `mariadb`, `mysql-5.6`, `mysql`. */
  readonly name: string;
  readonly words: Words;
  /** Makes the programs ready; why they cannot be had, or null. */
  readonly prepare: () => string | null;
  /** Fills an empty data directory. */
  readonly install: (datadir: string) => void;
  readonly serverCommand: (options: readonly string[]) => Command;
  readonly clientCommand: (socket: string) => Command;
  /** Of a user who may replicate, by account. */
  readonly createReplicationUser: (user: string, password: string) => readonly string[];
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end; throws with its stderr when it fails. */
export const run = ({ file, args, env = {} }: Command, input?: string): string => {
  const done = spawnSync(file, args, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
  });
  if (done.error) throw done.error;
  if (done.status !== 0) {
    throw new Error(`${file} ${args.join(' ')}: ${done.stderr.trim() || `exit ${done.status}`}`);
  }
  return done.stdout;
};

export const isInstalled = (program: string): boolean =>
  spawnSync('which', [program], { stdio: 'ignore' }).status === 0;

/** The old words: MySQL up to 8.0.22, and MariaDB. */
export const oldWords: Words = {
  stop: 'STOP SLAVE',
  start: 'START SLAVE',
  status: 'SHOW SLAVE STATUS',
  sourceStatus: 'SHOW MASTER STATUS',
  resetSource: 'RESET MASTER',
  change: (options) =>
    `CHANGE MASTER TO ${assignments(options, (name) => name.replace(/^SOURCE_/, 'MASTER_'))}`,
};

export const newWords: Words = {
  stop: 'STOP REPLICA',
  start: 'START REPLICA',
  status: 'SHOW REPLICA STATUS',
  sourceStatus: 'SHOW BINARY LOG STATUS',
  resetSource: 'RESET BINARY LOGS AND GTIDS',
  change: (options) => `CHANGE REPLICATION SOURCE TO ${assignments(options, (name) => name)}`,
};

/** Texts are quoted; what is in parentheses or is a number stands as it is. */
const assignments = (
  options: Readonly<Record<string, string | number>>,
  word: (name: string) => string,
): string =>
  Object.entries(options)
    .map(([name, value]) => {
      const bare = typeof value === 'number' || /^\(|^(?:no|slave_pos|current_pos)$/.test(value);
      return `${word(name)} = ${bare ? value : `'${value}'`}`;
    })
    .join(', ');
