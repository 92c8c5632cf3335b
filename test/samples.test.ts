import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCode } from '../src/report/exit-code.ts';
import { type Format, renderers } from '../src/report/renderers/index.ts';
import type { Report } from '../src/report/report.ts';
import { rules } from '../src/rules/index.ts';
import { scan } from '../src/scan.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Most were recorded on one day, some on the next. */
const DAY = new Date('2026-11-20T12:00:00Z');
const NEXT_DAY = new Date('2026-11-21T12:00:00Z');
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

/** Those that samples/README.md marks. */
const recordedLater = new Set(
  Array.from(
    read('samples/README.md').matchAll(/^\| \[([^\]]+)\][^|]*\|[^|]*\| \* /gm),
    ([, name = '']) => name,
  ),
);

const validate = new Ajv({ strict: true, allErrors: true }).compile(
  JSON.parse(read('report.schema.json')),
);

/** Paths in a report are those that were given: relative ones keep the goldens free of any machine. */
const scanSample = (name: string): Promise<Report> =>
  scan([`samples/${name}/files`], { now: recordedLater.has(name) ? NEXT_DAY : DAY });

const written = (report: Report, format: Format, width = 100): string =>
  renderers[format](report, { width, color: 0, minSeverity: 'info' });

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Passwords in clear: line 6 of a master.info, the column of a printed mysql.slave_master_info. */
const secretsOf = (name: string): string[] =>
  filesBelow(join(root, 'samples', name, 'files'))
    .map((path) => {
      const file = basename(path);
      if (/^master(?:-.*)?\.info$/.test(file)) return readFileSync(path, 'utf8').split('\n')[5];
      if (file !== 'slave_master_info.txt') return undefined;
      return /User_password: (.+)/.exec(readFileSync(path, 'utf8'))?.[1];
    })
    .filter((secret): secret is string => secret !== undefined && secret !== '');

/** A source alone has nobody's password beside its logs, nor has a replica whose positions are in tables. */
const withoutPassword = [
  'encrypted-mysql-9.7',
  'local-delete-mysql-9.7',
  'long-transaction-mariadb',
  'oversized-transaction-mariadb',
  'packets-out-of-order-mysql-5.6',
  'refused-command-mysql-9.7',
];

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
    expect(secrets.length > 0).toBe(!withoutPassword.includes(name));
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

test('all together stay below five MiB', () => {
  const bytes = filesBelow(join(root, 'samples')).reduce(
    (sum, path) => sum + readFileSync(path).byteLength,
    0,
  );
  expect(bytes).toBeLessThan(5 * 1024 ** 2);
});

test('every rule is shown by a sample', async () => {
  const shown = new Set<string>();
  for (const name of samples) {
    for (const { rule } of (await scanSample(name)).findings) shown.add(rule);
  }
  expect([...shown].sort()).toEqual(rules.map(({ id }) => id).sort());
});

test('the one sample made by hand differs from the server’s files only in relay-log.info', () => {
  const host = (name: string) => join(root, 'samples', name, 'files/db-rep');
  const made = host('mismatched-relay-log-info-mysql-5.6');
  const real = host('healthy-pair-mysql-5.6');
  const names = readdirSync(real).sort();
  expect(readdirSync(made).sort()).toEqual(names);
  const bytes = (folder: string, name: string) => readFileSync(join(folder, name), 'latin1');
  expect(names.filter((name) => bytes(made, name) !== bytes(real, name))).toEqual([
    'relay-log.info',
  ]);
});

test('the JSON of a position fault tells what its story tells', async () => {
  const facts = async (name: string, rule: string) =>
    (await scanSample(name)).findings.find((one) => one.rule === rule)?.facts;
  expect(await facts('stale-info-mariadb', 'applier-position-behind')).toMatchObject({
    recordedPosition: 3120,
    truePosition: 9696,
    appliedTwice: 24,
  });
  expect(await facts('stale-info-mysql-5.7', 'applier-position-behind')).toMatchObject({
    recordedPosition: 1127,
    truePosition: 4135,
    appliedTwice: 8,
  });
  expect(await facts('edited-relay-log-info-mysql-5.6', 'position-off-boundary')).toMatchObject({
    relayPosition: 3485,
    eventBegins: 3448,
    eventEnds: 3530,
  });
  expect(await facts('lost-relay-tail-mariadb', 'receiver-position-ahead')).toMatchObject({
    readPosition: 10778,
    relayEnd: 10262,
    lastWholeTransaction: 10188,
  });
  expect(await facts('source-lost-tail-mysql-5.6', 'impossible-source-position')).toMatchObject({
    askedPosition: 7083,
    sourceEnds: 5817,
    transactionsOnlyOnReplica: 4,
  });
  expect(await facts('silent-gap-mysql-5.6', 'relay-log-gap')).toMatchObject({
    from: 4441,
    to: 7942,
    lastWholeTransaction: 4441,
    applied: true,
  });
});

test('the plan of a position fault goes where the live server was healed', async () => {
  const changes = async (name: string) =>
    (await scanSample(name)).plan
      .map(({ run }) => run)
      .filter((run) => run.startsWith('CHANGE MASTER'));
  const to = (file: string, position: number) =>
    expect.stringContaining(`MASTER_LOG_FILE = '${file}', MASTER_LOG_POS = ${position}`);
  expect(await changes('stale-info-mariadb')).toEqual([to('mysql-bin.000002', 9696)]);
  expect(await changes('stale-info-mysql-5.7')).toEqual([to('mysql-bin.000001', 4135)]);
  expect(await changes('edited-relay-log-info-mysql-5.6')).toEqual([to('mysql-bin.000002', 3285)]);
  expect(await changes('lost-relay-tail-mariadb')).toEqual([to('mysql-bin.000002', 6067)]);
  expect(await changes('source-lost-tail-mysql-5.6')).toEqual([to('mysql-bin.000003', 4)]);
  expect(await changes('silent-gap-mysql-5.6')).toEqual([]);
  expect(await changes('mismatched-relay-log-info-mysql-5.6')).toEqual([]);
});

test('the JSON of a GTID or index fault tells what its story tells', async () => {
  const facts = async (name: string, rule: string) =>
    (await scanSample(name)).findings.find((one) => one.rule === rule)?.facts;
  const ea = '764a4c33-e4ce-11f1-b130-02fc00000001';
  const eb = '76c4d099-e4ce-11f1-8167-02fc00000001';
  expect(await facts('errant-gtid-mysql-9.7', 'errant-gtid')).toMatchObject({
    state: 'local',
    gtids: `${eb}:1-3:adhoc:1`,
  });
  expect(await facts('reset-source-mysql-9.7', 'errant-gtid')).toMatchObject({
    state: 'lost-by-source',
    sourceUuid: true,
    gtids: `${ea}:2-11`,
    reused: `${ea}:1`,
  });
  expect(await facts('missing-relay-log-mysql-9.7', 'broken-relay-index')).toMatchObject({
    kind: 'missing-log',
    logs: ['kb-relay-bin.000005'],
    passed: false,
  });
  expect(await facts('purged-source-log-mysql-9.7', 'purged-source-log')).toMatchObject({
    asked: 'mysql-bin.000001:6765',
    oldest: 'mysql-bin.000004',
  });
  expect(await facts('skipped-transactions-mysql-9.7', 'gtid-gap')).toMatchObject({
    missing: '8d2a781f-e543-11f1-83e7-02fc00000001:9-11',
    stillOnSource: true,
  });
});

test('the JSON of an apply error tells what its story tells', async () => {
  const of = async (name: string) => {
    const { findings, plan } = await scanSample(name);
    expect(plan).toEqual([]);
    return findings.find(({ rule }) => rule === 'apply-error');
  };
  const textOf = (found: Awaited<ReturnType<typeof of>>, path: RegExp) =>
    found?.evidence.find((one) => path.test(one.path))?.text;
  const rows = await of('local-insert-mariadb');
  expect(rows?.facts).toMatchObject({
    class: 'local-write',
    gtid: '0-11-11',
    key: { columns: ['@1'], values: ['6'], toldBy: 'error' },
  });
  expect(textOf(rows, /db-rep\/mysql-bin/)).toContain(
    "insert, the same key: @1=6, @2='written here'",
  );
  const statements = await of('local-insert-mysql-5.6');
  expect(statements?.facts).toMatchObject({ class: 'local-writer', causeShown: false });
  expect(textOf(statements, /db-rep\/mysql-bin/)).toContain('which proves nothing yet');
  const parallel = await of('local-delete-mysql-9.7');
  expect(parallel?.facts).toMatchObject({
    class: 'local-write',
    errorNumber: 1032,
    sourcePlace: 'mysql-bin.000001:3660',
  });
  expect(textOf(parallel, /db-rep\/mysql-bin/)).toContain(
    'delete, the same row in all columns: @1=3',
  );
});

test('the plan of a missing relay log is the one that healed the live server', async () => {
  const { plan } = await scanSample('missing-relay-log-mysql-9.7');
  expect(plan.map(({ run }) => run).filter((run) => /^(?:RESET|CHANGE)/.test(run))).toEqual([
    "RESET REPLICA FOR CHANNEL '';",
    "CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'mysql-bin.000001', SOURCE_LOG_POS = 1105;",
  ]);
});

test('the JSON of a loop tells what its story tells', async () => {
  const facts = async (name: string) =>
    (await scanSample(name)).findings
      .filter(({ rule }) => rule === 'foreign-server-id-loop')
      .map((one) => one.facts);
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
