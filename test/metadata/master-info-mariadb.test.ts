import { expect, test } from 'vitest';
import { parseMasterInfo } from '../../src/metadata/master-info.ts';

const BEFORE =
  '33|mysql-bin.000002|75331|127.0.0.1|repl|made-up-secret|13210|1|0||||||0|30.000||0||';
/** Lines 1 to 33 of a 10.11 file. */
const lines = (retryCount: string) => `${BEFORE}${retryCount}${'|'.repeat(13)}`.split('|');
const read = (keys: string, retryCount = '0') =>
  parseMasterInfo(Buffer.from(`${lines(retryCount).join('\n')}\n${keys}`));

test('key lines follow line 33 and end at END_MARKER', () => {
  const { value, problems } = read(
    'using_gtid=2\ndo_domain_ids=2 0 5\nignore_domain_ids=0\nEND_MARKER\n',
  );
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    layout: 'mariadb',
    readPosition: 75331,
    heartbeatPeriod: 30,
    ignoreServerIds: [],
    usingGtid: 'slave_pos',
    doDomainIds: [0, 5],
    ignoreDomainIds: [],
  });
});

test('lines that MariaDB only keeps free are null, and so is the retry count it never reads', () => {
  const { bind, sourceUuid, autoPosition, channelName, gtidOnly, retryCount } = read('').value;
  expect([bind, sourceUuid, autoPosition, channelName, gtidOnly, retryCount]).toEqual(
    Array(6).fill(null),
  );
});

test('a block left behind END_MARKER that contradicts the first is passed over', () => {
  const { value, problems } = read(
    'using_gtid=1\ndo_domain_ids=0\nignore_domain_ids=2 3 4\nEND_MARKER\n' +
      'certs/crl.pem\nusing_gtid=0\ndo_domain_ids=20 broken\nignore_domain_ids=0\nEND_MARKER\n',
  );
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    usingGtid: 'current_pos',
    doDomainIds: [],
    ignoreDomainIds: [3, 4],
  });
});

test('a key that stands only behind END_MARKER is not set', () => {
  const { value, problems } = read('using_gtid=1\nEND_MARKER\ndo_domain_ids=20 broken\nssl\n');
  expect(problems).toEqual([]);
  expect(value).toMatchObject({ doDomainIds: null, ssl: false, defaults: [] });
});

test('without END_MARKER (10.0) the first line of a key counts', () => {
  const { value, problems } = read('using_gtid=1\nusing_gtid=0\nusing_gtid\n');
  expect(problems).toEqual([]);
  expect(value.usingGtid).toBe('current_pos');
  expect(value.doDomainIds).toBeNull();
});

test.each(['', '\n', '=0\n', 'd=1\n', '\n\n0\n', 'using_gtid \n', 'END_MARKER2\n'])(
  'the server passes over a malformed key line, %j',
  (line) => {
    const { value, problems } = read(`${line}using_gtid=1\n${line}`);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ usingGtid: 'current_pos', defaults: [] });
  },
);

test('12.3 says in key lines what the numbered lines only repeat; without = it is DEFAULT', () => {
  // 12.3 writes one empty line more than it counts.
  const { value, problems } = read(
    '\nretry_count=0\nssl\nconnect_retry=10\nheartbeat_period\nssl_ca=/a=b.pem\nssl_key=\n' +
      'ssl_verify_server_cert=1\nusing_gtid\ndo_domain_ids=0\nEND_MARKER\n',
    '100000',
  );
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    layout: 'mariadb',
    retryCount: 0,
    ssl: null,
    connectRetry: 10,
    heartbeatPeriod: null,
    sslCa: '/a=b.pem',
    sslKey: '',
    sslVerifyServerCert: true,
    usingGtid: null,
    doDomainIds: [],
    defaults: ['ssl', 'heartbeatPeriod', 'usingGtid'],
  });
  expect(read('END_MARKER\n', '100000').value.retryCount).toBe(100000);
});

test('offsets of keyed fields are those of their key lines', () => {
  const { offsets } = read('using_gtid=0\nignore_domain_ids=1 5\nEND_MARKER\n').value;
  const start = Buffer.byteLength(`${lines('0').join('\n')}\n`);
  expect(offsets.usingGtid).toBe(start);
  expect(offsets.ignoreDomainIds).toBe(start + 'using_gtid=0\n'.length);
});

test('a value of a key that cannot be is a problem', () => {
  const { value, problems } = read('using_gtid=7\ndo_domain_ids=2 1\nEND_MARKER\n');
  expect(value).toMatchObject({ usingGtid: null, doDomainIds: null });
  expect(problems.map(({ field, problem }) => [field, problem])).toEqual([
    ['usingGtid', 'is not 0, 1 or 2'],
    ['doDomainIds', 'is not a count and that many ids'],
  ]);
});

test('a key line that the file ends in is not used', () => {
  const { value, problems } = read('using_gtid=0\ndo_domain_ids=1 1');
  expect(value.doDomainIds).toBeNull();
  expect(problems.map((problem) => problem.problem)).toEqual(['the file ends in a key=value line']);
});
