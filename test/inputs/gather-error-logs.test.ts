import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expandInputs } from '../../src/inputs/expand.ts';
import { gatherErrorLogs } from '../../src/inputs/gather-error-logs.ts';
import { gatherFacts } from '../../src/inputs/gather-facts.ts';
import type { Progress } from '../../src/inputs/progress.ts';
import { SeekableInputs } from '../../src/inputs/seekable-inputs.ts';
import { sortInputs } from '../../src/inputs/sort-inputs.ts';
import { logZone } from '../../src/metadata/error-log/log-time.ts';
import { log } from '../support/build-log.ts';
import { folderOf } from './folder.ts';

const LINE =
  "2026-11-20 10:42:11 7 [Note] Slave I/O thread exiting, read up to log 'b.000001', position 4\n";

const inputs = new SeekableInputs();

const sortedIn = async (folder: string) =>
  sortInputs((await expandInputs([folder], true)).files, inputs);

test('error logs are set apart, whatever their size, and settings are read with the status files', async () => {
  const folder = folderOf({
    'db.err': LINE,
    'large.err': LINE.repeat(Math.ceil((9 << 20) / LINE.length)),
    'my.cnf': '[mysqld]\nserver_id = 11\n',
    'mysql-bin.000001': log().format().stop().bytes(),
  });
  const sorted = await sortedIn(folder);
  expect(sorted.errorLogs.map(({ path }) => path)).toEqual([
    join(folder, 'db.err'),
    join(folder, 'large.err'),
  ]);
  expect(sorted.metadata.map(({ document }) => document)).toMatchObject([
    { kind: 'settings', value: { settings: { server_id: { value: 11 } } } },
  ]);
  expect(sorted.skipped).toEqual([]);
});

describe('gathering', () => {
  test('gives a document a file, in the zone of the log, and progress through them to the logs', async () => {
    const folder = folderOf({
      'db.err': LINE,
      'large.err': LINE.repeat(Math.ceil((40 << 20) / LINE.length)),
      'mysql-bin.000001': log().format().stop().bytes(),
    });
    const sorted = await sortedIn(folder);
    const told: Progress[] = [];
    const onProgress = (progress: Progress) => told.push(progress);
    const zone = logZone('Europe/Vienna');
    const { metadata, failed, interrupted } = await gatherErrorLogs(sorted, inputs, {
      onProgress,
      ...(zone && { logZone: zone }),
    });
    await gatherFacts(sorted, inputs, { onProgress });
    expect({ failed, interrupted }).toEqual({ failed: [], interrupted: [] });
    expect(metadata.map(({ document }) => document)).toMatchObject([
      {
        kind: 'error-log',
        problems: [],
        value: { entries: 1, first: { text: '2026-11-20T09:42:11Z' } },
      },
      { kind: 'error-log', value: { leftOut: expect.any(Number) } },
    ]);
    const done = told.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(told.length).toBeGreaterThanOrEqual(5);
    expect(new Set(told.map(({ totalBytes }) => totalBytes)).size).toBe(1);
    expect(told.at(-1)?.doneBytes).toBeLessThanOrEqual(told.at(-1)?.totalBytes ?? 0);
  });

  test('masks the secrets of statements', async () => {
    const folder = folderOf({
      'db.err': `261120  9:42:11 [ERROR] Slave SQL: Error 'x' on query. Default database: ''. Query: 'SET PASSWORD FOR a = 'made-up'', Error_code: 1\n`,
    });
    const { metadata } = await gatherErrorLogs(await sortedIn(folder), inputs, {});
    expect(JSON.stringify(metadata)).toContain('<masked>');
    expect(JSON.stringify(metadata)).not.toContain('made-up');
  });

  test('ends at an interrupt, and says which logs it did not read', async () => {
    const folder = folderOf({
      'a.err': LINE,
      'large.err': LINE.repeat(Math.ceil((20 << 20) / LINE.length)),
      'z.err': LINE,
    });
    const interrupt = new AbortController();
    const { metadata, interrupted } = await gatherErrorLogs(await sortedIn(folder), inputs, {
      signal: interrupt.signal,
      onProgress: ({ path, doneBytes }) => {
        if (path.endsWith('large.err') && doneBytes > 16 << 20) interrupt.abort();
      },
    });
    expect(metadata.map(({ file }) => file.path)).toEqual([join(folder, 'a.err')]);
    expect(interrupted.map(({ path }) => path)).toEqual([
      join(folder, 'large.err'),
      join(folder, 'z.err'),
    ]);
  });

  test('says a log that is gone', async () => {
    const folder = folderOf({ 'a.err': LINE, 'b.err': LINE });
    const sorted = await sortedIn(folder);
    rmSync(join(folder, 'a.err'));
    const { metadata, failed } = await gatherErrorLogs(sorted, inputs, {});
    expect(failed).toMatchObject([{ problem: expect.stringContaining('ENOENT') }]);
    expect(metadata).toHaveLength(1);
  });
});
