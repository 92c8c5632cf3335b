import { describe, expect, test } from 'vitest';
import { binaryLog, OPENED, RelayLog, START, times, write } from '../support/relay-log.ts';
import {
  foundOf,
  placeOf,
  received,
  replica,
  transaction,
  wholeFixOf,
} from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

const RULE = 'replaced-source-log';
const ten = received(10);
const all = placeOf(ten, 10);

/** A log of the source, of so many transactions, begun at `at`. */
const sourceLog = (number: number, at: number, count = 2, serverId = 1): Files => {
  const log = binaryLog({ serverId, at });
  times(count, (i) => write(log, transaction(i)));
  return { [`s/mysql-bin.00000${number}`]: log };
};

const asking = (more: Files, master = {}): Files =>
  replica(ten.relay, { info: all, master: { ...all, ...master } }, more);

describe('told by the source’s logs', () => {
  test('the log of that name was begun later, and ends before the position', () => {
    expect(foundOf(RULE, asking(sourceLog(1, OPENED + 60)))).toMatchObject({
      severity: 'critical',
      confidence: 'likely',
      facts: {
        log: 'mysql-bin.000001',
        told: 'source-logs',
        bytes: 'beyond-end',
        firstLog: 'mysql-bin.000001',
        allApplied: true,
      },
    });
  });

  test('the new log has grown past the position', () => {
    const found = foundOf(RULE, asking(sourceLog(1, OPENED + 60, 40)));
    expect(found.facts).toMatchObject({ bytes: expect.stringMatching(/inside-event|boundary/) });
  });

  test('the new logs have not come to that name: none of a higher number is there', () => {
    const relay = new RelayLog().connect({ file: 'mysql-bin.000007', position: 700 });
    times(3, (i) => relay.write(transaction(i)));
    const place = { offset: relay.length, position: relay.position };
    const files = replica(
      relay,
      {
        info: { ...place, sourceFile: 'mysql-bin.000007' },
        master: { file: 'mysql-bin.000007', position: relay.position },
      },
      { ...sourceLog(1, OPENED + 60), ...sourceLog(2, OPENED + 90) },
    );
    const found = foundOf(RULE, files);
    expect(found.title).toContain('began its logs anew');
    expect(found.facts).toMatchObject({ log: 'mysql-bin.000007', firstLog: 'mysql-bin.000001' });
  });

  test('nothing is printed as a plan; the first of the new logs is an alternative', () => {
    const fix = wholeFixOf(RULE, asking(sourceLog(1, OPENED + 60)));
    expect(fix.steps).toEqual([]);
    expect(fix.withheld).toContain('in no file');
    expect(fix.alternatives[0]?.steps.map(({ run }) => run)).toContainEqual(
      expect.stringContaining("MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = 4"),
    );
  });
});

describe('told by the relay logs alone', () => {
  const again = (position: number, opened: number): Files =>
    replica(received(3).relay.connect({ position, opened }), {
      master: { position: placeOf(received(3), 3).position },
    });

  test('a later connect at an old position brings another head: proven', () => {
    const place = placeOf(received(3), 3);
    expect(foundOf(RULE, again(place.position, OPENED + 60))).toMatchObject({
      confidence: 'proven',
      facts: { told: 'relay-logs', firstLog: null, bytes: null },
    });
  });

  test('clear: the same head again', () => {
    const { position } = placeOf(received(3), 3);
    expect(outcomeOf(RULE, again(position, OPENED)).status).toBe('clear');
  });

  test('a connect at the beginning of a log, on purpose, is no second look', () => {
    expect(outcomeOf(RULE, again(4, OPENED + 60)).status).toBe('not-assessed');
  });
});

describe('clear', () => {
  test.each<[string, Files]>([
    ['the source has that very log', asking(sourceLog(1, OPENED))],
    ['the source was copied before it was reset', asking(sourceLog(1, OPENED - 60))],
    ['the source has rotated on', asking({ ...sourceLog(1, OPENED), ...sourceLog(2, START) })],
    ['the source has purged the log', asking(sourceLog(2, START))],
  ])('%s', (_name, files) => {
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

test('not assessed without the source’s logs, or with those of another server, where the relay logs tell of one connect', () => {
  for (const more of [{}, sourceLog(1, OPENED + 60, 2, 7)]) {
    expect(outcomeOf(RULE, asking(more))).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('source’s binary logs')],
    });
  }
});

test('not assessed with auto-position', () => {
  const files = asking(sourceLog(1, OPENED + 60), { autoPosition: true });
  expect(outcomeOf(RULE, files).status).toBe('not-assessed');
});
