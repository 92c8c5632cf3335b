import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expandInputs } from '../../src/inputs/expand.ts';
import { gatherFacts } from '../../src/inputs/gather-facts.ts';
import type { Progress } from '../../src/inputs/progress.ts';
import { SeekableInputs } from '../../src/inputs/seekable-inputs.ts';
import { type SortedInputs, sortInputs } from '../../src/inputs/sort-inputs.ts';
import { log } from '../support/build-log.ts';
import { folderOf } from './folder.ts';

const small = (gno: number): Buffer => log().format().gtid(gno).query('DROP TABLE a').bytes();

const seekable = new SeekableInputs();
afterAll(() => seekable.close());

const sorted = async (folder: string): Promise<SortedInputs> =>
  sortInputs((await expandInputs([folder], true)).files, seekable);

test('facts of every log, with where and when it lay there', async () => {
  const folder = folderOf({
    'mysql-bin.000001': small(1),
    'mysql-bin.000002': small(2),
    notes: 'text',
  });
  const { facts, failed, interrupted } = await gatherFacts(await sorted(folder), seekable, {});
  expect(facts).toMatchObject([
    {
      path: join(folder, 'mysql-bin.000001'),
      identity: expect.stringMatching(/^\d+:\d+$/),
      modified: expect.stringMatching(/^\d{4}-.*Z$/),
    },
    { path: join(folder, 'mysql-bin.000002'), transactions: { count: 1 } },
  ]);
  expect([failed, interrupted]).toEqual([[], []]);
});

test('a log is asked for the place that relay-log.info names in it', async () => {
  const built = log().format().gtid(1).query('DROP TABLE a');
  const { offset } = built.event(1);
  const info = (file: string): string =>
    `7\n./${file}\n${offset}\nmysql-bin.000003\n1000\n0\n0\n1\n`;
  const folder = folderOf({
    'relay-bin.000001': built.bytes(),
    'relay-bin.000002': built.bytes(),
    'relay-log.info': info('relay-bin.000002'),
    'relay-log-east.info': info('other-bin.000002'),
  });
  const { facts } = await gatherFacts(await sorted(folder), seekable, {});
  expect(facts.map(({ probes }) => probes)).toMatchObject([
    [],
    [{ offset, boundary: true, after: { typeCode: 33 } }],
  ]);
});

test('progress counts the bytes of all logs, and never goes back', async () => {
  const folder = folderOf({
    'a.000001': small(1),
    'b.000001': Buffer.alloc(0),
    'c.000001': small(2),
  });
  const told: Progress[] = [];
  const inputs = await sorted(folder);
  const { facts } = await gatherFacts(inputs, seekable, {
    onProgress: (progress) => told.push(progress),
  });
  expect(facts).toHaveLength(2);
  const total = 2 * small(1).length;
  expect(told.map(({ doneBytes, totalBytes }) => [doneBytes, totalBytes])).toEqual([
    [0, total],
    [small(1).length, total],
  ]);
});

test('an interrupt ends the reading between two slices, and says what was not read', async () => {
  // A log of 80 MiB in one event and many small ones
  const built = log()
    .format({ version: '10.11.19-MariaDB', checksum: 'none' })
    .mariadbGtid(1)
    .rows(1, Buffer.alloc(80 << 20), { version: 1 })
    .xid(1);
  const folder = folderOf({
    'a.000001': small(1),
    'b.000001': built.bytes(),
    'c.000001': small(3),
  });
  const controller = new AbortController();
  const { facts, interrupted } = await gatherFacts(await sorted(folder), seekable, {
    signal: controller.signal,
    onProgress: ({ path, doneBytes }) => {
      if (path.endsWith('b.000001') && doneBytes > small(1).length) controller.abort();
    },
  });
  expect(facts.map(({ path }) => path)).toEqual([join(folder, 'a.000001')]);
  expect(interrupted.map(({ path }) => path)).toEqual([
    join(folder, 'b.000001'),
    join(folder, 'c.000001'),
  ]);
});

test('a log that is gone is said; one that was cut meanwhile is read as far as it goes', async () => {
  const folder = folderOf({ 'a.000001': small(1), 'b.000001': small(2) });
  const inputs = await sorted(folder);
  rmSync(join(folder, 'a.000001'));
  truncateSync(join(folder, 'b.000001'), 210);
  const { facts, failed } = await gatherFacts(inputs, seekable, {});
  expect(failed).toMatchObject([
    { file: { path: join(folder, 'a.000001') }, problem: expect.stringContaining('ENOENT') },
  ]);
  expect(facts).toMatchObject([{ bytes: 210, integrity: [{ kind: 'torn-event' }] }]);
});
