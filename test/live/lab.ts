import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/report/report.ts';
import type { Driver } from './drivers/driver.ts';
import { LiveServer, PASSWORD, USER, until } from './live-server.ts';

const BIN = join(import.meta.dirname, '../../bin/repl-forensics.js');

/** Servers of one scenario, their copies, and the tool run on these. */
export class Lab {
  readonly driver: Driver;
  readonly root = mkdtempSync(join(tmpdir(), 'rf-'));
  readonly #servers: LiveServer[] = [];
  #copies = 0;

  constructor(driver: Driver) {
    this.driver = driver;
  }

  /** Starts a server that others may replicate from. Its first log begins behind the user's making. */
  async server(id: number, options: readonly string[] = []): Promise<LiveServer> {
    const server = new LiveServer(this.driver, this.root, id, options);
    this.#servers.push(server);
    await server.start();
    const { createReplicationUser, words } = this.driver;
    server.sql([...createReplicationUser(USER, PASSWORD), words.resetSource].join('; '));
    return server;
  }

  /** Runs the built command on fresh copies of these servers. */
  scan(...servers: readonly LiveServer[]): Report {
    this.#copies += 1;
    const folders = servers.map((server) =>
      server.copyTo(join(this.root, `copy${this.#copies}`, `db${server.id}`)),
    );
    const args = [BIN, 'scan', ...folders, '--format', 'json', '--fail-on', 'never'];
    const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0 && done.status !== 3) throw new Error(done.stderr);
    return JSON.parse(done.stdout) as Report;
  }

  /** Until the replica has executed all that its source has written. */
  async caughtUp(replica: LiveServer, source: LiveServer): Promise<void> {
    const { file, position } = source.position();
    await until(`server ${replica.id} has executed ${file}:${position}`, () => {
      const log = replica.column('Relay_Master_Log_File', 'Relay_Source_Log_File');
      const at = Number(replica.column('Exec_Master_Log_Pos', 'Exec_Source_Log_Pos'));
      return log > file || (log === file && at >= position);
    });
  }

  async close(): Promise<void> {
    for (const server of this.#servers) await server.stop('SIGKILL');
    if (process.env['LIVE_KEEP'] === undefined) rmSync(this.root, { recursive: true, force: true });
  }
}

/** Checksums of all rows of a table, to hold two servers against each other. */
export const checksumOf = (server: LiveServer, table: string): string =>
  server.sql(`CHECKSUM TABLE ${table}`).split('\t')[1]?.trim() ?? '';
