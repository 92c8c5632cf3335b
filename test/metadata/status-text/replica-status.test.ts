import { describe, expect, test } from 'vitest';
import { vertical } from '../../support/status-output.ts';
import { parse, printed, row, rows, sections } from './texts.ts';

test('every column of MySQL 5.6 has its field', () => {
  const status = row(printed('mysql-5.6-show-slave-status.txt'), 'replica-status');
  expect(status).toMatchObject({
    channelName: null,
    sourceHost: '127.0.0.1',
    sourceUser: 'repl',
    sourcePort: 13185,
    sourceServerId: 11,
    sourceUuid: 'fecd0f0e-e4ce-11f1-a18b-02fc00000001',
    masterInfoFile: '/var/lib/mysql/master.info',
    bind: '127.0.0.1',
    connectRetry: 7,
    retryCount: 77,
    receiverRunning: 'connecting',
    receiverState: 'Connecting to master',
    readSourceLogFile: 'mysql-bin.000001',
    readSourceLogPos: 2878,
    receiverErrorNumber: 2026,
    receiverError: "error connecting to master 'repl@127.0.0.1:13185' - retry-time: 7  retries: 3",
    receiverErrorTime: '2026-11-20T10:42:19',
    applierRunning: 'yes',
    applierState: 'Slave has read all relay log; waiting for the slave I/O thread to update it',
    relayLogFile: 'db-rep-relay-bin.000002',
    relayLogPos: 3041,
    appliedSourceLogFile: 'mysql-bin.000001',
    appliedSourceLogPos: 2878,
    applierErrorNumber: 0,
    applierError: '',
    applierErrorTime: null,
    secondsBehind: null,
    delay: 3,
    remainingDelay: null,
    relayLogSpace: 3215,
    untilCondition: 'None',
    untilLogFile: '',
    untilLogPos: 0,
    autoPosition: false,
    retrievedGtidSet: '',
    executedGtidSet: '',
    ignoreServerIds: [7, 8, 901],
    doDatabases: [],
    sslAllowed: 'yes',
    sslCa: '/var/lib/mysql.pem',
    sslVerifyServerCert: true,
    usingGtid: null,
    dialect: { words: 'master-slave', flavor: 'mysql', since: '5.6', before: '8.4' },
  });
  expect(status.others).toEqual(new Map());
});

test('NULL is told from a missing column and from 0', () => {
  const behind = (line: string) =>
    row(`*** 1. row ***\nSlave_IO_Running: No\nSlave_SQL_Running: No\n${line}`, 'replica-status');
  const stopped = behind('Seconds_Behind_Master: NULL\n');
  expect(stopped).toMatchObject({ secondsBehind: null, sqlNulls: ['secondsBehind'] });
  expect(stopped.offsets.secondsBehind).toBe(58);
  expect(behind('').offsets).not.toHaveProperty('secondsBehind');
  expect(behind('Seconds_Behind_Master: 0\n')).toMatchObject({ secondsBehind: 0, sqlNulls: [] });
});

test('the words of MySQL 8.0.22 and later are the same fields', () => {
  const status = row(printed('mysql-9.7-show-replica-status.txt'), 'replica-status');
  expect(status).toMatchObject({
    channelName: '',
    receiverRunning: 'no',
    readSourceLogPos: 3935,
    receiverErrorNumber: 13114,
    receiverErrorTime: '2026-11-20T10:38:10',
    // Two lines, as the server itself breaks it
    executedGtidSet:
      '764a4c33-e4ce-11f1-b130-02fc00000001:1-11,76c4d099-e4ce-11f1-8167-02fc00000001:1-3:adhoc:1',
    autoPosition: true,
    getPublicKey: true,
    networkNamespace: '',
    dialect: { words: 'source-replica', flavor: 'mysql', since: '8.0.22', before: null },
  });
  expect(status.receiverError).toMatch(/^Got fatal error 1236 .* not included in GTID_EXECU'$/);
  expect(status.others).toEqual(new Map());
});

test('every connection of SHOW ALL SLAVES STATUS of MariaDB is a row', () => {
  const [section] = sections(printed('mariadb-11.8-show-all-slaves-status.txt'), 'replica-status');
  expect(section?.rows).toMatchObject([
    {
      channelName: 'east',
      applierState: 'Slave has read all relay log; waiting for more updates',
      usingGtid: 'slave_pos',
      gtidIoPos: '0-141-9',
      gtidSlavePos: '0-777-4,9-777-1',
      parallelMode: 'optimistic',
      heartbeatPeriod: 30,
      ddlGroups: 2,
      transactionalGroups: 7,
      sourceLastEventTime: '2026-11-20T10:48:25',
      sourceReplicaTimeDiff: 0,
      dialect: { words: 'master-slave', flavor: 'mariadb', since: '10.3', before: null },
    },
    { channelName: 'West-2', relayLogFile: 'pid-relay-bin-west@002d2.000002' },
  ]);
  expect(section?.rows.map(({ others }) => others.size)).toEqual([0, 0]);
});

test('each field points to the line that it was read from', () => {
  const content = printed('mysql-9.7-show-replica-status.txt');
  const { offsets, offset } = row(content, 'replica-status');
  const bytes = Buffer.from(content);
  const lineAt = (at: number): string => bytes.toString('utf8', at, bytes.indexOf('\n', at));
  expect(lineAt(offset)).toContain('Replica_IO_State: ');
  expect(lineAt(offsets.readSourceLogPos ?? -1)).toMatch(/^ +Read_Source_Log_Pos: 3935$/);
  expect(lineAt(offsets.executedGtidSet ?? -1)).toMatch(/^ +Executed_Gtid_Set: 764a4c33/);
  expect(Object.keys(offsets)).toHaveLength(60);
});

describe('threads', () => {
  test.each([
    ['Yes', 'yes'],
    ['No', 'no'],
    ['Connecting', 'connecting'],
    ['Preparing', 'preparing'],
  ])('a receiver that says %s', (word, running) => {
    expect(
      row(vertical({ Slave_IO_Running: word, Slave_SQL_Running: 'Yes' }), 'replica-status'),
    ).toMatchObject({ receiverRunning: running, applierRunning: 'yes' });
  });

  test('a word of no server is no answer, and is not repeated', () => {
    const { value, problems } = parse(vertical({ Slave_IO_Running: 'Perhaps', Last_IO_Errno: 0 }));
    expect(value.sections[0]?.rows).toMatchObject([{ receiverRunning: null }]);
    expect(problems).toEqual([
      {
        offset: 63,
        field: 'receiverRunning',
        problem: 'is not one of yes, no, connecting, preparing',
      },
    ]);
  });
});

test('lists, filters, until conditions and numbers beyond 2^53', () => {
  const { value, problems } = parse(
    vertical({
      Slave_IO_State: '',
      Replicate_Do_DB: 'shop,app',
      Replicate_Wild_Ignore_Table: 'mysql.%,tmp%.%',
      Replicate_Ignore_Server_Ids: '3, 7',
      Replicate_Do_Domain_Ids: '0,5',
      Until_Condition: 'SQL_BEFORE_GTIDS',
      Relay_Log_Space: '18446744073709551615',
      Using_Gtid: 'Current_Pos',
    }),
  );
  expect(value.sections[0]?.rows).toMatchObject([
    {
      doDatabases: ['shop', 'app'],
      wildIgnoreTables: ['mysql.%', 'tmp%.%'],
      ignoreServerIds: [3, 7],
      doDomainIds: [0, 5],
      untilCondition: 'SQL_BEFORE_GTIDS',
      relayLogSpace: null,
      usingGtid: 'current_pos',
    },
  ]);
  expect(problems).toMatchObject([
    { field: 'relayLogSpace', problem: 'is not an unsigned integer' },
  ]);
});

test('columns that nobody knows are kept as they stand there', () => {
  const status = row(
    vertical({ Slave_IO_Running: 'Yes', Slave_Mood: 'good', Slave_Wish: null, Last_Errno: 0 }),
    'replica-status',
  );
  expect([...status.others]).toEqual([
    ['Slave_Mood', 'good'],
    ['Slave_Wish', null],
  ]);
  expect(status.lastErrorNumber).toBe(0);
});

describe('what the columns say of the server', () => {
  const dialect = (columns: Readonly<Record<string, string>>) =>
    row(vertical({ ...columns }), 'replica-status').dialect;
  const OLD = { Slave_IO_Running: 'Yes', Master_Host: 'db1' };
  const NEW = { Replica_IO_Running: 'Yes', Source_Host: 'db1' };

  test.each([
    ['old words alone', OLD, [null, null, null]],
    ['a uuid', { ...OLD, Master_UUID: '' }, ['mysql', '5.6', '8.4']],
    ['channels', { ...OLD, Channel_Name: '' }, ['mysql', '5.7', '8.4']],
    ['public keys', { ...OLD, Get_master_public_key: '0' }, ['mysql', '8.0', '8.4']],
    ['new words', { ...NEW, Channel_Name: '' }, ['mysql', '8.0.22', null]],
    ['MariaDB', { ...OLD, Using_Gtid: 'No' }, ['mariadb', '10.0', null]],
    // mysql.rds_replica_status
    ['MariaDB on RDS', { ...NEW, Using_Gtid: 'No', Parallel_Mode: '' }, ['mariadb', '10.1', null]],
  ])('%s', (_, columns, [flavor, since, before]) => {
    expect(dialect(columns)).toMatchObject({ flavor, since, before });
  });

  test('lines that no version has renamed say nothing', () => {
    const columns = { Last_IO_Error: '', Relay_Log_File: 'r.000001' };
    expect(dialect(columns)).toEqual({ words: null, flavor: null, since: null, before: null });
  });
});

test('rows of several channels stay one moment, repeated outputs are several', () => {
  const channel = (name: string) => ({ Replica_IO_Running: 'Yes', Channel_Name: name });
  const twice = vertical(channel('a'), channel('b')) + vertical(channel('a'), channel('b'));
  expect(sections(twice, 'replica-status').map((section) => section.rows.length)).toEqual([2, 2]);
  expect(rows(twice, 'replica-status').map(({ channelName }) => channelName)).toEqual([
    'a',
    'b',
    'a',
    'b',
  ]);
});
