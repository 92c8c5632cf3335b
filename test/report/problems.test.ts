import { describe, expect, test } from 'vitest';
import { patched } from '../support/build-log.ts';
import { binaryLog, RelayLog, write } from '../support/relay-log.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';
import { index, masterInfo, relayLogInfo } from '../support/status-files.ts';

const messages = async (files: Files, inputs?: readonly string[]): Promise<string[]> =>
  (await reportOf(files, inputs ? { inputs } : {})).problems.map(({ message }) => message);

const whole = (): Files => ({ 'a/mysql-bin.000001': write(binaryLog()) });

test('nothing is wrong: no problem', async () => {
  expect(
    await messages({
      ...whole(),
      'a/master.info': masterInfo(),
      'a/mysql-bin.index': index('mysql-bin.000001'),
      'a/my.cnf': '[mysqld]\n',
    }),
  ).toEqual([]);
});

test('names and patterns that lead nowhere', async () => {
  expect(await messages(whole(), ['a', 'gone', 'b/*.log'])).toEqual([
    'gone: no such file or directory',
    'b/*.log: the pattern matches no file',
  ]);
});

test('a named file that is nothing of replication; one that lies in a directory is skipped', async () => {
  const files = { ...whole(), 'a/notes.txt': 'nothing\n' };
  expect(await messages(files)).toEqual([]);
  expect(await messages(files, ['a/mysql-bin.000001', 'a/notes.txt'])).toEqual([
    'a/notes.txt: neither a binary or relay log nor a status file of replication, by its content',
  ]);
});

test('a file that an index calls a log, and that is none', async () => {
  const files = {
    ...whole(),
    'a/mysql-bin.000002': 'overwritten by something else\n',
    'a/mysql-bin.index': index('mysql-bin.000001', 'mysql-bin.000002'),
  };
  expect(await messages(files)).toEqual([
    'a/mysql-bin.000002: at 0: magic: an index names this file as a log, and its content is none',
  ]);
});

test('a status file that is cut', async () => {
  const [message, ...others] = await messages({
    ...whole(),
    'a/relay-log.info': relayLogInfo({ offset: 4, position: 4 }).slice(0, 30),
  });
  expect(message).toMatch(/^a\/relay-log\.info: at \d+: \w+: /);
  expect(others).toHaveLength(0);
});

test('encrypted, and packed in a way that is not read', async () => {
  const compressed = Buffer.concat([Buffer.from('fd377a585a00', 'hex'), Buffer.alloc(40)]);
  expect(
    await messages(
      {
        'a/mysql-bin.000001': Buffer.from('fd62696e0001', 'hex'),
        'a/mysql-bin.000002.xz': compressed,
      },
      ['a/mysql-bin.000001', 'a/mysql-bin.000002.xz'],
    ),
  ).toEqual([
    'a/mysql-bin.000001: at 0: encryption: the events are encrypted (MySQL), and are not read',
    'a/mysql-bin.000002.xz: at 0: format: a file compressed with xz, which is not read here; xz -dc FILE | repl-forensics scan - may read it',
  ]);
});

describe('damage', () => {
  const relay = (): RelayLog => new RelayLog().connect().write();

  test('is said with its place', async () => {
    const built = relay();
    const { offset } = built.log.event(4);
    const bytes = patched(built.bytes(), offset + 25, 0xff);
    expect(await messages({ 'b/relay-bin.000002': bytes })).toEqual([
      `b/relay-bin.000002: at ${offset}: checksum: the CRC32 of this event does not fit its bytes`,
    ]);
  });

  test('is none where a live log was copied', async () => {
    const open = write(binaryLog());
    const torn = open.bytes().subarray(0, open.length - 5);
    expect(await messages({ 'a/mysql-bin.000001': torn })).toEqual([]);
    expect(
      await messages({ 'a/mysql-bin.000001': torn, 'a/mysql-bin.000002': write(binaryLog()) }),
    ).toEqual([
      expect.stringMatching(
        /^a\/mysql-bin\.000001: at \d+: event_size: needs \d+ bytes, \d+ left$/,
      ),
    ]);
  });
});

test('a scan that was interrupted', async () => {
  const stopped = new AbortController();
  stopped.abort();
  const report = await reportOf(whole(), { signal: stopped.signal });
  expect(report.summary.partial).toBe(true);
  expect(report.problems.map(({ message }) => message)).toEqual([
    'a/mysql-bin.000001: not read: the scan was interrupted',
  ]);
});
