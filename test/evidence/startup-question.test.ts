import { describe, expect, test } from 'vitest';
import { startupQuestion } from '../../src/evidence/startup-question.ts';
import type { ThreadReport } from '../../src/evidence/thread-reports.ts';

const read = (text: string, errorNumber: number | null) =>
  startupQuestion({ text, errorNumber } as ThreadReport);

/** As MySQL 5.6.24 wrote them when the answer was kept back. */
describe('MySQL 5.6 stops for good', () => {
  test.each([
    [
      'Slave I/O: The slave I/O thread stops because a fatal error is encountered when it try to get the value of SERVER_ID variable from master. Error: , Error_code: 1159',
      1159,
      'SERVER_ID',
      'no-answer',
    ],
    [
      'Slave I/O: The slave I/O thread stops because a fatal error is encountered  when it tries to SET @master_heartbeat_period on master. Error: , Error_code: 1593',
      1593,
      '@master_heartbeat_period',
      'no-answer',
    ],
    [
      'Slave I/O: The slave I/O thread stops because a fatal error is encountered when it tried to SET @master_binlog_checksum on master. Error: , Error_code: 1593',
      1593,
      '@master_binlog_checksum',
      'no-answer',
    ],
    [
      'Slave I/O: The slave I/O thread stops because a fatal error is encountered when it tried to SELECT @master_binlog_checksum. Error: , Error_code: 1593',
      1593,
      '@master_binlog_checksum',
      'no-answer',
    ],
    [
      'Slave I/O: Fatal error: The slave I/O thread stops because a fatal error is encountered when it tries to get the value of SERVER_UUID variable from master. Error_code: 1593',
      1593,
      'SERVER_UUID',
      'failed',
    ],
    [
      "Slave I/O: Fatal error: The slave I/O thread stops because a fatal error is encountered when it tries to send query to master(query: SET @slave_uuid= '76e1a8fd-e54e-11f1-a4ca-02fc00000001'). Error_code: 1593",
      1593,
      "SET @slave_uuid= '76e1a8fd-e54e-11f1-a4ca-02fc00000001'",
      'failed',
    ],
  ])('%s', (text, number, asked, outcome) => {
    expect(read(text, number)).toEqual({ asked, outcome, answer: null, isRepeated: false });
  });

  test('but not after its words for GTID_MODE', () => {
    const text =
      "Slave I/O: The slave IO thread stops because the initialization query 'SELECT @@GLOBAL.GTID_MODE' failed with error ''. Error_code: 1159";
    expect(read(text, 1159)).toEqual({
      asked: 'SELECT @@GLOBAL.GTID_MODE',
      outcome: 'no-answer',
      answer: null,
      isRepeated: true,
    });
  });
});

describe('MySQL 9.7 and MariaDB 10.11 connect again', () => {
  test.each([
    [
      'Slave I/O: Get master SERVER_ID failed with error: Got timeout reading communication packets, Internal MariaDB error code: 1159',
      1159,
      'SERVER_ID',
    ],
    [
      'Slave I/O: Setting @mariadb_slave_capability failed with error: Lost connection to server during query, Internal MariaDB error code: 2013',
      2013,
      '@mariadb_slave_capability',
    ],
    [
      'Slave I/O: Notifying master by SET @master_binlog_checksum= @@global.binlog_checksum failed with error: Got timeout reading communication packets, Internal MariaDB error code: 1159',
      1159,
      'SET @master_binlog_checksum= @@global.binlog_checksum',
    ],
    [
      "Replica I/O for channel '': Get source clock failed with error: , Error_code: MY-001159",
      1159,
      'clock',
    ],
    [
      "Replica I/O for channel '': The replica IO thread stops because the initialization query 'SELECT @@GLOBAL.GTID_MODE' failed with error 'Commands out of sync; you can't run this command now'. Error_code: MY-001159",
      1159,
      'SELECT @@GLOBAL.GTID_MODE',
    ],
    [
      "Replica I/O for channel '': The initialization command 'SET @slave_uuid = '2e611054-e550-11f1-904a-02fc00000001', @replica_uuid = '2e611054-e550-11f1-904a-02fc00000001'' failed with the following error: ''. Error_code: MY-001159",
      1159,
      "SET @slave_uuid = '2e611054-e550-11f1-904a-02fc00000001', @replica_uuid = '2e611054-e550-11f1-904a-02fc00000001'",
    ],
  ])('%s', (text, number, asked) => {
    expect(read(text, number)).toEqual({
      asked,
      outcome: 'no-answer',
      answer: null,
      isRepeated: true,
    });
  });
});

test.each([
  [
    "Slave I/O: The slave I/O thread stops because a fatal error is encountered when it try to get the value of SERVER_ID variable from master. Error: User 'repl' has exceeded the 'max_queries_per_hour' resource (current value: 2), Internal MariaDB error code: 1226",
    "User 'repl' has exceeded the 'max_queries_per_hour' resource (current value: 2)",
  ],
  [
    "Replica I/O for channel '': The replica I/O thread stops because a fatal error is encountered when it try to get the value of SERVER_ID variable from source. Error: User 'repl' has exceeded the 'max_questions' resource (current value: 2), Error_code: MY-001226",
    "User 'repl' has exceeded the 'max_questions' resource (current value: 2)",
  ],
])('what the source refuses stops every version: %s', (text, answer) => {
  expect(read(text, 1226)).toEqual({
    asked: 'SERVER_ID',
    outcome: 'refused',
    answer,
    isRepeated: false,
  });
});
