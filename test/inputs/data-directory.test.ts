import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { expandInputs } from '../../src/inputs/expand.ts';
import { scan } from '../../src/scan.ts';
import { folderOf } from './folder.ts';

const MAGIC = Buffer.from('fe62696e', 'hex');
const ENCRYPTED = Buffer.from('fd62696e', 'hex');

const search = async (folder: string) => {
  const { files, passedOver } = await expandInputs([folder], true);
  return {
    files: files.map(({ path }) => relative(folder, path)),
    passedOver: passedOver.map((path) => relative(folder, path)),
  };
};

test('below a folder that itself holds logs nothing is searched: a data directory has schemas there', async () => {
  const folder = folderOf({
    'mysql-bin.000001': MAGIC,
    'app/t.ibd': 'table',
    'app/deep/x.ibd': 'table',
  });
  expect(await search(folder)).toEqual({ files: ['mysql-bin.000001'], passedOver: [] });
});

test('an encrypted log makes a folder a data directory, too', async () => {
  const folder = folderOf({ 'binlog.000001': ENCRYPTED, 'app/t.ibd': 'table' });
  expect((await search(folder)).files).toEqual(['binlog.000001']);
});

test('logs that lie below it are passed over, and that is said', async () => {
  const folder = folderOf({
    'relay-bin.000001': MAGIC,
    'after/relay-bin.000001': MAGIC,
    'after/master.info': '',
    'notes/a.000001': 'no log',
  });
  expect(await search(folder)).toEqual({ files: ['relay-bin.000001'], passedOver: ['after'] });
  const report = await scan([folder], { now: new Date('2026-01-01T00:00:00Z') });
  expect(report.problems).toContainEqual({
    path: join(folder, 'after'),
    offset: null,
    message: expect.stringContaining('name it to have it scanned'),
  });
});

test('folders of hosts side by side are searched, with status files alone above them', async () => {
  const folder = folderOf({
    'master.info': '14\n',
    'a/mysql-bin.000001': MAGIC,
    'b/mysql-bin.000001': MAGIC,
    'b/c/mysql-bin.000001': MAGIC,
  });
  expect(await search(folder)).toEqual({
    files: ['a/mysql-bin.000001', 'b/mysql-bin.000001', 'master.info'],
    passedOver: ['b/c'],
  });
});

test('compressed logs make a folder a data directory, and are passed over below one', async () => {
  const folder = folderOf({
    'mysql-bin.000001.gz': gzipSync(MAGIC),
    'app/t.ibd': 'table',
    'after/mysql-bin.000002.gz': gzipSync(MAGIC),
    'other/mysql-bin.000003.gz': gzipSync('no log'),
  });
  expect(await search(folder)).toEqual({ files: ['mysql-bin.000001.gz'], passedOver: ['after'] });
});

test('a folder that lies below itself by a link, or is there twice, is told of once', async () => {
  const folder = folderOf({ 'relay-bin.000001': MAGIC, 'after/relay-bin.000001': MAGIC });
  symlinkSync('.', join(folder, 'self'));
  symlinkSync('after', join(folder, 'again'));
  const { files, passedOver } = await search(folder);
  expect(files).toEqual(['relay-bin.000001']);
  expect(passedOver).toHaveLength(1);
});
