import { expect } from 'vitest';
import { busiestRelayLog, cut } from '../damage.ts';
import type { Driver } from '../drivers/driver.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { expectGrowing, expectLoopEnds } from '../loops.ts';
import { caughtUp, errorsOf, isReplicating, received, statusOf } from '../replica-status.ts';
import { runPlan, runSteps } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { byGtid, pair, ring, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

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
      'mysql-5.7': 'a GTID that is executed is skipped: no loop',
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
      'mysql-5.7': 'takes it',
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
      'mysql-5.7': 'stops at it: the scenario before',
    },
  },
);

scenario(
  'a duplicate row with parallel workers and two domains: the printed way past it is one that the server takes',
  async (lab, driver) => {
    const workers = ['--slave-parallel-threads=4'];
    const [source, replica] = await pair(lab, { ...byGtid(driver), options: workers });
    source.sql("SET SESSION gtid_domain_id = 3; INSERT INTO app.journal VALUES ('of domain 3')");
    await caughtUp(replica, source);
    replica.sql("SET SESSION sql_log_bin = 0; INSERT INTO app.orders VALUES (2, 'local')");
    writeOrders(source, 1, 4);
    await until('the applier stops', () => errorsOf(replica)[1] === 1062);
    expect(() => replica.sql('SET GLOBAL sql_slave_skip_counter = 1')).toThrow(/\b1966\b/);

    const report = lab.scan([source, replica]);
    const found = findingOf(report, 'apply-error');
    expect(found).toMatchObject({ severity: 'critical', facts: { gtid: expect.any(String) } });
    expect(report.plan).toEqual([]);
    await runSteps(found?.fix?.alternatives[0]?.steps ?? [], [source, replica]);
    await caughtUp(replica, source);
    expect(replica.sql('SELECT id, LEFT(w, 5) FROM app.orders ORDER BY id')).toBe(
      '1\torder\n2\tlocal\n3\torder\n4\torder\n',
    );
    expect(replica.sql('SELECT COUNT(*) FROM app.journal').trim()).toBe('1');
  },
  {
    not: {
      'mysql-5.6': 'has no domains',
      'mysql-5.7': 'has no domains',
      mysql: 'has no domains',
    },
  },
);

scenario(
  'a source by GTID is reset while its replica stays connected: said before anything shows it',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 6);
    await caughtUp(replica, source);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    source.sql(source.words().resetSource);
    writeOrders(source, 10, 2);
    expect(isReplicating(replica)).toBe(true);
    expect(errorsOf(replica)).toEqual([0, 0]);

    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'errant-gtid')).toMatchObject({
      severity: 'critical',
      facts: { state: 'lost-by-source' },
    });
    expect(report.plan).toEqual([]);

    const { stop, start } = replica.words();
    replica.sql(`${stop}; ${start}`);
    await until('the source refuses', () => errorsOf(replica)[0] === 1236);
  },
  {
    not: {
      'mysql-5.6': 'gtid_mode needs more than this',
      'mysql-5.7': 'test/live/scenarios/errant-gtid',
      mysql: 'test/live/scenarios/errant-gtid',
    },
  },
);
