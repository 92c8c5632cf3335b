import { describe, expect, test } from 'vitest';
import type { DialectLine } from '../../src/dialects/index.ts';
import { dialectLines } from '../../src/dialects/index.ts';

const nastyChannel = "We'st\\2 ö";
const coordinates = { logFile: 'binlog.000003', logPos: 1234 };

const lineNamed = (name: string): DialectLine => {
  const line = dialectLines.find((candidate) => candidate.name === name);
  if (!line) throw new Error(`no line ${name}`);
  return line;
};

/** Every statement of a line, in the order of the contract; lines with options try them too. */
const allStatements = ({ statements, abilities }: DialectLine, channel: string): string[] => [
  statements.stopReplica(channel),
  statements.startReplica(channel),
  statements.startApplier(channel),
  statements.resetReplica(channel),
  statements.showReplicaStatus(channel),
  statements.changeSource(channel, coordinates),
  ...(abilities.changeOptions.includes('autoPosition')
    ? [statements.changeSource(channel, { autoPosition: true })]
    : []),
  ...(abilities.changeOptions.includes('useGtid')
    ? [statements.changeSource(channel, { useGtid: 'slave_pos' })]
    : []),
  ...(abilities.ignoreServerIds
    ? [statements.changeSource(channel, { ignoreServerIds: [103], heartbeatPeriod: 30 })]
    : []),
  statements.showSourceStatus(),
  statements.showBinaryLogs(),
];

const written = (name: string, channel: string): string =>
  allStatements(lineNamed(name), channel).join('\n');

// String.raw: what is read here is what is pasted, backslashes included.
const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');

test.each(['mysql-5.1', 'mariadb-5.1'])('%s', (name) => {
  expect(written(name, '')).toBe(
    lines(String.raw`
      STOP SLAVE;
      START SLAVE;
      START SLAVE SQL_THREAD;
      RESET SLAVE;
      SHOW SLAVE STATUS\G
      CHANGE MASTER TO MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 1234;
      SHOW MASTER STATUS;
      SHOW BINARY LOGS;`),
  );
});

test.each(['mysql-5.5', 'mariadb-5.5'])('%s', (name) => {
  expect(written(name, '')).toBe(
    lines(String.raw`
      STOP SLAVE;
      START SLAVE;
      START SLAVE SQL_THREAD;
      RESET SLAVE;
      SHOW SLAVE STATUS\G
      CHANGE MASTER TO MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 1234;
      CHANGE MASTER TO IGNORE_SERVER_IDS = (103), MASTER_HEARTBEAT_PERIOD = 30.000;
      SHOW MASTER STATUS;
      SHOW BINARY LOGS;`),
  );
});

test('mysql-5.6', () => {
  expect(written('mysql-5.6', '')).toBe(
    lines(String.raw`
      STOP SLAVE;
      START SLAVE;
      START SLAVE SQL_THREAD;
      RESET SLAVE;
      SHOW SLAVE STATUS\G
      CHANGE MASTER TO MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 1234;
      CHANGE MASTER TO MASTER_AUTO_POSITION = 1;
      CHANGE MASTER TO IGNORE_SERVER_IDS = (103), MASTER_HEARTBEAT_PERIOD = 30.000;
      SHOW MASTER STATUS;
      SHOW BINARY LOGS;`),
  );
});

describe.each(['mysql-5.7', 'mysql-8.0'])('%s', (name) => {
  test('the default channel; RESET names it, since an unnamed one deletes all the others', () => {
    expect(written(name, '')).toBe(
      lines(String.raw`
        STOP SLAVE;
        START SLAVE;
        START SLAVE SQL_THREAD;
        RESET SLAVE FOR CHANNEL '';
        SHOW SLAVE STATUS\G
        CHANGE MASTER TO MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 1234;
        CHANGE MASTER TO MASTER_AUTO_POSITION = 1;
        CHANGE MASTER TO IGNORE_SERVER_IDS = (103), MASTER_HEARTBEAT_PERIOD = 30.000;
        SHOW MASTER STATUS;
        SHOW BINARY LOGS;`),
    );
  });

  test('a named channel', () => {
    expect(written(name, nastyChannel)).toBe(
      lines(String.raw`
        STOP SLAVE FOR CHANNEL 'We''st\\2 ö';
        START SLAVE FOR CHANNEL 'We''st\\2 ö';
        START SLAVE SQL_THREAD FOR CHANNEL 'We''st\\2 ö';
        RESET SLAVE FOR CHANNEL 'We''st\\2 ö';
        SHOW SLAVE STATUS FOR CHANNEL 'We''st\\2 ö'\G
        CHANGE MASTER TO MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 1234 FOR CHANNEL 'We''st\\2 ö';
        CHANGE MASTER TO MASTER_AUTO_POSITION = 1 FOR CHANNEL 'We''st\\2 ö';
        CHANGE MASTER TO IGNORE_SERVER_IDS = (103), MASTER_HEARTBEAT_PERIOD = 30.000 FOR CHANNEL 'We''st\\2 ö';
        SHOW MASTER STATUS;
        SHOW BINARY LOGS;`),
    );
  });
});

describe.each([
  ['mysql-8.0.23', 'SHOW MASTER STATUS;'],
  ['mysql-8.2', 'SHOW BINARY LOG STATUS;'],
  ['mysql-8.3', 'SHOW BINARY LOG STATUS;'],
  ['mysql-8.4', 'SHOW BINARY LOG STATUS;'],
])('%s, %s', (name, showSourceStatus) => {
  test('the default channel; RESET names it, since an unnamed one deletes all the others', () => {
    expect(written(name, '')).toBe(
      lines(String.raw`
        STOP REPLICA;
        START REPLICA;
        START REPLICA SQL_THREAD;
        RESET REPLICA FOR CHANNEL '';
        SHOW REPLICA STATUS\G
        CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'binlog.000003', SOURCE_LOG_POS = 1234;
        CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 1;
        CHANGE REPLICATION SOURCE TO IGNORE_SERVER_IDS = (103), SOURCE_HEARTBEAT_PERIOD = 30.000;
        ${showSourceStatus}
        SHOW BINARY LOGS;`),
    );
  });

  test('a named channel', () => {
    expect(written(name, nastyChannel)).toBe(
      lines(String.raw`
        STOP REPLICA FOR CHANNEL 'We''st\\2 ö';
        START REPLICA FOR CHANNEL 'We''st\\2 ö';
        START REPLICA SQL_THREAD FOR CHANNEL 'We''st\\2 ö';
        RESET REPLICA FOR CHANNEL 'We''st\\2 ö';
        SHOW REPLICA STATUS FOR CHANNEL 'We''st\\2 ö'\G
        CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'binlog.000003', SOURCE_LOG_POS = 1234 FOR CHANNEL 'We''st\\2 ö';
        CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 1 FOR CHANNEL 'We''st\\2 ö';
        CHANGE REPLICATION SOURCE TO IGNORE_SERVER_IDS = (103), SOURCE_HEARTBEAT_PERIOD = 30.000 FOR CHANNEL 'We''st\\2 ö';
        ${showSourceStatus}
        SHOW BINARY LOGS;`),
    );
  });
});

describe.each(['mariadb-10.0', 'mariadb-10.5'])('%s', (name) => {
  test('the default connection', () => {
    expect(written(name, '')).toBe(
      lines(String.raw`
        STOP SLAVE;
        START SLAVE;
        START SLAVE SQL_THREAD;
        RESET SLAVE;
        SHOW SLAVE STATUS\G
        CHANGE MASTER TO MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 1234;
        CHANGE MASTER TO MASTER_USE_GTID = slave_pos;
        CHANGE MASTER TO IGNORE_SERVER_IDS = (103), MASTER_HEARTBEAT_PERIOD = 30.000;
        SHOW MASTER STATUS;
        SHOW BINARY LOGS;`),
    );
  });

  test('a named connection', () => {
    expect(written(name, nastyChannel)).toBe(
      lines(String.raw`
        STOP SLAVE 'We''st\\2 ö';
        START SLAVE 'We''st\\2 ö';
        START SLAVE 'We''st\\2 ö' SQL_THREAD;
        RESET SLAVE 'We''st\\2 ö';
        SHOW SLAVE 'We''st\\2 ö' STATUS\G
        CHANGE MASTER 'We''st\\2 ö' TO MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 1234;
        CHANGE MASTER 'We''st\\2 ö' TO MASTER_USE_GTID = slave_pos;
        CHANGE MASTER 'We''st\\2 ö' TO IGNORE_SERVER_IDS = (103), MASTER_HEARTBEAT_PERIOD = 30.000;
        SHOW MASTER STATUS;
        SHOW BINARY LOGS;`),
    );
  });
});

test('the receiver alone is stopped and started in the words of each line', () => {
  expect(lineNamed('mysql-5.6').statements.stopReceiver('')).toBe('STOP SLAVE IO_THREAD;');
  expect(lineNamed('mysql-8.0').statements.startReceiver('west')).toBe(
    "START SLAVE IO_THREAD FOR CHANNEL 'west';",
  );
  expect(lineNamed('mysql-8.4').statements.startReceiver('west')).toBe(
    "START REPLICA IO_THREAD FOR CHANNEL 'west';",
  );
  expect(lineNamed('mariadb-10.5').statements.stopReceiver('west')).toBe(
    "STOP SLAVE 'west' IO_THREAD;",
  );
});

test('the source is asked for its public key in the words of each line', () => {
  expect(lineNamed('mysql-8.0').statements.changeSource('', { requestPublicKey: true })).toBe(
    'CHANGE MASTER TO GET_MASTER_PUBLIC_KEY = 1;',
  );
  expect(lineNamed('mysql-8.4').statements.changeSource('', { requestPublicKey: true })).toBe(
    'CHANGE REPLICATION SOURCE TO GET_SOURCE_PUBLIC_KEY = 1;',
  );
});
