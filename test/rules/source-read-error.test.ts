import { describe, expect, test } from 'vitest';
import { SOURCE_REFUSALS } from '../../src/metadata/error-log/source-refusals.ts';
import { rules } from '../../src/rules/index.ts';
import { REFUSALS } from '../../src/rules/refusal-words.ts';
import { autoCnf, SOURCE as UUID } from '../support/gtid-servers.ts';
import { binaryLog, times, write } from '../support/relay-log.ts';
import { foundOf, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { CONNECTED, errorLog56, READY56, slaveStatus, spoken } from '../support/thread-lines.ts';

const RULE = 'source-read-error';

const refused = (words: string): string =>
  `[ERROR] Slave I/O: Got fatal error 1236 from master when reading data from binary log: '${words}', Error_code: 1236`;
const at = (position: number, words: string): string =>
  refused(
    `${words}; the first event 'mysql-bin.000001' at ${position}, the last event read from './mysql-bin.000001' at 4, the last byte read from './mysql-bin.000001' at 4.`,
  );
const bogus = (position: number): string => at(position, 'bogus data in log event');
const FAR = at(7083, 'Client requested master to start replication from position > file size');

const ten = received(10);
const source = binaryLog({ serverId: 1 });
times(5, (i) => write(source, transaction(i)));
/** A replica beside the log of its source. */
const both = (line: string): Files =>
  replica(
    ten.relay,
    { master: placeOf(ten, 10) },
    { 'r/db.err': errorLog56(READY56, [10, line]), 's/mysql-bin.000001': source },
  );

test('critical and proven, with the place that was asked for', () => {
  const found = foundOf(RULE, spoken({ log: errorLog56(READY56, [10, FAR]) }));
  expect(found).toMatchObject({
    severity: 'critical',
    confidence: 'proven',
    facts: {
      errorCode: 1236,
      refusal: 'position-beyond-end',
      asked: 'mysql-bin.000001:7083',
      lastEvent: 4,
      bytes: null,
    },
  });
});

test('by a status text, with the number as MySQL 8.0.14 and later print it', () => {
  const status = slaveStatus({
    Slave_IO_Running: 'No',
    Last_IO_Errno: 13_114,
    Last_IO_Error:
      "Got fatal error 1236 from source when reading data from binary log: 'Could not find first log file name in binary log index file'",
  });
  expect(foundOf(RULE, spoken({ status }))).toMatchObject({
    severity: 'critical',
    summary: expect.stringContaining('13114'),
    facts: { errorCode: 13_114, errorNumber: 1236, refusal: 'first-log-missing' },
  });
});

describe('a status alone', () => {
  const say = (more: Readonly<Record<string, string | number>>): Files => {
    const error =
      "Got fatal error 1236 from master when reading data from binary log: 'Could not find first log file name in binary log index file'";
    return spoken({
      status: slaveStatus({
        Slave_IO_Running: 'No',
        Last_IO_Errno: 1236,
        Last_IO_Error: error,
        ...more,
      }),
    });
  };

  test('tells what the receiver that stands still will ask for', () => {
    expect(foundOf(RULE, say({})).facts).toMatchObject({ asked: 'mysql-bin.000001:700' });
    expect(foundOf(RULE, say({ Auto_Position: 1 })).facts).toMatchObject({ asked: null });
  });

  test.each([
    ['mysql-5.6', { Auto_Position: 0 }],
    ['mysql-8.0', { Channel_Name: '', Get_master_public_key: 0 }],
    ['mariadb-10.3', { Using_Gtid: 'No', Slave_DDL_Groups: 3 }],
  ])('tells the words of its server by its columns: %s', async (dialect, more) => {
    const report = await reportOf(say(more), { rules });
    expect(report.servers).toMatchObject([{ version: null, dialect }]);
    expect(report.findings[0]?.fix).toMatchObject({ dialect });
  });

  test('whose columns fit both vendors: no words, and the plan says what to bring', async () => {
    const { servers, planWithheld } = await reportOf(say({}), { rules });
    expect(servers).toMatchObject([{ flavor: null, dialect: null }]);
    expect(planWithheld).toContain("SHOW VARIABLES LIKE 'version'");
  });
});

test('every answer of a source has words of its own', () => {
  expect(Object.keys(REFUSALS).sort()).toEqual(
    SOURCE_REFUSALS.map(({ refusal }) => refusal).sort(),
  );
});

test('unknown words are printed as they stand', () => {
  const log = errorLog56([10, refused('no such words')]);
  expect(foundOf(RULE, spoken({ log }))).toMatchObject({ facts: { refusal: null } });
});

describe('the bytes that it names, in the source’s log', () => {
  test('no event begins there: the position is wrong', () => {
    expect(foundOf(RULE, both(bogus(source.length - 3)))).toMatchObject({
      facts: { bytes: 'inside-event' },
      excluded: [{ why: expect.stringContaining('the position is wrong') }],
    });
  });

  test('an event begins there', () => {
    expect(foundOf(RULE, both(bogus(4)))).toMatchObject({ facts: { bytes: 'boundary' } });
  });

  test('the log ends before', () => {
    expect(foundOf(RULE, both(FAR))).toMatchObject({ facts: { bytes: 'beyond-end' } });
  });

  test('the event there is damaged', () => {
    const log = source.bytes();
    const last = source.length - 8;
    log.writeUInt8(log.readUInt8(last) ^ 0xff, last);
    const files = { ...both(bogus(last)), 's/mysql-bin.000001': log };
    expect(foundOf(RULE, files)).toMatchObject({ facts: { bytes: 'damaged' } });
  });
});

describe('is not taken for more than it is', () => {
  test('a later connect ends it', () => {
    const log = errorLog56(READY56, [10, FAR], [60, CONNECTED]);
    expect(foundOf(RULE, spoken({ log }))).toMatchObject({ severity: 'low' });
  });

  test('a connect before it does not', () => {
    const log = errorLog56(READY56, [10, CONNECTED], [10, FAR]);
    expect(foundOf(RULE, spoken({ log }))).toMatchObject({ severity: 'critical' });
  });

  test('a status text that contradicts it, of unknown order: possible, medium at most', () => {
    const files = spoken({ log: errorLog56(READY56, [10, FAR]), status: slaveStatus({}) });
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'medium', confidence: 'possible' });
  });

  test('clear where the source was only shut down', () => {
    const lost =
      '[ERROR] Error reading packet from server: Lost connection to MySQL server during query ( server_errno=2013)';
    expect(outcomeOf(RULE, spoken({ log: errorLog56([10, lost]) })).status).toBe('clear');
  });

  test('not assessed without an error log or a status text', () => {
    expect(outcomeOf(RULE, { 's/mysql-bin.000001': source }).status).toBe('not-assessed');
  });
});

test('no statement from the words alone: withheld, with what to look at', () => {
  const outcome = outcomeOf(RULE, spoken({ log: errorLog56(READY56, [10, FAR]) }));
  const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
  expect(fix).toMatchObject({ steps: [], withheld: expect.stringContaining('looked at first') });
});

describe('a second replica with the same identity', () => {
  const TWIN = refused(
    'A slave with the same server_uuid/server_id as this slave has connected to the master',
  );
  const first = replica(
    ten.relay,
    { master: placeOf(ten, 10) },
    { 'r/db.err': errorLog56(READY56, [10, TWIN]), 'r/auto.cnf': autoCnf(UUID) },
  );
  const other = (id: number, uuid: string): Files => ({
    't/mysql-bin.000001': binaryLog({ serverId: id }),
    't/auto.cnf': autoCnf(uuid),
  });

  test('is named where its files were given: they say the same uuid', () => {
    const found = foundOf(RULE, { ...first, ...other(3, UUID.toUpperCase()) });
    expect(found).toMatchObject({
      summary: expect.stringContaining(`server 3 has the same uuid, ${UUID}.`),
      facts: { refusal: 'duplicate-server', sameUuid: [3] },
    });
    expect(found.at.slice(-2)).toMatchObject([
      { path: 'r/auto.cnf', offset: 7 },
      { path: 't/auto.cnf', offset: 7 },
    ]);
  });

  test.each([
    ['another uuid', other(3, UUID.replaceAll('1', '4'))],
    ['the same server, copied twice', other(2, UUID)],
    ['nobody else', {}],
  ])('is not named: %s', (_, more) => {
    expect(foundOf(RULE, { ...first, ...more })).toMatchObject({
      facts: { refusal: 'duplicate-server', sameUuid: [] },
    });
  });
});
