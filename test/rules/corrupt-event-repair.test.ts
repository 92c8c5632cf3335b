import { describe, expect, test } from 'vitest';
import {
  damaged,
  executed,
  FIRST_END,
  flipped,
  only,
  relayOf,
  SECOND_END,
  THIRD,
} from '../support/damaged-relay.ts';
import { binaryLog, RelayLog, VERSION, write } from '../support/relay-log.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo, masterInfo, relayLogInfo } from '../support/status-files.ts';

describe('repair', () => {
  const relay = relayOf();
  const info = { 'b/relay-log.info': executed(relay, FIRST_END) };
  const position = relay.position - (relay.length - relay.log.event(FIRST_END).end);

  const repair = (version: string, more: Files = {}): string[] => {
    const built = relayOf(version);
    const files = {
      'b/relay-bin.000002': damaged(built, 7),
      'b/relay-log.info': executed(built, FIRST_END),
      ...more,
    };
    return (only(files).fix?.steps ?? [])
      .filter(({ kind }) => kind === 'change')
      .map(({ run }) => run);
  };

  test.each([
    [
      VERSION.mysql56,
      {},
      [
        'STOP SLAVE;',
        `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${position};`,
        'START SLAVE;',
      ],
    ],
    [
      VERSION.mysql8030,
      {},
      [
        'STOP REPLICA;',
        `CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'mysql-bin.000001', SOURCE_LOG_POS = ${position};`,
        'START REPLICA;',
      ],
    ],
    [
      VERSION.mariadb,
      { 'b/master.info': mariadbMasterInfo({ heartbeat: 5 }) },
      [
        'STOP SLAVE;',
        `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${position}, MASTER_HEARTBEAT_PERIOD = 5.000;`,
        'START SLAVE;',
      ],
    ],
    [
      VERSION.mariadb,
      { 'b/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos' }) },
      ['STOP SLAVE;', 'START SLAVE;'],
    ],
    [
      VERSION.mysql57,
      { 'b/master.info': masterInfo({ autoPosition: true }) },
      ['STOP SLAVE;', "RESET SLAVE FOR CHANNEL '';", 'START SLAVE;'],
    ],
  ] as const)('%s reads on from the executed position: %#', (version, more, statements) => {
    expect(repair(version, more)).toEqual(statements);
  });

  test('withheld where the position is not known', () => {
    expect(only({ 'b/relay-bin.000002': damaged(relay, 7) }).fix).toMatchObject({
      steps: [],
      withheld: expect.any(String),
    });
  });

  const resumes = (files: Files): string =>
    (only(files).fix?.steps ?? []).map(({ run }) => run).join();

  test('never from a source position that the relay log contradicts', () => {
    const offset = relay.log.event(FIRST_END).end;
    const files = {
      'b/relay-bin.000002': damaged(relay, 7),
      'b/relay-log.info': relayLogInfo({ offset, position: 9 }),
    };
    expect(resumes(files)).not.toContain('LOG_POS = 9;');
  });

  test('never from a position behind which the own binary log holds more', () => {
    const received = new RelayLog().connect({ position: 700 });
    for (const sql of ['SELECT 1', 'SELECT 2', 'SELECT 3']) received.write({ sql });
    const recorded = received.position - (received.length - received.log.event(FIRST_END).end);
    const files = {
      'b/relay-bin.000002': damaged(received, 7),
      'b/relay-log.info': executed(received, FIRST_END),
      'b/mysql-bin.000001': write(binaryLog({ serverId: 2 }), { serverId: 1, sql: 'SELECT 3' }),
    };
    expect(resumes(files)).not.toContain(`LOG_POS = ${recorded};`);
  });

  test('none for what was applied', () => {
    expect(
      only({
        'b/relay-bin.000002': damaged(relay, 4),
        'b/relay-log.info': executed(relay, SECOND_END),
      }).fix,
    ).toBeNull();
  });

  test('three damaged places make one repair', async () => {
    const second = new RelayLog().connect({ position: relay.position }).write().write();
    const torn = second.bytes().subarray(0, second.length - 5);
    const files = {
      'b/relay-bin.000002': flipped(damaged(relay, 7), relay.log.event(THIRD).offset),
      'b/relay-bin.000003': torn,
      ...info,
    };
    const { plan, findings: all } = await reportOf(files);
    const asking = all.filter(({ rule }) => rule !== 'stale-format-description');
    expect(asking.map(({ rule }) => rule)).toEqual(['corrupt-event', 'truncated-log']);
    expect(plan.filter(({ run }) => run.startsWith('CHANGE'))).toMatchObject([
      { findings: asking.map(({ fingerprint }) => fingerprint) },
    ]);
    expect(plan.filter(({ run }) => run === 'STOP SLAVE;')).toHaveLength(1);
  });
});
