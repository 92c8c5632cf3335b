import { describe, expect, test } from 'vitest';
import { binaryLog, OPENED, START, times, write } from '../support/relay-log.ts';
import { fixOf, foundOf, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

const RULE = 'impossible-source-position';
const ten = received(10);
const all = placeOf(ten, 10);

const source = (count: number, next: boolean, serverId = 1, opened = OPENED): Files => {
  const log = binaryLog({ serverId, at: opened });
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

test('by the end of the relay logs, where no record tells the read position', () => {
  for (const files of [
    replica(ten.relay, { info: all, master: null }, source(2, true)),
    // MySQL 8 and later record it now and then only
    asking(source(2, true), { position: 700 }),
  ]) {
    const found = foundOf(RULE, files);
    expect(found).toMatchObject({
      confidence: 'proven',
      facts: { askedPosition: all.position, allApplied: true, sameLog: true },
    });
    expect(found.at[0]).toMatchObject({ path: 'r/relay-bin.000002' });
    expect(fixOf(RULE, files).run.filter((run) => run.startsWith('CHANGE'))).toHaveLength(1);
  }
});

test('another log of that name, older than the one received, as copies of different times show it: likely, and no statement', () => {
  const files = asking(source(2, true, 1, OPENED - 1));
  const found = foundOf(RULE, files);
  expect(found).toMatchObject({ confidence: 'likely', facts: { sameLog: false } });
  expect(found.summary).toContain('not the log that server 2 received from');
  expect(fixOf(RULE, files)).toMatchObject({
    run: [],
    withheld: expect.stringContaining('reset or set up anew'),
  });
});

describe('clear', () => {
  test.each<[string, Files]>([
    ['the log is the newest: it grows', asking(source(2, false))],
    ['the log is long enough', asking(source(40, true))],
    ['the source was reset: another rule', asking(source(2, true, 1, OPENED + 1))],
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
