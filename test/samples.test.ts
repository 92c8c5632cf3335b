import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCode } from '../src/report/exit-code.ts';
import { type Format, renderers } from '../src/report/renderers/index.ts';
import type { Report } from '../src/report/report.ts';
import { scan } from '../src/scan.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const now = new Date('2026-11-20T12:00:00Z');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const samples = readdirSync(join(root, 'samples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The rows of samples/README.md: name and exit code. */
const listed = new Map(
  Array.from(
    read('samples/README.md').matchAll(/^\| \[([^\]]+)\]\(([^)]+)\) .*\| (\d) +\|$/gm),
  ).map(([, name = '', link, exit]) => [name, { link, exit: Number(exit) }]),
);

const validate = new Ajv({ strict: true, allErrors: true }).compile(
  JSON.parse(read('report.schema.json')),
);

/** Paths in a report are those that were given: relative ones keep the goldens free of any machine. */
const scanSample = (name: string): Promise<Report> => scan([`samples/${name}/files`], { now });

const written = (report: Report, format: Format, width = 100): string =>
  renderers[format](report, { width, color: 0, minSeverity: 'info' });

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Passwords in clear: line 6 of master.info, the column of a printed mysql.slave_master_info. */
const secretsOf = (name: string): string[] =>
  filesBelow(join(root, 'samples', name, 'files')).flatMap((path) => {
    if (basename(path) === 'master.info') return readFileSync(path, 'utf8').split('\n')[5] ?? [];
    if (basename(path) !== 'slave_master_info.txt') return [];
    return /User_password: (.+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? [];
  });

beforeEach(() => process.chdir(root));
afterEach(() => process.chdir(root));

test('samples/README.md lists every sample, and no other', () => {
  expect([...listed.keys()].sort()).toEqual(samples);
  for (const [name, { link }] of listed) expect(link).toBe(`${name}/story.md`);
});

describe.each(samples)('%s', (name) => {
  test('gives the reports that lie beside it', async () => {
    const report = await scanSample(name);
    const folder = join(root, 'samples', name);
    const json = written(report, 'json');
    validate(JSON.parse(json));
    expect(validate.errors ?? []).toEqual([]);
    await expect(json).toMatchFileSnapshot(join(folder, 'report.json'));
    await expect(written(report, 'text')).toMatchFileSnapshot(join(folder, 'report.txt'));
  });

  test('gives the exit code that samples/README.md says', async () => {
    const report = await scanSample(name);
    expect(exitCode({ report, failOn: 'high' })).toBe(listed.get(name)?.exit);
  });

  test('gives the same report wherever it lies, whatever the times of its files', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'repl-forensics-'));
    try {
      const files = join('samples', name, 'files');
      cpSync(join(root, files), join(elsewhere, files), { recursive: true });
      const here = written(await scanSample(name), 'json');
      process.chdir(elsewhere);
      expect(written(await scanSample(name), 'json')).toBe(here);
    } finally {
      process.chdir(root);
      rmSync(elsewhere, { recursive: true });
    }
  });

  test('shows no password, in no format', async () => {
    const report = await scanSample(name);
    const secrets = secretsOf(name);
    expect(secrets).not.toEqual([]);
    for (const format of Object.keys(renderers) as Format[]) {
      for (const width of [40, 80, 1000]) {
        const text = written(report, format, width);
        for (const secret of secrets) expect(text, format).not.toContain(secret);
      }
    }
  });

  test('stays small: half a MiB, but for one relay log that is larger by itself', () => {
    const bytes = filesBelow(join(root, 'samples', name, 'files')).reduce(
      (sum, path) => sum + readFileSync(path).byteLength,
      0,
    );
    expect(bytes).toBeLessThan((name === 'loop-removed-server-mysql-9.7' ? 704 : 512) * 1024);
  });
});

test('the JSON of a loop tells what its story tells', async () => {
  const facts = async (name: string) => (await scanSample(name)).findings.map((one) => one.facts);
  expect(await facts('loop-removed-server-mysql-5.6')).toMatchObject([
    { loopingServerId: 3, transactions: 2, laps: 214, running: true, cause: 'removed-server' },
  ]);
  expect(await facts('loop-removed-server-mysql-9.7')).toMatchObject([
    { loopingServerId: 103, transactions: 3, laps: 803, running: true, cause: 'removed-server' },
  ]);
  expect(await facts('loop-renumbered-server-mariadb')).toMatchObject([
    { loopingServerId: 1, laps: 424, running: true, cause: 'renumbered-server', renumberedTo: 4 },
  ]);
});
