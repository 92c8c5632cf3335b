import { describe, expect, test } from 'vitest';
import { binaryLog, VERSION } from '../support/relay-log.ts';
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

  test('where the source has purged that log: a drain to the end of the relay logs, and no CHANGE', () => {
    const ten = stopped();
    const files = replica(
      ten.relay,
      { info: placeOf(ten, 2), master: placeOf(ten, 4) },
      {
        's/mysql-bin.000002': binaryLog({ serverId: 1 }),
        's/mysql-bin.index': './mysql-bin.000002\n',
      },
    );
    const outcome = outcomeOf(RULE, files);
    const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
    expect(fix?.steps.map(({ run }) => run)).toEqual([
      expect.stringMatching(/^cp -a /),
      'START SLAVE SQL_THREAD;',
      'SHOW SLAVE STATUS\\G',
    ]);
    // Not the read position, which is behind
    expect(fix?.steps.at(-1)?.expect).toContain(
      `Exec_Master_Log_Pos is ${placeOf(ten, 10).position}, the end of the relay logs`,
    );
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
