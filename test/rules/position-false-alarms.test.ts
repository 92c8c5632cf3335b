import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { binaryLog, OPENED, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { logged, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo, masterInfo, relayLogInfo } from '../support/status-files.ts';

const POSITION_RULES = rules.map(({ id }) => id).filter((id) => /position|relay-log-gap/.test(id));

/** What the position rules say from `medium` on. */
const alarms = (files: Files): string[] =>
  POSITION_RULES.flatMap((rule) => {
    const outcome = outcomeOf(rule, files);
    return outcome.status === 'found'
      ? outcome.findings
          .filter(({ found }) => !['info', 'low'].includes(found.severity))
          .map(({ found }) => `${rule}: ${found.summary}`)
      : [];
  });

const ten = received(10);
const at = (i: number) => placeOf(ten, i);

describe('a healthy replica is not accused', () => {
  test.each<[string, Files]>([
    ['all applied', replica(ten.relay, { info: at(10), master: at(10), binlog: logged(10) })],
    [
      'stopped in the middle',
      replica(ten.relay, { info: at(4), master: at(10), binlog: logged(4) }),
    ],
    ['applier not started', replica(ten.relay, { info: at(0), master: at(10) })],
    [
      'info files copied one transaction earlier',
      replica(ten.relay, { info: at(9), master: at(9), binlog: logged(10) }),
    ],
    [
      'master.info copied long before the relay logs',
      replica(ten.relay, { info: at(10), master: at(2), binlog: logged(10) }),
    ],
    [
      'own binlog copied long before relay-log.info',
      replica(ten.relay, { info: at(10), master: at(10), binlog: logged(3) }),
    ],
    [
      'relay logs copied before the info files',
      replica(ten.relay, {
        info: { offset: at(10).offset + 5000, position: at(10).position + 4900 },
        master: { position: at(10).position + 4900 },
        binlog: logged(10),
      }),
    ],
    [
      'relay-log.info names a relay log that is purged',
      replica(ten.relay, {
        info: { ...at(3), file: 'relay-bin.000001', position: 300 },
        master: at(10),
      }),
    ],
    [
      'fresh CHANGE MASTER',
      replica(new RelayLog(), {
        info: { offset: 4, sourceFile: '', position: 0 },
        master: { file: '', position: 4 },
      }),
    ],
    [
      'CHANGE MASTER with coordinates, not started',
      replica(new RelayLog(), { info: { offset: 4, position: 9000 }, master: { position: 9000 } }),
    ],
    [
      'reset replica beside old relay logs',
      replica(ten.relay, {
        info: { offset: 4, sourceFile: '', position: 0 },
        master: { file: '', position: 4 },
      }),
    ],
  ])('%s', (_name, files) => {
    expect(alarms(files)).toEqual([]);
  });

  test('dropped own events move both positions ahead of the relay log', () => {
    const { relay, places } = received(3);
    const end = places.at(-1)?.position ?? 0;
    const files = replica(relay, {
      info: { offset: relay.length, position: end + 900 },
      master: { position: end + 900, ignore: [99] },
      binlog: logged(3),
    });
    expect(alarms(files)).toEqual([]);
  });

  test('the receiver’s mark behind dropped events, written after the applier went past them', () => {
    for (const logPos of [0, 9999]) {
      const { relay, places } = received(3);
      const last = places.at(-1) ?? { offset: 0, position: 0 };
      relay.ignored('mysql-bin.000001', last.position + 900, { logPos });
      const info = { offset: last.offset, position: last.position + 900 };
      expect(alarms(replica(relay, { info, master: info }))).toEqual([]);
    }
  });

  test('at the head of a new relay log, before its Rotate is read', () => {
    const first = received(3);
    const end = placeOf(first, -1).position;
    const second = new RelayLog().connect({ position: end + 900 }).write(transaction(7));
    const files = replica(
      first.relay.rotate('relay-bin.000003'),
      {
        info: { file: 'relay-bin.000003', offset: 4, position: end },
        master: { position: second.position },
      },
      { 'r/relay-bin.000003': second },
    );
    expect(alarms(files)).toEqual([]);
  });

  test('the applier with workers is behind its own log between two checkpoints', () => {
    const files = replica(ten.relay, {
      info: { ...at(2), workers: 4 },
      master: at(10),
      binlog: logged(9),
    });
    expect(alarms(files)).toEqual([]);
  });

  test('positions that wrapped at 4 GiB', () => {
    const relay = new RelayLog().connect({ position: 2 ** 32 - 700 });
    times(3, (i) => relay.write(transaction(i)));
    expect(relay.position).toBeGreaterThan(2 ** 32 - 700);
    const before = relay.length;
    const wrapped = new RelayLog().connect({ file: 'mysql-bin.000001', position: 500 });
    times(2, (i) => wrapped.write(transaction(10 + i)));
    const files = replica(
      relay,
      { info: { offset: before, position: relay.position }, master: { position: 500 } },
      { 'r/relay-bin.000003': wrapped },
    );
    expect(alarms(files).filter((text) => text.startsWith('receiver'))).toEqual([]);
  });

  test.each([0, 1, 2])(
    'MariaDB with using_gtid %i, files of START SLAVE; and without master.info',
    (using) => {
      const { relay, places } = received(10, { version: VERSION.mariadb });
      const first = places[0] ?? { offset: 4, position: 4 };
      const usingGtid = (['no', 'current_pos', 'slave_pos'] as const)[using] ?? 'no';
      const binlog = logged(10, VERSION.mariadb);
      const master = using === 0 ? null : { ...first, usingGtid };
      expect(alarms(replica(relay, { info: first, master, binlog, mariadb: true }))).toEqual([]);
    },
  );

  test('MySQL auto-position', () => {
    const files = replica(ten.relay, {
      info: at(1),
      master: { ...at(1), autoPosition: true },
      binlog: logged(9),
    });
    expect(alarms(files)).toEqual([]);
  });
});

describe('the own binary log is no witness', () => {
  test('of what the server wrote itself under this id', () => {
    const relay = new RelayLog({ serverId: 2 }).connect({ position: 700 });
    const offset = relay.length;
    const binlog = binaryLog({ serverId: 2 });
    times(4, (i) => {
      relay.write(transaction(i, { serverId: 2 }));
      write(binlog, transaction(i, { serverId: 2, xid: 500 + i }));
    });
    const info = { offset, position: 700 };
    expect(alarms(replica(relay, { info, master: { position: relay.position }, binlog }))).toEqual(
      [],
    );
  });

  test('of laps that it logged before', () => {
    const relay = new RelayLog().connect({ position: 700 });
    const offset = relay.length;
    const binlog = binaryLog({ serverId: 2 });
    times(4, (i) => relay.write(transaction(i, { serverId: 3 })));
    times(12, (i) => write(binlog, transaction(i % 4, { serverId: 3, xid: 500 + i, exec: i })));
    const info = { offset, position: 700 };
    expect(alarms(replica(relay, { info, master: { position: relay.position }, binlog }))).toEqual(
      [],
    );
  });

  test('of one channel for what another channel brought', () => {
    const version = VERSION.mariadb;
    const both = (source: number) => {
      const relay = new RelayLog({ version }).connect({ source, position: 700 });
      const head = { offset: relay.length, position: 700 };
      times(5, (i) => relay.write({ sequence: i + 1, serverId: 9, at: START + i }));
      return { relay, head };
    };
    const [east, west] = [both(11), both(12)];
    const binlog = binaryLog({ serverId: 2, version });
    times(5, (i) => write(binlog, { sequence: i + 1, serverId: 9, at: START + i }));
    const files: Files = {
      'r/relay-bin-east.000002': east.relay,
      'r/relay-log-east.info': relayLogInfo({
        file: 'relay-bin-east.000002',
        offset: east.relay.length,
        position: east.relay.position,
      }),
      'r/master-east.info': mariadbMasterInfo({ position: east.relay.position }),
      'r/relay-bin-west.000002': west.relay,
      'r/relay-log-west.info': relayLogInfo({ file: 'relay-bin-west.000002', ...west.head }),
      'r/master-west.info': mariadbMasterInfo({ position: west.relay.position }),
      'r/master-never.info': mariadbMasterInfo({ file: '', position: 4 }),
      'r/replica-bin.000001': binlog,
    };
    expect(alarms(files)).toEqual([]);
  });
});

describe('a source whose log is shorter than what the replica read', () => {
  const source = (next: number, closed: boolean): Files => {
    const log = binaryLog({ serverId: 1, at: OPENED });
    times(2, (i) => write(log, transaction(i)));
    if (closed) log.rotate('mysql-bin.000002');
    return {
      's/mysql-bin.000001': log,
      's/mysql-bin.000002': write(binaryLog({ serverId: 1, at: next })),
    };
  };
  const files = (more: Files): Files => ({
    ...replica(ten.relay, { info: at(10), master: at(10) }),
    ...more,
    'r/master.info': masterInfo({ position: at(10).position }),
  });

  test('copied before the next log began: nothing', () => {
    expect(alarms(files(source(0, false)))).toEqual([]);
  });

  test.each([
    ['a server start followed', START + 9, false],
    ['it was closed', 0, true],
  ] as const)('%s: impossible', (_name, next, closed) => {
    expect(alarms(files(source(next, closed))).map((text) => text.split(':')[0])).toEqual([
      'impossible-source-position',
    ]);
  });
});
