import { describe, expect, test } from 'vitest';
import { fixOf, foundOf, logged, placeOf, received, replica } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

const RULE = 'applier-position-behind';
const ten = received(10);
const at = (i: number) => placeOf(ten, i);
const recordedAt = (i: number, applied: number, more: Files = {}): Files =>
  replica(ten.relay, { info: at(i), master: at(10), binlog: logged(applied) }, more);

test('the own binary log holds more than relay-log.info says', () => {
  const found = foundOf(RULE, recordedAt(2, 8));
  expect(found).toMatchObject({
    severity: 'high',
    facts: {
      recorded: `mysql-bin.000001:${at(2).position}`,
      trueExecuted: `mysql-bin.000001:${at(8).position}`,
      truePosition: at(8).position,
      recordedPosition: at(2).position,
      appliedTwice: 6,
      witness: 'own-binlog',
    },
  });
  expect(found.at.map(({ path }) => path)).toContain('r/replica-bin.000001');
});

test('its repair reads on behind the last applied one, after it was looked at again', () => {
  const { run, withheld } = fixOf(RULE, recordedAt(2, 8));
  expect(withheld).toBeNull();
  expect(run).toEqual([
    'SHOW BINARY LOGS;',
    'STOP SLAVE;',
    'SHOW SLAVE STATUS\\G',
    'SELECT @@global.sync_binlog;',
    'SHOW MASTER STATUS;',
    expect.stringMatching(/^cp -a "\$DATADIR"\/relay-bin\.\* "\$DATADIR"\/\*\.info/),
    `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${at(8).position};`,
    'START SLAVE;',
    'SHOW SLAVE STATUS\\G',
  ]);
});

describe('clear', () => {
  test.each([
    ['equal', 5, 5],
    ['one transaction: a hot copy', 5, 6],
    ['the own log was copied earlier', 8, 3],
  ])('%s', (_name, recorded, applied) => {
    expect(outcomeOf(RULE, recordedAt(recorded, applied)).status).toBe('clear');
  });
});

test('not assessed without the own binary log', () => {
  expect(outcomeOf(RULE, replica(ten.relay, { info: at(2), master: at(10) }))).toMatchObject({
    status: 'not-assessed',
    missing: ['the replica’s own binary logs, with log_slave_updates'],
    bring: expect.stringContaining('cp -a'),
  });
});
