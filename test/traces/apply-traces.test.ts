import { describe, expect, test } from 'vitest';
import type { Report, ReportFinding } from '../../src/report/report.ts';
import { rules } from '../../src/rules/index.ts';
import { LogBuilder, UUID } from '../support/build-log.ts';
import { innerBytes, payloadBody } from '../support/payload.ts';
import { binaryLog, RelayLog, START } from '../support/relay-log.ts';
import { reportOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';
import { vertical } from '../support/status-output.ts';
import { errorLog97, slaveStatus } from '../support/thread-lines.ts';
import { type Change, change, committed } from '../support/wide-rows.ts';

/** When the applier fails, by the clock of its error log. */
const FAILED = Date.UTC(2023, 10, 15, 10, 0, 10) / 1000;

const ROW = { after: [6, 'of the source'], at: FAILED - 2 } as const satisfies Change;

/** A relay log that ends with the transaction that fails, and where its rows event ends at the source. */
const received = (
  failing: (log: LogBuilder) => LogBuilder,
  before: (relay: RelayLog) => unknown = () => undefined,
): { readonly relay: RelayLog; readonly end: number } => {
  const relay = new RelayLog().connect({ position: 700 });
  before(relay);
  relay.events((log) => log.begin({ at: FAILED - 2 }));
  relay.events(failing);
  const end = relay.position;
  relay.events((log) => log.xid(9, { at: FAILED - 2 }));
  return { relay, end };
};

const DUPLICATE = "Duplicate entry '6' for key 'PRIMARY', Error_code: 1062";
const NOT_FOUND = "Can't find record in 'orders', Error_code: 1032";

const rowError = (end: number, words: string, kind = 'Write'): string =>
  `[ERROR] Slave SQL: Could not execute ${kind}_rows event on table shop.orders; ${words}; handler error X; the event's master log mysql-bin.000001, end_log_pos ${end}, ${words.slice(words.lastIndexOf('Error_code'))}`;

/** With notes: a start of the applier would be in it. */
const errors = (...lines: readonly string[]): string =>
  errorLog97([1, '[Note] Server started.'], ...lines.map((line) => [10, line] as const));

interface Given {
  readonly relay: RelayLog;
  readonly error: string;
  readonly own?: LogBuilder;
  readonly source?: LogBuilder;
  readonly status?: string;
  readonly redact?: boolean;
}

const RULES = rules.filter(({ id }) => id === 'apply-error');

const scanned = ({ relay, error, own, source, status, redact = false }: Given): Promise<Report> =>
  reportOf(
    {
      'r/relay-bin.000002': relay,
      'r/master.info': masterInfo({}),
      ...(error === '' ? {} : { 'r/db.err': error }),
      ...(own ? { 'r/replica-bin.000001': own } : {}),
      ...(source ? { 's/mysql-bin.000001': source } : {}),
      ...(status === undefined ? {} : { 'r/status.txt': status }),
    },
    { rules: RULES, redact },
  );

const found = async (given: Given): Promise<ReportFinding> => {
  const { findings } = await scanned(given);
  if (findings.length !== 1 || !findings[0]) throw new Error(`${findings.length} findings`);
  return findings[0];
};

const textsOf = ({ evidence }: ReportFinding): readonly string[] =>
  evidence.map(({ text }) => text ?? '');

const own = (): LogBuilder => binaryLog({ serverId: 2 });

const insertFails = received((log) => change(log, ROW));
const insertError = errors(rowError(insertFails.end, DUPLICATE));
const updateFails = received((log) =>
  change(log, { before: [6, 'old'], after: [6, 'new'], at: FAILED - 2 }),
);
const updateError = errors(rowError(updateFails.end, NOT_FOUND, 'Update'));

describe('a row that is there already', () => {
  test('is shown with its key, and with the insert of this server that made it', async () => {
    const log = committed(own(), { after: [6, 'written here'], at: FAILED - 60 });
    const [, , rows] = log.events;
    const finding = await found({ relay: insertFails.relay, error: insertError, own: log });
    expect(finding.facts).toMatchObject({
      class: 'local-write',
      causeShown: true,
      key: { columns: ['@1'], values: ['6'], toldBy: 'error' },
      touchedBefore: { 'own-binlog': 1, 'relay-log': 0, 'source-binlog': 0 },
    });
    expect(textsOf(finding)).toContain(
      "the failing event: insert, shop.orders: @1=6, @2='of the source'",
    );
    expect(finding.evidence.at(-1)).toMatchObject({
      path: 'r/replica-bin.000001',
      offset: (rows?.offset ?? 0) + (rows?.size ?? 0),
      serverId: 2,
      eventType: 'Write_rows',
      text: "written on this server itself: insert, the same key: @1=6, @2='written here'",
    });
  });

  test('is not blamed on another row of the same table, nor on another table', async () => {
    const log = committed(own(), { after: [7, '6'], at: FAILED - 60 });
    committed(log, { after: [6, 'x'], table: 'shop.lines', at: FAILED - 60 });
    const finding = await found({ relay: insertFails.relay, error: insertError, own: log });
    expect(finding.facts).toMatchObject({
      class: 'local-writer',
      causeShown: false,
      touchedBefore: { 'own-binlog': 0 },
    });
    expect(finding.explanation).toContain('No earlier event touches the same in these logs');
  });

  test('is not blamed on a write that this server’s clock puts behind the failure', async () => {
    const log = committed(own(), { after: [6, 'later'], at: FAILED + 30 });
    const finding = await found({ relay: insertFails.relay, error: insertError, own: log });
    expect(finding.facts).toMatchObject({ class: 'local-writer', causeShown: false });
  });

  test('is not blamed on an insert that was undone here afterwards', async () => {
    const log = committed(own(), { after: [6, 'here'], at: FAILED - 60 });
    committed(log, { before: [6, 'here'], at: FAILED - 50 });
    const finding = await found({ relay: insertFails.relay, error: insertError, own: log });
    expect(finding.facts).toMatchObject({ causeShown: false, touchedBefore: { 'own-binlog': 2 } });
  });

  test('was made by an earlier transaction from elsewhere', async () => {
    const log = committed(own(), { after: [6, 'of 3'], serverId: 3, at: FAILED - 60 });
    const finding = await found({ relay: insertFails.relay, error: insertError, own: log });
    expect(finding.facts).toMatchObject({ class: 'written-before', causeShown: true });
    expect(finding.title).toContain(
      'an earlier transaction, of server 3, already put that row there',
    );
  });

  test('was changed into this key here', async () => {
    const log = committed(own(), { before: [5, 'a'], after: [6, 'a'], at: FAILED - 60 });
    const finding = await found({ relay: insertFails.relay, error: insertError, own: log });
    expect(finding.facts).toMatchObject({ class: 'local-write', causeShown: true });
    expect(textsOf(finding).at(-1)).toContain("update, the same key: where @1=5, @2='a' set @1=6");
  });

  test('whose value stands in two columns proves nothing', async () => {
    const { relay, end } = received((log) => change(log, { ...ROW, after: [6, '6'] }));
    const log = committed(own(), { after: [9, '6'], at: FAILED - 60 });
    const finding = await found({ relay, error: errors(rowError(end, DUPLICATE)), own: log });
    expect(finding.facts).toMatchObject({ class: 'local-writer', causeShown: false });
    expect(textsOf(finding).at(-1)).toContain(
      'has the same value in a column, which proves nothing',
    );
  });

  test('whose value stands in two columns, of which the table map names the key', async () => {
    const { relay, end } = received((log) => change(log, { ...ROW, full: true, after: [6, '6'] }));
    const log = committed(own(), { after: [9, '6'], full: true, at: FAILED - 60 });
    committed(log, { after: [6, 'b'], full: true, at: FAILED - 50 });
    const finding = await found({ relay, error: errors(rowError(end, DUPLICATE)), own: log });
    expect(finding.facts).toMatchObject({
      class: 'local-write',
      key: { columns: ['id'], values: ['6'], toldBy: 'table-map' },
      touchedBefore: { 'own-binlog': 1 },
    });
    expect(finding.fix?.alternatives[0]?.steps.map(({ run }) => run)).toContain(
      "SET SESSION sql_log_bin = 0; DELETE FROM `shop`.`orders` WHERE `id` = '6'; SET SESSION sql_log_bin = 1;",
    );
  });
});

describe('a row that is not there', () => {
  test('was deleted on this server', async () => {
    const log = committed(own(), { before: [6, 'old'], at: FAILED - 60 });
    const finding = await found({ relay: updateFails.relay, error: updateError, own: log });
    expect(finding.facts).toMatchObject({
      class: 'local-write',
      causeShown: true,
      key: { toldBy: 'row' },
    });
    expect(finding.title).toContain('a write on this server itself took that row away');
  });

  test('a delete of a row that is another in one column is no proof', async () => {
    const log = committed(own(), { before: [6, 'other'], at: FAILED - 60 });
    const finding = await found({ relay: updateFails.relay, error: updateError, own: log });
    expect(finding.facts).toMatchObject({ class: 'local-writer', causeShown: false });
    expect(textsOf(finding).at(-1)).toContain('which proves nothing yet');
  });

  test('a minimal image holds the key alone', async () => {
    const { relay, end } = received((log) =>
      change(log, { before: [6, ''], after: [6, 'new'], minimal: true, at: FAILED - 2 }),
    );
    const log = committed(own(), { before: [6, 'anything'], at: FAILED - 60 });
    const error = errors(rowError(end, NOT_FOUND, 'Update'));
    const finding = await found({ relay, error, own: log });
    expect(finding.facts).toMatchObject({
      class: 'local-write',
      key: { columns: ['@1'], toldBy: 'image' },
    });
  });

  test('went with all of its table', async () => {
    const log = own().query('TRUNCATE TABLE orders', { at: FAILED - 60 });
    const finding = await found({ relay: updateFails.relay, error: updateError, own: log });
    expect(finding.facts).toMatchObject({ class: 'local-write', causeShown: true });
    expect(finding.title).toContain('emptied or dropped that table');
  });

  test('was inserted on the source and never applied here', async () => {
    const log = committed(own(), { after: [1, 'a'], serverId: 1, at: START });
    const source = committed(binaryLog(), { after: [6, 'old'], at: FAILED - 600 });
    const given = { relay: updateFails.relay, error: updateError, own: log, source };
    const finding = await found(given);
    expect(finding.facts).toMatchObject({ class: 'missing-insert', causeShown: true });
    expect(textsOf(finding).at(-1)).toContain('on the master, of server 1: insert');
  });

  test('nothing tells of it: from when on the logs were looked through', async () => {
    const finding = await found({ relay: updateFails.relay, error: updateError });
    expect(finding.facts).toMatchObject({ class: 'row-missing', causeShown: false });
    expect(finding.explanation).toContain('in these logs: the relay logs since 2023-11-1');
    expect(finding.explanation).toContain('Without this server’s own binary log');
  });
});

describe('the same transaction once more', () => {
  const twice = (what: Change) =>
    received(
      (log) => change(log, what),
      (before) => before.events((log) => committed(log, what)).hole(5000),
    );

  test('from another place of the source’s log: a lap of a loop', async () => {
    const { relay, end } = twice({ ...ROW, serverId: 3 });
    const finding = await found({ relay, error: errors(rowError(end, DUPLICATE)) });
    expect(finding.facts).toMatchObject({ class: 'loop-lap' });
  });

  test('is none where the source did the same itself twice in a second', async () => {
    const { relay, end } = twice(ROW);
    const finding = await found({ relay, error: errors(rowError(end, DUPLICATE)) });
    expect(finding.facts).toMatchObject({ class: 'unknown', touchedBefore: { 'relay-log': 1 } });
  });

  test('from the same place: fetched twice', async () => {
    const relay = new RelayLog().connect({ position: 700 });
    relay.events((log) => committed(log, ROW));
    relay.connect({ position: 700 });
    relay.events((log) => change(log.begin({ at: ROW.at }), ROW));
    const end = relay.position;
    relay.events((log) => log.xid(9, { at: ROW.at }));
    const finding = await found({ relay, error: errors(rowError(end, DUPLICATE)) });
    expect(finding.facts).toMatchObject({ class: 'refetched' });
  });

  test('in the replica’s own log: applied before', async () => {
    const log = committed(own(), { ...ROW, serverId: 1 });
    const finding = await found({ relay: insertFails.relay, error: insertError, own: log });
    expect(finding.facts).toMatchObject({ class: 'applied-before' });
  });
});

describe('statements', () => {
  const SQL = "INSERT INTO orders VALUES (6, 'of the source')";
  const fails = received((log) => log.query(SQL, { at: FAILED - 2 }));
  const error = errors(
    `[ERROR] Slave SQL: Worker 1 failed executing transaction 'ANONYMOUS' at master log mysql-bin.000001, end_log_pos ${fails.end}; Error 'Duplicate entry '6' for key 'PRIMARY'' on query. Default database: 'shop'. Query: '${SQL}', Error_code: 1062`,
  );

  test('that name the same value are shown, and called no proof', async () => {
    const log = own().query("REPLACE INTO orders VALUES (6, 'here')", { at: FAILED - 60 });
    log.query("INSERT INTO orders VALUES (66, '16')", { at: FAILED - 50 });
    log.query("INSERT INTO lines VALUES (6, 'x')", { at: FAILED - 50 });
    const finding = await found({ relay: fails.relay, error, own: log });
    expect(finding.facts).toMatchObject({
      class: 'local-writer',
      causeShown: false,
      key: { columns: [], values: ['6'] },
      touchedBefore: { 'own-binlog': 1 },
    });
    expect(textsOf(finding).at(-1)).toBe(
      "written on this server itself: statement, names the same value, which proves nothing yet: REPLACE INTO orders VALUES (6, 'here')",
    );
  });

  test('whose AUTO_INCREMENT value is the one', async () => {
    const log = own()
      .intvar(6, { at: FAILED - 60 })
      .query("INSERT INTO orders (w) VALUES ('here')", { at: FAILED - 60 });
    const finding = await found({ relay: fails.relay, error, own: log });
    expect(finding.facts).toMatchObject({ touchedBefore: { 'own-binlog': 1 } });
  });

  test('beside rows of this server that hold the value as their key', async () => {
    const log = committed(own(), { after: [6, 'here'], full: true, at: FAILED - 60 });
    const finding = await found({ relay: fails.relay, error, own: log });
    expect(finding.facts).toMatchObject({ class: 'local-write', causeShown: true });
  });

  test('a table that was dropped here', async () => {
    const gone = `[ERROR] Slave SQL: Error 'Table 'shop.orders' doesn't exist' on query. Default database: 'shop'. Query: '${SQL}', Error_code: 1146`;
    const stopped = `[ERROR] Error running query, slave SQL thread aborted. Fix the problem, and restart the slave SQL thread with "SLAVE START". We stopped at log 'mysql-bin.000001' position 700`;
    const log = own().query('DROP TABLE `orders` /* generated by server */', { at: FAILED - 60 });
    const finding = await found({ relay: fails.relay, error: errors(gone, stopped), own: log });
    expect(finding.facts).toMatchObject({ class: 'local-write', table: 'shop.orders' });
    expect(finding.title).toContain('a write on this server itself emptied or dropped that table');
  });
});

describe('parallel appliers', () => {
  const coordinator = (place: string): string =>
    slaveStatus({
      Slave_SQL_Running: 'No',
      Last_SQL_Errno: 1062,
      Last_SQL_Error: `Coordinator stopped because there were error(s) in the worker(s). The most recent failure being: Worker 1 failed executing transaction '${UUID}:6'${place}. See error log and/or performance_schema.replication_applier_status_by_worker table for more details about this failure or others, if any.`,
    });
  const gtids = received(
    (log) => change(log, ROW),
    (relay) => relay.events((log) => log.gtid(6, { at: FAILED - 2 })),
  );

  test('the coordinator names the event by position', async () => {
    const status = coordinator(` at master log mysql-bin.000001, end_log_pos ${insertFails.end}`);
    const log = committed(own(), { after: [6, 'of the source'], at: FAILED - 60 });
    const finding = await found({ relay: insertFails.relay, error: '', status, own: log });
    expect(finding.facts).toMatchObject({
      relayLog: 'relay-bin.000002',
      sourcePlace: `mysql-bin.000001:${insertFails.end}`,
      class: 'local-write',
    });
  });

  test('by GTID alone, as in Group Replication', async () => {
    const finding = await found({ relay: gtids.relay, error: '', status: coordinator('') });
    expect(finding.facts).toMatchObject({ gtid: `${UUID}:6`, table: 'shop.orders' });
    expect(textsOf(finding)).toContain(
      "the failing event: insert, shop.orders: @1=6, @2='of the source'",
    );
  });

  test('the table of workers: the one that failed speaks for all', async () => {
    const worker = { CHANNEL_NAME: '', SERVICE_STATE: 'OFF', THREAD_ID: null };
    const text = `Worker 1 failed executing transaction 'ANONYMOUS' at source log mysql-bin.000001, end_log_pos ${insertFails.end}; Could not execute Write_rows event on table shop.orders; ${DUPLICATE}; handler error HA_ERR_FOUND_DUPP_KEY; the event's source log FIRST, end_log_pos ${insertFails.end}`;
    const status = vertical(
      { ...worker, WORKER_ID: 1, LAST_ERROR_NUMBER: 1062, LAST_ERROR_MESSAGE: text },
      { ...worker, WORKER_ID: 2, LAST_ERROR_NUMBER: 0, LAST_ERROR_MESSAGE: '' },
    );
    const finding = await found({ relay: insertFails.relay, error: '', status });
    expect(finding).toMatchObject({ severity: 'critical', confidence: 'proven' });
    expect(finding.facts).toMatchObject({
      key: { columns: ['@1'], values: ['6'] },
      sourcePlace: `mysql-bin.000001:${insertFails.end}`,
    });
  });
});

test('redacted: no value of a row and no statement, nor in the statements of the fix', async () => {
  const { relay, end } = received((log) => change(log, { ...ROW, full: true }));
  const log = committed(own(), { after: [6, 'written here'], full: true, at: FAILED - 60 });
  log.query("UPDATE orders SET w = 'secret stuff' WHERE id = 6", { at: FAILED - 50 });
  const given = { relay, error: errors(rowError(end, DUPLICATE)), own: log };
  const open = JSON.stringify(await scanned(given));
  const report = await scanned({ ...given, redact: true });
  const closed = JSON.stringify(report);
  for (const value of ['of the source', 'written here', 'secret stuff', "id` = '6'", 'id = 6']) {
    expect(open, value).toContain(value);
    expect(closed, value).not.toContain(value);
  }
  expect(report.findings[0]?.facts).toMatchObject({
    class: 'local-write',
    key: { columns: ['id'], values: ['[value]'] },
    touchedBefore: { 'own-binlog': 2 },
  });
});

test('the rows of tables that hold passwords are not read', async () => {
  const row = { after: [6, 'hunter2'], table: 'mysql.user', at: FAILED - 2 } as const;
  const { relay, end } = received((log) => change(log, row));
  const error = errors(rowError(end, DUPLICATE).replace('shop.orders', 'mysql.user'));
  const log = committed(own(), { ...row, at: FAILED - 60 });
  expect(JSON.stringify(await scanned({ relay, error, own: log }))).not.toContain('hunter2');
});

test('a damaged log is looked through as far as it can be read', async () => {
  const log = committed(own(), { after: [1, 'x'], at: FAILED - 70 });
  const [, , , rows] = log.events;
  committed(log, { after: [6, 'written here'], at: FAILED - 60 });
  const bytes = log.bytes();
  bytes.fill(0xff, (rows?.offset ?? 0) + 25, (rows?.offset ?? 0) + 30);
  const damaged = new LogBuilder({ serverId: 2, at: START });
  Object.defineProperty(damaged, 'bytes', { value: () => bytes });
  const finding = await found({ relay: insertFails.relay, error: insertError, own: damaged });
  expect(finding.facts).toMatchObject({ class: 'local-write', causeShown: true });
});

describe('what the applier has committed since makes it over', () => {
  const stamped = (log: LogBuilder, immediate: number, gtid: Change, original = 0): LogBuilder =>
    log.anonymousGtid({
      ...gtid,
      immediate: immediate * 1e6,
      original: (FAILED - 2) * 1e6 + original,
    });
  const { relay, end } = received(
    (log) => change(log, ROW),
    (before) => before.events((log) => stamped(log, FAILED - 2, { at: FAILED - 2 })),
  );
  const error = errors(rowError(end, DUPLICATE));

  test('the failing transaction itself', async () => {
    const log = stamped(own(), FAILED + 5, { serverId: 1, at: FAILED - 2 });
    const finding = await found({ relay, error, own: committed(log, { ...ROW, serverId: 1 }) });
    expect(finding).toMatchObject({ severity: 'low', facts: { standing: 'over' } });
    expect(finding.facts['class']).not.toBe('applied-before');
    expect(finding.summary).toContain('It is over: this server’s own binary log holds');
  });

  test('not what other workers committed in those seconds', async () => {
    const log = stamped(own(), FAILED + 5, { serverId: 1, at: FAILED - 2 }, 777);
    committed(log, { after: [8, 'another'], serverId: 1, at: FAILED - 2 });
    const finding = await found({ relay, error, own: log });
    expect(finding.facts['standing']).not.toBe('over');
  });
});

describe('transactions that the source compressed', () => {
  const NUMBER = 7;

  /** One as MySQL logs it with binlog_transaction_compression=ON: the error names the end of the whole. */
  const compressed = (
    log: LogBuilder,
    gno: number,
    row: Change & { readonly at: number },
  ): LogBuilder => {
    const { at, serverId = 1 } = row;
    const header = { at, serverId };
    const inner = innerBytes((inside) => change(inside.begin(header), row).xid(1, header));
    return log.gtid(gno).put(40, payloadBody(inner), header);
  };

  const failing = { before: [6, 'old'], after: [6, 'new'], full: true, at: FAILED - 2 } as const;
  const fails = (position = 700): { readonly relay: RelayLog; readonly end: number } => {
    const relay = new RelayLog().connect({ position });
    relay.events((log) => compressed(log, NUMBER, failing));
    return { relay, end: relay.position };
  };

  test('are looked into: the failing row, and what took it away here', async () => {
    const { relay, end } = fails();
    const log = compressed(own(), 1, {
      before: [6, 'old'],
      full: true,
      at: FAILED - 60,
      serverId: 2,
    });
    const payload = log.events.at(-1);
    const finding = await found({
      relay,
      error: errors(rowError(end, NOT_FOUND, 'Update')),
      own: log,
    });
    expect(finding.facts).toMatchObject({
      class: 'local-write',
      causeShown: true,
      key: { columns: ['id'], values: ['6'] },
    });
    expect(textsOf(finding)).toContain(
      "the failing event: update, shop.orders: where id=6, w='old' set w='new'",
    );
    expect(finding.evidence).toContainEqual(
      expect.objectContaining({
        path: 'r/replica-bin.000001',
        offset: payload?.offset,
        length: payload?.size,
        eventType: 'Transaction_payload',
        text: "written on this server itself: delete, the same key: id=6, w='old'",
      }),
    );
  });

  test('stand once in the source’s log, which is no second copy', async () => {
    const source = binaryLog();
    const { relay, end } = fails(source.length);
    const finding = await found({
      relay,
      error: errors(rowError(end, NOT_FOUND, 'Update')),
      source: compressed(source, NUMBER, failing),
    });
    expect(end).toBe(source.length);
    expect(finding.facts).toMatchObject({
      class: 'row-missing',
      touchedBefore: { 'own-binlog': 0, 'relay-log': 0, 'source-binlog': 0 },
    });
  });

  test('are named by their table where they are shown', async () => {
    const { relay, end } = fails();
    const finding = await found({ relay, error: errors(rowError(end, NOT_FOUND, 'Update')) });
    expect(textsOf(finding)).toContain('Update_rows: shop.orders');
  });
});
