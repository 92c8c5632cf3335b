import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/evidence/evidence.ts';
import { log } from '../support/build-log.ts';
import { RelayLog, START, times, VERSION } from '../support/relay-log.ts';
import { onlyChannel } from '../support/scan-bytes.ts';

const F1 = 'mysql-bin.000001';
const F2 = 'mysql-bin.000002';

const connections = (...logs: readonly RelayLog[]): readonly Connection[] =>
  onlyChannel(
    Object.fromEntries(
      logs.map((built, i) => [`a/relay-bin.${String(i + 2).padStart(6, '0')}`, built]),
    ),
  ).connections;

const kinds = (...logs: readonly RelayLog[]): string[] =>
  connections(...logs).map(({ kind, asked }) =>
    asked ? `${kind} ${asked.file}:${asked.position}` : kind,
  );

const next = (built: RelayLog): RelayLog => built.rotate('relay-bin.000009');

describe('connects', () => {
  test('the first one, at the head of a log or in its middle', () => {
    expect(kinds(new RelayLog().connect().write())).toEqual([`connect ${F1}:4`]);
    expect(kinds(new RelayLog().connect({ position: 700 }).write())).toEqual([`connect ${F1}:700`]);
  });

  test('say what was asked for, what came before and what comes after', () => {
    const first = new RelayLog().connect().write({ at: START + 5 });
    const second = new RelayLog()
      .connect({ position: first.position, opened: START - 9 })
      .write({ at: START + 70 });
    const [, again] = connections(next(first), second);
    expect(again).toMatchObject({
      path: 'a/relay-bin.000003',
      offset: second.log.event(1).offset,
      asked: { file: F1, position: first.position },
      sourceId: 1,
      format: { timestamp: START - 9, endLogPos: 0 },
      before: { timestamp: START + 5, offset: first.log.event(5).offset },
      after: { timestamp: START + 70, offset: second.log.event(3).offset },
    });
  });

  test('a relay chain whose beginning was purged begins with a connect all the same', () => {
    expect(
      kinds(new RelayLog().connect({ position: 9000 }), new RelayLog().connect({ position: 9000 })),
    ).toEqual([`connect ${F1}:9000`, `reconnect ${F1}:9000`]);
    expect(
      kinds(
        new RelayLog().copyOfFormat({ position: 9000 }).write(),
        new RelayLog().connect({ position: 9500 }),
      ),
    ).toEqual(['relay-rotation', `reconnect ${F1}:9500`]);
  });
});

describe('reconnects', () => {
  test('by position: in the middle of the log', () => {
    const first = new RelayLog().connect().write();
    expect(
      kinds(next(first), new RelayLog().connect({ position: first.position }).write()),
    ).toEqual([`connect ${F1}:4`, `reconnect ${F1}:${first.position}`]);
  });

  test('by GTID: at 4 of a log that is known', () => {
    const first = new RelayLog({ version: VERSION.mariadb }).connect().write({ sequence: 8 });
    const second = new RelayLog({ version: VERSION.mariadb }).connect();
    second.events((built) => built.mariadbGtidList({ flags: 0x20, at: 0 })).write({ sequence: 9 });
    expect(kinds(next(first), second)).toEqual([`connect ${F1}:4`, `reconnect ${F1}:4`]);
  });

  test('MySQL 5.0, whose made-up Rotates have no flag', () => {
    const version = VERSION.mysql50;
    const first = new RelayLog({ version }).connect({ rotate: { flags: 0 } }).write();
    const second = new RelayLog({ version }).connect({
      position: first.position,
      rotate: { flags: 0 },
    });
    expect(kinds(next(first), second)).toEqual([
      `connect ${F1}:4`,
      `reconnect ${F1}:${first.position}`,
    ]);
  });

  test('a storm of 30 is 30', () => {
    const logs = [next(new RelayLog().connect().write())];
    times(30, () => logs.push(next(new RelayLog().connect({ position: 700 }))));
    const all = kinds(...logs);
    expect(all.filter((one) => one.startsWith('reconnect'))).toHaveLength(30);
    expect(all).toHaveLength(31);
  });

  test('the last data event before is found over files that hold none', () => {
    const first = next(new RelayLog().connect().write({ at: START + 5 }));
    const idle = next(new RelayLog().connect({ position: first.position }));
    const [, , third] = connections(
      first,
      idle,
      new RelayLog().connect({ position: first.position }),
    );
    expect(third?.before).toMatchObject({ timestamp: START + 5 });
  });
});

/** The source closes its log: the real Rotate has a relay log of its own. */
const closed = (to = F2): RelayLog =>
  next(new RelayLog().events((built) => built.rotate(to, 4, { serverId: 1, logPos: 900 })));

describe('rotations of the source', () => {
  test.each([
    ['a time of 0 (MySQL)', {}],
    ['the time of the receiver’s start (MySQL 5.6, MariaDB)', { at: START }],
  ])('the made-up Rotate behind the real one has %s', (_name, rotate) => {
    const first = next(new RelayLog().connect().write());
    const second = new RelayLog().connect({ file: F2, opened: START, rotate }).write();
    expect(kinds(first, closed(), second)).toEqual([`connect ${F1}:4`, `source-rotation ${F2}:4`]);
  });

  test('a connection that breaks after a rotation is a reconnect', () => {
    const first = next(new RelayLog().connect().write());
    const second = next(new RelayLog().connect({ file: F2 }).write());
    const third = new RelayLog().connect({ file: F2, position: second.position });
    expect(kinds(first, closed(), second, third).at(-1)).toBe(`reconnect ${F2}:${second.position}`);
  });

  test('a real Rotate to another log, or with events behind it, makes none', () => {
    const first = next(new RelayLog().connect().write());
    const other = closed('mysql-bin.000009');
    expect(kinds(first, other, new RelayLog().connect({ file: F2, position: 300 }))[1]).toBe(
      `reconnect ${F2}:300`,
    );
    const earlier = new RelayLog()
      .events((built) => built.rotate(F2, 4, { serverId: 1, logPos: 900 }))
      .write();
    expect(kinds(first, next(earlier), new RelayLog().connect({ file: F2 }).write())[1]).toBe(
      `reconnect ${F2}:4`,
    );
  });
});

describe('restarts of the source', () => {
  const first = () => next(new RelayLog().connect().write());
  const lost = (position: number) => next(new RelayLog().connect({ position }));

  test('give two made-up Rotates and are one reconnect', () => {
    const before = first();
    expect(
      kinds(
        before,
        lost(before.position),
        new RelayLog().connect({ file: F2, created: START }).write(),
      ),
    ).toEqual([`connect ${F1}:4`, `reconnect ${F1}:${before.position}`, `source-restart ${F2}:4`]);
  });

  test('events between the two make two reconnects', () => {
    const before = first();
    const between = next(new RelayLog().connect({ position: before.position }).write());
    expect(kinds(before, between, new RelayLog().connect({ file: F2 }).write())).toEqual([
      `connect ${F1}:4`,
      `reconnect ${F1}:${before.position}`,
      `reconnect ${F2}:4`,
    ]);
  });

  test('MariaDB’s own format description with the in-use flag is not the source’s', () => {
    const version = VERSION.mariadb;
    const before = next(new RelayLog({ version }).connect().write({ sequence: 1 }));
    const again = new RelayLog({ version }).connect({
      position: before.position,
      opened: START - 99,
    });
    again.log.ownPositions().format({ version, serverId: 2, flags: 1, created: START });
    const found = connections(
      before,
      next(again),
      new RelayLog({ version }).connect({ file: F2 }).write({ sequence: 2 }),
    );
    expect(found.map(({ kind }) => kind)).toEqual(['connect', 'reconnect', 'source-restart']);
    expect(found[1]).toMatchObject({ sourceId: 1, format: { serverId: 1, timestamp: START - 99 } });
  });
});

test('a rotation of the relay log by size or FLUSH asks for nothing', () => {
  const first = next(new RelayLog().connect().write());
  const [, second] = connections(
    first,
    new RelayLog().copyOfFormat({ position: first.position }).write(),
  );
  expect(second).toMatchObject({
    kind: 'relay-rotation',
    asked: null,
    sourceId: null,
    format: { flags: 0x20 },
  });
});

test('Rotates of server id 0 are none of these', () => {
  const first = new RelayLog()
    .connect()
    .ignored(F1, 900)
    .write()
    .ignored(F1, 2000, { logPos: 300 });
  expect(
    kinds(next(first), new RelayLog().copyOfFormat({ position: 2000 }).ignored(F1, 2400)),
  ).toEqual([`connect ${F1}:4`, 'relay-rotation']);
});

test('the receiver’s own Rotate and Stop are none of these, with or without their flag', () => {
  for (const version of [VERSION.mysql50, VERSION.mysql55, VERSION.mysql56, VERSION.mariadb104]) {
    const own = new RelayLog({ version });
    expect(kinds(own.connect().write().stop().rotate('relay-bin.000003'))).toEqual([
      `connect ${F1}:4`,
    ]);
  }
  const alone = log({ serverId: 2 })
    .format({ flags: 0x40 })
    .rotate('relay-bin.000003', 4, { flags: 0x40 });
  expect(onlyChannel({ 'a/relay-bin.000002': alone }).connections).toEqual([]);
});
