import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The program as it is installed. */
export interface BuiltProgram {
  readonly bin: string;
  remove(): void;
}

/** Builds the program into a folder of its own: other tests write what is in `dist`. */
export const buildProgram = (): BuiltProgram => {
  const folder = mkdtempSync(join(tmpdir(), 'built-program-'));
  for (const name of ['package.json', 'bin']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  spawnSync(process.execPath, [tsc, '-p', ROOT, '--outDir', join(folder, 'dist')]);
  return {
    bin: join(folder, 'bin/repl-forensics.js'),
    remove: () => rmSync(folder, { recursive: true }),
  };
};
