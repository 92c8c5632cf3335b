import { describe, expect, test } from 'vitest';
import { VERSION } from '../support/relay-log.ts';
import { fixOf, foundOf, placeOf, received, replica } from '../support/replica.ts';
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
