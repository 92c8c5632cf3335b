import { expect } from 'vitest';
import { alarmsOf, expectHealed, findingOf } from '../healed.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp, errorsOf } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { byGtid, pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** Only MySQL counts by sets, and takes more into gtid_purged from 8.0 on. */
const not = {
  mariadb: 'has no gtid_purged',
  'mysql-5.6': 'takes it only while nothing is executed',
  'mysql-5.7': 'takes it only while nothing is executed',
};

const gtidsOf = (server: LiveServer): string =>
  server.sql('SELECT @@GLOBAL.gtid_executed').replaceAll(/\\n|\s/g, '');

scenario(
  'gtid_purged was set to more than the data hold: told, though nothing fails',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    const had = gtidsOf(source);
    replica.sql(replica.words().stop);
    writeOrders(source, 6, 5);
    const missing = source.sql(`SELECT GTID_SUBTRACT('${gtidsOf(source)}', '${had}')`).trim();
    replica.sql(`SET GLOBAL gtid_purged = '+${missing}'`);
    replica.sql(replica.words().start);
    writeOrders(source, 11, 5);
    await caughtUp(replica, source);
    expect(errorsOf(replica)).toEqual([0, 0]);

    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'gtid-gap')).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      facts: { missing, transactions: 5, countedAsExecuted: true },
    });
    expect(report.plan).toEqual([]);
  },
  { not, rule: 'gtid-gap' },
);

scenario(
  'a replica by GTID that was stopped for a while and goes on: no hole',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    replica.sql(replica.words().stop);
    writeOrders(source, 6, 5);
    replica.sql(replica.words().start);
    await caughtUp(replica, source);
    expect(alarmsOf(lab.scan([source, replica]))).toEqual([]);
  },
  { not, rule: 'gtid-gap' },
);

scenario(
  'gtid_purged was not set on a copy: told at the first transaction, and set it heals',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    const { stop, start, resetSource } = replica.words();
    const had = gtidsOf(source);
    replica.sql(`${stop}; RESET REPLICA; ${resetSource}; ${start}`);
    await until('the applier fails', () => errorsOf(replica)[1] !== 0);

    const finding = findingOf(lab.scan([source, replica]), 'apply-error');
    expect(finding).toMatchObject({ severity: 'critical', facts: { class: 'from-the-start' } });
    expect(finding?.fix?.alternatives).toEqual([]);
    // What the report says in words
    replica.sql(
      `${stop}; RESET REPLICA; ${resetSource}; SET GLOBAL gtid_purged = '${had}'; ${start}`,
    );
    await expectHealed(lab, source, replica);
  },
  { not, rule: 'apply-error' },
);

scenario(
  'compressed transactions: the delete on the replica itself that took the row away is shown',
  async (lab, driver) => {
    const { options, change } = byGtid(driver);
    const compressed = [...options, '--binlog-transaction-compression=ON'];
    const [source, replica] = await pair(lab, { options: compressed, change });
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    replica.sql('DELETE FROM app.orders WHERE id = 3');
    source.sql("UPDATE app.orders SET w = 'changed' WHERE id = 3");
    await until('the applier fails', () => errorsOf(replica)[1] !== 0);

    const report = lab.scan([source, replica]);
    const finding = findingOf(report, 'apply-error');
    expect(finding).toMatchObject({ facts: { class: 'local-write', table: 'app.orders' } });
    expect(JSON.stringify(finding?.evidence)).toContain('written on this server itself: delete');
    expect(JSON.stringify(findingOf(report, 'errant-gtid')?.evidence)).toContain(
      'Delete_rows: app.orders',
    );
  },
  {
    not: {
      mariadb: 'compresses events, never a transaction',
      'mysql-5.6': 'compresses nothing',
      'mysql-5.7': 'compresses nothing',
    },
    rule: 'apply-error',
  },
);
