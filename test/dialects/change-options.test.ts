import { describe, expect, test } from 'vitest';
import type { ChangeOptions } from '../../src/dialects/index.ts';
import { mariadb105 } from '../../src/dialects/mariadb-10-5.ts';
import { mysql57 } from '../../src/dialects/mysql-5-7.ts';
import { mysql84 } from '../../src/dialects/mysql-8-4.ts';

const head = { mysql57: 'CHANGE MASTER TO ', mysql84: 'CHANGE REPLICATION SOURCE TO ' };

describe('options of a CHANGE', () => {
  test('keep one order, whatever theirs', () => {
    expect(
      mysql84.statements.changeSource('', {
        heartbeatPeriod: 1.5,
        ignoreServerIds: [3, 103],
        autoPosition: false,
        logPos: 4,
        logFile: 'binlog.000003',
      }),
    ).toBe(
      `${head.mysql84}SOURCE_LOG_FILE = 'binlog.000003', SOURCE_LOG_POS = 4, SOURCE_AUTO_POSITION = 0, IGNORE_SERVER_IDS = (3, 103), SOURCE_HEARTBEAT_PERIOD = 1.500;`,
    );
    expect(
      mariadb105.statements.changeSource('', {
        heartbeatPeriod: 30,
        ignoreServerIds: [],
        useGtid: 'slave_pos',
      }),
    ).toBe(
      `${head.mysql57}MASTER_USE_GTID = slave_pos, IGNORE_SERVER_IDS = (), MASTER_HEARTBEAT_PERIOD = 30.000;`,
    );
  });

  test.each<[ChangeOptions, string]>([
    [{ ignoreServerIds: [] }, 'IGNORE_SERVER_IDS = ()'],
    [{ ignoreServerIds: [4294967295] }, 'IGNORE_SERVER_IDS = (4294967295)'],
    [{ heartbeatPeriod: 0 }, 'MASTER_HEARTBEAT_PERIOD = 0.000'],
    [{ heartbeatPeriod: 0.001 }, 'MASTER_HEARTBEAT_PERIOD = 0.001'],
    [{ autoPosition: true }, 'MASTER_AUTO_POSITION = 1'],
    [
      { logFile: "x'y.000001", logPos: 2 ** 40 },
      "MASTER_LOG_FILE = 'x''y.000001', MASTER_LOG_POS = 1099511627776",
    ],
    [
      { relayLogFile: "x'y-relay.000001", relayLogPos: 4 },
      "RELAY_LOG_FILE = 'x''y-relay.000001', RELAY_LOG_POS = 4",
    ],
  ])('%j', (options, clauses) => {
    expect(mysql57.statements.changeSource('', options)).toBe(`${head.mysql57}${clauses};`);
  });

  test.each<[string, ChangeOptions]>([
    ['nothing to change', {}],
    ['logFile and logPos come together', { logFile: 'binlog.000003' }],
    ['logFile and logPos come together', { logPos: 4 }],
    [
      'coordinates are refused with auto position (error 1776)',
      { logFile: 'binlog.000003', logPos: 4, autoPosition: true },
    ],
    ['relayLogFile and relayLogPos come together', { relayLogFile: 'relay-bin.000002' }],
    ['relayLogFile and relayLogPos come together', { relayLogPos: 4 }],
    [
      'coordinates of the source or of a relay log',
      { logFile: 'binlog.000003', logPos: 4, relayLogFile: 'relay-bin.000002', relayLogPos: 4 },
    ],
    [
      'coordinates are refused with auto position (error 1776)',
      { relayLogFile: 'relay-bin.000002', relayLogPos: 4, autoPosition: true },
    ],
    ['logPos cannot be -1', { logFile: 'binlog.000003', logPos: -1 }],
    ['logPos cannot be 1e+21', { logFile: 'binlog.000003', logPos: 1e21 }],
    ['logPos cannot be NaN', { logFile: 'binlog.000003', logPos: Number.NaN }],
    ['ignoreServerIds cannot be 4294967296', { ignoreServerIds: [1, 4294967296] }],
    ['ignoreServerIds cannot be 1.5', { ignoreServerIds: [1.5] }],
    ['heartbeatPeriod cannot be 0.0004', { heartbeatPeriod: 0.0004 }],
    ['heartbeatPeriod cannot be NaN', { heartbeatPeriod: Number.NaN }],
    ['heartbeatPeriod cannot be 4294968', { heartbeatPeriod: 4294968 }],
  ])('are refused: %s %j', (problem, options) => {
    expect(() => mysql57.statements.changeSource('', options)).toThrow(
      new RangeError(`CHANGE of the source: ${problem}`),
    );
  });

  test('MariaDB would ignore coordinates beside a GTID position', () => {
    const coordinates = { logFile: 'binlog.000003', logPos: 4 };
    expect(() =>
      mariadb105.statements.changeSource('', { ...coordinates, useGtid: 'slave_pos' }),
    ).toThrow(
      new RangeError('CHANGE of the source: coordinates are ignored with useGtid slave_pos'),
    );
    expect(mariadb105.statements.changeSource('', { ...coordinates, useGtid: 'no' })).toBe(
      `${head.mysql57}MASTER_LOG_FILE = 'binlog.000003', MASTER_LOG_POS = 4, MASTER_USE_GTID = no;`,
    );
  });
});
