import { join } from 'node:path';
import { expect } from 'vitest';
import { editLine } from '../damage.ts';
import { expectHealed, findingOf } from '../healed.ts';
import { caughtUp, errorsOf, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { NEEDS_STATUS_FILES, scenario } from '../scenario.ts';
import { differingTables } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** Line 3 of relay-log.info and of master.info. */
const POSITION = 3;

scenario(
  'a relay position inside an event: the plan goes on where the applier was',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
    replica.sql(replica.words().stopApplier);
    writeOrders(source, 1, 12);
    await received(replica, source);
    await replica.stop();
    editLine(join(replica.datadir, 'relay-log.info'), POSITION, (at) => String(Number(at) + 9));
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
  NEEDS_STATUS_FILES,
);

scenario(
  'a read position ahead of the relay logs, found before the start: the plan reads what is missing',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
    await replica.stop();
    writeOrders(source, 1, 6);
    const { position } = source.position();
    writeOrders(source, 7, 6);
    editLine(join(replica.datadir, 'master.info'), POSITION, () => String(position));
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'receiver-position-ahead')).toMatchObject({ severity: 'high' });
    await replica.start({ still: true });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  NEEDS_STATUS_FILES,
);

scenario(
  'a read position ahead of the relay logs, found after the start: passed without an error, and no plan',
  async (lab) => {
    // The gap shows between two relay logs: the one before must still be there
    const [source, replica] = await pair(lab, { options: ['--relay-log-purge=0'] });
    await replica.stop();
    writeOrders(source, 1, 6);
    const { position } = source.position();
    writeOrders(source, 7, 6);
    editLine(join(replica.datadir, 'master.info'), POSITION, () => String(position));
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
  NEEDS_STATUS_FILES,
);
