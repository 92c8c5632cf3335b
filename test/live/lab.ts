import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/report/report.ts';
import type { Driver } from './drivers/driver.ts';
import { LiveServer, PASSWORD, USER } from './live-server.ts';

const BIN = join(import.meta.dirname, '../../bin/repl-forensics.js');

/** What a DBA copies off a server. */
const WORTH_COPYING = /(?:-bin(?:-.+)?\.|\.info(?:\.\d+)?$|auto\.cnf|\.err$|my\.cnf|-status\.txt$)/;

/** Servers of one scenario, their copies, and the tool run on these. */
export class Lab {
  readonly driver: Driver;
  readonly root = mkdtempSync(join(tmpdir(), 'rf-'));
  readonly #template: string;
  readonly #copies: string;
  readonly #servers: LiveServer[] = [];
  #scans = 0;

  /** `keep`: a folder for the copies that outlives the scenario. */
  constructor(driver: Driver, template: string, keep: string | null = null) {
    this.driver = driver;
    this.#template = template;
    this.#copies = keep ?? this.root;
  }

  /** Starts servers that others may replicate from. Their first logs begin behind the user's making. */
  servers(ids: readonly number[], options: readonly string[] = []): Promise<LiveServer[]> {
    return Promise.all(
      ids.map(async (id) => {
        const place = { root: this.root, template: this.#template };
        const server = new LiveServer(this.driver, place, id, options);
        this.#servers.push(server);
        await server.start();
        const { createReplicationUser, words } = this.driver;
        server.sql([...createReplicationUser(USER, PASSWORD), words.resetSource].join('; '));
        return server;
      }),
    );
  }

  /** Runs the built command on fresh copies of these servers. */
  scan(servers: readonly LiveServer[], ...options: readonly string[]): Report {
    this.#scans += 1;
    const folders = servers.map((server) =>
      this.#copy(server, join(this.#copies, `scan-${this.#scans}`, `db${server.id}`)),
    );
    const args = [BIN, 'scan', ...folders, '--format', 'json', '--fail-on', 'never', ...options];
    const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0 && done.status !== 3) throw new Error(done.stderr);
    return JSON.parse(done.stdout) as Report;
  }

  /** As it lies there now, the server running or not. */
  #copy(server: LiveServer, folder: string): string {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(server.datadir)) {
      const file = join(server.datadir, name);
      // What a server makes for a moment may be gone by now
      if (WORTH_COPYING.test(name) && existsSync(file)) copyFileSync(file, join(folder, name));
    }
    for (const [name, statement] of Object.entries(this.driver.statusTexts)) {
      if (server.isUp) writeFileSync(join(folder, name), server.show(statement));
    }
    return folder;
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop('SIGKILL')));
    if (process.env['LIVE_KEEP'] === undefined) rmSync(this.root, { recursive: true, force: true });
  }
}
