import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogs } from '../../src/inputs/open-logs.ts';
import { log } from '../support/build-log.ts';
import { folderOf } from './folder.ts';

const LOG = log().format().stop().bytes();

const open = async (inputs: readonly string[]) => {
  const problems: string[] = [];
  const names: string[] = [];
  for await (const { name } of openLogs(inputs, (problem) => problems.push(problem)))
    names.push(name);
  return { names, problems };
};

test('the logs of a folder come in the order of their numbers, what else is there is passed over', async () => {
  const folder = folderOf({
    'bin.1000000': LOG,
    'bin.999999': LOG,
    'bin.index': './bin.999999\n',
    'notes.txt': 'nothing\n',
  });
  expect(await open([folder])).toEqual({ names: ['bin.999999', 'bin.1000000'], problems: [] });
});

test('what was named and is no log, or not there, is told', async () => {
  const folder = folderOf({ 'bin.000001': LOG, 'bin.index': './bin.000001\n', 'notes.txt': 'x' });
  const { names, problems } = await open([
    join(folder, 'gone'),
    ...['bin.index', 'bin.000001', 'notes.txt'].map((name) => join(folder, name)),
  ]);
  expect(names).toEqual(['bin.000001']);
  expect(problems.map((problem) => problem.replaceAll(folder, ''))).toEqual([
    '/gone: no such file or directory',
    '/bin.index: at 0: magic: no binary or relay log: begins with 2e2f6269 instead of fe62696e',
    '/notes.txt: at 0: magic: no binary or relay log: begins with 78 instead of fe62696e',
  ]);
});

test('a log that is purged before its turn is told, and the next one is read', async () => {
  const folder = folderOf({ 'bin.000001': LOG, 'bin.000002': LOG, 'bin.000003': LOG });
  const problems: string[] = [];
  const names: string[] = [];
  for await (const { name } of openLogs([folder], (problem) => problems.push(problem))) {
    names.push(name);
    if (name === 'bin.000001') rmSync(join(folder, 'bin.000002'));
  }
  expect(names).toEqual(['bin.000001', 'bin.000003']);
  expect(problems).toEqual([expect.stringContaining('bin.000002: ENOENT')]);
});

test('a log is closed when the next one is asked for, and when nobody asks any more', async () => {
  const folder = folderOf({ 'bin.000001': LOG, 'bin.000002': LOG });
  const sources = [];
  for await (const { source } of openLogs([folder], () => undefined)) {
    sources.push(source);
    expect(source.read(Buffer.alloc(4), 0)).toBe(4);
    if (sources.length === 2) break;
  }
  for (const source of sources) expect(() => source.read(Buffer.alloc(4), 0)).toThrow(/EBADF/);
});
