import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EVENT } from '../../src/binlog/event-type.ts';
import { type LogEvent, openLog } from '../../src/binlog/open-log.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import { LogBuilder, patched } from '../support/build-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'open-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const write = (bytes: Uint8Array): string => {
  files += 1;
  const path = join(folder, `log.${files}`);
  writeFileSync(path, bytes);
  return path;
};

const log = new LogBuilder({ serverId: 7 }).format().begin().query('insert').xid(9).rotate('log.2');
const path = write(log.bytes());

/** What `openLog` gives before it throws, and what it throws. */
const readAll = (file: string): { events: LogEvent[]; error: unknown } => {
  const events: LogEvent[] = [];
  try {
    for (const event of openLog(file)) events.push(event);
    return { events, error: null };
  } catch (error) {
    return { events, error };
  }
};

const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

test('gives every event with its header, where it begins and what it is called', () => {
  const { events, error } = readAll(path);
  expect(error).toBeNull();
  expect(events.map(({ offset, size, typeCode }) => ({ offset, size, typeCode }))).toEqual(
    log.events.map(({ offset, size, typeCode }) => ({ offset, size, typeCode })),
  );
  expect(events.map(({ type }) => type)).toEqual([
    'Format_description',
    'Query',
    'Query',
    'Xid',
    'Rotate',
  ]);
  expect(events[1]).toMatchObject({
    timestamp: 1_700_000_001,
    serverId: 7,
    endLogPos: log.event(1).end,
    flags: 0x8,
  });
});

describe('decode', () => {
  const sql = (event: LogEvent | undefined): string | null => {
    const body = event?.decode() ?? null;
    return body?.type === 'query' ? body.sql.toString() : null;
  };

  test('gives the body without the checksum, also after the loop', () => {
    const during = Array.from(openLog(path), sql);
    expect(during).toEqual([null, 'BEGIN', 'insert', null, null]);
    expect(readAll(path).events.map(sql)).toEqual(during);
  });

  test('is null for a type whose body is not read here', () => {
    const odd = write(new LogBuilder().format().put(93, Buffer.from('abc')).bytes());
    const { events } = readAll(odd);
    expect(events[1]?.type).toBe('Unknown(93)');
    expect(events[1]?.decode()).toBeNull();
  });

  test('heeds each format description: header length, checksums, post-headers', () => {
    const relay = new LogBuilder({ serverId: 1 })
      .format({ checksum: 'crc32' })
      .query('one')
      .from(2)
      .format({ checksum: 'none', version: '5.5.62-log', types: 27 })
      .query('two')
      .format({ checksum: 'crc32', version: '10.11.6-MariaDB-log' })
      .mariadbGtid(5)
      .query('three');
    const { events, error } = readAll(write(relay.bytes()));
    expect(error).toBeNull();
    expect(events.map(sql)).toEqual([null, 'one', null, 'two', null, null, 'three']);
    expect(events[5]?.decode()).toMatchObject({ type: 'mariadb-gtid' });
  });

  test('throws what the bytes contradict, with the offset', () => {
    const short = new LogBuilder().format().put(EVENT.XID, Buffer.alloc(3));
    const [, xid] = readAll(write(short.bytes())).events;
    const { offset } = short.event(1);
    expect(() => xid?.decode()).toThrow(
      new RegExp(`at ${offset + 19}: xid: needs 8 bytes, 3 left`),
    );
  });
});

describe('throws a MalformedError', () => {
  const built = log.event(2);

  test.each<readonly [string, Uint8Array, number, number, RegExp]>([
    [
      'in an event',
      log.bytes().subarray(0, built.end - 3),
      2,
      built.offset,
      /event_size: needs \d+ bytes, \d+ left/,
    ],
    [
      'in a header',
      log.bytes().subarray(0, built.offset + 5),
      2,
      built.offset,
      /needs 19 bytes, 5 left/,
    ],
    [
      'at zeroes',
      Buffer.concat([log.bytes(), Buffer.alloc(64)]),
      5,
      log.length,
      /header: 64 zero bytes to the end of the file/,
    ],
    [
      'at a wrong checksum',
      patched(log.bytes(), built.offset + 25, 0x55),
      2,
      built.offset,
      /checksum: the CRC32/,
    ],
    ['in an empty file', Buffer.alloc(0), 0, 0, /magic: no binary or relay log: is empty/],
    [
      'in a foreign file',
      Buffer.from('#!/bin/sh\n'),
      0,
      0,
      /begins with 23212f62 instead of fe62696e/,
    ],
    ['in an encrypted log', Buffer.from('fd62696e01', 'hex'), 0, 0, /magic: an encrypted log/],
    [
      'in a log without a format description',
      new LogBuilder().query('x').bytes(),
      0,
      4,
      /type_code: Query before any format description/,
    ],
  ])('%s, after what is whole', (_where, bytes, whole, offset, message) => {
    const { events, error } = readAll(write(bytes));
    expect(events).toHaveLength(whole);
    expect(error).toBeInstanceOf(MalformedError);
    expect(error).toMatchObject({ offset, message: expect.stringMatching(message) });
  });

  test('where the encryption of a MariaDB log begins', () => {
    const clear = new LogBuilder()
      .format({ version: '10.11.6-MariaDB-log' })
      .put(EVENT.START_ENCRYPTION, Buffer.alloc(17, 1));
    const bytes = Buffer.concat([clear.bytes(), Buffer.alloc(100, 0xaa)]);
    const { events, error } = readAll(write(bytes));
    expect(events.map(({ type }) => type)).toEqual(['Format_description', 'Start_encryption']);
    expect(error).toMatchObject({ offset: clear.length, field: 'event' });
  });
});

describe.skipIf(process.platform !== 'linux')('the file', () => {
  test('is opened with the first event and closed with the last', () => {
    const before = openDescriptors();
    const events = openLog(path);
    expect(openDescriptors()).toBe(before);
    events.next();
    expect(openDescriptors()).toBe(before + 1);
    expect([...events]).toHaveLength(4);
    expect(openDescriptors()).toBe(before);
  });

  test('is closed when the loop is left, and when it throws', () => {
    const before = openDescriptors();
    for (const event of openLog(path)) if (event.type === 'Query') break;
    expect(readAll(write(Buffer.from('no log'))).error).toBeInstanceOf(MalformedError);
    expect(openDescriptors()).toBe(before);
  });
});

test('a file that is not there gives the error of the system', () => {
  expect(readAll(join(folder, 'none')).error).toMatchObject({ code: 'ENOENT' });
});

test('a file that was cut meanwhile gives an error, no wrong body', () => {
  const file = write(log.bytes());
  const last = readAll(file).events.at(-1);
  truncateSync(file, log.event(4).offset + 21);
  expect(() => last?.decode()).toThrow(MalformedError);
});

test('events larger than the window are read whole', () => {
  const big = new LogBuilder()
    .format()
    .query('x'.repeat(3 << 20))
    .query('after');
  const events = readAll(write(big.bytes())).events.map((event) => event.decode());
  expect(events.map((body) => (body?.type === 'query' ? body.sql.length : 0))).toEqual([
    0,
    3 << 20,
    5,
  ]);
});

test('reads the samples as far as their own scan does', () => {
  const sample = join(import.meta.dirname, '../../samples/damaged-relay-log-mysql-5.6');
  const report = JSON.parse(readFileSync(join(sample, 'report.json'), 'utf8'));
  const { error } = readAll(join(sample, 'files/db-rep/db-rep-relay-bin.000002'));
  expect(error).toMatchObject({ offset: report.problems[0].offset });
});
