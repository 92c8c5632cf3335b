import { describe, expect, test } from 'vitest';
import { binaryLog, RelayLog, times, write } from '../support/relay-log.ts';
import { fixOf, foundOf, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

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
      facts: { applied: false, lastWholeTransaction: placeOf(received(3), 3).position },
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

  describe('behind a whole relay log, with the source’s log beside it', () => {
    /** The source wrote six; three were received, the next connect asked for the sixth. */
    const passed = (executed: 'before' | 'behind', serverId = 1): Files => {
      const log = binaryLog({ serverId: 1 });
      const first = received(3, { position: log.length });
      times(3, (i) => write(log, transaction(i)));
      times(2, (i) => write(log, transaction(10 + i, { serverId })));
      const second = new RelayLog().connect({ position: log.length });
      write(log, transaction(20));
      second.write(transaction(20));
      const info =
        executed === 'before'
          ? placeOf(first, 2)
          : { file: 'relay-bin.000003', offset: second.length, position: second.position };
      return replica(
        first.relay,
        { info, master: { position: second.position } },
        { 'r/relay-bin.000003': second, 's/mysql-bin.000001': log },
      );
    };

    test('what the replica does not drop is missing, and was passed: no statement', () => {
      expect(foundOf(RULE, passed('behind'))).toMatchObject({
        severity: 'critical',
        facts: {
          applied: true,
          from: placeOf(received(3, { position: binaryLog({ serverId: 1 }).length }), 3).position,
        },
        summary: expect.stringContaining('holds 2 transactions there'),
      });
      expect(fixOf(RULE, passed('behind')).run).toEqual([]);
    });

    test('not passed yet: read on from the executed position', () => {
      expect(foundOf(RULE, passed('before'))).toMatchObject({ severity: 'high' });
      expect(fixOf(RULE, passed('before')).withheld).toBeNull();
    });

    test('clear where they are its own', () => {
      expect(outcomeOf(RULE, passed('behind', 2)).status).toBe('clear');
    });
  });
});
