import { expect, test } from 'vitest';
import { HEADER_BYTES, type LogBuilder, log, patched, UUID } from '../support/build-log.ts';
import { damage, gather } from './gather.ts';

const MYSQL_56 = { version: '5.6.24-log', types: 35 };

test('a format description is dated by the next data event', () => {
  const built = log({ serverId: 2, at: 2000 })
    .format({ ...MYSQL_56, flags: 0x40 })
    .fakeRotate('mysql-bin.000003', 400, { serverId: 1 })
    .from(1)
    .format({ ...MYSQL_56, logPos: 0, at: 1000, created: 900 })
    .at(3000)
    .begin()
    .xid(1)
    .format({ ...MYSQL_56, at: 1500 });
  const nextData = { offset: built.event(3).offset, timestamp: 3000 };
  expect(gather(built).formats).toMatchObject([
    {
      serverId: 2,
      flags: 0x40,
      nextData,
      checksum: 'crc32',
      typeCount: 35,
      serverVersion: '5.6.24-log',
    },
    { serverId: 1, timestamp: 1000, created: 900, endLogPos: 0, nextData },
    { timestamp: 1500, nextData: null },
  ]);
});

test('a later data event does not date it again', () => {
  const built = log().format().query('DROP TABLE a').format().query('DROP TABLE b');
  expect(gather(built).formats.map(({ nextData }) => nextData?.offset)).toEqual([
    built.event(1).offset,
    built.event(3).offset,
  ]);
});

test('a data event without a time does not date a format description', () => {
  const built = log().format().query('DROP TABLE a', { at: 0 }).query('DROP TABLE b', { at: 50 });
  expect(gather(built).formats).toMatchObject([
    { nextData: { offset: built.event(2).offset, timestamp: 50 } },
  ]);
});

test('Rotates, Stops and incidents are listed with what they say', () => {
  const built = log().format().incident().rotate('./binlog.000002', 4).stop({ serverId: 9 });
  expect(gather(built)).toMatchObject({
    rotates: [{ nextLog: 'binlog.000002', position: 4, offset: built.event(2).offset }],
    stops: [{ serverId: 9, offset: built.event(3).offset }],
    incidents: [{ offset: built.event(1).offset, code: 1, message: 'lost', gtid: null }],
    controlsLeftOut: 0,
    types: { Format_description: 1, Incident: 1, Rotate: 1, Stop: 1 },
    events: 4,
  });
});

test('server ids are those of the data events: whoever passed them on', () => {
  const built = log({ serverId: 2 })
    .format()
    .fakeRotate('mysql-bin.000003', 4, { serverId: 1 })
    .query('DROP TABLE a', { serverId: 3, at: 10 })
    .query('DROP TABLE b', { serverId: 1, at: 20 })
    .query('DROP TABLE c', { serverId: 3, at: 30 });
  expect(gather(built)).toMatchObject({
    serverIds: [
      { serverId: 1, events: 1, firstTimestamp: 20, lastTimestamp: 20 },
      {
        serverId: 3,
        events: 2,
        firstTimestamp: 10,
        lastTimestamp: 30,
        firstOffset: built.event(2).offset,
      },
    ],
    firstTimestamp: 10,
    lastTimestamp: 30,
    firstData: { offset: built.event(2).offset },
    lastData: { offset: built.event(4).offset },
    last: { offset: built.event(4).offset },
  });
});

test('an empty log and a log of its magic alone say so', () => {
  expect(gather(log().format())).toMatchObject({
    events: 1,
    firstData: null,
    firstTimestamp: null,
    integrity: [],
  });
  expect(gather(log())).toMatchObject({
    events: 0,
    bytes: 4,
    wholeUntil: 4,
    last: null,
    unsupported: null,
    integrity: [],
  });
});

test('the GTID set at the head is that of the logs before', () => {
  const facts = gather(log().format().previousGtids().gtid(10).query('DROP TABLE a'));
  expect(facts.previousGtids).toBe('3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9');
});

test('a source with checksums behind a replica without keeps its GTID set readable, and the reverse', () => {
  const set = '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9';
  for (const [own, source] of [
    ['none', 'crc32'],
    ['crc32', 'none'],
  ] as const) {
    const built = log({ serverId: 2 }).format({ checksum: own, flags: 0x40 }).previousGtids();
    built
      .fakeRotate('mysql-bin.000003', 4, { serverId: 1 })
      .from(1)
      .format({ checksum: source })
      .gtid(1)
      .query('DROP TABLE a');
    expect(gather(built)).toMatchObject({ previousGtids: set, integrity: [], checksum: source });
  }
});

test('the checksum algorithm switches at a format description inside the file', () => {
  const relay = (own: 'crc32' | 'none', source: 'crc32' | 'none') => {
    const built = log({ serverId: 2 })
      .format({ ...MYSQL_56, checksum: own })
      .fakeRotate('mysql-bin.000003', 4, { serverId: 1 })
      .from(1);
    built.format({ ...MYSQL_56, checksum: source });
    for (const exec of [0, 3])
      built.begin({ exec }).query('INSERT INTO a VALUES (1)', { exec }).xid(exec);
    return built
      .from(2)
      .format({ ...MYSQL_56, checksum: own, flags: 1 })
      .rotate('relay-bin.000003');
  };
  const toNone = relay('crc32', 'none');
  // Own format description, fake Rotate, then own format description and Rotate at the end
  expect(gather(toNone)).toMatchObject({
    checksumsVerified: 4,
    checksumsBad: 0,
    integrity: [],
    events: 11,
  });
  const toCrc = relay('none', 'crc32');
  expect(gather(toCrc)).toMatchObject({
    checksumsVerified: 7,
    checksumsBad: 0,
    integrity: [],
    events: 11,
  });
  for (const built of [toNone, toCrc]) {
    expect(gather(built).transactions).toMatchObject({
      count: 2,
      repeats: [{ copies: 2, sameBytes: true, tables: ['shop.a'], formats: ['statement'] }],
    });
  }
});

test('a flag "in use" does not count in the checksum of a format description', () => {
  const built = log().format({ flags: 1 }).query('DROP TABLE a');
  expect(gather(built)).toMatchObject({
    formats: [{ flags: 1 }],
    integrity: [],
    checksumsVerified: 2,
  });
  expect(damage(gather(patched(built.bytes(), 4 + 17, 0)))).toEqual([]);
  expect(damage(gather(patched(built.bytes(), 4 + 17, 2)))).toEqual([
    `checksum 4+${built.event(0).size} -> ${built.event(1).offset}`,
  ]);
});

test('the checksum of a source format description without an algorithm is not judged', () => {
  const built = log({ serverId: 2 })
    .format(MYSQL_56)
    .from(1)
    .format({ ...MYSQL_56, checksum: 'none', logPos: 0, badChecksum: true });
  expect(gather(built.begin().xid(1))).toMatchObject({
    checksumsBad: 0,
    integrity: [],
    checksum: 'none',
  });
});

test.each([
  ['MySQL', (built: LogBuilder) => built.gtid(7), `${UUID}:7`],
  ['MariaDB', (built: LogBuilder) => built.mariadbGtid(7), '0-1-7'],
  ['a transaction before it', (built: LogBuilder) => built.gtid(7).begin().xid(1), null],
])('an incident has the GTID that stands before it: %s', (_name, before, gtid) => {
  expect(gather(before(log().format()).incident()).incidents).toMatchObject([{ gtid }]);
});

test('an incident whose body lies is listed all the same', () => {
  const built = log().format({ checksum: 'none' }).incident();
  const lying = patched(built.bytes(), built.event(1).offset + HEADER_BYTES + 2, 200);
  expect(gather(lying).incidents).toMatchObject([{ code: null, message: '' }]);
});
