import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Driver, run } from './drivers/driver.ts';

export const USER = 'repl';
export const PASSWORD = 'live-test-pass';

/** What a DBA copies off a server. */
const WORTH_COPYING = /(?:-bin\.|\.info|auto\.cnf|\.err$|my\.cnf)/;

/** Waits until `isTrue`; throws when it takes longer than `seconds`. */
export const until = async (what: string, isTrue: () => boolean, seconds = 30): Promise<void> => {
  for (const end = Date.now() + seconds * 1000; !isTrue(); ) {
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(100);
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** One throw-away server on loopback. */
export class LiveServer {
  readonly driver: Driver;
  readonly datadir: string;
  readonly #socket: string;
  #id: number;
  #port = 0;
  #process: ChildProcess | null = null;
  #options: readonly string[];

  constructor(driver: Driver, root: string, id: number, options: readonly string[] = []) {
    this.driver = driver;
    this.datadir = join(root, `s${id}`);
    // A path to a socket has 107 bytes at most
    this.#socket = join(root, `${id}.sock`);
    this.#id = id;
    this.#options = options;
  }

  get id(): number {
    return this.#id;
  }

  get port(): number {
    return this.#port;
  }

  /** `id`: from now on under another server id. */
  async start({ id = this.#id, options = this.#options } = {}): Promise<void> {
    this.#id = id;
    this.#options = options;
    if (!existsSync(this.datadir)) this.driver.install(this.datadir);
    if (this.#port === 0) this.#port = await freePort();
    const { file, args, env } = this.driver.serverCommand([
      '--user=root',
      `--datadir=${this.datadir}`,
      `--socket=${this.#socket}`,
      `--port=${this.#port}`,
      '--bind-address=127.0.0.1',
      `--server-id=${id}`,
      '--log-bin=mysql-bin',
      '--relay-log=relay-bin',
      '--log-slave-updates',
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=16M',
      '--innodb-log-file-size=4M',
      `--pid-file=${this.datadir}/server.pid`,
      `--log-error=${this.datadir}/server.err`,
      ...options,
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
    child.kill(signal);
    await until(
      `server ${this.#id} ends`,
      () => child.exitCode !== null || child.signalCode !== null,
      60,
    );
    this.#process = null;
  }

  /** What the client prints, without headings; statements may end with \G. Throws what the server refuses. */
  sql(statements: string): string {
    const client = this.driver.clientCommand(this.#socket);
    return run({ ...client, args: [...client.args, '-N', '-B', '-e', statements] });
  }

  /** A statement as printed in a plan, \G and all, with its headings. */
  show(statement: string): string {
    const client = this.driver.clientCommand(this.#socket);
    return run({ ...client, args: [...client.args, '-e', statement] });
  }

  /** Columns of its replica status as the server calls them; empty when it replicates from nobody. */
  status(): Readonly<Record<string, string>> {
    const text = this.show(`${this.driver.words.status}\\G`);
    const lines = text.split('\n').map((line) => /^\s*(\w+): ?(.*)$/.exec(line));
    return Object.fromEntries(lines.flatMap((parts) => (parts ? [[parts[1], parts[2]]] : [])));
  }

  /** The first column there is of those, which servers call by old and new words. */
  column(...names: readonly string[]): string {
    const status = this.status();
    const name = names.find((one) => status[one] !== undefined);
    if (name === undefined) throw new Error(`server ${this.#id} shows none of ${names.join(', ')}`);
    return String(status[name]);
  }

  get isReplicating(): boolean {
    const status = this.status();
    const running = [
      'Slave_IO_Running',
      'Replica_IO_Running',
      'Slave_SQL_Running',
      'Replica_SQL_Running',
    ];
    const answers = running.flatMap((name) => status[name] ?? []);
    return answers.length === 2 && answers.every((answer) => answer === 'Yes');
  }

  /** Lets it replicate from `source`, from the begin of its first log. */
  follow(source: LiveServer, options: Readonly<Record<string, string | number>> = {}): void {
    const { change, start } = this.driver.words;
    const statement = change({
      SOURCE_HOST: '127.0.0.1',
      SOURCE_PORT: source.port,
      SOURCE_USER: USER,
      SOURCE_PASSWORD: PASSWORD,
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

  /** Copies what a DBA would copy, as it lies there now. */
  copyTo(folder: string): string {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(this.datadir)) {
      if (WORTH_COPYING.test(name)) copyFileSync(join(this.datadir, name), join(folder, name));
    }
    return folder;
  }
}
