import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Expansion, expandInputs } from '../../src/inputs/expand.ts';
import { SeekableInputs } from '../../src/inputs/seekable-inputs.ts';
import { type SortedInputs, sortInputs } from '../../src/inputs/sort-inputs.ts';
import { log, noise } from '../support/build-log.ts';
import { folderOf } from './folder.ts';

const sort = (files: Expansion['files']): Promise<SortedInputs> =>
  sortInputs(files, new SeekableInputs());

const RELAY_LOG_INFO = '7\n./relay-bin.000002\n283\nmysql-bin.000003\n1000\n0\n0\n1\n';
const INDEX = './relay-bin.000001\n./relay-bin.000002\n';

const names = ({ logs, metadata, skipped, unrecognised, unreadable }: SortedInputs) => {
  const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return {
    logs: logs.map(({ file, head }) => `${name(file.path)} ${head.kind}`),
    metadata: metadata.map(({ file, document }) => `${name(file.path)} ${document.kind}`),
    skipped: skipped.map((file) => name(file.path)),
    unrecognised: unrecognised.map((file) => name(file.path)),
    unreadable: unreadable.map(
      ({ file, problem }) => `${name(file.path)} ${problem.split(':')[0]}`,
    ),
  };
};

const FILES = {
  // Under names that say something else
  notes: log().format().stop().bytes(),
  ibdata1: RELAY_LOG_INFO,
  'relay-bin.000009': INDEX,
  'relay-bin.000010': noise(300),
  'secret.000001': Buffer.concat([Buffer.from('fd62696e', 'hex'), noise(600)]),
  'mysql-bin.000001.gz': gzipSync(log().format().stop().bytes()),
  'mysql-bin.index.gz': gzipSync(INDEX),
  'notes.gz': gzipSync('notes'),
  'backup.xz': Buffer.concat([Buffer.from('fd377a585a00', 'hex'), noise(60)]),
  'broken.gz': Buffer.concat([Buffer.from('1f8b0800', 'hex'), noise(60)]),
  'broken.000003.gz': Buffer.concat([Buffer.from('1f8b0800', 'hex'), noise(60)]),
  empty: '',
};

test('files of a directory, by what their content says', async () => {
  const sorted = await sort((await expandInputs([folderOf(FILES)], true)).files);
  expect(names(sorted)).toEqual({
    logs: ['mysql-bin.000001.gz log', 'notes log', 'secret.000001 encrypted'],
    metadata: [
      'ibdata1 relay-log-info',
      'mysql-bin.index.gz log-index',
      'relay-bin.000009 log-index',
    ],
    // A data directory may hold any archive
    skipped: ['backup.xz', 'broken.gz', 'empty', 'notes.gz', 'relay-bin.000010'],
    unrecognised: [],
    unreadable: ['broken.000003.gz gzip'],
  });
});

test('files that were named matter, whatever they are', async () => {
  const folder = folderOf(FILES);
  const sorted = await sort((await expandInputs([join(folder, '*')], true)).files);
  expect(names(sorted)).toMatchObject({
    logs: ['backup.xz packed', 'mysql-bin.000001.gz log', 'notes log', 'secret.000001 encrypted'],
    skipped: [],
    unrecognised: ['empty', 'notes.gz', 'relay-bin.000010'],
    unreadable: ['broken.000003.gz gzip', 'broken.gz gzip'],
  });
});

test('a log whose magic is damaged is a log', async () => {
  const bytes = log().format().stop().bytes().fill(0, 0, 4);
  const folder = folderOf({ 'mysql-bin.000001': bytes });
  expect(names(await sort((await expandInputs([folder], true)).files)).logs).toEqual([
    'mysql-bin.000001 log',
  ]);
});

test('a file that is gone or may not be read is said', async () => {
  const folder = folderOf({ 'mysql-bin.000001': log().bytes(), 'master.info': 'x' });
  const { files }: Expansion = await expandInputs([folder], true);
  rmSync(join(folder, 'mysql-bin.000001'));
  expect(names(await sort(files))).toMatchObject({
    logs: [],
    unreadable: ['mysql-bin.000001 ENOENT'],
  });
});

const STATUS = '*** 1. row ***\nSlave_IO_Running: Yes\nRead_Master_Log_Pos: 4\n';
const LOGS = 'Log_name\tFile_size\nmysql-bin.000001\t154\n';

test('texts of outputs, by what they hold, wherever in them it begins', async () => {
  const folder = folderOf({
    'a.txt': STATUS,
    'b.md': `${LOGS}\n${STATUS}`,
    'c.txt': `${'what was said before\n'.repeat(8000)}${STATUS}`,
    'd.txt': 'what was said before\n'.repeat(8000),
    'e.txt': `${'so much that nobody pasted it\n'.repeat(590_000)}${STATUS}`,
    ibdata2: Buffer.concat([noise(70_000), Buffer.from(STATUS)]),
  });
  const sorted = await sort((await expandInputs([folder], true)).files);
  expect(names(sorted)).toMatchObject({
    metadata: ['a.txt status-text', 'b.md status-text', 'c.txt status-text'],
    skipped: ['d.txt', 'e.txt', 'ibdata2'],
  });
});
