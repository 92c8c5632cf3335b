import { join } from 'node:path';
import { expect } from 'vitest';
import { editLine } from '../damage.ts';
import { expectHealed, findingOf } from '../healed.ts';
import { errorsOf, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const RELAY_LOG_POS = 3;

scenario(
  'a wrong relay position, and the source purged the log: the plan keeps the relay logs',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
    replica.sql(replica.words().stopApplier);
    writeOrders(source, 1, 12);
    source.sql('FLUSH LOGS');
    await received(replica, source);
    await replica.stop();
    source.sql("PURGE BINARY LOGS TO 'mysql-bin.000002'");
    editLine(join(replica.datadir, 'relay-log.info'), RELAY_LOG_POS, (at) =>
      String(Number(at) + 9),
    );
    await replica.start();
    await until('the applier stops', () => errorsOf(replica)[1] !== 0);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'position-off-boundary')).toMatchObject({ severity: 'high' });
    const changes = report.plan.filter(({ run }) => /^CHANGE/.test(run));
    expect(changes.every(({ run }) => !/MASTER_LOG_FILE/.test(run))).toBe(true);
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  { not: { mysql: 'keeps its positions in tables' } },
);
