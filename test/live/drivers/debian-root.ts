import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { type Command, isInstalled, run } from './driver.ts';

const MIRROR = 'http://deb.debian.org/debian';

/** A Debian root of its own, of one suite: nothing of it touches the machine's packages. */
export class DebianRoot {
  readonly suite: string;
  readonly #packages: readonly string[];

  constructor(suite: string, packages: readonly string[]) {
    this.suite = suite;
    this.#packages = packages;
  }

  get path(): string {
    return join(cacheFolder(), `debian-${this.suite}`);
  }

  /** Fetches it, once; why it cannot be had, or null. */
  prepare(): string | null {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x64';
    if (existsSync(this.path)) return null;
    if (process.getuid?.() !== 0 || !isInstalled('debootstrap')) {
      return 'needs root and debootstrap (apt-get install debootstrap), once';
    }
    try {
      this.#bootstrap();
      return null;
    } catch (error) {
      return `debootstrap failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #bootstrap(): void {
    const part = `${this.path}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    const include = `--include=${this.#packages.join(',')}`;
    run({ file: 'debootstrap', args: ['--variant=minbase', include, this.suite, part, MIRROR] });
    renameSync(part, this.path);
  }

  /** Runs with the loader and the libraries of that root, so that paths stay those of this machine. */
  command(program: string, args: readonly string[]): Command {
    const libraries = ['usr/lib/x86_64-linux-gnu', 'usr/lib/mysql/private'];
    return {
      // Not its place in lib64: there bullseye has a link to a path of the machine
      file: join(this.path, 'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'),
      args: [
        '--library-path',
        libraries.map((folder) => join(this.path, folder)).join(':'),
        join(this.path, program),
        ...args,
      ],
    };
  }
}
