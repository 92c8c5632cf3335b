import { spawnSync } from 'node:child_process';
import type { Words } from './words.ts';

/** How one line of servers is had, set up and started. */
export interface Driver {
  /** As `--server` takes it. */
  readonly name: string;
  /** What stories tell apart: versions of one family differ in nothing that a story turns on. */
  readonly family: 'mariadb' | 'mysql-5.6' | 'mysql-5.7' | 'mysql';
  readonly words: Words;
  /** Where it keeps the positions of both threads: only files can be old, edited or copied. */
  readonly positionsIn: 'files' | 'tables';
  /** Where connections have names. */
  readonly wordsOf?: (connection: string) => Words;
  /** Makes the programs ready; why they cannot be had, or null. */
  readonly prepare: () => string | null;
  /** Fills a data directory that is not there yet. */
  readonly install: (datadir: string) => void;
  readonly serverCommand: (options: readonly string[]) => Command;
  /** Where a plan's `mysql` or `mariadb` is not the one on the path. */
  readonly client?: Command;
  /** Prints its binary logs as statements: of its own version, since others print variables that it lacks. */
  readonly binlogPrinter: Command | null;
  readonly clientCommand: (address: Address) => Command;
  /** Where SIGTERM does not end it in order: the statement that does, and what its error log says when it is done. */
  readonly shutdown?: { readonly statement: string; readonly done: string };
  /** Of a user who may replicate, by account. */
  readonly createReplicationUser: (user: string, password: string) => readonly string[];
  /** A file a statement, for a server that keeps no status files: what a DBA would save beside the copies. */
  readonly statusTexts: Readonly<Record<string, string>>;
}

/** Where a server listens. */
export interface Address {
  readonly socket: string;
  readonly port: number;
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

/** Small files: many servers begin with a copy of them. */
export const SMALL_INNODB = ['--innodb-buffer-pool-size=16M', '--innodb-log-file-size=4M'];
