import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Driver, run } from '../drivers/driver.ts';
import { alarmsOf, expectHealed, findingOf } from '../healed.ts';
import type { LiveServer } from '../live-server.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const RULE = 'packets-out-of-order';

/** A daemon that closed STDERR, and whose child writes a warning into its connection. */
const daemon = (server: LiveServer, { family }: Driver, then: 'stay' | 'leave'): string =>
  run({
    file: 'perl',
    args: [
      join(import.meta.dirname, '../closes-stderr.pl'),
      String(server.port),
      'app',
      'app',
      family === 'mysql' ? 'caching_sha2_password' : 'mysql_native_password',
      then,
    ],
  });

const linesOf = ({ datadir }: LiveServer): number =>
  readFileSync(join(datadir, 'server.err'), 'utf8').split('(Got packets out of order').length - 1;

scenario(
  'a program closes STDERR, and its child’s warnings go to the server: a client’s fault, no replication',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, {
      options: [driver.family === 'mysql' ? '--log-error-verbosity=3' : '--log-warnings=2'],
    });
    source.sql(
      driver.family === 'mysql-5.6'
        ? "GRANT SELECT ON app.* TO 'app'@'127.0.0.1'"
        : "CREATE USER 'app'@'%'; GRANT SELECT ON app.* TO 'app'@'%'",
    );
    writeOrders(source, 1, 5);
    expect(daemon(source, driver, 'stay')).toBe('1156 Got packets out of order\n');
    for (let i = 0; i < 3; i++) daemon(source, driver, 'leave');
    // The server reads what the program left behind when its SLEEP(1) ends
    await until('three lines', () => linesOf(source) === 3);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, RULE)).toMatchObject({
      server: 11,
      severity: 'low',
      facts: { lines: 3, clients: ['app@127.0.0.1'] },
    });
    expect(alarmsOf(report)).toEqual([]);
    expect(report.plan).toEqual([]);
    await expectHealed(lab, source, replica);
  },
  { rule: RULE },
);
