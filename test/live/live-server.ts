import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, type Driver, run } from './drivers/driver.ts';
import type { ChangeOptions, Words } from './drivers/words.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

export const USER = 'repl';
export const PASSWORD = 'live-test-pass';

/** Where a server keeps its files, and what it begins with. */
export interface Place {
  /** Short: a path to a socket has 107 bytes at most. */
  readonly root: string;
  /** A data directory as installed. */
  readonly template: string;
}

/** How to start it; what is not given stays as it was. */
export interface Start {
  /** From now on under another server id. */
  readonly id?: number;
  readonly options?: readonly string[];
  /** Leave replication stopped, as a careful DBA does after a crash. */
  readonly still?: boolean;
}

/** One throw-away server on loopback. */
export class LiveServer {
  readonly driver: Driver;
  readonly datadir: string;
  readonly #template: string;
  readonly #socket: string;
  readonly #tmpdir: string;
  #id: number;
  #port = 0;
  #process: ChildProcess | null = null;
  #options: readonly string[];

  constructor(driver: Driver, { root, template }: Place, id: number, options: readonly string[]) {
    this.driver = driver;
    this.datadir = join(root, `s${id}`);
    this.#template = template;
    this.#socket = join(root, `${id}.sock`);
    // Not shared: a server that starts deletes every #sql* in it (sql_base.cc, mysql_rm_tmp_tables)
    this.#tmpdir = join(root, `tmp${id}`);
    this.#id = id;
    this.#options = options;
  }

  get id(): number {
    return this.#id;
  }

  get port(): number {
    return this.#port;
  }

  /** Of its process; throws while it does not run. */
  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error(`server ${this.#id} does not run`);
    return pid;
  }

  async start({
    id = this.#id,
    options = this.#options,
    still = false,
  }: Start = {}): Promise<void> {
    this.#id = id;
    this.#options = options;
    if (!existsSync(this.datadir)) cpSync(this.#template, this.datadir, { recursive: true });
    mkdirSync(this.#tmpdir, { recursive: true });
    if (this.#port === 0) this.#port = await freePort();
    const { file, args, env } = this.driver.serverCommand([
      '--user=root',
      `--datadir=${this.datadir}`,
      `--socket=${this.#socket}`,
      `--tmpdir=${this.#tmpdir}`,
      `--port=${this.#port}`,
      '--bind-address=127.0.0.1',
      `--server-id=${id}`,
      '--log-bin=mysql-bin',
      '--relay-log=relay-bin',
      '--log-slave-updates',
      '--skip-name-resolve',
      `--pid-file=${this.datadir}/server.pid`,
      `--log-error=${this.datadir}/server.err`,
      ...options,
      ...(still ? ['--skip-slave-start'] : []),
    ]);
    const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
    this.#process = child;
    await until(`server ${id} answers`, () => this.isUp || child.exitCode !== null, 60);
    if (!this.isUp) throw new Error(`server ${id} ended: see ${this.datadir}/server.err`);
  }

  get isUp(): boolean {
    try {
      this.sql('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  /** Stops it in order, or as a crash with SIGKILL. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    if (this.driver.shutdown && signal === 'SIGTERM') await this.#shutDown(this.driver.shutdown);
    child.kill(signal);
    await until(
      `server ${this.#id} ends`,
      () => child.exitCode !== null || child.signalCode !== null,
      60,
    );
    this.#process = null;
  }

  async #shutDown({ statement, done }: NonNullable<Driver['shutdown']>): Promise<void> {
    const log = join(this.datadir, 'server.err');
    const before = statSync(log).size;
    this.sql(statement);
    await until(`server ${this.#id} shuts down`, () =>
      readFileSync(log).subarray(before).includes(done),
    );
  }

  /** What the client prints, without headings; statements may end with \G. Throws what the server refuses. */
  sql(statements: string): string {
    const client = this.client();
    return run({ ...client, args: [...client.args, '-N', '-B'] }, statements);
  }

  /** A statement as printed in a plan, \G and all, with its headings. */
  show(statement: string): string {
    const client = this.client();
    return run({ ...client, args: [...client.args, '-e', statement] });
  }

  /** To speak with it beyond a call. */
  client(): Command {
    return this.driver.clientCommand({ socket: this.#socket, port: this.#port });
  }

  words(connection = ''): Words {
    if (connection === '') return this.driver.words;
    const { wordsOf } = this.driver;
    if (!wordsOf) throw new Error(`${this.driver.name} has no names for connections`);
    return wordsOf(connection);
  }

  /** Lets it replicate from `source`, from the begin of its first log. */
  follow(source: LiveServer, options: ChangeOptions = {}, connection = ''): void {
    const { change, start } = this.words(connection);
    const statement = change({
      SOURCE_HOST: '127.0.0.1',
      SOURCE_PORT: source.port,
      SOURCE_USER: USER,
      SOURCE_PASSWORD: PASSWORD,
      SOURCE_CONNECT_RETRY: 1,
      ...(options['SOURCE_AUTO_POSITION'] || options['MASTER_USE_GTID']
        ? {}
        : { SOURCE_LOG_FILE: 'mysql-bin.000001', SOURCE_LOG_POS: 4 }),
      ...options,
    });
    this.sql(`${statement}; ${start}`);
  }

  /** Where its own binary log ends. */
  position(): { readonly file: string; readonly position: number } {
    const [file = '', position = ''] = this.sql(this.driver.words.sourceStatus).split('\t');
    return { file, position: Number(position) };
  }

  /** Of a server that is stopped: all its files into a folder, to put them back later. */
  save(folder: string): void {
    cpSync(this.datadir, folder, { recursive: true });
  }

  restore(folder: string): void {
    rmSync(this.datadir, { recursive: true });
    cpSync(folder, this.datadir, { recursive: true });
  }
}
