import { describe, expect, test } from 'vitest';
import { RelayLog } from '../support/relay-log.ts';
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
});
