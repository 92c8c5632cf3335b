import { expect } from 'vitest';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { moveRecorded } from '../recorded-positions.ts';
import { errorsOf, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { countOf, expectEqualTables } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** What is received and not applied is in the relay logs alone: the source has purged it. */
const lastCopies = async (lab: Lab): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
  replica.sql(replica.words().stopApplier);
  writeOrders(source, 1, 12);
  source.sql('FLUSH LOGS');
  writeOrders(source, 20, 5);
  await received(replica, source);
  await replica.stop();
  source.sql("PURGE BINARY LOGS TO 'mysql-bin.000002'");
  return [source, replica];
};

scenario(
  'a wrong relay position, and the source purged the log: the plan keeps the relay logs',
  async (lab) => {
    const [source, replica] = await lastCopies(lab);
    await moveRecorded(replica, 'applier', (at) => at + 9);
    await replica.start();
    await until('the applier stops', () => errorsOf(replica)[1] !== 0);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'position-off-boundary')).toMatchObject({ severity: 'high' });
    expect(report.plan.filter(({ run }) => /MASTER_LOG_FILE/.test(run))).toEqual([]);
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
);

scenario(
  'an old read position, and the source purged the log: the plan drains the relay logs',
  async (lab) => {
    const [source, replica] = await lastCopies(lab);
    await moveRecorded(replica, 'receiver', (at) => at - 700);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'receiver-position-behind')).toMatchObject({ severity: 'high' });
    expect(report.plan.filter(({ run }) => /^(?:CHANGE|RESET)/.test(run))).toEqual([]);
    await replica.start({ still: true });
    await runPlan(report, [source, replica]);
    await until('all is applied', () => countOf(replica, 'app.orders') === 17);
    expectEqualTables(source, replica);
  },
  { not: { mysql: 'takes the read position from its relay logs at start' } },
);
