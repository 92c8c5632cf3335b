import { describe, expect, test } from 'vitest';
import { binaryLog, START, times, write } from '../support/relay-log.ts';
import { foundOf, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

const RULE = 'impossible-source-position';
const ten = received(10);
const all = placeOf(ten, 10);

const source = (count: number, next: boolean, serverId = 1): Files => {
  const log = binaryLog({ serverId });
  times(count, (i) => write(log, transaction(i)));
  const restarted = write(binaryLog({ serverId, at: START + 60 }));
  return {
    's/mysql-bin.000001': log,
    ...(next ? { 's/mysql-bin.000002': restarted } : {}),
  };
};
const asking = (more: Files, master = {}): Files =>
  replica(ten.relay, { info: all, master: { ...all, ...master } }, more);

test('critical and proven, with what is on the replica only', () => {
  const found = foundOf(RULE, asking(source(2, true)));
  expect(found).toMatchObject({
    severity: 'critical',
    confidence: 'proven',
    facts: {
      asked: `mysql-bin.000001:${all.position}`,
      askedPosition: all.position,
      transactionsOnlyOnReplica: 10,
      nextLog: 'mysql-bin.000002',
      allApplied: true,
    },
  });
});

test('whether all is applied is unknown without relay-log.info', () => {
  const files = replica(ten.relay, { master: all }, source(2, true));
  expect(foundOf(RULE, files)).toMatchObject({ facts: { allApplied: null } });
});

describe('clear', () => {
  test.each<[string, Files]>([
    ['the log is the newest: it grows', asking(source(2, false))],
    ['the log is long enough', asking(source(40, true))],
    ['auto-position', asking(source(2, true), { autoPosition: true })],
  ])('%s', (_name, files) => {
    expect(outcomeOf(RULE, files).status).not.toBe('found');
  });

  test('the source has purged the log: another rule', () => {
    const { 's/mysql-bin.000002': next } = source(2, true);
    const files = asking(next ? { 's/mysql-bin.000002': next } : {});
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

test('not assessed without the source’s logs, or with those of another server', () => {
  for (const more of [{}, source(2, true, 7)]) {
    expect(outcomeOf(RULE, asking(more))).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('source’s binary logs')],
      bring: expect.stringContaining('on the source'),
    });
  }
});
