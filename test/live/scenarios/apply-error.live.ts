import { expect } from 'vitest';
import type { Report, ReportFinding } from '../../../src/report/report.ts';
import type { Driver } from '../drivers/driver.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp, errorsOf } from '../replica-status.ts';
import { runSteps } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { differingTables } from '../tables.ts';
import { byGtid, pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const RULE = { rule: 'apply-error' };

/** More than one thread applies; the newest MySQL has four by itself. */
const parallel = ({ family }: Driver): string =>
  ({
    mariadb: '--slave-parallel-threads=2',
    'mysql-5.6': '--slave-parallel-workers=2',
    'mysql-5.7': '--slave-parallel-workers=2',
    mysql: '--replica-parallel-workers=4',
  })[family];

const failed = async (replica: LiveServer, error: number): Promise<void> => {
  await until('the applier fails', () => errorsOf(replica)[1] !== 0);
  expect(errorsOf(replica)[1]).toBe(error);
};

const applyError = (report: Report): ReportFinding => {
  const finding = findingOf(report, 'apply-error');
  if (!finding) throw new Error('no apply-error');
  return finding;
};

/** What stands at the places that the finding names. */
const evidenceOf = ({ evidence }: ReportFinding): string =>
  evidence.map(({ eventType, text }) => `${eventType ?? ''} ${text ?? ''}`).join('\n');

const waysOf = ({ fix }: ReportFinding) => fix?.alternatives ?? [];

const ids = (server: LiveServer): string[] =>
  server.sql('SELECT id FROM app.orders ORDER BY id').split('\n').filter(Boolean);

scenario(
  'rows: one was inserted on the replica first, and the one that failed is passed by as printed',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--binlog-format=ROW'] });
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    replica.sql("INSERT INTO app.orders VALUES (6, 'written here')");
    writeOrders(source, 6, 3);
    await failed(replica, 1062);

    const report = lab.scan([source, replica]);
    const finding = applyError(report);
    expect(finding).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      server: 12,
      facts: { class: 'local-write', causeShown: true, table: 'app.orders' },
    });
    expect(finding.facts['key']).toMatchObject({ columns: ['@1'], values: ['6'] });
    expect(evidenceOf(finding)).toContain(
      "written on this server itself: insert, the same key: @1=6, @2='written here'",
    );
    expect(report.plan).toEqual([]);
    expect(JSON.stringify(lab.scan([source, replica], '--redact'))).not.toContain('written here');

    const [skip] = waysOf(finding).filter(({ title }) => title === 'pass the group by');
    expect(skip?.costs).toMatch(/missing on this (replica|slave)/);
    await runSteps(skip?.steps ?? [], [source, replica]);
    await caughtUp(replica, source);
    // As it says: what went by is not there, and this row differs
    expect(ids(replica)).toEqual(ids(source));
    expect(differingTables(source, replica)).toEqual(['app.orders']);
  },
  RULE,
);

scenario(
  'rows with names: the row that was inserted on the replica is taken away as printed',
  async (lab) => {
    const [source, replica] = await pair(lab, {
      options: ['--binlog-format=ROW', '--binlog-row-metadata=FULL'],
    });
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    replica.sql("INSERT INTO app.orders VALUES (6, 'written here')");
    writeOrders(source, 6, 3);
    await failed(replica, 1062);

    const finding = applyError(lab.scan([source, replica]));
    expect(finding.facts).toMatchObject({
      class: 'local-write',
      key: { columns: ['id'], values: ['6'], toldBy: 'table-map' },
    });
    const [way] = waysOf(finding);
    expect(way?.steps.some(({ run }) => run.includes('DELETE FROM `app`.`orders`'))).toBe(true);
    await runSteps(way?.steps ?? [], [source, replica]);
    await expectHealed(lab, source, replica);
  },
  {
    ...RULE,
    not: {
      'mysql-5.6': 'writes no names of columns',
      'mysql-5.7': 'writes no names of columns',
    },
  },
);

scenario(
  'statements: one on the replica named the same value first, which is said to prove nothing',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--binlog-format=STATEMENT'] });
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    replica.sql("INSERT INTO app.orders VALUES (60, 'another'), (6, 'written here')");
    writeOrders(source, 6, 3);
    await failed(replica, 1062);

    const finding = applyError(lab.scan([source, replica]));
    expect(finding.facts).toMatchObject({ class: 'local-writer', causeShown: false });
    expect(finding.facts['key']).toMatchObject({ columns: [], values: ['6'] });
    expect(evidenceOf(finding)).toContain(
      'written on this server itself: statement, names the same value, which proves nothing yet',
    );

    // What the report says to do: the row on both sides is compared, the replica's is put right
    replica.sql('SET sql_log_bin = 0; DELETE FROM app.orders WHERE id IN (6, 60)');
    replica.sql(replica.words().startApplier);
    await expectHealed(lab, source, replica);
  },
  RULE,
);

scenario(
  'parallel appliers: a row was deleted on the replica, and the delete is shown',
  async (lab, driver) => {
    const options = ['--binlog-format=ROW', parallel(driver)];
    const [source, replica] = await pair(lab, { options });
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    replica.sql('DELETE FROM app.orders WHERE id = 3');
    source.sql("UPDATE app.orders SET w = 'changed' WHERE id = 3");
    await failed(replica, 1032);

    const finding = applyError(lab.scan([source, replica]));
    expect(finding).toMatchObject({
      severity: 'critical',
      facts: { class: 'local-write', causeShown: true, errorNumber: 1032 },
    });
    expect(evidenceOf(finding)).toContain('the failing event: update, app.orders: where @1=3');
    expect(evidenceOf(finding)).toContain(
      'written on this server itself: delete, the same row in all columns: @1=3',
    );

    replica.sql("SET sql_log_bin = 0; INSERT INTO app.orders VALUES (3, REPEAT('order ', 20))");
    replica.sql(replica.words().startApplier);
    await expectHealed(lab, source, replica);
  },
  RULE,
);

scenario(
  'by GTID: a table was dropped on the replica, and an empty transaction takes the place as printed',
  async (lab, driver) => {
    const gtid = byGtid(driver);
    const [source, replica] = await pair(lab, {
      ...gtid,
      options: [...gtid.options, '--binlog-format=ROW'],
    });
    writeOrders(source, 1, 2);
    await caughtUp(replica, source);
    replica.sql('DROP TABLE app.journal');
    source.sql("INSERT INTO app.journal VALUES ('for a table that is gone')");
    await failed(replica, 1146);

    const finding = applyError(lab.scan([source, replica]));
    expect(finding.facts).toMatchObject({ class: 'local-write', table: 'app.journal' });
    expect(evidenceOf(finding)).toMatch(/written on this server itself: statement, .*DROP TABLE/);
    const [skip] = waysOf(finding);
    await runSteps(skip?.steps ?? [], [source, replica]);
    await caughtUp(replica, source);
    writeOrders(source, 3, 2);
    await caughtUp(replica, source);
    expect(ids(replica)).toEqual(ids(source));
    expect(replica.sql('SHOW TABLES IN app')).not.toContain('journal');
    // MariaDB moves its position instead, and leaves nothing in a log
    const again = applyError(lab.scan([source, replica]));
    expect(again.facts).toMatchObject({ passedBy: driver.family !== 'mariadb' });
  },
  RULE,
);
