import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cut, eventsOf } from '../damage.ts';
import { findingOf } from '../healed.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp, columnOf, isReplicating, received, statusOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { until } from '../until.ts';

const XID = 16;

const executedOn = (replica: LiveServer, connection: string): string | undefined =>
  columnOf(statusOf(replica, connection), 'Exec_Master_Log_Pos');

scenario(
  'one of two connections has a torn relay log: the plan names it and leaves the other alone',
  async (lab) => {
    const [one, two, replica] = await lab.servers([11, 12, 13]);
    if (!one || !two || !replica) throw new Error('three servers');
    one.sql('CREATE DATABASE one; CREATE TABLE one.t (id INT PRIMARY KEY)');
    two.sql('CREATE DATABASE two; CREATE TABLE two.t (id INT PRIMARY KEY)');
    replica.follow(one, {}, 'east');
    replica.follow(two, {}, 'west-2');
    await caughtUp(replica, one, 'east');
    await caughtUp(replica, two, 'west-2');
    replica.sql(replica.words('west-2').stopApplier);
    for (let id = 1; id <= 10; id++) {
      one.sql(`INSERT INTO one.t VALUES (${id})`);
      two.sql(`INSERT INTO two.t VALUES (${id})`);
    }
    await caughtUp(replica, one, 'east');
    await received(replica, two, 'west-2');
    replica.sql(replica.words('west-2').stop);
    const logs = readdirSync(replica.datadir).filter((name) =>
      /^relay-bin-west.*\.\d+$/.test(name),
    );
    const [torn] = logs
      .map((name) => join(replica.datadir, name))
      .map((path) => ({ path, xids: eventsOf(path).filter(({ type }) => type === XID) }))
      .sort((a, b) => b.xids.length - a.xids.length);
    cut(torn?.path ?? '', (torn?.xids[5]?.offset ?? 0) + 5);

    const before = executedOn(replica, 'east');
    const report = lab.scan([one, two, replica]);
    expect(findingOf(report, 'truncated-log')).toMatchObject({ channel: 'west-2', server: 13 });
    const changes = report.plan.filter(
      ({ kind, run }) => kind === 'change' && !run.startsWith('cp '),
    );
    expect(changes.every(({ run }) => run.includes("'west-2'"))).toBe(true);
    await runPlan(report, [one, two, replica]);

    await until('both replicate', () =>
      ['east', 'west-2'].every((name) => isReplicating(replica, name)),
    );
    await caughtUp(replica, two, 'west-2');
    expect(replica.sql('SELECT COUNT(*) FROM two.t').trim()).toBe('10');
    // Its relay log file may still change after a connect: the applier opens the next one when it likes
    expect(executedOn(replica, 'east')).toBe(before);
    one.sql('INSERT INTO one.t VALUES (100)');
    await caughtUp(replica, one, 'east');
    expect(lab.scan([one, two, replica]).plan).toEqual([]);
  },
  {
    not: {
      'mysql-5.6': 'has no named channels',
      'mysql-5.7': 'names channels only with its positions in tables',
    },
  },
);
