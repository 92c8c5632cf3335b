import { expect, test } from 'vitest';
import { connectFailure } from '../../src/rules/connect-failure.ts';
import { packetsOutOfOrder } from '../../src/rules/packets-out-of-order.ts';
import { ringRelay } from '../support/loop-logs.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { replicaStatusText } from '../support/replica-text.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';
import { errorLog56, READY56 } from '../support/thread-lines.ts';

const ENCRYPTED = Buffer.from('fd62696e0001', 'hex');

const relay = (): RelayLog => new RelayLog().connect().write();
const torn = (built: RelayLog): Buffer => built.bytes().subarray(0, built.length - 5);

const verdict = async (files: Files, inputs?: readonly string[]): Promise<string> =>
  (await reportOf(files, inputs ? { inputs } : {})).verdict;

test.each<[string, Files, string | RegExp]>([
  [
    'nothing was found',
    { 'b/relay-bin.000002': relay() },
    'Nothing was found in 1 log, of 1 server.',
  ],
  [
    'a rule was not assessed',
    {
      'a/mysql-bin.000001': write(binaryLog()),
      'c/mysql-bin.000001': write(binaryLog({ serverId: 3 })),
    },
    'Nothing was found in 2 logs, of 2 servers. 1 rule (stale-format-description) could not be assessed (bring: cp -a DATADIR/*relay-bin* COPY/).',
  ],
  [
    'some logs are encrypted',
    { 'b/relay-bin.000002': relay(), 'b/relay-bin.000003': ENCRYPTED },
    'Nothing was found in the 1 log of 2 that could be read, of 1 server. 4 rules could not be assessed (bring: mysqlbinlog --read-from-remote-server --raw LOG). Not everything could be read: 1 problem.',
  ],
  [
    'no log could be read',
    { 'b/relay-bin.000003': ENCRYPTED, 'b/master.info': masterInfo() },
    /^No log could be read \(b\/relay-bin\.000003: .*encrypted.*\): nothing can be said about replication\.$/,
  ],
  [
    'a finding that asks for no action',
    {
      'b/relay-bin.000002': new RelayLog().connect({ position: 700, opened: START - 450 }).write(),
    },
    'Nothing asks for action. Server 2: 1 connect copied a format description up to 450 s old, which this version ignores. Info, proven.',
  ],
])('%s', async (_name, files, words) => {
  const said = await verdict(files);
  if (typeof words === 'string') expect(said).toBe(words);
  else expect(said).toMatch(words);
});

test('the worst finding leads, the others are counted', async () => {
  const files = { 'b/relay-bin.000002': ringRelay(), 'd/relay-bin.000002': torn(relay()) };
  expect(await verdict(files)).toBe(
    'Server 2 (b): Events of server id 3 are circling the ring. Critical, proven. 2 further findings.',
  );
});

test('damage that a finding tells of is not counted again, what else was not read is', async () => {
  const files = {
    'd/relay-bin.000002': torn(new RelayLog({ version: VERSION.mysql57 }).connect().write()),
  };
  expect(await verdict(files)).toMatch(
    /^Server 2: relay-bin\.000002 ends too early, at offset \d+\. Medium, proven\.$/,
  );
  expect(await verdict(files, ['d', 'gone'])).toMatch(
    /Medium, proven\. Not everything could be read: 1 problem\.$/,
  );
});

test('nothing at all', async () => {
  expect(await verdict({ 'a/my.cnf': '[mysqld]\n' })).toMatch(
    /^No log could be read \(\.: holds no binary or relay log.*\): nothing can be said about replication\.$/,
  );
});

test('an error log alone: what it shows, and that nothing else can be said', async () => {
  const line =
    "[Warning] Aborted connection 9 to db: 'shop' user: 'app' host: 'web1' (Got packets out of order)";
  const report = await reportOf(
    { 'log/db.err': errorLog56(READY56, [9, line]) },
    { rules: [packetsOutOfOrder, connectFailure] },
  );
  expect(report.verdict).toMatch(
    /^1 connection closed for packets out of order: .* Low, proven\. No log of replication could be read: nothing else is said here\. 1 rule \(connect-failure\) could not be assessed \(bring: /,
  );
  expect(report.servers).toMatchObject([{ serverId: null, version: '5.6.24-log' }]);
  expect(report.plan).toEqual([]);
});

const NEWER = { position: 120, read: 4711, secondsBehind: 7300 } as const;

test.each<[string, Files, string]>([
  [
    'in step',
    { 'b/status.txt': replicaStatusText({ position: 120 }) },
    'No log was given. By the status, both threads run without an error, and all that was received, up to mysql-bin.000001:120, is applied.',
  ],
  [
    'behind',
    { 'b/status.txt': replicaStatusText(NEWER) },
    'No log was given. By the status, both threads run without an error; received up to mysql-bin.000001:4711, applied up to mysql-bin.000001:120; what is applied is 2.0 h old.',
  ],
  [
    'of two channels',
    {
      'b/status.txt': `${replicaStatusText({ channel: 'eu' })}\n${replicaStatusText({ channel: 'us', ...NEWER })}`,
    },
    'No log was given. By the statuses of 2 channels both threads of each run without an error; what is applied is up to 2.0 h old.',
  ],
  [
    'without the columns of its threads',
    {
      'b/status.txt':
        'Master_Host: db1\nMaster_Port: 3306\nExec_Master_Log_Pos: 4\nSeconds_Behind_Master: 0\n',
    },
    'No log was given. By the status, no error is shown.',
  ],
])('a status alone says what stands in it: %s', async (_name, files, words) => {
  expect(await verdict(files)).toBe(words);
});
