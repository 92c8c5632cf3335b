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
    const reader = new LogReader({ path, window, copy }, (found) => damage.push(found));
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
