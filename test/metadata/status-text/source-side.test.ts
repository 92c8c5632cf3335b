import { describe, expect, test } from 'vitest';
import { boxed, type OutputRow, tabbed, vertical } from '../../support/status-output.ts';
import { parse, printed, row, rows } from './texts.ts';

const FORMS: readonly (readonly [string, (...all: readonly OutputRow[]) => string])[] = [
  ['vertical', vertical],
  ['boxed', boxed],
  ['tabbed', tabbed],
];

const SET = '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,\n5a4c29ee-71ca-11e1-9e33-c80aa9429562:1';

describe.each(FORMS)('%s', (form, print) => {
  test('SHOW MASTER STATUS', () => {
    const content = print({
      File: 'mysql-bin.000003',
      Position: 719,
      Binlog_Do_DB: 'shop,app',
      Binlog_Ignore_DB: '',
      Executed_Gtid_Set: SET,
    });
    expect(parse(content).value.sections).toMatchObject([{ kind: 'source-status', form }]);
    expect(row(content, 'source-status')).toMatchObject({
      file: 'mysql-bin.000003',
      position: 719,
      doDatabases: ['shop', 'app'],
      ignoreDatabases: [],
      executedGtidSet: SET.replace('\n', ''),
    });
  });

  test('SHOW BINARY LOGS', () => {
    const content = print(
      { Log_name: 'b.000001', File_size: 1073742113, Encrypted: 'Yes' },
      { Log_name: 'b.000002', File_size: 0, Encrypted: 'No' },
    );
    expect(rows(content, 'binary-logs')).toMatchObject([
      { logName: 'b.000001', fileSize: 1073742113, isEncrypted: true },
      { logName: 'b.000002', fileSize: 0, isEncrypted: false },
    ]);
  });

  test.each([
    ['SHOW SLAVE HOSTS', 'Server_id', 'Master_id', 'Slave_UUID'],
    ['SHOW REPLICAS', 'Server_Id', 'Source_Id', 'Replica_UUID'],
  ])('%s', (_, id, source, uuid) => {
    const content = print({ [id]: 12, Host: '', Port: 3306, [source]: 11, [uuid]: 'u' });
    expect(row(content, 'registered-replicas')).toMatchObject({
      serverId: 12,
      host: '',
      port: 3306,
      sourceServerId: 11,
      uuid: 'u',
    });
  });

  test('values of GTID variables', () => {
    const mysql = print({ '@@GLOBAL.gtid_executed': SET, '@@gtid_purged': '' });
    expect(row(mysql, 'gtid-values')).toMatchObject({
      gtidExecuted: SET.replace('\n', ''),
      gtidPurged: '',
      gtidSlavePos: null,
    });
    const mariadb = print({ '@@gtid_slave_pos': '0-1-11,2-2-4', '@@gtid_binlog_pos': '0-1-11' });
    expect(row(mariadb, 'gtid-values')).toMatchObject({
      gtidSlavePos: '0-1-11,2-2-4',
      gtidBinlogPos: '0-1-11',
    });
  });

  test('SHOW VARIABLES', () => {
    const content = print(
      { Variable_name: 'gtid_mode', Value: 'ON' },
      { Variable_name: 'gtid_purged', Value: '' },
    );
    expect(rows(content, 'variables')).toMatchObject([
      { name: 'gtid_mode', value: 'ON' },
      { name: 'gtid_purged', value: '' },
    ]);
  });

  test('mysql.gtid_slave_pos', () => {
    const content = print({
      domain_id: 9,
      sub_id: '18446744073709551615',
      server_id: 777,
      seq_no: '18446744073709551614',
    });
    expect(row(content, 'gtid-slave-pos')).toMatchObject({
      domainId: 9,
      subId: '18446744073709551615',
      serverId: 777,
      seqNo: '18446744073709551614',
    });
  });
});

test('outputs of real servers', () => {
  expect(row(printed('mysql-9.7-show-binary-log-status.txt'), 'source-status')).toMatchObject({
    file: 'binlog.000001',
    position: 14784,
    executedGtidSet:
      '3e11fa47-71ca-11e1-9e33-c80aa9429562:23:abcdefghijklmnopqrstuvwxyz_01234:4611686018427387900,bbaa6130-e4cc-11f1-af4f-02fc00000001:1-39:backup:1-3:z_ops_2026:1',
  });
  const logs = rows(printed('mysql-9.7-show-binary-logs.txt'), 'binary-logs');
  expect(logs.map((one) => [one.fileSize, one.isEncrypted])).toEqual([
    [5051, true],
    [1049, true],
    [533, false],
    [1003, true],
  ]);
});

test('a table that a terminal showed with blanks for its tabs', () => {
  const content =
    'Log_name        File_size\nb.000001        154\nb.000002        8\nThat is all\n';
  expect(rows(content, 'binary-logs').map((one) => one.fileSize)).toEqual([154, 8]);
});

describe('a single value', () => {
  test.each([
    ['of one line', 'gtid_executed\n3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5\n', 'gtidExecuted'],
    ['that -B escaped', `@@GLOBAL.gtid_purged\n${SET.replace('\n', '\\n')}\n`, 'gtidPurged'],
    ['of several lines', `@@global.gtid_executed\n${SET}\nand prose\n`, 'gtidExecuted'],
    ['of MariaDB', '@@gtid_current_pos\n0-1-11,2-2-4\n', 'gtidCurrentPos'],
  ] as const)('%s', (_, content, field) => {
    expect(row(content, 'gtid-values')[field]).toMatch(/^(?:3e11fa47.*:1(?:-5)?|0-1-11,2-2-4)$/);
  });

  test('that is empty', () => {
    expect(row('@@gtid_purged\n\n', 'gtid-values').gtidPurged).toBe('');
  });

  test('without its name, which the file has', () => {
    const files: readonly (readonly [string, string, object])[] = [
      ['gtid_executed.txt', `${SET}\n`, { gtidExecuted: SET.replace('\n', '') }],
      ['before-gtid-binlog-pos.txt', '0-1-11\n', { gtidBinlogPos: '0-1-11' }],
    ];
    for (const [name, content, expected] of files) {
      expect(row(content, 'gtid-values', name), name).toMatchObject(expected);
      expect(parse(content, 'notes.txt').value.sections, name).toEqual([]);
    }
    const table = rows('0\t1\t141\t1\n9\t14\t777\t1\n', 'gtid-slave-pos', 'gtid_slave_pos.txt');
    expect(table.map((one) => [one.domainId, one.seqNo])).toEqual([
      [0, '1'],
      [9, '1'],
    ]);
    const variables = rows('gtid_mode\tON\ngtid_purged\t\n', 'variables', 'variables.txt');
    expect(variables.map((one) => one.name)).toEqual(['gtid_mode', 'gtid_purged']);
  });

  test.each([
    ['gtid_executed.txt', 'unknown system variable\n'],
    ['gtid_executed.txt', '\n'],
    ['gtid_slave_pos.txt', ''],
    ['variables.txt', 'what I did:\tnothing\n'],
    ['notes.txt', 'gtid_executed\n\u{1}\n'],
    ['notes.txt', 'gtid_executed\nis a variable\n'],
  ])('is none in %s: %j', (name, content) => {
    expect(parse(content, name).value.sections).toEqual([]);
  });
});
