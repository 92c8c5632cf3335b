import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { CONNECTED, errorLog56, READY56, slaveStatus, spoken } from '../support/thread-lines.ts';

const RULE = 'receiver-error';

const status = (number: number, words: string, more = {}): Files =>
  spoken({
    status: slaveStatus({
      Slave_IO_Running: 'No',
      Last_IO_Errno: number,
      Last_IO_Error: words,
      Auto_Position: 0,
      ...more,
    }),
  });
const WRITE = 'Relay log write failure: could not queue event from master';
const REFUSED =
  "Master command COM_REGISTER_SLAVE failed: Access denied for user 'repl'@'%' (using password: YES) (Errno: 1045)";

describe('a status of a receiver that stands still', () => {
  test.each([
    [1153, "Got a packet bigger than 'max_allowed_packet' bytes", 'larger than it may take'],
    [1595, WRITE, 'could not write its relay log'],
    [1597, REFUSED, 'refused one of its commands'],
    [
      1743,
      'Replication event checksum verification failed while reading from network.',
      'checksum',
    ],
    [
      1593,
      'Fatal error: The replication receiver thread cannot start because the master has GTID_MODE = ON and this server has GTID_MODE = OFF.',
      'GTID modes',
    ],
    [4711, 'Something that no version says yet', 'own words'],
  ])('error %i: high, by its words', (number, words, says) => {
    const found = foundOf(RULE, status(number, words));
    expect(found).toMatchObject({
      severity: 'high',
      confidence: 'proven',
      facts: { errorNumber: number, asks: 'mysql-bin.000001:700' },
    });
    expect(found.title).toContain(says);
    expect(JSON.stringify(found.at)).toContain(words.slice(0, 20).replaceAll('"', ''));
  });

  test.each([
    [
      'source-read-error',
      1236,
      "Got fatal error 1236 from master when reading data from binary log: 'x'",
    ],
    [
      'connect-failure',
      2003,
      "error connecting to master 'repl@db1:3306' - retry-time: 60  retries: 1",
    ],
    [
      'receiver-startup-failure',
      1593,
      'Fatal error: The slave I/O thread stops because master and slave have equal MySQL server UUIDs; these UUIDs must be different for replication to work.',
    ],
  ])('is told once, by %s', async (rule, number, words) => {
    const { findings } = await reportOf(status(number, words), { rules });
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(outcomeOf(RULE, status(number, words)).status).toBe('clear');
  });

  test('the repair is withheld, with what to look at', async () => {
    const { plan, planWithheld } = await reportOf(status(1595, WRITE), { rules });
    expect(plan).toEqual([]);
    expect(planWithheld).toContain('the room and the rights where the relay logs lie');
  });

  test('of an unknown error while it connects: medium', () => {
    const trying = { Slave_IO_Running: 'Connecting' };
    expect(foundOf(RULE, status(4711, 'x', trying))).toMatchObject({ severity: 'medium' });
    expect(foundOf(RULE, status(1597, REFUSED, trying))).toMatchObject({ severity: 'high' });
  });
});

describe('an error log', () => {
  const log = (...lines: ReadonlyArray<readonly [number, string]>): Files =>
    spoken({ log: errorLog56(READY56, ...lines) });
  const failed = `[ERROR] Slave I/O: ${WRITE}, Error_code: 1595`;

  test('that ends with it: high', () => {
    expect(foundOf(RULE, log([10, failed]))).toMatchObject({ severity: 'high' });
  });

  test('in which it connected again: low', () => {
    expect(foundOf(RULE, log([10, failed], [60, CONNECTED]))).toMatchObject({ severity: 'low' });
  });

  test('of a refusal that is tried again, and whose end no line would tell: medium, possible', () => {
    const refused = `[ERROR] Slave I/O: ${REFUSED}, Error_code: 1597`;
    expect(foundOf(RULE, log([10, CONNECTED], [10, refused]))).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      summary: expect.stringContaining('tries again by itself'),
    });
  });

  test('without such a line: clear; without a log or text: not assessed', () => {
    expect(outcomeOf(RULE, log([10, CONNECTED])).status).toBe('clear');
    expect(outcomeOf(RULE, {}).status).toBe('not-assessed');
  });
});
