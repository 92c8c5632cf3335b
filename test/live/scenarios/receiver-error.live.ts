import { expect } from 'vitest';
import { findingOf } from '../healed.ts';
import { USER } from '../live-server.ts';
import { caughtUp, errorsOf, isReplicating } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { expectEqualTables } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

scenario(
  'the account lost its right to replicate: told, and with the right given back it goes on',
  async (lab, driver) => {
    const [source, replica] = await pair(lab);
    const accounts = source
      .sql(`SELECT CONCAT("'", user, "'@'", host, "'") FROM mysql.user WHERE user = '${USER}'`)
      .trim()
      .split('\n');
    const onAll = (statement: (account: string) => string): string =>
      source.sql(`SET sql_log_bin = 0; ${accounts.map(statement).join('; ')}`);
    const { stopReceiver, startReceiver } = replica.words();
    replica.sql(stopReceiver);
    onAll((account) => `REVOKE REPLICATION SLAVE ON *.* FROM ${account}`);
    writeOrders(source, 1, 3);
    replica.sql(startReceiver);
    await until('the receiver stops', () => errorsOf(replica)[0] !== 0, 20);
    const report = lab.scan([source, replica]);
    const finding = findingOf(report, 'receiver-error');
    // Only a status tells that it goes on: the line that says so is none
    const isShown = driver.positionsIn === 'tables';
    expect(finding).toMatchObject({ severity: isShown ? 'high' : 'medium' });
    expect(report.plan).toEqual([]);
    expect(report.planWithheld).toContain('SHOW GRANTS');
    onAll((account) => `GRANT REPLICATION SLAVE ON *.* TO ${account}`);
    replica.sql(startReceiver);
    await until('the replica replicates', () => isReplicating(replica));
    await caughtUp(replica, source);
    expectEqualTables(source, replica);
    expect(findingOf(lab.scan([source, replica]), 'receiver-error')?.severity).not.toBe('high');
  },
  { rule: 'receiver-error' },
);
