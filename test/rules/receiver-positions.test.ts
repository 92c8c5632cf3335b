import { describe, expect, test } from 'vitest';
import { RelayLog, VERSION } from '../support/relay-log.ts';
import { fixOf, foundOf, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

describe('receiver-position-behind', () => {
  const RULE = 'receiver-position-behind';
  const stopped = (version: string = VERSION.mysql56) => {
    const ten = received(10, { version });
    ten.relay.stop();
    return ten;
  };
  const behind = (i: number, version?: string): Files => {
    const ten = stopped(version);
    return replica(ten.relay, { info: placeOf(ten, 10), master: placeOf(ten, i) });
  };

  test('after a stop in order: high, and the executed position is the way out', () => {
    const files = behind(4);
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'high',
      facts: { fetchedAgain: 6, stoppedCleanly: true },
    });
    expect(fixOf(RULE, files).run.filter((run) => run.startsWith('CHANGE'))).toHaveLength(1);
  });

  test('on a server that may be running: low at most', () => {
    const ten = received(10);
    const files = replica(ten.relay, { info: placeOf(ten, 10), master: placeOf(ten, 4) });
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'low', confidence: 'possible' });
  });

  test('MySQL 8 and later: info, and nothing to do', () => {
    const outcome = outcomeOf(RULE, behind(4, VERSION.mysql8030));
    expect(outcome).toMatchObject({ findings: [{ found: { severity: 'info' }, fix: null }] });
  });

  test.each([9, 10])('clear at transaction %i of 10', (i) => {
    expect(outcomeOf(RULE, behind(i)).status).toBe('clear');
  });

  test('not assessed without master.info', () => {
    const outcome = outcomeOf(RULE, replica(received(3).relay, { master: null }));
    expect(outcome).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('master.info')],
      bring: expect.stringContaining('master*.info'),
    });
  });
});

describe('receiver-position-ahead', () => {
  const RULE = 'receiver-position-ahead';
  const cut = (read: number): Files => {
    const ten = received(3);
    ten.relay.write(transaction(9, { open: true }));
    return replica(ten.relay, {
      info: placeOf(ten, 2),
      master: { position: ten.relay.position + read },
    });
  };

  test('the relay log ends inside a transaction whose rest was counted as read', () => {
    const files = cut(400);
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'high', facts: { missingBytes: 400 } });
    const ten = received(3);
    expect(fixOf(RULE, files).run).toContain(
      `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${placeOf(ten, 2).position};`,
    );
  });

  test('clear where it ends there because it was copied so, or behind dropped events', () => {
    expect(outcomeOf(RULE, cut(0)).status).toBe('clear');
    const ten = received(3);
    const master = { position: ten.relay.position + 400, ignore: [3] };
    expect(outcomeOf(RULE, replica(ten.relay, { info: placeOf(ten, 3), master })).status).toBe(
      'clear',
    );
  });
});

describe('relay-log-gap', () => {
  const RULE = 'relay-log-gap';
  const gap = (asked: number, executed: 'before' | 'behind', more = {}): Files => {
    const first = received(3);
    first.relay.write(transaction(9, { open: true }));
    const second = new RelayLog().connect({ position: first.relay.position + asked });
    second.write(transaction(12));
    const info =
      executed === 'before'
        ? placeOf(first, 2)
        : { file: 'relay-bin.000003', offset: second.length, position: second.position };
    const master = { position: second.position, ...more };
    return replica(first.relay, { info, master }, { 'r/relay-bin.000003': second });
  };

  test('before the applier: high, and read on from the executed position', () => {
    const files = gap(700, 'before');
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'high',
      facts: { bytes: 700, applied: false },
    });
    expect(fixOf(RULE, files).withheld).toBeNull();
  });

  test('behind the applier: critical, and no CHANGE, which would apply the rest twice', () => {
    const files = gap(700, 'behind');
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'critical', facts: { applied: true } });
    const { run, withheld } = fixOf(RULE, files);
    expect(run).toEqual([]);
    expect(withheld).toContain('mysqlbinlog --start-position=');
  });

  test.each<[string, Files]>([
    ['the next connect goes on', gap(0, 'before')],
    ['GTIDs decide', gap(700, 'before', { autoPosition: true })],
    [
      'whole transactions and a later place: dropped events',
      replica(
        received(3).relay,
        { master: { position: 9000 } },
        { 'r/relay-bin.000003': new RelayLog().connect({ position: 8000 }).write(transaction(5)) },
      ),
    ],
    [
      'a relay log between them is missing',
      { ...gap(700, 'before'), 'r/relay-bin.000003': new RelayLog() },
    ],
  ])('silent: %s', (_name, files) => {
    expect(outcomeOf(RULE, files).status).not.toBe('found');
  });

  test('not assessed without relay logs', () => {
    expect(
      outcomeOf(RULE, { 'r/master.info': replica(received(1).relay, {})['r/master.info'] ?? '' }),
    ).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('relay logs')],
    });
  });
});
