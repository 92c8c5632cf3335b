import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectHealed, findingOf } from '../healed.ts';
import { caughtUp, errorsOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const TABLES = ['--master-info-repository=TABLE', '--relay-log-info-repository=TABLE'];

scenario(
  'killed with its positions in tables, it fetches all again and stops: the plan goes on behind its own log',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: [...TABLES, '--sync-binlog=1'] });
    writeOrders(source, 1, 20);
    await caughtUp(replica, source);
    // The table is written every 10,000 events: it still says where the connection began
    await replica.stop('SIGKILL');
    writeOrders(source, 100, 5);
    await replica.start();
    await until('the applier stops', () => errorsOf(replica)[1] !== 0);
    const status = replica.show(`${replica.words().status}\\G`);
    writeFileSync(join(replica.datadir, 'slave-status.txt'), status);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'apply-error')?.facts).toMatchObject({ class: 'applied-before' });
    await runPlan(report, [source, replica]);
    writeFileSync(join(replica.datadir, 'slave-status.txt'), '');
    await expectHealed(lab, source, replica);
  },
  {
    not: {
      'mysql-5.6': 'stops there too, and the class of its error is still unknown to the report',
      mariadb: 'keeps its positions in files',
      mysql: 'its plan has to be told of gaps of four workers',
    },
  },
);
