import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { foundOf } from '../support/replica.ts';
import { replicaStatusText, type StatusText, slaveStatusText } from '../support/replica-text.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { CONNECTED, errorLog56, READY56, spoken } from '../support/thread-lines.ts';

const RULE = 'waiting-thread';
const DISK = 'Waiting for disk space';
const LIMIT = 'Waiting for the replica SQL thread to free enough relay log space';

const says = (status: StatusText): Files => ({ 'r/replica-status.txt': replicaStatusText(status) });

describe('both threads are said to run, and the state says why nothing moves', () => {
  test.each<[string, StatusText, string, RegExp]>([
    ['a full disk', { receiverState: DISK }, 'high', /receiver waits for room on a full disk/],
    ['of the applier alone', { applierState: DISK }, 'high', /applier waits for room/],
    ['relay_log_space_limit', { receiverState: LIMIT }, 'medium', /relay_log_space_limit/],
    [
      'a connection that is made again',
      {
        receiver: 'Connecting',
        receiverState: 'Waiting to reconnect after a failed source event read',
      },
      'medium',
      /lost its connection/,
    ],
  ])('%s', (_name, status, severity, title) => {
    const found = foundOf(RULE, says({ position: 120, read: 4711, ...status }));
    expect(found).toMatchObject({ severity, confidence: 'proven' });
    expect(found.title).toMatch(title);
    expect(found.summary).toContain(
      'Received up to mysql-bin.000001:4711, applied up to mysql-bin.000001:120.',
    );
  });

  test('one finding where both wait for the same, with the place of each state', () => {
    const found = foundOf(RULE, says({ receiverState: DISK, applierState: DISK }));
    expect(found.facts).toMatchObject({ threads: ['receiver', 'applier'] });
    expect(found.at.map(({ field }) => field)).toEqual(['receiverState', 'applierState']);
  });

  test('no statement is planned, and what to look at is said, in the words of the server', async () => {
    const report = await reportOf(
      {
        'r/slave-status.txt': slaveStatusText(
          { receiverState: 'Waiting for the slave SQL thread to free enough relay log space' },
          { mariadb: true },
        ),
      },
      { rules },
    );
    expect(report.plan).toEqual([]);
    expect(report.planWithheld).toContain('what the SQL thread is at');
    expect(report.verdict).toMatch(/^The I\/O thread waits since the relay logs have reached/);
  });
});

describe('silent', () => {
  test.each<[string, StatusText]>([
    ['in step', {}],
    ['workers that wait for each other', { applierState: 'Waiting for dependent transaction' }],
    [
      'a delay that was asked for',
      { applierState: 'Waiting until SOURCE_DELAY seconds after source executed event' },
    ],
    ['an error that tells more', { receiverState: DISK, more: { Last_IO_Errno: 1595 } }],
  ])('%s', (_name, status) => {
    expect(outcomeOf(RULE, says(status)).status).toBe('clear');
  });

  test('an earlier status said it', () => {
    const files = {
      'r/1.txt': replicaStatusText({ receiverState: DISK, takenAt: '2023-11-15 10:00:00 UTC' }),
      'r/2.txt': replicaStatusText({ takenAt: '2023-11-15 10:10:00 UTC' }),
    };
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

describe('a version whose state does not name the full disk', () => {
  const FULL: readonly [number, string] = [
    60,
    "[ERROR] Disk is full writing './relay-bin.000002' (Errcode: 28 - No space left on device). Waiting for someone to free space...",
  ];
  const status = slaveStatusText({ receiverState: 'Queueing master event to the relay log' });

  test('the error log says it: high, likely, with both places', () => {
    const found = foundOf(RULE, spoken({ status, log: errorLog56(READY56, [1, CONNECTED], FULL) }));
    expect(found).toMatchObject({ severity: 'high', confidence: 'likely' });
    expect(found.at.map(({ path }) => path)).toEqual(['r/show-slave-status.txt', 'r/db.err']);
  });

  test('an excerpt of those lines alone will do', () => {
    const log = errorLog56(FULL, [660, FULL[1]]);
    expect(foundOf(RULE, spoken({ status, log })).title).toContain('full disk');
  });

  test.each<[string, Files]>([
    [
      'the receiver has a later word',
      spoken({ status, log: errorLog56(READY56, FULL, [90, CONNECTED]) }),
    ],
    [
      'the log does not speak of a disk',
      spoken({ status, log: errorLog56(READY56, [1, CONNECTED]) }),
    ],
    [
      'the status shows it waiting for the source',
      spoken({ status: slaveStatusText(), log: errorLog56(READY56, [1, CONNECTED], FULL) }),
    ],
  ])('silent: %s', (_name, files) => {
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});
