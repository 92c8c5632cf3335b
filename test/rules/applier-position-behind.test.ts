import { describe, expect, test } from 'vitest';
import { times, write } from '../support/relay-log.ts';
import {
  fixOf,
  foundOf,
  logged,
  type Place,
  placeOf,
  received,
  replica,
  transaction,
} from '../support/replica.ts';
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

describe('equal transactions of one second, told by their order', () => {
  const same = (count: number, relay = received(3).relay) => {
    const places: Place[] = [{ offset: relay.length, position: relay.position }];
    times(count, () => {
      relay.write(transaction(0, EQUAL));
      places.push({ offset: relay.length, position: relay.position });
    });
    return { relay, places };
  };
  const EQUAL = { sql: "INSERT INTO journal VALUES ('x')" };
  const eight = same(8);
  const binlog = (distinct: number, equal: number) => {
    const log = logged(distinct);
    times(equal, () => write(log, transaction(0, { ...EQUAL, serverId: 1, xid: 900 })));
    return log;
  };
  const files = (recorded: number, log: ReturnType<typeof binlog>): Files =>
    replica(eight.relay, {
      info: placeOf(eight, recorded),
      master: placeOf(eight, 8),
      binlog: log,
    });

  test('as many as the own log holds behind the last one that differs were applied', () => {
    expect(foundOf(RULE, files(0, binlog(3, 5))).facts).toMatchObject({
      trueExecuted: `mysql-bin.000001:${placeOf(eight, 5).position}`,
      appliedTwice: 5,
    });
  });

  test.each([
    ['the own log ends where relay-log.info says', 5, binlog(3, 5)],
    ['the own log was copied earlier', 5, binlog(3, 2)],
  ])('clear: %s', (_name, recorded, log) => {
    expect(outcomeOf(RULE, files(recorded, log)).status).toBe('clear');
  });

  test('not assessed: the own log ends with one that the relay logs have not there', () => {
    const log = binlog(3, 4);
    write(log, transaction(77, { serverId: 1 }));
    expect(outcomeOf(RULE, files(0, log)).status).toBe('not-assessed');
  });
});
