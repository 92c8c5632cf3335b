import { expect } from 'vitest';
import type { Driver } from '../drivers/driver.ts';
import { findingOf } from '../healed.ts';
import { caughtUp } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { differingTables } from '../tables.ts';
import { byGtid, pair, writeOrders } from '../topologies.ts';

/** How the newest transaction of a server is named. */
const newestGtid = ({ family }: Driver): string =>
  family === 'mariadb' ? 'SELECT @@gtid_binlog_pos' : 'SELECT @@global.gtid_executed';

scenario(
  'a write on a replica by GTID: the errant transaction is named, with its table',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    replica.sql("INSERT INTO app.journal VALUES ('written on the replica')");
    const gtids = replica.sql(newestGtid(driver));
    writeOrders(source, 6, 5);
    await caughtUp(replica, source);
    expect(differingTables(source, replica)).toEqual(['app.journal']);

    const report = lab.scan([source, replica]);
    const finding = findingOf(report, 'errant-gtid');
    expect(finding).toMatchObject({ server: 12 });
    // Where rows are logged it is their table
    expect(JSON.stringify(finding?.evidence)).toMatch(/written on the replica|app\.journal/);
    const own = driver.family === 'mariadb' ? '0-12-' : replica.sql('SELECT @@server_uuid').trim();
    expect(gtids).toContain(own);
    expect(JSON.stringify(finding)).toContain(own);
    // No statement undoes a write: nothing may be changed without a look at the row
    expect(report.plan.filter(({ risk }) => risk === 'loses-data')).toEqual([]);
  },
  { rule: 'errant-gtid' },
);

scenario(
  'nothing was written on a replica by GTID: no errant transaction',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 5);
    await caughtUp(replica, source);
    expect(findingOf(lab.scan([source, replica]), 'errant-gtid')).toBeUndefined();
  },
  { rule: 'errant-gtid' },
);
