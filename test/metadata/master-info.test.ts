import { expect, test } from 'vitest';
import { parseMasterInfo } from '../../src/metadata/master-info.ts';

const read = (lines: readonly string[], rest = '') =>
  parseMasterInfo(Buffer.from(`${lines.join('\n')}\n${rest}`));

/** Lines 2 to 15 of a counted file. */
const HEAD = [
  'mysql-bin.000002',
  '7083',
  'db1.example',
  'repl',
  'made-up-secret',
  '3306',
  '60',
  '1',
  '/ca.pem',
  '/ca',
  '/cert.pem',
  'AES256-SHA',
  '/key.pem',
  '1',
];
const UUID = '54c15647-e4cd-11f1-a180-02fc00000001';
const MYSQL_56 = [...HEAD, '1.500', '127.0.0.1', '3 7 8 901', UUID, '77', '/crl.pem', '/crl', '1'];

test('every line of a MySQL 5.6 master.info has its field', () => {
  const { value, problems } = read(['23', ...MYSQL_56]);
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    lineCount: 23,
    layout: 'mysql',
    sourceLogFile: 'mysql-bin.000002',
    readPosition: 7083,
    host: 'db1.example',
    user: 'repl',
    hasPassword: true,
    port: 3306,
    connectRetry: 60,
    ssl: true,
    sslCa: '/ca.pem',
    sslCapath: '/ca',
    sslCert: '/cert.pem',
    sslCipher: 'AES256-SHA',
    sslKey: '/key.pem',
    sslVerifyServerCert: true,
    heartbeatPeriod: 1.5,
    bind: '127.0.0.1',
    ignoreServerIds: [7, 8, 901],
    sourceUuid: UUID,
    retryCount: 77,
    sslCrl: '/crl.pem',
    sslCrlpath: '/crl',
    autoPosition: true,
    channelName: null,
    gtidOnly: null,
    usingGtid: null,
    doDomainIds: null,
    defaults: [],
  });
});

test('offsets are those of the lines in the file', () => {
  const bytes = Buffer.from(`23\n${MYSQL_56.join('\n')}\n`);
  const { offsets } = parseMasterInfo(bytes).value;
  expect(offsets.sourceLogFile).toBe(3);
  expect(offsets.readPosition).toBe(20);
  expect(offsets.heartbeatPeriod).toBe(bytes.indexOf('1.500'));
  expect(offsets.ignoreServerIds).toBe(bytes.indexOf('3 7 8 901'));
  expect(offsets.channelName).toBeUndefined();
});

test('the older counted forms end where their count says', () => {
  const first = read(['14', ...HEAD.slice(0, 13)]).value;
  expect(first).toMatchObject({ layout: 'shared', sslKey: '/key.pem', sslVerifyServerCert: null });
  const mysql51 = read(['15', ...HEAD]).value;
  expect(mysql51).toMatchObject({ sslVerifyServerCert: true, ignoreServerIds: null });
  const mysql55 = read(['18', ...HEAD, '1800.000', '', '0']);
  expect(mysql55.problems).toEqual([]);
  expect(mysql55.value).toMatchObject({
    layout: 'shared',
    heartbeatPeriod: 1800,
    bind: '',
    ignoreServerIds: [],
    sourceUuid: null,
    autoPosition: null,
  });
});

test('5.7 adds the channel, 8.0 the failover and GTID-only lines', () => {
  const mysql57 = read(['25', ...MYSQL_56, 'east', 'TLSv1.2']);
  expect(mysql57.value).toMatchObject({ lineCount: 25, layout: 'mysql', channelName: 'east' });
  const later = ['', '', '', '0', '', 'uncompressed', '3', '', '1', '1'];
  const mysql80 = read(['33', ...MYSQL_56, ...later]);
  expect(mysql80.problems).toEqual([]);
  expect(mysql80.value).toMatchObject({
    layout: 'mysql',
    channelName: '',
    connectionAutoFailover: true,
    gtidOnly: true,
    sourceUuid: UUID,
  });
});

test('what follows the counted lines is older content and is passed over', () => {
  const rest = '0\n/old/crl.pem\nusing_gtid=2\nleft-over-secret\nhalf a li';
  const { value, problems } = read(['23', ...MYSQL_56], rest);
  expect(problems).toEqual([]);
  expect(value).toEqual(read(['23', ...MYSQL_56]).value);
});

test('a file without a line count begins with the log name', () => {
  const { value, problems } = read(['mysql-bin.000009', ...HEAD.slice(1, 7)], 'older\n');
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    lineCount: null,
    layout: 'uncounted',
    sourceLogFile: 'mysql-bin.000009',
    readPosition: 7083,
    host: 'db1.example',
    user: 'repl',
    hasPassword: true,
    port: 3306,
    connectRetry: 60,
    ssl: null,
    heartbeatPeriod: null,
    ignoreServerIds: null,
  });
  expect(value.offsets.sourceLogFile).toBe(0);
  expect(read(['', '4', 'h', 'u', '', '3306', '60']).value).toMatchObject({
    sourceLogFile: '',
    readPosition: 4,
    hasPassword: false,
  });
});

test('CRLF files read like LF files', () => {
  const { value, problems } = parseMasterInfo(Buffer.from(`23\r\n${MYSQL_56.join('\r\n')}\r\n`));
  expect(problems).toEqual([]);
  expect({ ...value, offsets: null }).toEqual({
    ...read(['23', ...MYSQL_56]).value,
    offsets: null,
  });
});

test('an unread value is null and a problem at its byte, the rest is used', () => {
  const lines = ['23', ...MYSQL_56];
  lines[2] = '70x83';
  lines[6] = '33x6';
  lines[17] = '3 7 8';
  const { value, problems } = read(lines);
  const { offsets, readPosition, port, ignoreServerIds, host } = value;
  expect([readPosition, port, ignoreServerIds, host]).toEqual([null, null, null, 'db1.example']);
  expect(problems).toEqual([
    { offset: offsets.readPosition, field: 'readPosition', problem: 'is not an unsigned integer' },
    { offset: offsets.port, field: 'port', problem: 'is not an unsigned integer' },
    {
      offset: offsets.ignoreServerIds,
      field: 'ignoreServerIds',
      problem: 'is not a count and that many ids',
    },
  ]);
});

test('a heartbeat period that cannot be read costs no other line', () => {
  const lines = ['23', ...MYSQL_56];
  lines[15] = '30,000';
  const { value, problems } = read(lines);
  expect(value).toMatchObject({ heartbeatPeriod: null, ignoreServerIds: [7, 8, 901], port: 3306 });
  expect(problems.map(({ field, problem }) => [field, problem])).toEqual([
    ['heartbeatPeriod', 'is not a number of seconds'],
  ]);
});

test('a position beyond what a number holds exactly is not guessed', () => {
  const { value } = read(['23', 'b.000001', '9007199254740993', ...MYSQL_56.slice(2)]);
  expect(value.readPosition).toBeNull();
});
