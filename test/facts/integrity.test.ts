import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import type { LogBuilder } from '../support/build-log.ts';
import { log, lyingSize, noise, patched } from '../support/build-log.ts';
import { damage, gather, gatherSource } from './gather.ts';

type Checksum = 'crc32' | 'none';

/** Three transactions: events 1 to 4, 5 to 8, and 9 to 12, each GTID, BEGIN, a statement, XID. */
const mysql57 = (checksum: Checksum = 'crc32'): LogBuilder => {
  const built = log().format({ checksum });
  for (const gno of [1, 2, 3])
    built.gtid(gno).begin().query(`INSERT INTO shop.orders VALUES (${gno})`).xid(gno);
  return built;
};

describe('the head', () => {
  test('a log whose magic alone is damaged is read', () => {
    for (const built of [
      mysql57(),
      mysql57('none'),
      log().format({ version: '5.1.73-log', checksum: 'unaware', types: 27 }).begin().xid(1),
    ]) {
      const facts = gather(patched(built.bytes(), 0, 0, 0, 0, 0));
      expect(damage(facts)).toEqual(['magic 0+4 -> 4']);
      expect(facts).toMatchObject({ unsupported: null, events: built.events.length });
    }
  });

  test('a file with neither magic nor format description is no log', () => {
    const damaged = patched(patched(mysql57().bytes(), 0, 0), 40, 0xff);
    for (const bytes of [
      damaged,
      noise(5000),
      Buffer.alloc(0),
      Buffer.from('./binlog.000001\n'),
      Buffer.alloc(4096),
    ]) {
      expect(gather(bytes)).toMatchObject({
        unsupported: 'no binary or relay log',
        events: 0,
        integrity: [],
      });
    }
  });

  test('compressed files are told by their kind', () => {
    const kinds: Readonly<Record<string, string>> = {
      '1f8b0800': 'gzip',
      '28b52ffd': 'zstd',
      fd377a585a00: 'xz',
      '425a6839': 'bzip2',
    };
    for (const [hex, kind] of Object.entries(kinds)) {
      const bytes = Buffer.concat([Buffer.from(hex, 'hex'), noise(200)]);
      expect(gather(bytes).unsupported).toBe(`a file compressed with ${kind}`);
    }
  });

  test('an encrypted log of MySQL names its key and nothing else', () => {
    const key = 'MySQLReplicationKey_3e11fa47-71ca-11e1-9e33-c80aa9429562_1';
    const bytes = Buffer.concat([
      Buffer.from('fd62696e0101', 'hex'),
      Buffer.from([key.length]),
      Buffer.from(key),
      noise(900),
    ]);
    expect(gather(bytes)).toMatchObject({
      encryption: {
        scheme: 'mysql',
        offset: 0,
        keyId: key,
        uuid: '3e11fa47-71ca-11e1-9e33-c80aa9429562',
      },
      events: 0,
      integrity: [],
      unsupported: null,
    });
    expect(gather(bytes.subarray(0, 5)).encryption).toMatchObject({
      scheme: 'mysql',
      keyId: null,
      uuid: null,
    });
  });

  test('a log before format v4 is refused', () => {
    const start = (size: number): Buffer =>
      Buffer.concat([Buffer.of(3, 0), Buffer.from('4.1.22-log'), Buffer.alloc(size - 12)]);
    expect(gather(log().put(1, start(56))).unsupported).toBe(
      'a log of MySQL 4.0 or 4.1 (format v3)',
    );
    expect(gather(log().put(1, start(50))).unsupported).toBe('a log of MySQL 3.23 (format v1)');
    expect(gather(mysql57('none').put(1, start(56)).query('DROP TABLE a'))).toMatchObject({
      unsupported: null,
      events: 15,
    });
  });

  test('an alpha build that numbered its events otherwise is refused', () => {
    const built = log()
      .format({ version: '5.2.2-a_drop6p8-alpha', checksum: 'none', types: 27 })
      .begin();
    expect(gather(built).unsupported).toContain('5.2.2-a_drop6p8-alpha');
  });
});

describe('an encrypted log of MariaDB', () => {
  const encrypted = (): LogBuilder => {
    const built = log()
      .format({ version: '10.11.19-MariaDB-log', checksum: 'none' })
      .put(164, Buffer.concat([Buffer.of(1, 1, 0, 0, 0), noise(12)]));
    for (const seed of [1, 2, 3]) {
      // Of an encrypted event only its size can be read
      const event = noise(150, seed);
      event.writeUInt32LE(150, 9);
      built.raw(event);
    }
    return built;
  };

  test('is hopped over, event by event', () => {
    const built = encrypted();
    expect(gather(built)).toMatchObject({
      encryption: { scheme: 'mariadb', offset: built.event(1).offset },
      events: 5,
      types: { Format_description: 1, Start_encryption: 1 },
      serverIds: [],
      integrity: [],
      wholeUntil: built.length,
    });
  });

  test('may end inside an event that looks like others', () => {
    const built = encrypted();
    const event = noise(200, 7);
    event.writeUInt32LE(201, 9);
    const stop = log({ magic: Buffer.alloc(0) })
      .stop()
      .bytes();
    const from = built.length;
    built.raw(event.subarray(0, 100)).raw(stop);
    expect(damage(gather(built))).toEqual([`torn-event ${from}+119`]);
  });

  test('may end inside an event', () => {
    const built = encrypted();
    expect(damage(gather(built.bytes().subarray(0, built.length - 1)))).toEqual([
      `torn-event ${built.length - 150}+149`,
    ]);
  });
});

describe('a flipped body', () => {
  test.each(['at its first byte', 'at its last byte', 'in its checksum'])(
    '%s is said, and reading goes on',
    (where) => {
      const built = mysql57();
      const { offset, end, size } = built.event(7);
      const at =
        where === 'at its first byte'
          ? offset + 19
          : where === 'at its last byte'
            ? end - 5
            : end - 1;
      const bytes = built.bytes();
      const facts = gather(patched(bytes, at, (bytes[at] ?? 0) ^ 0x40));
      expect(damage(facts)).toEqual([`checksum ${offset}+${size} -> ${end}`]);
      expect(facts).toMatchObject({
        events: built.events.length,
        checksumsBad: 1,
        checksumsVerified: built.events.length - 1,
        wholeUntil: built.length,
        integrity: [
          {
            event: { offset, typeCode: 2 },
            transaction: { offset: built.event(5).offset },
            lastComplete: { end: built.event(4).end },
          },
        ],
        transactions: { count: 2 },
      });
    },
  );

  test('of the last event of the file is said as well', () => {
    const built = mysql57();
    expect(damage(gather(patched(built.bytes(), built.length - 8, 0xee)))).toEqual([
      `checksum ${built.event(-1).offset}+31 -> ${built.length}`,
    ]);
  });

  test('before a format description of an open log is one event, no more', () => {
    const built = log().format().query('DROP TABLE a', { badChecksum: true }).format({ flags: 1 });
    const { offset, size, end } = built.event(1);
    expect(damage(gather(built))).toEqual([`checksum ${offset}+${size} -> ${end}`]);
  });

  test('of two events side by side costs both', () => {
    const built = mysql57();
    const [first, second] = [built.event(6), built.event(7)];
    const bytes = patched(patched(built.bytes(), first.end - 1, 0xee), second.end - 1, 0xee);
    expect(damage(gather(bytes))).toEqual([
      `framing ${first.offset}+${second.end - first.offset} -> ${second.end}`,
    ]);
  });

  test('of a transaction without checksums cannot be seen, but a body that contradicts its type can', () => {
    const built = log()
      .format({ checksum: 'none' })
      .put(4, Buffer.of(4, 0, 0))
      .gtid(1)
      .query('DROP TABLE a');
    expect(gather(built)).toMatchObject({
      integrity: [
        {
          kind: 'malformed-body',
          field: 'position',
          offset: built.event(1).offset,
          resumedAt: built.event(1).end,
        },
      ],
      transactions: { count: 1 },
    });
  });
});

describe('a size that lies', () => {
  const LIES: Readonly<Record<string, (size: number, next: number) => number>> = {
    '0': () => 0,
    '18, less than a header': () => 18,
    '19, a header alone': () => 19,
    smaller: (size) => size - 7,
    'one smaller': (size) => size - 1,
    'one larger': (size) => size + 1,
    'larger, into the next event': (size) => size + 25,
    'larger, over the next event': (size, next) => size + next + 3,
    'as large as two events': (size, next) => size + next,
    'beyond the end of the file': () => 1_000_000,
    'beyond 2 GiB': () => 0xffff_fff0,
  };

  test.each(Object.entries(LIES))(
    '%s: with checksums reading resumes at the next event',
    (_lie, lie) => {
      const built = mysql57();
      for (const [n, event] of built.events.entries()) {
        if (n === 0 || n === built.events.length - 1) continue;
        const next = built.event(n + 1);
        const facts = gather(lyingSize(built.bytes(), event.offset, lie(event.size, next.size)));
        expect(damage(facts)).toEqual([`framing ${event.offset}+${event.size} -> ${event.end}`]);
        expect(facts.wholeUntil).toBe(built.length);
      }
    },
  );

  test.each(Object.entries(LIES))(
    '%s: without checksums reading resumes where events stand in a row',
    (_lie, lie) => {
      const built = mysql57('none');
      const event = built.event(6);
      const next = built.event(7);
      const facts = gather(lyingSize(built.bytes(), event.offset, lie(event.size, next.size)));
      expect(facts.wholeUntil).toBe(built.length);
      expect(facts.transactions.lastComplete).toMatchObject({
        offset: built.event(9).offset,
        end: built.length,
      });
      // An event as large as two has nothing that contradicts it
      if (lie(event.size, next.size) === event.size + next.size) expect(damage(facts)).toEqual([]);
      else expect(damage(facts).at(-1)).toMatch(/-> \d+$/);
    },
  );

  test('in the format description of the source: the one before is kept to read on', () => {
    const built = log({ serverId: 2 })
      .format()
      .fakeRotate('mysql-bin.000003', 4, { serverId: 1 })
      .from(1)
      .format()
      .gtid(1)
      .query('DROP TABLE a');
    const { offset, end, size } = built.event(2);
    for (const lie of [size + 12, size - 9, size + 40]) {
      const facts = gather(lyingSize(built.bytes(), offset, lie));
      expect(facts).toMatchObject({
        checksum: 'crc32',
        wholeUntil: built.length,
        transactions: { count: 1 },
      });
      expect(facts.integrity[0]).toMatchObject({ offset });
      expect(facts.integrity.at(-1)).toMatchObject({ resumedAt: end });
    }
  });
});

describe('the tail', () => {
  test('zeros to the end of the file', () => {
    for (const zeros of [1, 18, 19, 4096, 3 << 20]) {
      const built = mysql57();
      const facts = gather(Buffer.concat([built.bytes(), Buffer.alloc(zeros)]));
      expect(damage(facts)).toEqual([`zeros ${built.length}+${zeros}`]);
      expect(facts.wholeUntil).toBe(built.length);
    }
  });

  test('zeros from inside an event to the end of the file', () => {
    const built = mysql57();
    const { offset } = built.event(-2);
    const bytes = built.bytes().fill(0, offset + 25);
    expect(gather(bytes)).toMatchObject({
      integrity: [
        {
          kind: 'framing',
          offset,
          resumedAt: null,
          problem: expect.stringContaining('zeros follow to the end'),
        },
      ],
      wholeUntil: offset,
    });
  });

  test('zeros between events are bridged', () => {
    const built = mysql57();
    const from = built.length;
    built.raw(Buffer.alloc(300)).gtid(4).query('DROP TABLE a');
    expect(damage(gather(built))).toEqual([`framing ${from}+300 -> ${from + 300}`]);
    expect(gather(built).transactions.count).toBe(4);
  });

  test.each(['crc32', 'none'] as const)('cut at every byte of the last event (%s)', (checksum) => {
    const built = mysql57(checksum);
    const { offset, size } = built.event(-1);
    for (let left = 1; left < size; left += 1) {
      const facts = gather(built.bytes().subarray(0, offset + left));
      expect(damage(facts)).toEqual([
        `${left < 19 ? 'torn-header' : 'torn-event'} ${offset}+${left}`,
      ]);
      expect(facts).toMatchObject({
        wholeUntil: offset,
        bytes: offset + left,
        integrity: [
          {
            transaction: { offset: built.event(9).offset },
            lastComplete: { end: built.event(8).end },
          },
        ],
        transactions: { open: { start: { offset: built.event(9).offset }, lastEnd: offset } },
      });
    }
    expect(damage(gather(built.bytes().subarray(0, offset)))).toEqual([]);
  });

  test('cut inside the format description', () => {
    const built = mysql57();
    for (let length = 5; length < built.event(0).end; length += 1) {
      const facts = gather(built.bytes().subarray(0, length));
      expect(damage(facts)).toEqual([
        `${length < 23 ? 'torn-header' : 'torn-event'} 4+${length - 4}`,
      ]);
      expect(facts).toMatchObject({ events: 0, wholeUntil: 4 });
    }
  });

  test('a file that is cut while it is read ends where it was cut', () => {
    const bytes = mysql57()
      .put(30, noise(3 << 20))
      .bytes();
    const { offset } = mysql57().event(-1);
    for (const length of [
      5,
      30,
      offset - 1,
      offset,
      offset + 10,
      offset + 25,
      1 << 20,
      2_500_000,
      bytes.length - 2,
    ]) {
      const cut = fromBytes(bytes.subarray(0, length));
      const facts = gatherSource({ ...cut, size: bytes.length });
      expect(facts.integrity.at(-1)?.offset).toBeLessThanOrEqual(length);
      expect(facts.transactions.count).toBeLessThanOrEqual(3);
    }
  });
});

describe('types', () => {
  test('a type that no server writes is counted, in a log with checksums', () => {
    const built = log().format().put(93, Buffer.alloc(8)).gtid(1).query('DROP TABLE a');
    expect(gather(built)).toMatchObject({
      integrity: [],
      types: { 'Unknown(93)': 1 },
      transactions: { count: 1 },
    });
  });

  test('without checksums it is said, where whole events follow', () => {
    const built = log()
      .format({ checksum: 'none' })
      .put(93, Buffer.alloc(8))
      .gtid(1)
      .query('DROP TABLE a')
      .gtid(2);
    const { offset, size, end } = built.event(1);
    expect(damage(gather(built))).toEqual([`unknown-type ${offset}+${size} -> ${end}`]);
    expect(gather(built)).toMatchObject({
      events: 5,
      types: { 'Unknown(93)': 1 },
      transactions: { count: 1 },
    });
    const ignorable = log()
      .format({ checksum: 'none' })
      .put(93, Buffer.alloc(8), { flags: 0x80 })
      .gtid(1)
      .query('DROP TABLE a');
    expect(gather(ignorable)).toMatchObject({ integrity: [], events: 4 });
  });

  test('without checksums and without events behind it, it is where reading stops making sense', () => {
    const built = mysql57('none');
    const { offset, end } = built.event(5);
    const facts = gather(patched(lyingSize(built.bytes(), offset, 40), offset + 4, 93));
    expect(damage(facts)).toEqual([`framing ${offset}+${end - offset} -> ${end}`]);
  });

  test("one at the window's edge is read from its own bytes", () => {
    for (let shift = -40; shift <= 40; shift += 1) {
      const built = log().format({ checksum: 'none' });
      built
        .query('x'.repeat((1 << 20) - built.length - 100 + shift))
        .put(93, Buffer.alloc(30), { serverId: 77, at: 5 })
        .gtid(1)
        .query('y'.repeat(1 << 20))
        .gtid(2);
      expect(gather(built).serverIds).toMatchObject([
        { serverId: 1 },
        { serverId: 77, firstTimestamp: 5 },
      ]);
    }
  });
});

test('damage in many places is kept up to a bound and counted beyond it', () => {
  const built = log().format();
  for (let gno = 1; gno <= 300; gno += 1)
    built.gtid(gno, { badChecksum: true }).query('DROP TABLE a');
  const facts = gather(built);
  expect(facts.integrity).toHaveLength(200);
  expect(facts).toMatchObject({ integrityLeftOut: 100, checksumsBad: 300, events: 601 });
});
