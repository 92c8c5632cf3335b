import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { type Expansion, expandInputs } from '../../src/inputs/expand.ts';
import { folderOf } from './folder.ts';

/** Paths from the folder on, with how each came in. */
const listed = (folder: string, { files }: Expansion): string[] =>
  files.map(({ path, origin }) => `${relative(folder, path)} ${origin}`);

test('named files, in the order of their numbers', async () => {
  const folder = folderOf({
    'relay-bin.000010': 'a',
    'relay-bin.000009': 'bc',
    'relay-bin.1000000': 'd',
  });
  const found = await expandInputs(
    ['relay-bin.1000000', 'relay-bin.000010', 'relay-bin.000009'].map((name) => join(folder, name)),
    false,
  );
  expect(listed(folder, found)).toEqual([
    'relay-bin.000009 named',
    'relay-bin.000010 named',
    'relay-bin.1000000 named',
  ]);
  expect(found.missing).toEqual([]);
  expect(found.files[0]).toMatchObject({
    bytes: 2,
    modified: expect.any(Date),
    identity: expect.stringMatching(/^\d+:\d+$/),
  });
});

test('a directory is searched to its last folder, hidden files as well', async () => {
  const folder = folderOf({
    'a/mysql-bin.000001': '',
    'a/b/c/mysql-bin.000002': '',
    '.hidden/x': '',
    y: '',
  });
  expect(listed(folder, await expandInputs([folder], true))).toEqual([
    '.hidden/x searched',
    'a/b/c/mysql-bin.000002 searched',
    'a/mysql-bin.000001 searched',
    'y searched',
  ]);
});

test('globs name the files that they match, and no folder', async () => {
  const folder = folderOf({
    'relay-bin.000001': '',
    'relay-bin.000002': '',
    'mysql-bin.000001': '',
  });
  mkdirSync(join(folder, 'relay-bin.d'));
  const found = await expandInputs([join(folder, 'relay-bin.*')], false);
  expect(listed(folder, found)).toEqual(['relay-bin.000001 named', 'relay-bin.000002 named']);
});

test('logs that lie beside named ones and were not named are known by name', async () => {
  const folder = folderOf({
    'relay-bin.000001': '',
    'relay-bin.000002': '',
    'relay-bin.index': '',
    'sub/relay-bin.000003': '',
  });
  const unnamed = async (...names: readonly string[]) =>
    (
      await expandInputs(
        names.map((name) => join(folder, name)),
        false,
      )
    ).unnamed.map((path) => relative(folder, path));
  expect(await unnamed('relay-bin.000001')).toEqual(['relay-bin.000002']);
  expect(await unnamed('relay-bin.*')).toEqual([]);
  // What was searched was read
  expect(await unnamed('')).toEqual([]);
});

test('a file whose name looks like a glob is that file', async () => {
  const folder = folderOf({ 'relay-bin[1].000001': '', 'relay-bin1.000001': '' });
  const found = await expandInputs([join(folder, 'relay-bin[1].000001')], false);
  expect(listed(folder, found)).toEqual(['relay-bin[1].000001 named']);
});

test('names and globs that lead nowhere are said', async () => {
  const folder = folderOf({ file: '' });
  symlinkSync('loop', join(folder, 'loop'));
  const patterns = ['none', 'none.*', 'file/below', 'loop', 'n'.repeat(300)].map((name) =>
    join(folder, name),
  );
  const { files, missing } = await expandInputs([...patterns, '/dev/null'], true);
  expect(files).toEqual([]);
  expect(missing.map(({ path }) => path)).toEqual([...patterns, '/dev/null']);
  expect(missing.map(({ problem }) => problem.replace(/,.*/, ''))).toEqual([
    'no such file or directory',
    'the pattern matches no file',
    'ENOTDIR: not a directory',
    'ELOOP: too many symbolic links encountered',
    'ENAMETOOLONG: name too long',
    'no regular file',
  ]);
});

test('one file under two names is one input, by its first name', async () => {
  const folder = folderOf({ 'mysql-bin.000001': 'a' });
  linkSync(join(folder, 'mysql-bin.000001'), join(folder, 'copy'));
  symlinkSync('mysql-bin.000001', join(folder, 'link'));
  const names = ['mysql-bin.000001', 'copy', 'link', './mysql-bin.000001'].map(
    (name) => `${folder}/${name}`,
  );
  expect(listed(folder, await expandInputs(names, false))).toEqual(['mysql-bin.000001 named']);
});

test('a file that is named and lies in a directory that is given was named', async () => {
  const folder = folderOf({ notes: 'a', other: 'b' });
  for (const inputs of [
    [folder, join(folder, 'notes')],
    [join(folder, 'notes'), folder],
  ]) {
    expect(listed(folder, await expandInputs(inputs, false))).toEqual([
      'notes named',
      'other searched',
    ]);
  }
});

test('links that lead nowhere and folders that lead into themselves are passed by', async () => {
  const folder = folderOf({ 'a/x': '' });
  symlinkSync('nowhere', join(folder, 'a/dangling'));
  symlinkSync('..', join(folder, 'a/up'));
  expect(listed(folder, await expandInputs([folder], true))).toEqual([
    expect.stringMatching(/x searched$/),
  ]);
});

const STATUS = {
  'master.info': '',
  'master-east.info': '',
  'relay-log.info': '',
  'multi-master.info': '',
  'worker-relay-log.info.1': '',
  'relay-bin.index': '',
  'auto.cnf': '',
};

test('status files beside a named log come along', async () => {
  const folder = folderOf({
    ...STATUS,
    'relay-bin.000001': '',
    'relay-bin.000002': '',
    ibdata1: '',
    'notes.info.txt': '',
  });
  const found = await expandInputs([join(folder, 'relay-bin.000002')], true);
  expect(listed(folder, found).toSorted()).toEqual(
    [...Object.keys(STATUS).map((name) => `${name} beside`), 'relay-bin.000002 named'].toSorted(),
  );
  expect(listed(folder, await expandInputs([join(folder, 'relay-bin.000002')], false))).toEqual([
    'relay-bin.000002 named',
  ]);
});

const TEXTS = {
  'my.cnf': '',
  'error.log': Buffer.alloc((1 << 20) + 1),
  'db1.err': '',
  'mysqld.log': '',
  'show-replica-status.txt': '',
  'slave-status.txt': '',
  'variables.txt': '',
};

test('so do texts, settings and error logs of any size, unless only what is given counts', async () => {
  const folder = folderOf({
    ...TEXTS,
    'relay-bin.000001': '',
    'general.log': '',
    'notes.txt': '',
    'big-status.txt': Buffer.alloc((1 << 20) + 1),
  });
  const named = [join(folder, 'relay-bin.000001')];
  expect(listed(folder, await expandInputs(named, true)).toSorted()).toEqual(
    [...Object.keys(TEXTS).map((name) => `${name} beside`), 'relay-bin.000001 named'].toSorted(),
  );
  expect(listed(folder, await expandInputs(named, false))).toEqual(['relay-bin.000001 named']);
});

test('a text that is named has chosen the moment: others stay where they are', async () => {
  const folder = folderOf({ ...TEXTS, 'relay-bin.000001': '' });
  const named = ['relay-bin.000001', 'slave-status.txt'].map((name) => join(folder, name));
  expect(listed(folder, await expandInputs(named, true)).toSorted()).toEqual([
    'db1.err beside',
    'error.log beside',
    'my.cnf beside',
    'mysqld.log beside',
    'relay-bin.000001 named',
    'slave-status.txt named',
  ]);
});

test('of a monitor’s thousand texts a hundred come along', async () => {
  const texts = Object.fromEntries(
    Array.from({ length: 130 }, (_, at) => [`status-${at}.txt`, '']),
  );
  const folder = folderOf({ ...texts, 'relay-bin.000001': '' });
  const found = await expandInputs([join(folder, 'relay-bin.000001')], true);
  expect(found.files).toHaveLength(101);
});

test('what is too large for a status file does not', async () => {
  const folder = folderOf({
    'relay-bin.000001': '',
    'relay-bin.index': Buffer.alloc((1 << 20) + 1),
    'master.info': Buffer.alloc(1 << 20),
  });
  const found = await expandInputs([join(folder, 'relay-bin.000001')], true);
  expect(listed(folder, found)).toEqual(['master.info beside', 'relay-bin.000001 named']);
});

test('a dash is standard input, once, and a file of that name has a folder', async () => {
  const folder = folderOf({ '-': 'a' });
  const found = await expandInputs(['-', `${folder}/-`, '-'], true);
  expect(found.missing).toEqual([]);
  expect(found.files.map(({ path, bytes, origin }) => [path, bytes, origin])).toEqual([
    ['-', 0, 'named'],
    [join(folder, '-'), 1, 'named'],
  ]);
});

test('compressed status files come along as plain ones do', async () => {
  const folder = folderOf({
    'relay-bin.000001.gz': '',
    'master.info.gz': '',
    'relay-bin.index.zst': '',
    'auto.cnf.gz': '',
    'notes.gz': '',
  });
  const found = await expandInputs([join(folder, 'relay-bin.000001.gz')], true);
  expect(listed(folder, found)).toEqual([
    'auto.cnf.gz beside',
    'master.info.gz beside',
    'relay-bin.000001.gz named',
    'relay-bin.index.zst beside',
  ]);
});
