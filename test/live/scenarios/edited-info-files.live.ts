import { expect } from 'vitest';
import { alarmsOf, expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { moveRecorded } from '../recorded-positions.ts';
import { caughtUp, errorsOf, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario, type Where } from '../scenario.ts';
import { differingTables } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** The replica is down, and its recorded read position is that of the middle of what the source writes then. */
const readAhead = async (
  lab: Lab,
  option: string,
): Promise<{ source: LiveServer; replica: LiveServer; position: number }> => {
  const [source, replica] = await pair(lab, { options: [option] });
  await replica.stop();
  writeOrders(source, 1, 6);
  const { position } = source.position();
  writeOrders(source, 7, 6);
  await moveRecorded(replica, 'receiver', () => position);
  return { source, replica, position };
};

/** sql/rpl_relay_log_sanitizer.h, seen on 9.7.4 without relay_log_recovery. */
const CORRECTS_ITSELF: Where = {
  not: { mysql: 'takes the read position from its relay logs at start: the last scenario' },
};

scenario(
  'a relay position inside an event: the plan goes on where the applier was',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
    replica.sql(replica.words().stopApplier);
    writeOrders(source, 1, 12);
    await received(replica, source);
    await replica.stop();
    await moveRecorded(replica, 'applier', (at) => at + 9);
    await replica.start();
    await until('the applier stops', () => errorsOf(replica)[1] !== 0);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'position-off-boundary')).toMatchObject({
      severity: 'high',
      facts: { insideOf: 'event' },
    });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
);

scenario(
  'a read position ahead of the relay logs, found before the start: the plan reads what is missing',
  async (lab) => {
    const { source, replica } = await readAhead(lab, '--sync-binlog=1');
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'receiver-position-ahead')).toMatchObject({ severity: 'high' });
    await replica.start({ still: true });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  CORRECTS_ITSELF,
);

scenario(
  'a read position ahead of the relay logs, found after the start: passed without an error, and no plan',
  async (lab) => {
    // The gap shows between two relay logs: the one before must still be there
    const { source, replica, position } = await readAhead(lab, '--relay-log-purge=0');
    await replica.start();
    await caughtUp(replica, source);
    expect(errorsOf(replica)).toEqual([0, 0]);
    expect(differingTables(source, replica)).toEqual(['app.orders']);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'relay-log-gap')).toMatchObject({
      severity: 'critical',
      facts: { applied: true, to: position },
    });
    expect(report.plan).toEqual([]);
    expect(report.planWithheld).toContain('relay-log-gap');
  },
  CORRECTS_ITSELF,
);

scenario(
  'a read position ahead of the relay logs, on a server that corrects it at start: no alarm',
  async (lab) => {
    const { source, replica } = await readAhead(lab, '--sync-binlog=1');
    await replica.start({ still: true });
    expect(alarmsOf(lab.scan([source, replica]))).toEqual([]);
    replica.sql(replica.words().start);
    await expectHealed(lab, source, replica);
  },
  {
    not: {
      mariadb: 'goes by master.info',
      'mysql-5.6': 'goes by master.info',
      'mysql-5.7': 'goes by master.info',
    },
  },
);
