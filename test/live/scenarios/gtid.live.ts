import { expect } from 'vitest';
import { busiestRelayLog, cut } from '../damage.ts';
import type { Driver } from '../drivers/driver.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { expectGrowing, expectLoopEnds } from '../loops.ts';
import { caughtUp, received, statusOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { byGtid, pair, ring, writeOrders } from '../topologies.ts';

const LOOP = {
  count: 'SELECT n FROM app.counters WHERE id = 1',
  facts: {
    loopingServerId: 13,
    cause: 'removed-server',
    proof: 'mariadb-gtid',
    tables: ['app.counters'],
  },
};

scenario(
  'the log of a server that is gone is replayed in a ring by GTID: the plan ends the loop without a position',
  async (lab, driver) => {
    const setup = byGtid(driver);
    const [a, b] = (await ring(lab, [11, 12], {
      ...setup,
      options: [...setup.options, '--binlog-format=STATEMENT'],
    })) as [LiveServer, LiveServer];
    // What mariadb-binlog prints of the log of a server 13 that is gone
    a.sql('SET SESSION server_id = 13; UPDATE app.counters SET n = n + 1 WHERE id = 1');

    const members = [a, b] as const;
    const report = await expectGrowing(lab, members, LOOP);
    expect(report.plan.filter(({ run }) => /MASTER_LOG_(?:FILE|POS)/.test(run))).toEqual([]);
    await runPlan(report, members);
    await expectLoopEnds(lab, members, LOOP);
    for (const member of members) expect(statusOf(member)['Using_Gtid']).toBe('Slave_Pos');
  },
  {
    not: {
      'mysql-5.6': 'a GTID that is executed is skipped: no loop',
      mysql: 'a GTID that is executed is skipped: no loop',
    },
  },
);

scenario(
  'what no plan prints: a list of ignored ids under GTIDs, which the server refuses',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 3);
    await caughtUp(replica, source);
    const { stop, change } = replica.words();
    replica.sql(stop);
    const list = change({ IGNORE_SERVER_IDS: '(13)' });
    expect(() => replica.sql(list)).toThrow(/\b3139\b/);
    replica.sql(replica.words().start);
    await expectHealed(lab, source, replica);
  },
  {
    not: {
      mariadb: 'takes it',
      'mysql-5.6': 'takes it',
    },
  },
);

/** The applier stood still, and the newest relay log lost its end in the middle of an event. */
const torn = async (lab: Lab, driver: Driver): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab, byGtid(driver));
  replica.sql(replica.words().stopApplier);
  writeOrders(source, 1, 20);
  await received(replica, source);
  await replica.stop('SIGKILL');
  const { path, events } = busiestRelayLog(replica);
  const { offset = 0, size = 0 } = events[Math.floor(events.length / 2)] ?? {};
  cut(path, offset + size - 7);
  return [source, replica];
};

scenario(
  'a torn relay log, by GTID: the plan heals without coordinates',
  async (lab, driver) => {
    const [source, replica] = await torn(lab, driver);
    await replica.start({ still: true });
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'truncated-log')).toMatchObject({ severity: 'high' });
    expect(report.plan.filter(({ run }) => /_LOG_(?:FILE|POS)/.test(run))).toEqual([]);
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  { not: { mysql: 'cuts the torn tail itself: the next scenario' } },
);

scenario(
  'a torn relay log, by GTID, on a server that cuts it itself: nothing is to be changed',
  async (lab, driver) => {
    const [source, replica] = await torn(lab, driver);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'truncated-log')).toMatchObject({ severity: 'low' });
    expect(report.plan).toEqual([]);
    await replica.start();
    await expectHealed(lab, source, replica);
  },
  {
    not: {
      mariadb: 'stops at it: the scenario before',
      'mysql-5.6': 'stops at it: the scenario before',
    },
  },
);
