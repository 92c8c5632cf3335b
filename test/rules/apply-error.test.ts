import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { gtidBinlog, gtidRelay, replicaFiles, SOURCE } from '../support/gtid-servers.ts';
import { binaryLog, RelayLog, VERSION, write } from '../support/relay-log.ts';
import { foundOf, logged, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { errorLog56, errorLog97, READY56, slaveStatus, spoken } from '../support/thread-lines.ts';

const RULE = 'apply-error';

const ten = received(10);
const third = placeOf(ten, 3);
const fourth = placeOf(ten, 4);

const failedRow = (position: number, code = 1062): string =>
  `[ERROR] Slave SQL: Could not execute Write_rows event on table shop.orders; Duplicate entry '3' for key 'PRIMARY', Error_code: ${code}; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log mysql-bin.000001, end_log_pos ${position}, Error_code: ${code}`;
const failedQuery = (code: number, words: string): string =>
  `[ERROR] Slave SQL: Error '${words}' on query. Default database: 'shop'. Query: 'INSERT INTO orders VALUES (3)', Error_code: ${code}`;
const aborted = (position: number): string =>
  `[ERROR] Error running query, slave SQL thread aborted. Fix the problem, and restart the slave SQL thread with "SLAVE START". We stopped at log 'mysql-bin.000001' position ${position}`;
const STARTED =
  "[Note] Slave SQL thread initialized, starting replication in log 'mysql-bin.000001' at position 700, relay log './relay-bin.000002' position: 300";

const failing = (
  lines: ReadonlyArray<readonly [number, string]>,
  more: Files = {},
  binlog?: ReturnType<typeof logged>,
): Files =>
  replica(
    ten.relay,
    { info: third, master: placeOf(ten, 10), ...(binlog ? { binlog } : {}) },
    { 'r/db.err': errorLog56(READY56, [5, STARTED], ...lines), ...more },
  );

describe('goes to the event', () => {
  test('by the end of it in the source’s log', () => {
    expect(foundOf(RULE, failing([[10, failedRow(fourth.position)]]))).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      facts: {
        errorNumber: 1062,
        table: 'shop.orders',
        sourcePlace: `mysql-bin.000001:${fourth.position}`,
        relayLog: 'relay-bin.000002',
        relayOffset: third.offset,
      },
    });
  });

  test('by where the applier stopped, where the error names none', () => {
    const lines = [
      [10, failedQuery(1062, "Duplicate entry '3' for key 'PRIMARY'")],
      [10, aborted(third.position)],
    ] as const;
    expect(foundOf(RULE, failing(lines)).facts).toMatchObject({
      sourcePlace: `mysql-bin.000001:${third.position}`,
      relayOffset: third.offset,
    });
  });

  test('which no relay log holds: the place in the source’s log is all there is', () => {
    const found = foundOf(
      RULE,
      spoken({ log: errorLog56(READY56, [5, STARTED], [10, failedRow(900)]) }),
    );
    expect(found.facts).toMatchObject({ sourcePlace: 'mysql-bin.000001:900', relayLog: null });
  });
});

describe('classes', () => {
  const line = [[10, failedRow(fourth.position)]] as const;

  test.each([
    [1396, "Operation CREATE USER failed for 'app'@'%'"],
    [1091, "Can't DROP 'c'; check that column/key exists"],
    [1452, 'Cannot add or update a child row: a foreign key constraint fails'],
  ])('error %i, which comes too where a transaction comes again: applied before', (code, words) => {
    const lines = [
      [10, failedQuery(code, words)],
      [10, aborted(third.position)],
    ] as const;
    expect(foundOf(RULE, failing(lines, {}, logged(10))).facts).toMatchObject({
      class: 'applied-before',
    });
  });

  test('applied before: the replica’s own binary log holds it', () => {
    expect(foundOf(RULE, failing(line, {}, logged(10))).facts).toMatchObject({
      class: 'applied-before',
    });
  });

  test('this server writes by itself: nothing shows that it was that row', () => {
    const own = write(binaryLog({ serverId: 2 }), transaction(99));
    expect(foundOf(RULE, failing(line, {}, own)).facts).toMatchObject({
      class: 'local-writer',
      causeShown: false,
    });
  });

  test.each([
    [1032, 'row-missing'],
    [1146, 'object-missing'],
    [1062, 'unknown'],
  ])('%i without another witness: %s', (code, type) => {
    const found = foundOf(RULE, failing([[10, failedRow(fourth.position, code)]]));
    expect(found.facts).toMatchObject({ class: type });
  });

  test('a relay log that could not be read', () => {
    const read =
      "[ERROR] Slave SQL: Relay log read failure: Could not parse relay log event entry. The possible reasons are: the master's binary log is corrupted, Error_code: 1594";
    const found = foundOf(RULE, failing([[10, read]]));
    expect(found.facts).toMatchObject({ class: 'unreadable', errorNumber: 1594 });
  });
});

describe('is not taken for more than it is', () => {
  test('a later start got over it: low', () => {
    const lines = [
      [10, failedRow(fourth.position)],
      [60, STARTED],
    ] as const;
    expect(foundOf(RULE, failing(lines))).toMatchObject({ severity: 'low' });
  });

  describe('a log without notes would not show a later start', () => {
    const line = failedRow(fourth.position).replace('[ERROR]', '[ERROR] [MY-010584] [Repl]');
    const later = '[Warning] [MY-011068] [Server] deprecated';

    test('where it goes on: possible, medium at most', () => {
      const found = foundOf(RULE, spoken({ log: errorLog97([10, line], [7300, later]) }));
      expect(found).toMatchObject({ severity: 'medium', confidence: 'possible' });
      expect(found.summary).toContain('goes on after it');
    });

    test('where it ends with it: high, likely', () => {
      const found = foundOf(RULE, spoken({ log: errorLog97([10, line], [20, later]) }));
      expect(found).toMatchObject({ severity: 'high', confidence: 'likely' });
      expect(found.summary).toContain('ends with it');
    });

    test('where the own binary log holds what is before it and nothing behind: critical', () => {
      const log = errorLog97([10, line], [7300, later]);
      const stopped = (applied: number): Files =>
        replica(ten.relay, { master: null, binlog: logged(applied) }, { 'r/db.err': log });
      expect(foundOf(RULE, stopped(3))).toMatchObject({
        severity: 'critical',
        confidence: 'likely',
      });
      expect(foundOf(RULE, stopped(8))).toMatchObject({ severity: 'medium' });
    });

    test('where the own binary log goes on in another form: medium, it may be applied', () => {
      const binlog = logged(3);
      write(binlog, transaction(3, { serverId: 1, rows: 'shop.orders' }));
      const log = errorLog97([10, line], [7300, later]);
      const files = replica(ten.relay, { master: null, binlog }, { 'r/db.err': log });
      expect(foundOf(RULE, files)).toMatchObject({ severity: 'medium' });
    });
  });

  describe('what the own binary log shows to be committed later', () => {
    const FAILED = Date.UTC(2023, 10, 15, 10, 0, 10) / 1000;
    const committed = (seconds: number, serverId = 1): Files => {
      const own = binaryLog({ serverId: 2, version: VERSION.mysql97 });
      const immediate = (FAILED + seconds) * 1e6;
      write(own, { ...transaction(1, { serverId }), immediate, original: immediate - 9 });
      const log = errorLog97([10, failedRow(fourth.position).replace(']', '] [MY-010584] [Repl]')]);
      const relay = received(10, { version: VERSION.mysql97 }).relay;
      return replica(relay, { master: null, binlog: own }, { 'r/db.err': log });
    };

    test('says that it is over, at the place', () => {
      const found = foundOf(RULE, committed(30));
      expect(found).toMatchObject({ severity: 'low', confidence: 'proven' });
      expect(found.summary).toContain('applied of this source up to 2023-11-15 10:00:40');
      expect(found.at.find(({ path }) => path === 'r/replica-bin.000001')).toMatchObject({
        field: 'immediate_commit_timestamp',
        text: 'applied at 2023-11-15 10:00:40',
      });
    });

    test.each<[string, Files]>([
      ['before the failure', committed(-30)],
      ['by workers that were under way', committed(3)],
      ['by itself', committed(30, 2)],
    ])('not what was written %s', (_name, files) => {
      expect(foundOf(RULE, files).severity).not.toBe('low');
    });
  });

  test('clear where the applier was only stopped', () => {
    const killed = '[Note] Error reading relay log event: slave SQL thread was killed';
    const log = errorLog56(READY56, [5, STARTED], [10, killed]);
    expect(outcomeOf(RULE, spoken({ log })).status).toBe('clear');
    expect(outcomeOf(RULE, {}).status).toBe('not-assessed');
  });
});

describe('a status of an applier that stands still', () => {
  const status = (number: number, words: string): Files =>
    spoken({
      status: slaveStatus({
        Slave_SQL_Running: 'No',
        Last_SQL_Errno: number,
        Last_SQL_Error: words,
        Auto_Position: 0,
      }),
    });

  test.each([
    [
      1950,
      'An attempt was made to binlog GTID 0-1-5 which would create an out-of-order sequence number with existing GTID 0-3-7, and gtid strict mode is enabled',
      'out-of-order',
    ],
    [1590, 'The incident LOST_EVENTS occured on the master. Message: x', 'incident'],
    [1872, 'Slave failed to initialize relay log info structure from the repository', 'no-event'],
    [1756, 'The slave coordinator and worker threads are stopped', 'no-event'],
    [1205, 'Lock wait timeout exceeded; try restarting transaction', 'lock'],
    [1213, 'Deadlock found when trying to get lock; try restarting transaction', 'lock'],
    [1114, "Error 'The table 't' is full' on query.", 'no-room'],
    [1021, 'Disk full (/tmp/#sql_1.MAI); waiting for someone to free some space...', 'no-room'],
    [1030, "Error 'Got error 28 from storage engine' on query.", 'no-room'],
    [1030, 'Got error 28 "No space left on device" from storage engine InnoDB', 'no-room'],
    [1030, "Error 'Got error 168 from storage engine' on query.", 'unknown'],
    [1197, "Multi-statement transaction required more than 'max_binlog_cache_size'", 'cache-full'],
    [1317, 'Query execution was interrupted', 'killed'],
    [1927, 'Connection was killed', 'killed'],
    [4192, 'Slave log event execution was interrupted', 'killed'],
    [1964, 'Commit failed due to failure of an earlier commit', 'earlier-failed'],
    [3030, 'Replica worker has stopped after at least one previous worker', 'earlier-failed'],
    [1452, 'Cannot add or update a child row: a foreign key constraint fails', 'parent-missing'],
    [1451, 'Cannot delete or update a parent row: a foreign key constraint fails', 'child-left'],
    [1837, 'When @@SESSION.GTID_NEXT is set to a GTID, you must explicitly set it', 'without-gtid'],
    [1666, 'statement is in row format and BINLOG_FORMAT = STATEMENT', 'setting'],
    [1781, '@@SESSION.GTID_NEXT cannot be set to UUID:NUMBER when GTID_MODE = OFF', 'setting'],
    [28, "Collation '#255' is not a compiled collation", 'setting'],
    [1449, "The user specified as a definer ('app'@'%') does not exist", 'account'],
    [1091, "Can't DROP 'c'; check that column/key exists", 'definition'],
    [1142, "INSERT command denied to user 'applier'@'localhost' for table 't'", 'no-right'],
    [
      1227,
      'Access denied; you need (at least one of) the SYSTEM_VARIABLES_ADMIN privilege(s)',
      'no-right',
    ],
    [
      1677,
      "Column 1 of table 'shop.t' cannot be converted from type 'bigint' to type 'int(11)'",
      'definition',
    ],
    [
      1864,
      'Cannot schedule event Rotate, relay-log name ./r.000012, position 4 to Worker thread because its size 20971700 exceeds 16777216 of slave_pending_jobs_size_max.',
      'setting',
    ],
    [
      1418,
      "Error 'This function has none of DETERMINISTIC, NO SQL, or READS SQL DATA in its declaration and binary logging is enabled' on query. Default database: 'shop'. Query: 'CREATE FUNCTION f() RETURNS int RETURN 1'",
      'setting',
    ],
    [
      1396,
      "Error 'Operation CREATE USER failed for 'app'@'%'' on query. Default database: ''. Query: 'CREATE USER 'app'@'%''",
      'account',
    ],
    [4711, 'Something that no version says yet', 'unknown'],
  ])('error %i is never passed over: %s', (number, words, type) => {
    expect(foundOf(RULE, status(number, words))).toMatchObject({
      severity: 'critical',
      facts: { errorNumber: number, class: type },
    });
  });

  test('what a setting refuses is not passed by, not even as another way', async () => {
    const refused = status(
      1864,
      'its size 20971700 exceeds 16777216 of slave_pending_jobs_size_max',
    );
    const { findings } = await reportOf(refused, { rules });
    const fix = findings.find(({ rule }) => rule === RULE)?.fix;
    expect(fix?.withheld).toMatch(/^the setting that the error names/);
    expect(fix?.alternatives).toEqual([]);
  });

  test.each([
    [1205, /^what holds the rows is found.*nothing is passed by/i],
    [1114, /^df -h.*nothing is passed by/i],
    [1317, /^the one who killed it/],
    [1964, /never passed by/],
    [1452, /^the parent’s row.*foreign_key_checks/],
    [1451, /^the child’s rows.*foreign_key_checks/],
    [1837, /no plain START/],
  ])('error %i: what is to be looked at, and nothing to skip', async (number, words) => {
    const { findings } = await reportOf(status(number, 'x'), { rules });
    const fix = findings.find(({ rule }) => rule === RULE)?.fix;
    expect(fix?.withheld).toMatch(words);
    expect(fix).toMatchObject({ steps: [], alternatives: [] });
  });

  test.each([
    ['5.5.62-log', /information_schema\.INNODB_LOCK_WAITS/],
    ['5.7.44-log', /sys\.innodb_lock_waits/],
    ['9.7.4', /sys\.innodb_lock_waits/],
    ['10.11.19-MariaDB', /information_schema\.INNODB_LOCK_WAITS/],
    ['5.1.73-log', /SHOW ENGINE INNODB STATUS/],
  ])('what waits for what, as %s shows it', (version, statement) => {
    const files = {
      ...status(1205, 'Lock wait timeout exceeded'),
      'r/relay-bin.000002': new RelayLog({ version }).connect().write(),
    };
    const outcome = outcomeOf(RULE, files);
    expect(outcome.status === 'found' ? outcome.findings[0]?.fix?.withheld : null).toMatch(
      statement,
    );
  });

  test('the number alone tells a relay log that could not be read, of every version', () => {
    const named = status(13121, '');
    expect(foundOf(RULE, named)).toMatchObject({
      severity: 'high',
      facts: { class: 'unreadable' },
    });
  });
});

test('a status text, its secrets masked', () => {
  const status = slaveStatus({
    Slave_SQL_Running: 'No',
    Last_SQL_Errno: 1396,
    Last_SQL_Error:
      "Error 'Operation CREATE USER failed for 'a'@'%'' on query. Default database: ''. Query: 'CREATE USER a IDENTIFIED BY 'hunter2''",
  });
  const found = foundOf(RULE, spoken({ status }));
  expect(found).toMatchObject({ severity: 'critical', facts: { errorNumber: 1396 } });
  expect(JSON.stringify(found.at)).not.toContain('hunter2');
});

test('the plan is withheld; passing the group by stands beside it, with what it costs', () => {
  const outcome = outcomeOf(RULE, failing([[10, failedRow(fourth.position)]]));
  const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
  expect(fix).toMatchObject({ steps: [], withheld: expect.stringContaining('rows') });
  expect(fix?.alternatives[0]?.costs).toContain('missing on this slave');
  expect(fix?.alternatives[0]?.steps.map(({ run }) => run)).toContain(
    'SET GLOBAL sql_slave_skip_counter = 1;',
  );
});

test.each([
  [VERSION.mysql56, 'SET GLOBAL sql_slave_skip_counter = 1;'],
  ['8.0.25', 'SET GLOBAL sql_slave_skip_counter = 1;'],
  [VERSION.mysql84, 'SET GLOBAL sql_replica_skip_counter = 1;'],
  [VERSION.mariadb, 'SET GLOBAL sql_slave_skip_counter = 1;'],
])('the group is passed by with the counter that %s has', (version, run) => {
  const outcome = outcomeOf(RULE, {
    'r/relay-bin.000002': new RelayLog({ version }).connect().write(),
    'r/db.err': errorLog56([5, STARTED], [10, failedRow(fourth.position)]),
  });
  const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
  expect(fix?.alternatives[0]?.steps[1]?.run).toBe(run);
});

test('a right that an account lacks: nothing is passed by, since the rows are right', () => {
  const words = "INSERT command denied to user 'applier'@'localhost' for table 't'";
  const outcome = outcomeOf(RULE, failing([[10, failedQuery(1142, words)]]));
  const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
  expect(fix).toMatchObject({ steps: [], alternatives: [] });
  expect(fix?.withheld).toMatch(/given the right/);
  expect(fix?.withheld).not.toMatch(/rows of both sides/);
});

describe('an object is there already', () => {
  const exists = (set: string, autoPosition: boolean): Files => ({
    ...replicaFiles([gtidRelay({ written: [[set]] })], [gtidBinlog({ serverId: 2 })], {
      autoPosition,
    }),
    'r/db.err': errorLog56(
      READY56,
      [10, failedQuery(1050, "Table 'orders' already exists")],
      [10, aborted(4)],
    ),
  });

  test('and the replica has begun with the first transaction of its source: gtid_purged', () => {
    const files = exists(`${SOURCE}:1-3`, true);
    expect(foundOf(RULE, files)).toMatchObject({ facts: { class: 'from-the-start' } });
    const outcome = outcomeOf(RULE, files);
    expect(outcome.status === 'found' ? outcome.findings[0]?.fix : null).toMatchObject({
      steps: [],
      alternatives: [],
      withheld: expect.stringContaining('gtid_purged'),
    });
  });

  test.each([
    ['it has begun with a later one', exists(`${SOURCE}:2-4`, true)],
    ['positions decide', exists(`${SOURCE}:1-3`, false)],
  ])('and %s: nothing tells why', (_, files) => {
    expect(foundOf(RULE, files)).toMatchObject({ facts: { class: 'unknown' } });
  });
});
