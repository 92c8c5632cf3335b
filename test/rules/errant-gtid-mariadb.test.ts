import { describe, expect, test } from 'vitest';
import type { LogBuilder } from '../support/build-log.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { fixOf, foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { index, mariadbMasterInfo } from '../support/status-files.ts';
import { slaveStatus } from '../support/thread-lines.ts';

const RULE = 'errant-gtid';
const version = VERSION.mariadb;

/** Server id, sequence number, and seconds since the start. */
type Written = readonly [serverId: number, sequence: number, at?: number];

const logOf = (serverId: number, written: readonly Written[], at = START): LogBuilder => {
  const log = binaryLog({ serverId, version, at });
  for (const [writer, sequence, second = sequence] of written)
    write(log, { serverId: writer, sequence, at: START + second });
  return log;
};

const upTo = (serverId: number, last: number): Written[] =>
  Array.from({ length: last }, (_, i) => [serverId, i + 1] as const);

const status = (columns: Readonly<Record<string, string | number>>): string =>
  slaveStatus({ Using_Gtid: 'Slave_Pos', Gtid_IO_Pos: '', Master_Server_Id: 1, ...columns });

const refused = (gtid: string, isBeyond = false): string =>
  status({
    Slave_IO_Running: 'No',
    Last_IO_Errno: 1236,
    Last_IO_Error: `Got fatal error 1236 from master when reading data from binary log: 'Error: connecting slave requested to start from GTID ${gtid}, which is not in the master's binlog${isBeyond ? ". Since the master's binlog contains GTIDs with higher sequence numbers, it probably means that the slave has diverged due to executing extra erroneous transactions" : ''}'`,
    Gtid_IO_Pos: gtid,
  });

/** A replica 2 as MariaDB leaves it when its source 1 has refused: no relay log but an empty one. */
const replica = (own: LogBuilder, text: string, more: Files = {}): Files => ({
  'r/replica-bin.000001': own,
  'r/relay-bin.000001': new RelayLog({ version }),
  'r/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos' }),
  'r/status.txt': text,
  ...more,
});

const source = (log: LogBuilder): Files => ({
  's/mysql-bin.000001': log,
  's/mysql-bin.index': index('mysql-bin.000001'),
});

const nothing = (files: Files): void => expect(outcomeOf(RULE, files).status).not.toBe('found');

describe('a sibling that was behind took the place of the source', () => {
  const ours = logOf(2, upTo(9, 12));
  const behind = source(logOf(1, upTo(9, 8)));

  test('which refuses the replica: what only that one has is named, and nothing need be lost', () => {
    const files = { ...behind, ...replica(ours, refused('0-9-12')) };
    const found = foundOf(RULE, files);
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      title: '4 transactions that server 2 has of server 9 are not on its primary, server 1',
      facts: { state: 'lost-by-source', gtids: '0-9-9 to 12', transactions: 4, source: 1 },
    });
    expect(found.at.map(({ gtid }) => gtid)).toEqual(['0-9-9', '0-9-10', '0-9-11', '0-9-12']);
    const [own] = Object.keys(files).filter((path) => path.startsWith('r/replica-bin'));
    expect(found.at.every(({ path }) => path === own)).toBe(true);
    expect(fixOf(RULE, files)).toMatchObject({
      run: [],
      withheld: expect.stringContaining('let server 1 replicate from server 2 by GTID'),
    });
  });

  test('and has written since: the data have parted', () => {
    const parted = source(
      logOf(1, [...upTo(9, 8), ...[9, 10, 11, 12, 13].map((n): Written => [1, n, n + 20])]),
    );
    const files = { ...parted, ...replica(ours, refused('0-9-12', true)) };
    expect(foundOf(RULE, files).summary).toContain('the data have parted');
    expect(fixOf(RULE, files).withheld).not.toContain('let server 1 replicate from');
  });

  test('is not judged where nothing but an older copy of the source tells it', () => {
    nothing({ ...behind, ...replica(ours, status({ Gtid_IO_Pos: '0-9-12' })) });
  });

  test('is not judged where positions decide', () => {
    const byPosition = { 'r/master.info': mariadbMasterInfo({ usingGtid: 'no' }) };
    nothing({ ...behind, ...replica(ours, refused('0-9-12'), byPosition) });
  });
});

describe('a former source that wrote on', () => {
  const former = logOf(2, upTo(2, 11));
  const successor = source(
    logOf(1, [...upTo(2, 8), ...[9, 10, 11, 12].map((n): Written => [1, n, n + 20])]),
  );

  test('refused by its successor: its own transactions are named', () => {
    expect(
      foundOf(RULE, { ...successor, ...replica(former, refused('0-2-11', true)) }),
    ).toMatchObject({
      severity: 'critical',
      title: '3 transactions of server 2 are not on its primary, server 1',
      facts: { state: 'local', gtids: '0-2-9 to 11', transactions: 3 },
    });
  });

  test('that has nothing but what its successor has is healthy', () => {
    nothing({ ...successor, ...replica(logOf(2, upTo(2, 8)), status({ Gtid_IO_Pos: '0-1-12' })) });
  });
});

describe('a source that was reset', () => {
  const ours = logOf(2, upTo(1, 8));

  test('while its replica stays connected, and nothing shows it', () => {
    const reset = source(
      logOf(
        1,
        [1, 2, 3].map((n): Written => [1, n, n + 60]),
        START + 60,
      ),
    );
    const found = foundOf(RULE, { ...reset, ...replica(ours, status({ Gtid_IO_Pos: '0-1-8' })) });
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      title:
        '5 transactions that server 2 received are lost on its primary, server 1, which gives numbers away again',
      facts: { gtids: '0-1-4 to 8', reused: '0-1-1, 0-1-2 and 0-1-3' },
    });
  });

  test('and has passed the replica’s number: it goes on, and misses what has the numbers before', () => {
    const written = Array.from({ length: 12 }, (_, i): Written => [1, i + 1, i + 61]);
    const files = {
      ...source(logOf(1, written, START + 60)),
      ...replica(logOf(2, [...upTo(1, 8), ...written.slice(8)]), status({ Gtid_IO_Pos: '0-1-12' })),
    };
    const found = foundOf(RULE, files);
    expect(found).toMatchObject({
      severity: 'critical',
      title: '8 GTIDs of server 1 name another transaction on server 2',
      facts: { gtids: '' },
    });
    expect(found.at).toHaveLength(6);
  });

  test('is no source whose copy is older than its replica’s', () => {
    nothing({
      ...source(logOf(1, upTo(1, 5))),
      ...replica(ours, status({ Gtid_IO_Pos: '0-1-8' })),
    });
  });

  test('nor one that has it all', () => {
    nothing({
      ...source(logOf(1, upTo(1, 20))),
      ...replica(ours, status({ Gtid_IO_Pos: '0-1-8' })),
    });
  });
});

test('own writes that the source refuses are told once', () => {
  const own = logOf(2, [...upTo(1, 3), [2, 4]]);
  const files = {
    ...source(logOf(1, [...upTo(1, 3), [1, 4, 30], [1, 5, 31]])),
    ...replica(own, refused('0-2-4', true)),
  };
  expect(outcomeOf(RULE, files)).toMatchObject({
    findings: [{ found: { severity: 'critical', facts: { gtids: '0-2-4', state: 'local' } } }],
  });
});

describe('refused, and the source’s files were not given', () => {
  const READ_ERROR = 'source-read-error';

  test('the GTID that it asked to go on from is shown in its own log', () => {
    const found = foundOf(READ_ERROR, replica(logOf(2, upTo(9, 12)), refused('0-9-12')));
    expect(found).toMatchObject({
      summary: expect.stringContaining('to go on from 0-9-12, which server 9 wrote at'),
      facts: { refusal: 'gtid-missing', askedGtid: '0-9-12' },
    });
    expect(found.at).toContainEqual(
      expect.objectContaining({ path: 'r/replica-bin.000001', gtid: '0-9-12' }),
    );
  });

  test('written by itself, and in no log at hand', () => {
    const found = foundOf(READ_ERROR, replica(logOf(2, upTo(9, 3)), refused('0-2-12', true)));
    expect(found).toMatchObject({
      summary: expect.stringContaining('0-2-12, a number of this server itself.'),
      facts: { refusal: 'gtid-diverged', askedGtid: '0-2-12' },
    });
    expect(found.at.every(({ path }) => path === 'r/status.txt')).toBe(true);
  });

  test('between two numbers of a source in strict mode', () => {
    const status = refused('0-9-12').replace(
      /'Error: .*'/,
      "'The binlog on the master is missing the GTID 0-9-12 requested by the slave (even though both a prior and a subsequent sequence number does exist), and GTID strict mode is enabled'",
    );
    expect(foundOf(READ_ERROR, replica(logOf(2, upTo(9, 3)), status))).toMatchObject({
      title: expect.stringContaining('GTIDs below and above'),
      summary: expect.stringContaining('0-9-12, a number of server 9.'),
      facts: { refusal: 'gtid-in-hole', askedGtid: '0-9-12' },
    });
  });
});
