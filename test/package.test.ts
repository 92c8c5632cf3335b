import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly exports: unknown;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly type: string;
}

const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

test('the dependencies are these, each for a reason: one more is a decision', () => {
  expect(Object.keys(manifest.dependencies)).toEqual([
    'chalk',
    'cli-table3',
    'fast-glob',
    'fflate',
    'fzstd',
    'yargs',
  ]);
  expect(manifest).not.toHaveProperty('optionalDependencies');
  expect(manifest).not.toHaveProperty('peerDependencies');
});

test.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))(
  '%s is pinned to one version (%s)',
  (_name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  },
);

test('it runs on the Node versions that database hosts have', () => {
  expect(manifest.engines).toEqual({ node: '>=20.19' });
  expect(manifest.type).toBe('module');
});

test('nothing of it runs when somebody installs it', () => {
  expect(
    Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?install$/.test(name)),
  ).toEqual([]);
});

describe('what is published', () => {
  test('is listed, not left out', () => {
    expect(manifest.files).toEqual(['bin', 'dist', 'report.schema.json']);
    expect(manifest.exports).toEqual({
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './report.schema.json': './report.schema.json',
      './package.json': './package.json',
    });
  });

  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What npm would publish from here, built apart: other tests run what is in `dist`. */
  beforeAll(() => {
    for (const name of ['package.json', 'LICENSE', 'README.md', 'report.schema.json', 'bin']) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    for (const name of ['src', 'test', 'samples', 'bench', '.ci']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'left-at-home.js'), '');
    }
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    // Errors of types are another test's business: tsc writes all the same
    spawnSync(process.execPath, [tsc, '-p', ROOT, '--outDir', join(folder, 'dist')]);
  });

  test('is the program, its types and the schema of its report', () => {
    const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [pack]: readonly { files: readonly { path: string }[] }[] = JSON.parse(out);
    const paths = pack?.files.map(({ path }) => path) ?? [];
    const program = manifest.bin['repl-forensics'];
    const built = paths.filter((path) => path.startsWith('dist/'));
    expect(new Set(paths.filter((path) => !built.includes(path)))).toEqual(
      new Set(['LICENSE', 'README.md', program, 'package.json', 'report.schema.json']),
    );
    expect(built).toEqual(
      expect.arrayContaining(['dist/cli/main.js', 'dist/index.js', 'dist/index.d.ts']),
    );
    expect(built.filter((path) => !/\.(?:js|d\.ts)$/.test(path))).toEqual([]);
  });
});
