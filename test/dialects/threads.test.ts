import { describe, expect, test } from 'vitest';
import { defaultNetTimeout } from '../../src/dialects/default-net-timeout.ts';
import { detectDialect, dialectLines } from '../../src/dialects/index.ts';
import { parseServerVersion } from '../../src/dialects/server-version.ts';
import { VERSION } from '../support/relay-log.ts';

const dialect = (version: string) => {
  const found = detectDialect(version);
  if (!found) throw new Error(version);
  return found;
};

describe('statements for one thread, in the words of the version', () => {
  test.each([
    [VERSION.mysql56, '', 'STOP SLAVE IO_THREAD;', 'START SLAVE IO_THREAD;'],
    [
      VERSION.mysql57,
      'w',
      "STOP SLAVE IO_THREAD FOR CHANNEL 'w';",
      "START SLAVE IO_THREAD FOR CHANNEL 'w';",
    ],
    [
      VERSION.mysql84,
      'w',
      "STOP REPLICA IO_THREAD FOR CHANNEL 'w';",
      "START REPLICA IO_THREAD FOR CHANNEL 'w';",
    ],
    [VERSION.mariadb, 'w', "STOP SLAVE 'w' IO_THREAD;", "START SLAVE 'w' IO_THREAD;"],
  ])('%s, channel %j', (version, channel, stop, start) => {
    const { statements } = dialect(version);
    expect([statements.stopReceiver(channel), statements.startReceiver(channel)]).toEqual([
      stop,
      start,
    ]);
  });
});

test.each([
  [VERSION.mysql56, '', 'START SLAVE UNTIL SQL_AFTER_MTS_GAPS;'],
  [VERSION.mysql57, 'w', "START SLAVE UNTIL SQL_AFTER_MTS_GAPS FOR CHANNEL 'w';"],
  [VERSION.mysql97, 'w', "START REPLICA UNTIL SQL_AFTER_MTS_GAPS FOR CHANNEL 'w';"],
])('gaps are filled before the channel is named: %s', (version, channel, statement) => {
  expect(dialect(version).statements.fillApplierGaps(channel)).toBe(statement);
});

test('a line without account of gaps refuses to fill them', () => {
  for (const { name, abilities, statements } of dialectLines) {
    if (abilities.applierGaps) expect(statements.fillApplierGaps(''), name).toContain('UNTIL');
    else expect(() => statements.fillApplierGaps(''), name).toThrow(RangeError);
  }
  expect(
    dialectLines.filter(({ abilities }) => abilities.applierGaps).map(({ name }) => name),
  ).toEqual([
    'mysql-5.6',
    'mysql-5.7',
    'mysql-8.0',
    'mysql-8.0.23',
    'mysql-8.2',
    'mysql-8.3',
    'mysql-8.4',
  ]);
});

test.each([
  [VERSION.mysql56, '', 'SET GLOBAL sql_slave_skip_counter = 1;'],
  ['8.0.23', 'w', 'SET GLOBAL sql_slave_skip_counter = 1;'],
  [VERSION.mysql97, '', 'SET GLOBAL sql_replica_skip_counter = 1;'],
  [VERSION.mariadb, '', 'SET GLOBAL sql_slave_skip_counter = 1;'],
  [
    VERSION.mariadb,
    'w',
    "SET default_master_connection = 'w'; SET GLOBAL sql_slave_skip_counter = 1;",
  ],
])(
  'the transaction that is passed over is that of the channel: %s, %j',
  (version, channel, run) => {
    expect(dialect(version).statements.skipTransaction(channel)).toBe(run);
  },
);

test('a CHANGE under a running applier is for MySQL 5.7 and later', () => {
  expect(
    dialectLines.filter(({ abilities }) => abilities.changeUnderApplier).map(({ name }) => name),
  ).toEqual(['mysql-5.7', 'mysql-8.0', 'mysql-8.0.23', 'mysql-8.2', 'mysql-8.3', 'mysql-8.4']);
});

test('the variable of the net timeout has the name that every server of the line knows', () => {
  const names = dialectLines.map(({ name, terms }) => [name, terms.netTimeout]);
  expect(Object.fromEntries(names)).toMatchObject({
    'mysql-5.6': 'slave_net_timeout',
    'mysql-8.0.23': 'slave_net_timeout',
    'mysql-8.4': 'replica_net_timeout',
    'mariadb-10.5': 'slave_net_timeout',
  });
});

test.each([
  ['5.6.24-log', 3600],
  ['5.7.6', 3600],
  ['5.7.7', 60],
  ['9.7.4', 60],
  ['10.2.3-MariaDB', 3600],
  ['10.2.4-MariaDB', 60],
])('the net timeout of %s is %i s by default', (text, seconds) => {
  const version = parseServerVersion(text);
  expect(version && defaultNetTimeout(version)).toBe(seconds);
});
