import { describe, expect, test } from 'vitest';
import { fixOf, foundOf, wholeFixOf } from '../support/replica.ts';
import { outcomeOf } from '../support/scan-bytes.ts';
import { CONNECTED, errorLog56, READY56, slaveStatus, spoken } from '../support/thread-lines.ts';

const RULE = 'receiver-startup-failure';

const SERVER_ID =
  '[ERROR] Slave I/O: The slave I/O thread stops because a fatal error is encountered when it try to get the value of SERVER_ID variable from master. Error: , Error_code: 1159';
const HEARTBEAT =
  '[ERROR] The slave I/O thread stops because SET @master_heartbeat_period on master failed. Error: , Error_code: 1593';
const EQUAL_IDS =
  '[ERROR] Slave I/O: Fatal error: The slave I/O thread stops because master and slave have equal MySQL server ids; these ids must be different for replication to work (or the --replicate-same-server-id option must be used on slave but this does not always make sense; please check the manual before using it). Error_code: 1593';
const EQUAL_UUIDS =
  '[ERROR] Slave I/O: Fatal error: The slave I/O thread stops because master and slave have equal MySQL server UUIDs; these UUIDs must be different for replication to work. Error_code: 1593';

test.each([
  [SERVER_ID, 'no-answer', 'SERVER_ID', 1159],
  [HEARTBEAT, 'no-answer', '@master_heartbeat_period', 1593],
  [EQUAL_IDS, 'equal-ids', null, 1593],
  [EQUAL_UUIDS, 'equal-uuids', null, 1593],
])('%s', (line, type, question, errorCode) => {
  expect(foundOf(RULE, spoken({ log: errorLog56(READY56, [10, line]) }))).toMatchObject({
    severity: 'high',
    confidence: 'proven',
    facts: { class: type, question, errorCode },
  });
});

test('by a status text', () => {
  const status = slaveStatus({
    Slave_IO_Running: 'No',
    Last_IO_Errno: 1593,
    Last_IO_Error: HEARTBEAT.replace(/^\[ERROR\] |, Error_code.*$/g, ''),
  });
  expect(foundOf(RULE, spoken({ status }))).toMatchObject({ severity: 'high' });
});

describe('is not taken for more than it is', () => {
  test('a later connect ends it', () => {
    const log = errorLog56(READY56, [10, SERVER_ID], [40, CONNECTED]);
    expect(foundOf(RULE, spoken({ log }))).toMatchObject({ severity: 'low' });
  });

  test('clear where the connect itself failed, and where nothing did', () => {
    const failed =
      "[ERROR] Slave I/O: error connecting to master 'repl@db1:3306' - retry-time: 60  retries: 1, Error_code: 2003";
    expect(outcomeOf(RULE, spoken({ log: errorLog56([10, failed]) })).status).toBe('clear');
    expect(outcomeOf(RULE, spoken({ log: errorLog56([10, CONNECTED]) })).status).toBe('clear');
  });

  test('not assessed without an error log or a status text', () => {
    expect(outcomeOf(RULE, {}).status).toBe('not-assessed');
  });
});

const UNANSWERED =
  '[Warning] Slave I/O: Get master SERVER_ID failed with error: Lost connection to MySQL server during query, Error_code: 2013';
const AGAIN =
  "[Warning] Slave I/O: Master command COM_REGISTER_SLAVE failed: failed registering on master, reconnecting to try again, log 'mysql-bin.000001' at position 786, Error_code: 1597";
const UNKNOWN_VARIABLE =
  "[Warning] Slave I/O: Unknown system variable 'SERVER_UUID' on master. A probable cause is that the variable is not supported on the master (version: 10.11.19-MariaDB-log), even though it is on the slave (version: 5.6.24-log), Error_code: 1193";
const REFUSED =
  "[ERROR] Slave I/O: The slave I/O thread stops because a fatal error is encountered when it try to get the value of SERVER_ID variable from master. Error: User 'repl' has exceeded the 'max_questions' resource (current value: 2), Error_code: 1226";

describe('where the receiver connects again by itself', () => {
  test('low: one question without an answer', () => {
    const log = errorLog56(READY56, [10, UNANSWERED], [11, AGAIN]);
    expect(foundOf(RULE, spoken({ log }))).toMatchObject({
      severity: 'low',
      confidence: 'likely',
      facts: { class: 'no-answer', state: 'tried-again' },
    });
    expect(() => fixOf(RULE, spoken({ log }))).toThrow('no fix');
  });

  test('medium: many', () => {
    const tries = [10, 20, 30].flatMap((at) => [
      [at, UNANSWERED] as const,
      [at + 1, AGAIN] as const,
    ]);
    expect(foundOf(RULE, spoken({ log: errorLog56(READY56, ...tries) }))).toMatchObject({
      severity: 'medium',
      facts: { state: 'tried-again', linesInAll: 3 },
    });
  });

  test('low again where the log goes on without one', () => {
    const tries = [10, 20, 30].map((at) => [at, UNANSWERED] as const);
    const later = [400, '[Note] Event Scheduler: Loaded 0 events'] as const;
    expect(foundOf(RULE, spoken({ log: errorLog56(READY56, ...tries, later) }))).toMatchObject({
      severity: 'low',
      facts: { state: 'tried-again' },
    });
  });

  test('high where the status shows it connecting, though no error: nothing is to be run', () => {
    const log = errorLog56(READY56, [10, UNANSWERED], [11, AGAIN]);
    const status = slaveStatus({ Slave_IO_Running: 'Connecting' });
    const files = spoken({ log, status });
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'high', facts: { state: 'trying' } });
    const { run, withheld } = fixOf(RULE, files);
    expect(run).toEqual([]);
    expect(withheld).toContain('connects again by itself');
  });

  test('by the status alone', () => {
    const status = slaveStatus({
      Slave_IO_Running: 'Connecting',
      Last_IO_Errno: 2013,
      Last_IO_Error:
        'Setting @mariadb_slave_capability failed with error: Lost connection to server during query',
    });
    expect(foundOf(RULE, spoken({ status }))).toMatchObject({
      severity: 'high',
      facts: { state: 'trying', question: '@mariadb_slave_capability' },
    });
  });

  test('stopped where the status says No: it had its last try', () => {
    const status = slaveStatus({
      Slave_IO_Running: 'No',
      Last_IO_Errno: 2013,
      Last_IO_Error:
        'Setting @mariadb_slave_capability failed with error: Lost connection to server during query',
    });
    expect(foundOf(RULE, spoken({ status }))).toMatchObject({
      severity: 'high',
      facts: { state: 'stopped' },
    });
  });

  test('clear where the source does not know the question', () => {
    const log = errorLog56(READY56, [10, UNKNOWN_VARIABLE], [10, CONNECTED]);
    expect(outcomeOf(RULE, spoken({ log })).status).toBe('clear');
  });
});

test('what the source refused is put right there first', () => {
  const files = spoken({ log: errorLog56(READY56, [10, REFUSED]) });
  expect(foundOf(RULE, files)).toMatchObject({
    severity: 'high',
    facts: { class: 'refused', state: 'stopped', errorCode: 1226 },
  });
  expect(wholeFixOf(RULE, files).preconditions).toMatchObject([
    { state: 'unknown', text: expect.stringContaining('max_questions') },
  ]);
});

test('a longer timeout is offered where it is known to be short', () => {
  const files = {
    ...spoken({ log: errorLog56(READY56, [10, SERVER_ID]) }),
    'r/variables.txt': 'Variable_name\tValue\nserver_id\t12\nslave_net_timeout\t2\n',
  };
  expect(wholeFixOf(RULE, files).alternatives).toMatchObject([
    { steps: [{ run: 'SET GLOBAL slave_net_timeout = 60;' }, {}, {}] },
  ]);
});

test('the fix starts the receiver and changes nothing', () => {
  const { run } = fixOf(RULE, spoken({ log: errorLog56(READY56, [10, SERVER_ID]) }));
  expect(run).toEqual(['SHOW SLAVE STATUS\\G', 'START SLAVE IO_THREAD;', 'SHOW SLAVE STATUS\\G']);
});

test.each([EQUAL_IDS, EQUAL_UUIDS])('no start while both servers have one identity', (line) => {
  const { run, withheld } = fixOf(RULE, spoken({ log: errorLog56(READY56, [10, line]) }));
  expect(run).toEqual([]);
  expect(withheld).toContain('of its own');
});
