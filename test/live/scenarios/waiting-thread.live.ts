import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { columnOf, statusOf } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { session } from '../session.ts';
import { countOf } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const HELD = 15;
const ORDERS = 60;

scenario(
  'relay_log_space_limit: both threads run without an error, and the receiver waits',
  async (lab) => {
    const [source, replica] = await pair(lab);
    await replica.stop();
    await replica.start({ options: ['--relay-log-space-limit=4096', '--max-relay-log-size=4096'] });
    const holding = session(replica, `LOCK TABLES app.orders READ; DO SLEEP(${HELD});`);
    // Where the story ends early its server goes, and this client with it
    holding.catch(() => undefined);
    await until('the table is locked', () =>
      replica.show('SHOW PROCESSLIST').toUpperCase().includes('DO SLEEP'),
    );
    writeOrders(source, 1, ORDERS);
    await until('the receiver waits', () =>
      /free enough relay log space/.test(columnOf(statusOf(replica), 'Slave_IO_State') ?? ''),
    );
    const file = join(replica.datadir, 'replica-status.txt');
    writeFileSync(file, replica.show(`${replica.words().status}\\G`));
    const report = lab.scan([source, replica]);
    const found = report.findings.find(({ rule }) => rule === 'waiting-thread');
    expect(found).toMatchObject({
      severity: 'medium',
      confidence: 'proven',
      facts: { waitsFor: 'relay-log-space', threads: ['receiver'] },
    });
    expect(report.plan).toEqual([]);
    await holding;
    await until(
      'all was received and applied',
      () => countOf(replica, 'app.orders') === ORDERS,
      60,
    );
  },
  {
    rule: 'waiting-thread',
    not: {
      mysql:
        'its coordinator reads on while workers are held up, and lets the receiver pass the limit',
    },
  },
);
