import { describe, expect, test } from 'vitest';
import { fixOf, foundOf } from '../support/replica.ts';
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
  [SERVER_ID, 'question-failed', 'SERVER_ID', 1159],
  [HEARTBEAT, 'question-failed', '@master_heartbeat_period', 1593],
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

test('the fix starts the receiver and changes nothing', () => {
  const { run } = fixOf(RULE, spoken({ log: errorLog56(READY56, [10, SERVER_ID]) }));
  expect(run).toEqual(['SHOW SLAVE STATUS\\G', 'START SLAVE IO_THREAD;', 'SHOW SLAVE STATUS\\G']);
});

test.each([EQUAL_IDS, EQUAL_UUIDS])('no start while both servers have one identity', (line) => {
  const { run, withheld } = fixOf(RULE, spoken({ log: errorLog56(READY56, [10, line]) }));
  expect(run).toEqual([]);
  expect(withheld).toContain('of its own');
});
