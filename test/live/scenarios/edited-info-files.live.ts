import { join } from 'node:path';
import { expect } from 'vitest';
import { editLine } from '../damage.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { errorsOf, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const NO_FILES = { not: { mysql: 'keeps its positions in tables' } };

const RELAY_LOG_POS = 3;

/** Stopped in order, with changes received and not applied. */
const stoppedBehind = async (lab: Lab): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
  replica.sql(replica.words().stopApplier);
  writeOrders(source, 1, 12);
  await received(replica, source);
  await replica.stop();
  return [source, replica];
};

scenario(
  'a relay position inside an event: the plan goes on where the applier was',
  async (lab) => {
    const [source, replica] = await stoppedBehind(lab);
    editLine(join(replica.datadir, 'relay-log.info'), RELAY_LOG_POS, (at) =>
      String(Number(at) + 9),
    );
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
  NO_FILES,
);
