import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeEvidence } from '../src/inputs/describe-evidence.ts';
import { SeekableInputs } from '../src/inputs/seekable-inputs.ts';
import { scan } from '../src/scan.ts';
import { binaryLog, RelayLog, START, write } from './support/relay-log.ts';
import { evidenceOf, NOW, reportOf } from './support/scan-bytes.ts';
import { masterInfo } from './support/status-files.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'repl-forensics-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, bytes: Buffer | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

test('status files beside a named log come along, unless only what is given counts', async () => {
  const path = put('relay-bin.000002', new RelayLog().connect().write().bytes());
  put('master.info', masterInfo());
  put('notes.txt', 'nothing');
  const inputs = (report: Awaited<ReturnType<typeof scan>>) =>
    report.inputs.map((input) => [input.kind, input.foundBeside]);
  expect(inputs(await scan([path], { now: NOW }))).toEqual([
    ['master-info', true],
    ['relay-log', false],
  ]);
  expect(inputs(await scan([path], { now: NOW, onlyGiven: true }))).toEqual([['relay-log', false]]);
});

test('a file named twice is one', async () => {
  const path = put('mysql-bin.000001', write(binaryLog()).bytes());
  expect((await scan([path, folder, path], { now: NOW })).inputs).toHaveLength(1);
});

test('reads, and leaves everything as it was', async () => {
  const path = put('mysql-bin.000001', write(binaryLog()).bytes());
  const before = [readdirSync(folder), statSync(path).mtimeMs, readFileSync(path).toString('hex')];
  await scan([folder], { now: NOW });
  expect([readdirSync(folder), statSync(path).mtimeMs, readFileSync(path).toString('hex')]).toEqual(
    before,
  );
});

test('thresholds and the id of a server that its files do not tell are handed on', async () => {
  const files = {
    'b/relay-bin.000002': new RelayLog().connect({ position: 700, opened: START - 45 }).write(),
  };
  expect((await reportOf(files)).findings).toHaveLength(1);
  expect((await reportOf(files, { staleAfter: 60 })).findings).toHaveLength(0);
  const alone = { 'b/master.info': masterInfo() };
  expect((await reportOf(alone, { serverId: 12 })).servers).toMatchObject([{ serverId: 12 }]);
});

test('progress is told for every log', async () => {
  put('mysql-bin.000001', write(binaryLog()).bytes());
  put('mysql-bin.000002', write(binaryLog()).bytes());
  const seen = new Set<string>();
  await scan([folder], {
    now: NOW,
    onProgress: ({ path, totalBytes }) => totalBytes > 0 && seen.add(path),
  });
  expect([...seen].map((path) => path.slice(folder.length + 1))).toEqual([
    'mysql-bin.000001',
    'mysql-bin.000002',
  ]);
});

test('what stood at a place of a log that was purged meanwhile is not told', () => {
  const path = join(folder, 'mysql-bin.000001');
  const [file] = evidenceOf({ [path]: write(binaryLog()) }).files;
  if (!file) throw new Error('no log');
  const place = { path, offset: 4, length: 20, field: null, source: null, gtid: null, text: null };
  expect(describeEvidence([file.facts], new SeekableInputs())(place)).toEqual({
    ...place,
    eventType: null,
    serverId: null,
    timestamp: null,
  });
});

test('a place outside of every event is named as it is', () => {
  const path = put('mysql-bin.000001', write(binaryLog()).bytes());
  const [file] = evidenceOf({ [path]: readFileSync(path) }).files;
  if (!file) throw new Error('no log');
  const describe = describeEvidence([file.facts], new SeekableInputs());
  const at = (offset: number) =>
    describe({
      path,
      offset,
      length: null,
      field: 'x',
      source: null,
      gtid: null,
      text: 'see here',
    });
  for (const offset of [0, file.facts.bytes - 3, 1e9])
    expect(at(offset)).toMatchObject({ eventType: null, text: 'see here' });
  expect(at(4)).toMatchObject({ eventType: 'Format_description', serverId: 1, text: 'see here' });
  expect(
    describe({
      path: 'master.info',
      offset: 9,
      length: null,
      field: null,
      source: null,
      gtid: null,
      text: 'a line',
    }),
  ).toMatchObject({ text: 'a line' });
});
