import { expect, test } from 'vitest';
import { boxed, type OutputRow, tabbed, vertical } from '../../support/status-output.ts';
import { parse, printed, row, rows } from './texts.ts';

test('mysql.slave_master_info is a master.info of each channel', () => {
  const [east, west] = rows(printed('mysql-9.7-slave-master-info.txt'), 'slave-master-info');
  expect(east).toMatchObject({
    lineCount: 33,
    layout: 'mysql',
    sourceLogFile: 'mysql-bin.000001',
    readPosition: 158,
    host: '127.0.0.1',
    user: 'repl',
    hasPassword: true,
    port: 14701,
    connectRetry: 1,
    ssl: true,
    sslVerifyServerCert: false,
    heartbeatPeriod: 30,
    ignoreServerIds: [],
    sourceUuid: 'a623c8f4-e4ce-11f1-844f-02fc00000001',
    retryCount: 10,
    autoPosition: false,
    channelName: 'east',
    connectionAutoFailover: false,
    gtidOnly: false,
    tlsCiphersuites: null,
    sqlNulls: ['tlsCiphersuites'],
    usingGtid: null,
    defaults: [],
  });
  expect(east?.others.size).toBe(0);
  expect(west).toMatchObject({ channelName: 'west-2.eu ö', sourceLogFile: 'mysql-bin.000002' });
  expect(east?.offsets.readPosition).toBe(149);
});

test('ignored ids are counted, and a list that does not hold what it counts is none', () => {
  const table = (list: string) =>
    parse(
      vertical({
        Master_log_name: '',
        Master_log_pos: 4,
        Host: 'db1',
        User_name: 'repl',
        User_password: '',
        Ignored_server_ids: list,
      }),
    );
  expect(table('2 1 103').value.sections[0]?.rows).toMatchObject([{ ignoreServerIds: [1, 103] }]);
  expect(table('2 1').problems).toMatchObject([
    { field: 'ignoreServerIds', problem: 'is not a count and that many ids' },
  ]);
});

test('mysql.slave_relay_log_info is a relay-log.info of each channel', () => {
  const [east, west] = rows(printed('mysql-9.7-slave-relay-log-info.txt'), 'slave-relay-log-info');
  expect(east).toMatchObject({
    lineCount: 14,
    relayLogFile: './mc-relay-bin-east.000002',
    relayLogPos: 6832,
    sourceLogFile: 'mysql-bin.000001',
    sourceLogPos: 6615,
    sqlDelay: 0,
    workers: 4,
    channelName: 'east',
    privilegeChecksUser: null,
    requiresRowFormat: false,
    requireTablePrimaryKeyCheck: 'STREAM',
    assignGtidsType: 'OFF',
  });
  expect(west?.relayLogFile).toBe('./mc-relay-bin-west@002d2@002eeu@0020@1i.000002');
});

const WORKER = {
  Id: 2,
  Relay_log_name: './r.000002',
  Relay_log_pos: 1098,
  Master_log_name: 'b.000001',
  Master_log_pos: 881,
  Checkpoint_relay_log_name: './r.000002',
  Checkpoint_relay_log_pos: 375,
  Checkpoint_master_log_name: 'b.000001',
  Checkpoint_master_log_pos: 158,
  Checkpoint_seqno: 2,
  Checkpoint_group_size: 64,
  Checkpoint_group_bitmap: '',
  Channel_name: 'east',
};

test('mysql.slave_worker_info, a row a worker, in every form', () => {
  for (const content of [vertical(WORKER), boxed(WORKER), tabbed(WORKER)]) {
    expect(row(content, 'slave-worker-info')).toMatchObject({
      id: 2,
      groupRelayLogFile: './r.000002',
      groupRelayLogPos: 1098,
      groupSourceLogPos: 881,
      checkpointRelayLogPos: 375,
      checkpointSourceLogFile: 'b.000001',
      checkpointSourceLogPos: 158,
      checkpointSeqno: 2,
      bitmapBytes: 64,
      hasAppliedSinceCheckpoint: null,
      channelName: 'east',
    });
  }
});

test('a bitmap as mysql --binary-as-hex prints it', () => {
  const bits = '0F'.padEnd(128, '0');
  const printedAs = (hex: string) =>
    row(vertical({ ...WORKER, Checkpoint_group_bitmap: hex }), 'slave-worker-info');
  expect(printedAs(`0x${bits}`)).toMatchObject({
    bitmap: bits.toLowerCase(),
    hasAppliedSinceCheckpoint: true,
  });
  expect(printedAs(`0x${bits.slice(2)}`).bitmap).toBeNull();
});

test('the raw bytes of a bitmap do not hide the columns behind it', () => {
  const content = vertical({ ...WORKER, Checkpoint_group_bitmap: '\u{1}\n\u{7}  ' });
  expect(row(content, 'slave-worker-info').channelName).toBe('east');
});

test('the tables of the performance schema, each with its rows', () => {
  const content = printed('mysql-9.7-performance-schema.txt');
  expect(
    parse(content).value.sections.map(({ kind, rows: all }) => `${kind} ${all.length}`),
  ).toEqual([
    'connection-configuration 1',
    'connection-status 1',
    'applier-configuration 1',
    'applier-status 1',
    'applier-coordinator-status 1',
    'applier-worker-status 4',
    'log-status 1',
    'slave-worker-info 4',
  ]);
  expect(row(content, 'connection-configuration')).toMatchObject({
    channelName: '',
    port: 14801,
    sslAllowed: 'yes',
    sslVerifyServerCert: false,
    heartbeatPeriod: 30,
    getPublicKey: true,
  });
  expect(row(content, 'connection-status')).toMatchObject({
    threadId: null,
    sqlNulls: ['threadId'],
    serviceState: 'off',
    lastHeartbeatTime: null,
    errorNumber: 13114,
    errorTime: '2026-11-20T10:40:15.478016',
    lastQueued: 'ANONYMOUS',
    lastQueuedEnd: '2026-11-20T10:40:14.004120',
    queueingStart: null,
  });
  expect(row(content, 'applier-status')).toMatchObject({
    serviceState: 'on',
    remainingDelay: null,
  });
  expect(row(content, 'applier-coordinator-status')).toMatchObject({ threadId: 90, error: '' });
  expect(rows(content, 'applier-worker-status').map((worker) => worker.workerId)).toEqual([
    1, 2, 3, 4,
  ]);
  for (const { rows: all } of parse(content).value.sections) {
    expect(all.map(({ others }) => others.size)).toEqual(all.map(() => 0));
  }
});

test('the coordinator’s table of 5.7 has what it shares with others, and nothing else', () => {
  const shared = {
    CHANNEL_NAME: '',
    THREAD_ID: 31,
    SERVICE_STATE: 'ON',
    LAST_ERROR_NUMBER: 0,
    LAST_ERROR_MESSAGE: '',
    LAST_ERROR_TIMESTAMP: '0000-00-00 00:00:00',
  };
  const kind = (columns: OutputRow) => parse(vertical(columns)).value.sections[0]?.kind;
  expect(kind(shared)).toBe('applier-coordinator-status');
  expect(kind({ ...shared, WORKER_ID: 1 })).toBe('applier-worker-status');
  expect(kind({ ...shared, SOURCE_UUID: '', RECEIVED_TRANSACTION_SET: '' })).toBe(
    'connection-status',
  );
});

test('log_status tells the ends of all logs at one moment', () => {
  const LOCAL =
    '{"gtid_executed": "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,\\n5a4c29ee-71ca-11e1-9e33-c80aa9429562:1", "binary_log_file": "b.000003", "binary_log_position": 719}';
  const REPLICATION =
    '{"channels": [{"channel_name": "east", "relay_log_file": "r.000006", "relay_log_position": 1413}]}';
  const columns = { SERVER_UUID: 'u', LOCAL, REPLICATION, STORAGE_ENGINES: '{}' };
  for (const content of [vertical(columns), boxed(columns), tabbed(columns)]) {
    expect(row(content, 'log-status')).toMatchObject({
      serverUuid: 'u',
      local: {
        file: 'b.000003',
        position: 719,
        gtidExecuted:
          '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,5a4c29ee-71ca-11e1-9e33-c80aa9429562:1',
      },
      relayLogs: [{ channelName: 'east', relayLogFile: 'r.000006', relayLogPos: 1413 }],
    });
  }
  const { problems } = parse(vertical({ ...columns, LOCAL: '{"binary_log_file": 3}' }));
  expect(problems).toMatchObject([{ field: 'local', problem: 'is not the JSON of this column' }]);
});
