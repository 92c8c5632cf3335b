import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expandInputs } from '../../src/inputs/expand.ts';
import { scan } from '../../src/scan.ts';
import { folderOf } from './folder.ts';

const MAGIC = Buffer.from('fe62696e', 'hex');
const NOBODY = 65534;

// Read from this package's folder, which may be closed to others
vi.mock('../../src/version.ts', () => ({ packageVersion: () => '0.0.0' }));

/** Root may list every folder: what is to fail has to be done as somebody else. */
const withoutRights = async <T>(work: () => Promise<T>): Promise<T> => {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
};

/** A folder with these files, whose folder `closed` may not be listed. */
const withClosed = (files: Readonly<Record<string, string | Uint8Array>>, closed: string) => {
  const folder = folderOf(files);
  chmodSync(folder, 0o755);
  chmodSync(join(folder, closed), 0);
  return folder;
};

test('a folder that may not be listed is told, and makes the verdict partial', async () => {
  const folder = withClosed({ 'a/mysql-bin.000001': MAGIC, 'b/mysql-bin.000001': MAGIC }, 'b');
  const { missing, files } = await withoutRights(() => expandInputs([folder], true));
  expect(files.map(({ path }) => path)).toEqual([join(folder, 'a/mysql-bin.000001')]);
  expect(missing).toEqual([
    { path: join(folder, 'b'), problem: 'EACCES: the folder cannot be listed' },
  ]);
  const report = await withoutRights(() => scan([folder], { now: new Date(0) }));
  expect(report.problems.map(({ path }) => path)).toContain(join(folder, 'b'));
});

test('so is one on the way of a pattern', async () => {
  const folder = withClosed({ 'a/mysql-bin.000001': MAGIC, 'b/mysql-bin.000001': MAGIC }, 'b');
  const { missing } = await withoutRights(() => expandInputs([`${folder}/*/mysql-bin.*`], true));
  expect(missing.map(({ path }) => path)).toEqual([join(folder, 'b')]);
});

test('the folder that was named is not said to hold nothing, too', async () => {
  const folder = withClosed({ 'b/mysql-bin.000001': MAGIC }, 'b');
  const report = await withoutRights(() => scan([`${folder}/b/`], { now: new Date(0) }));
  expect(report.problems.map(({ message }) => message)).toEqual([
    `${join(folder, 'b')}: EACCES: the folder cannot be listed`,
  ]);
});

test('schemas of a data directory need not be listed', async () => {
  const folder = withClosed({ 'mysql-bin.000001': MAGIC, 'app/t.ibd': '' }, 'app');
  const { missing } = await withoutRights(() => expandInputs([folder], true));
  expect(missing).toEqual([]);
});

test.each(['.', './', './a/..', 'a/../'])(
  'the folder %s, which holds logs, is not said to be empty',
  async (name) => {
    const folder = folderOf({ 'a/mysql-bin.000001': MAGIC });
    const before = process.cwd();
    process.chdir(folder);
    try {
      const { files, searched } = await expandInputs([name], true);
      expect(files.map(({ path }) => path)).toEqual([join('a', 'mysql-bin.000001')]);
      expect(searched).toEqual(['.']);
    } finally {
      process.chdir(before);
    }
  },
);
