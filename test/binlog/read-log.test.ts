import { describe, expect, test } from 'vitest';
import type { LogDamage } from '../../src/binlog/damage.ts';
import { type LogEvent, LogReader } from '../../src/binlog/read-log.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { FileWindow } from '../../src/bytes/file-window.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import { LogBuilder, patched } from '../support/build-log.ts';

interface Read {
  readonly events: LogEvent[];
  readonly damage: LogDamage[];
  readonly error: unknown;
}

const read = (bytes: Uint8Array): Read => {
  const window = new FileWindow(fromBytes(bytes));
  const path = 'mysql-bin.000001';
  const copy = (at: number, length: number) => window.copy(at, length);
  const events: LogEvent[] = [];
  const damage: LogDamage[] = [];
  try {
    const reader = new LogReader({ path, window, copy, isDecrypted: false }, (found) =>
      damage.push(found),
    );
    for (const event of reader.events()) events.push(event);
  } catch (error) {
    return { events, damage, error };
  }
  return { events, damage, error: null };
};

const build = (checksum: 'crc32' | 'none'): LogBuilder => {
  const log = new LogBuilder().format({ checksum });
  for (let i = 0; i < 6; i += 1) log.query(`INSERT INTO t VALUES (${i})`);
  return log;
};

describe.each(['crc32', 'none'] as const)(
  'checksum %s: behind damage reading goes on',
  (checksum) => {
    const log = build(checksum);
    const { offset, size, end } = log.event(3);

    test('a size that lies loses its event alone', () => {
      const { events, damage, error } = read(patched(log.bytes(), offset + 9, 0xff));
      expect(error).toBeNull();
      expect(events.map((event) => event.offset)).toEqual(
        log.events.filter((event) => event.offset !== offset).map((event) => event.offset),
      );
      expect(damage).toMatchObject([{ offset, length: size, resumedAt: end }]);
    });

    test('the log ends inside its last event', () => {
      const { events, damage } = read(log.bytes().subarray(0, -5));
      expect(events).toHaveLength(log.events.length - 1);
      expect(damage).toMatchObject([{ kind: 'torn-event', offset: log.events.at(-1)?.offset }]);
    });

    test('a run of other bytes in the middle', () => {
      const bytes = log.bytes();
      bytes.fill(0xa5, offset + 2, end - 1);
      const { events, damage } = read(bytes);
      expect(events).toHaveLength(log.events.length - 1);
      expect(damage).toMatchObject([{ offset, resumedAt: end }]);
    });
  },
);

test('a bad byte in a body is told by the checksum, and loses one event', () => {
  const log = build('crc32');
  const { offset } = log.event(2);
  const { events, damage } = read(patched(log.bytes(), offset + 40, 0x01));
  expect(events).toHaveLength(log.events.length - 1);
  expect(damage).toMatchObject([{ kind: 'checksum', offset }]);
});

test('where encryption begins reading ends, with the reason', () => {
  const log = new LogBuilder()
    .format({ version: '10.11.6-MariaDB-log' })
    .put(164, Buffer.alloc(17));
  const { events, error } = read(Buffer.concat([log.bytes(), Buffer.alloc(90, 0xaa)]));
  expect(events).toHaveLength(2);
  expect(error).toBeInstanceOf(MalformedError);
  expect(error).toMatchObject({ offset: log.length, problem: expect.stringContaining('key') });
});

test.each([
  ['crc32', 4],
  ['none', 0],
] as const)('checksum %s: the body of every event ends before it', (checksum, trailer) => {
  const { events } = read(build(checksum).bytes());
  expect(events.map(({ offset, size, bodyEnd }) => offset + size - bodyEnd)).toEqual(
    events.map(() => trailer),
  );
});

describe('a format description that its checksum does not prove', () => {
  const log = build('crc32');
  const [format, first] = [log.event(0), log.event(1)];
  const others = log.events.slice(1).map((event) => event.offset);
  const bodies = (events: readonly LogEvent[]) =>
    events.filter(({ offset }) => offset > format.offset).map((event) => event.decode());
  const whole = bodies(read(log.bytes()).events);

  test.each([
    ['its algorithm says none', format.end - 5, 0x00],
    ['its algorithm is none that exists', format.end - 5, 0x41],
    ['its version is none that exists', format.offset + 21, 0x79],
    ['its headers are longer than any', format.offset + 19 + 56, 0x53],
    ['its Query has no status variables', format.offset + 19 + 57 + 1, 11],
    ['it is called a user variable', format.offset + 4, 14],
  ])('%s: the events behind it are read as they are', (_what, at, value) => {
    const { events, damage, error } = read(patched(log.bytes(), at, value));
    expect(error).toBeNull();
    expect(damage).toMatchObject([{ offset: format.offset, resumedAt: first.offset }]);
    expect(events.map(({ offset }) => offset).filter((offset) => offset > 4)).toEqual(others);
    expect(bodies(events)).toEqual(whole);
  });

  test('in a log without any, all is as it says', () => {
    const plain = build('none').bytes();
    const { events, damage } = read(patched(plain, 4 + 21, 0x36));
    expect(events).toHaveLength(others.length + 1);
    expect(damage).toEqual([]);
  });
});

test('a size that takes in the next events whole loses its event alone', () => {
  const log = build('crc32');
  const [lying, last] = [log.event(2), log.event(4)];
  const bytes = log.bytes();
  bytes.writeUInt32LE(last.end - lying.offset, lying.offset + 9);
  const { events, damage } = read(bytes);
  expect(events.map(({ offset }) => offset)).not.toContain(lying.offset);
  expect(events).toHaveLength(log.events.length - 1);
  expect(damage).toMatchObject([{ offset: lying.offset, length: lying.size, field: 'event_size' }]);
});

test('a value that holds a piece of another log is no event of this one', () => {
  const inner = new LogBuilder().format({ checksum: 'crc32' }).query('SELECT 1');
  const piece = inner.bytes().subarray(inner.event(1).offset);
  const log = new LogBuilder()
    .format({ checksum: 'crc32' })
    .put(29, Buffer.concat([Buffer.from([0xff]), piece]))
    .query('SELECT 2');
  const { offset } = log.event(1);
  const { events, damage } = read(patched(log.bytes(), offset, 0xee));
  expect(events).toHaveLength(2);
  expect(damage).toMatchObject([{ kind: 'checksum', offset, resumedAt: log.event(1).end }]);
});
