import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { render } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import { scan } from '../../src/scan.ts';
import { zstdStored } from '../support/pack.ts';
import { binaryLog, write } from '../support/relay-log.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const SAMPLES = join(import.meta.dirname, '../../samples');

const validate = new Ajv({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(join(SAMPLES, '../report.schema.json'), 'utf8')),
);

const folder = mkdtempSync(join(tmpdir(), 'compressed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PACK = {
  gz: (bytes: Buffer) => gzipSync(bytes),
  zst: zstdStored,
} as const;

/** A copy of a sample's files, each of them packed. */
const packed = (sample: string, suffix: keyof typeof PACK): string => {
  const copy = mkdtempSync(join(folder, 'sample-'));
  cpSync(join(SAMPLES, sample, 'files'), copy, { recursive: true });
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(`${path}.${suffix}`, PACK[suffix](readFileSync(path)));
    rmSync(path);
  }
  return copy;
};

/** A report without what compressing changes: suffixes, folders, sizes of what is no log. */
const comparable = (report: Report, root: string): unknown => {
  const text = JSON.stringify(report)
    .replaceAll(root, '')
    .replaceAll(/\.(?:gz|zst)\b/g, '');
  const { summary, inputs, ...rest }: Report = JSON.parse(text);
  return {
    ...rest,
    summary: { ...summary, bytes: null },
    inputs: inputs.map((input) => ({
      ...input,
      compression: null,
      bytes: input.kind.endsWith('log') ? input.bytes : null,
    })),
  };
};

describe.each([
  'loop-removed-server-mysql-5.6',
  'cut-relay-log-mysql-5.6',
  'damaged-relay-log-mysql-5.6',
  'lost-relay-tail-mariadb',
  'edited-relay-log-info-mysql-5.6',
  'source-lost-tail-mysql-5.6',
  'multi-source-mariadb',
  'encrypted-mysql-9.7',
])('%s', (sample) => {
  const plain = join(SAMPLES, sample, 'files');

  test.each(['gz', 'zst'] as const)(
    'says the same when all of it is packed (.%s)',
    async (suffix) => {
      const copy = packed(sample, suffix);
      const report = await scan([copy], { now: NOW });
      validate(JSON.parse(render(report, 'json')));
      expect(validate.errors ?? []).toEqual([]);
      expect(comparable(report, copy)).toEqual(
        comparable(await scan([plain], { now: NOW }), plain),
      );
      const logs = report.inputs.filter(({ kind }) => kind.endsWith('log'));
      expect(new Set(logs.map(({ compression }) => compression))).toEqual(
        new Set([suffix === 'gz' ? 'gzip' : 'zstd']),
      );
    },
  );
});

test('a log that lies there plain and compressed is one log', async () => {
  const sample = 'loop-removed-server-mysql-5.6';
  const plain = join(SAMPLES, sample, 'files');
  const both = join(folder, 'both');
  cpSync(plain, both, { recursive: true });
  const log = join(both, 'db-a/mysql-bin.000001');
  writeFileSync(`${log}.gz`, gzipSync(readFileSync(log)));
  const empty = join(both, 'db-a/db-a-relay-bin.000001');
  writeFileSync(`${empty}.zst`, zstdStored(readFileSync(empty)));
  const [one, two] = [await scan([plain], { now: NOW }), await scan([both], { now: NOW })];
  expect(two.findings.map(({ summary }) => summary)).toEqual(
    one.findings.map(({ summary }) => summary),
  );
});

test('the reports say how a file is packed and how to look at an offset again', async () => {
  const report = await scan([packed('lost-relay-tail-mariadb', 'gz')], { now: NOW });
  for (const format of ['text', 'markdown'] as const) {
    const text = render(report, format).replaceAll('`', '').replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/relay-log, gzip/);
    expect(text).toContain(
      'gzip: offsets are those of the decompressed file: zcat FILE | xxd -s OFFSET -l LENGTH',
    );
  }
});

describe('compressed data that are cut or damaged', () => {
  const built = write(binaryLog()).bytes();
  const scanned = async (name: string, bytes: Uint8Array): Promise<Report> => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return scan([path], { now: NOW, onlyGiven: true });
  };
  const whole = gzipSync(built);

  test('are a problem of the copy: the log is not accused', async () => {
    for (let length = 40; length < whole.length; length += 7) {
      const report = await scanned('mysql-bin.000009.gz', whole.subarray(0, length));
      expect(report.findings, `${length}`).toEqual([]);
      expect(report.problems.map(({ message }) => message)).toEqual([
        expect.stringContaining('gzip: compressed data end early'),
      ]);
      expect(report.inputs[0]?.state).toMatch(/^(truncated|unreadable)$/);
      expect(report.outcomes.filter(({ status }) => status === 'clear')).toEqual([]);
    }
  });

  test.each([
    ['truncated-log', 'lost-relay-tail-mariadb', 'db-rep/db-rep-relay-bin.000004'],
    ['receiver-position-ahead', 'lost-relay-tail-mariadb', 'db-rep/db-rep-relay-bin.000004'],
    ['relay-log-gap', 'silent-gap-mysql-5.6', 'db-rep/db-rep-relay-bin.000002'],
    ['impossible-source-position', 'source-lost-tail-mysql-5.6', 'db-src/mysql-bin.000002'],
    ['applier-position-behind', 'stale-info-mariadb', 'db-rep/mysql-bin.000001'],
    ['corrupt-event', 'damaged-relay-log-mysql-5.6', 'db-rep/db-rep-relay-bin.000002'],
  ])('%s is not found where the end of the log is not known (%s)', async (rule, sample, log) => {
    const copy = packed(sample, 'gz');
    const ruleOf = async (): Promise<readonly string[]> =>
      (await scan([copy], { now: NOW })).findings.map((finding) => finding.rule);
    expect(await ruleOf()).toContain(rule);
    const path = join(copy, `${log}.gz`);
    // All of the log, but for the proof that it is all
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    expect(await ruleOf()).not.toContain(rule);
  });

  test('are told where the bytes end, with how many places before are damaged', async () => {
    const damaged = Buffer.from(built);
    damaged[150] = (damaged[150] as number) ^ 0xff;
    const report = await scanned('mysql-bin.000010.gz', gzipSync(damaged).subarray(0, -4));
    expect(report.findings).toEqual([]);
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        new RegExp(
          `at ${built.length}: gzip: compressed data end early: the log behind this place is not known, and 1 damaged places`,
        ),
      ),
    ]);
  });

  test('of a status file are a problem of it', async () => {
    const index = gzipSync('./mysql-bin.000001\n');
    const report = await scanned('mysql-bin.index.gz', index.subarray(0, -3));
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('at 19: gzip: compressed data end early'),
    ]);
  });
});

test.each([
  ['xz', 'fd377a585a00', 'a file compressed with xz', 'xz -dc FILE'],
  ['zip', '504b0304', 'an archive (zip)', 'unzip -p FILE MEMBER'],
])('%s is refused with the command that helps', async (suffix, hex, what, command) => {
  const path = join(folder, `logs.${suffix}`);
  writeFileSync(path, Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(600)]));
  const { problems } = await scan([path], { now: NOW, onlyGiven: true });
  expect(problems.map(({ message }) => message)).toEqual([
    `${path}: at 0: format: ${what}, which is not read here; ${command} | repl-forensics scan - may read it`,
  ]);
});
