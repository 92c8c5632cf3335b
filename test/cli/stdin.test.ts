import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { zstdStored } from '../support/pack.ts';

const ROOT = join(import.meta.dirname, '../..');
const HOST = join(ROOT, 'samples/loop-removed-server-mysql-5.6/files/db-a');
const LOG = readFileSync(join(HOST, 'mysql-bin.000001'));

/** The program, built apart: other tests write what is in `dist`. */
const folder = mkdtempSync(join(tmpdir(), 'stdin-'));
const bin = join(folder, 'bin/repl-forensics.js');
const empty = join(folder, 'empty');

beforeAll(() => {
  mkdirSync(empty);
  for (const name of ['package.json', 'bin']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  spawnSync(process.execPath, [tsc, '-p', ROOT, '--outDir', join(folder, 'dist')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const NOW = ['--now', '2026-11-20T12:00:00Z'];

const run = (args: readonly string[], input: Uint8Array | string = '') =>
  spawnSync(process.execPath, [bin, ...args, ...NOW], {
    cwd: empty,
    input,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
    maxBuffer: 1 << 26,
  });

const reportOf = (args: readonly string[], input?: Uint8Array): Report =>
  JSON.parse(run([...args, '--format', 'json'], input).stdout);

/** Findings without the names and paths of the log. */
const findings = (report: Report): unknown => {
  const all = report.findings.map(({ evidence, ...finding }) => ({
    ...finding,
    fingerprint: null,
    evidence: evidence.map((place) => ({ ...place, path: null })),
  }));
  return JSON.parse(JSON.stringify(all).replaceAll(/\b(?:mysql-bin|stdin)\b/g, 'LOG'));
};

describe('scan -', () => {
  test.each([
    ['plain', LOG, undefined],
    ['gzip', gzipSync(LOG), 'gzip'],
    ['zstd', zstdStored(LOG), 'zstd'],
  ] as const)('finds in a pipe what it finds in the file (%s)', (_name, bytes, compression) => {
    const plain = reportOf(['scan', join(HOST, 'mysql-bin.000001'), '--only-given']);
    const piped = reportOf(['scan', '-'], bytes);
    expect(findings(piped)).toEqual(findings(plain));
    expect(piped.findings.length).toBeGreaterThan(0);
    expect(piped.inputs).toMatchObject([{ path: '-', bytes: LOG.length, kind: 'binary-log' }]);
    expect(piped.inputs[0]?.compression).toBe(compression);
  });

  test('takes it beside other inputs, in any order, and under its other name', () => {
    for (const name of ['-', '/dev/stdin']) {
      const report = reportOf(['scan', join(HOST, 'master.info'), name, '--only-given'], LOG);
      expect(report.inputs.map(({ path, kind }) => [path, kind])).toEqual([
        ['-', 'binary-log'],
        [join(HOST, 'master.info'), 'master-info'],
      ]);
    }
  });

  test('a status file comes that way, too', () => {
    const report = reportOf(['scan', '-'], gzipSync(readFileSync(join(HOST, 'relay-log.info'))));
    expect(report.inputs).toMatchObject([{ kind: 'relay-log-info', bytes: 63, state: 'complete' }]);
  });

  test.each([
    [
      'nothing',
      '',
      '-: neither a binary or relay log nor a status file of replication, by its content',
    ],
    [
      'cut gzip',
      gzipSync(LOG).subarray(0, 5000),
      '-: at 27072: gzip: compressed data end early: the log behind this place is not known',
    ],
  ])('%s is a problem, and makes the verdict partial', (_name, bytes, message) => {
    const { status, stdout } = run(['scan', '-', '--format', 'json', '--fail-on', 'never'], bytes);
    expect(status).toBe(3);
    expect(JSON.parse(stdout).problems).toMatchObject([
      { message: expect.stringContaining(message.slice(0, 2)) },
    ]);
    expect(JSON.parse(stdout).problems[0].message.replace(/at \d+/, 'at 27072')).toBe(message);
  });

  test('standard input that cannot be read is a problem', () => {
    const child = spawnSync(
      'sh',
      ['-c', `"$0" "$1" scan - ${NOW.join(' ')} < .`, process.execPath, bin],
      {
        cwd: empty,
        encoding: 'utf8',
      },
    );
    expect(child.status).toBe(3);
    expect(child.stdout).toMatch(/^-: EISDIR/m);
  });

  test('into a closed pipe it ends quietly', async () => {
    const child = spawn(process.execPath, [bin, 'scan', '-', ...NOW], { cwd: empty });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.stdin.end(LOG);
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('an interrupt is heard while bytes still come, and the report says what was not read', async () => {
    const child = spawn(process.execPath, [bin, 'scan', '-', ...NOW], { cwd: empty });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const feeding = setInterval(() => child.stdin.write(LOG.subarray(0, 1000)), 5);
    child.stdin.on('error', () => clearInterval(feeding));
    const interrupting = setTimeout(() => child.kill('SIGINT'), 1500);
    const code = await new Promise((resolve) => child.on('close', resolve));
    clearInterval(feeding);
    clearTimeout(interrupting);
    expect(code).toBe(130);
    expect(stderr).toMatch(/^Interrupted: the report will be partial/);
    expect(stdout).toMatch(/^-: not read: the scan was interrupted$/m);
  });
});

test('nothing is left, or ever was, in the folder of temporary files', () => {
  writeFileSync(join(empty, 'mysql-bin.000001.gz'), gzipSync(LOG));
  const { status } = run(['scan', 'mysql-bin.000001.gz']);
  rmSync(join(empty, 'mysql-bin.000001.gz'));
  expect(status).toBe(0);
  const left = spawnSync('ls', [folder], { encoding: 'utf8' }).stdout;
  expect(left.split('\n').filter((name) => name.startsWith('repl-forensics-'))).toEqual([]);
});
