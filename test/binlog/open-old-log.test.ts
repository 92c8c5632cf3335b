import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type LogEvent, openLog } from '../../src/binlog/open-log.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import { log } from '../support/build-log.ts';
import { hex } from './events/event-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'old-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const readAll = (bytes: Uint8Array): { events: LogEvent[]; error: unknown } => {
  files += 1;
  const path = join(folder, `log.${files}`);
  writeFileSync(path, bytes);
  const events: LogEvent[] = [];
  try {
    for (const event of openLog(path)) events.push(event);
    return { events, error: null };
  } catch (error) {
    return { events, error };
  }
};

const MAGIC = hex('fe62696e');

/** Header of 19 bytes; `log_pos` is where the event begins. */
const event = (typeCode: number, logPos: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(19);
  head.writeUInt32LE(1_264_103_377, 0);
  head.writeUInt8(typeCode, 4);
  head.writeUInt32LE(1, 5);
  head.writeUInt32LE(head.length + body.length, 9);
  head.writeUInt32LE(logPos, 13);
  return Buffer.concat([head, body]);
};

const start = (binlogVersion: number): Buffer => {
  const body = Buffer.alloc(56);
  body.writeUInt16LE(binlogVersion, 0);
  body.write('4.1.26-log', 2);
  return body;
};

const QUERY = hex(`
  03000000                          # thread_id
  02000000                          # exec_time
  04                                # db_len
  0000                              # error_code
  7465737400                        # db "test"
  6472 6f70                         # query "drop"
`);
const ROTATE = hex('0400000000000000 6c6f672e303032');
const USER_VAR = hex('01000000 61 00 02 08000000 08000000 0700000000000000');

const V3 = Buffer.concat([
  MAGIC,
  event(1, 4, start(3)),
  event(2, 79, QUERY),
  event(14, 118, USER_VAR),
  event(4, 160, ROTATE),
]);

describe('a log of MySQL 4.1', () => {
  test('is read: its positions are told as those of ends, as in later logs', () => {
    const { events, error } = readAll(V3);
    expect(error).toBeNull();
    expect(events.map(({ type, offset, endLogPos }) => ({ type, offset, endLogPos }))).toEqual([
      { type: 'Start_v3', offset: 4, endLogPos: 79 },
      { type: 'Query', offset: 79, endLogPos: 118 },
      { type: 'User_var', offset: 118, endLogPos: 160 },
      { type: 'Rotate', offset: 160, endLogPos: 194 },
    ]);
  });

  test('has statements without status variables', () => {
    const [, query] = readAll(V3).events;
    expect(query?.decode()).toEqual({
      type: 'query',
      threadId: 3,
      execTime: 2,
      errorCode: 0,
      statusVars: {},
      database: 'test',
      sql: Buffer.from('drop'),
    });
  });

  test('keeps position 0, which is none', () => {
    const { events } = readAll(
      Buffer.concat([MAGIC, event(1, 4, start(3)), event(3, 0, Buffer.alloc(0))]),
    );
    expect(events[1]).toMatchObject({ type: 'Stop', endLogPos: 0 });
  });

  test('may begin with a rotate event, when it is a relay log', () => {
    const relay = Buffer.concat([
      MAGIC,
      event(4, 0, ROTATE),
      event(1, 4, start(3)),
      event(2, 79, QUERY),
    ]);
    const { events, error } = readAll(relay);
    expect(error).toBeNull();
    expect(events.map(({ type, endLogPos }) => ({ type, endLogPos }))).toEqual([
      { type: 'Rotate', endLogPos: 0 },
      { type: 'Start_v3', endLogPos: 79 },
      { type: 'Query', endLogPos: 118 },
    ]);
  });

  test('that is cut says where', () => {
    const { events, error } = readAll(V3.subarray(0, 170));
    expect(events).toHaveLength(3);
    expect(error).toMatchObject({ offset: 160, field: 'header' });
  });
});

test('a rotate event may come before a format description too', () => {
  const built = log().fakeRotate('log.002', 4).format().query('x');
  const { events, error } = readAll(built.bytes());
  expect(error).toBeNull();
  expect(events.map(({ type }) => type)).toEqual(['Rotate', 'Format_description', 'Query']);
});

describe('refused in one sentence is', () => {
  /** Header of 13 bytes: no `log_pos`, no flags. */
  const v1 = Buffer.concat([
    MAGIC,
    event(1, 0, start(1)).subarray(0, 13),
    start(1),
    hex('d1af584b 03 01000000 0d000000'),
  ]);
  v1.writeUInt32LE(69, 4 + 9);

  test.each<readonly [string, Uint8Array, RegExp]>([
    ['a log of 3.23', v1, /at 4: binlog_version: a log of MySQL 3\.23 \(format v1\), whose events/],
    [
      'a log of an alpha of 4.0',
      Buffer.concat([MAGIC, event(1, 4, start(2)), event(2, 79, QUERY)]),
      /at 4: binlog_version: a log of format v2/,
    ],
    ...['5.1.1-a_drop5p20', '5.1.4-a_drop6', '5.2.2-a_drop6p8-alpha'].map(
      (version) =>
        [
          `a log of ${version}`,
          log().format({ version, checksum: 'unaware', types: 27 }).query('x').bytes(),
          /at 4: server_version: a log of an alpha build/,
        ] as const,
    ),
  ])('%s', (_what, bytes, message) => {
    const { events, error } = readAll(bytes);
    expect(events).toEqual([]);
    expect(error).toBeInstanceOf(MalformedError);
    expect((error as MalformedError).message).toMatch(message);
  });
});

test('rotate events without end do not make a beginning', () => {
  const rotates = log();
  for (let i = 0; i < 30; i += 1) rotates.fakeRotate('log.002', 4);
  const { events, error } = readAll(rotates.query('x').bytes());
  expect(events).toHaveLength(30);
  expect(error).toMatchObject({ offset: rotates.event(30).offset, field: 'type_code' });
});

test('a start event inside a later log says nothing of that log', () => {
  const built = log().format().put(1, start(1)).query('x');
  const { events, error } = readAll(built.bytes());
  expect(error).toBeNull();
  expect(events[2]).toMatchObject({ type: 'Query', endLogPos: built.event(2).end });
  expect(events[2]?.decode()).toMatchObject({ sql: Buffer.from('x') });
});

test('an old log with any bytes changed gives events, or says where it is malformed', () => {
  const change = fc.tuple(fc.nat(V3.length - 5), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = Buffer.from(V3);
      for (const [at, value] of changes) bytes[4 + at] = value;
      const { events, error } = readAll(bytes);
      for (const each of events) {
        try {
          each.decode();
        } catch (problem) {
          expect(problem).toBeInstanceOf(MalformedError);
        }
      }
      if (error !== null) expect(error).toBeInstanceOf(MalformedError);
    }),
    { numRuns: 500 },
  );
});
