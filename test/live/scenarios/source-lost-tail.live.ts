import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { cut, eventsOf } from '../damage.ts';
import { alarmsOf, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp, errorsOf, isReplicating, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { expectEqualTables } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** A source whose binary log lost its last changes in a crash; its tables kept them. */
const loseTail = async (source: LiveServer): Promise<void> => {
  // Until InnoDB has flushed the commits: what is only prepared goes with the binary log
  await sleep(1500);
  await source.stop('SIGKILL');
  const log = join(source.datadir, 'mysql-bin.000001');
  const events = eventsOf(log);
  const kept = events.findLast(
    ({ type, offset }) => type === XID && offset < (events.at(-1)?.offset ?? 0) * 0.8,
  );
  if (!kept) throw new Error('no transaction to keep');
  cut(log, kept.offset + kept.size);
  await source.start();
};

const XID = 16;

/** 13114 is the 1236 of MySQL 8.0.14 and later. */
const REFUSED = new Set([1236, 13114]);

const expectGoesOn = async (lab: Lab, source: LiveServer, replica: LiveServer): Promise<void> => {
  await until('the replica replicates', () => isReplicating(replica));
  writeOrders(source, 500, 3);
  await caughtUp(replica, source);
  expectEqualTables(source, replica);
  expect(alarmsOf(lab.scan([source, replica]))).toEqual([]);
};

scenario('the source lost its tail, all applied: the plan goes to its next log', async (lab) => {
  const [source, replica] = await pair(lab, { options: ['--sync-binlog=0'] });
  writeOrders(source, 1, 20);
  await caughtUp(replica, source);
  await loseTail(source);
  await until('the source refuses', () => REFUSED.has(errorsOf(replica)[0]));
  const report = lab.scan([source, replica]);
  expect(findingOf(report, 'impossible-source-position')).toMatchObject({
    severity: 'critical',
    facts: { allApplied: true },
  });
  await runPlan(report, [source, replica]);
  await expectGoesOn(lab, source, replica);
});

scenario(
  'the source lost its tail, not all applied: drain first, then its next log',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--sync-binlog=0'] });
    replica.sql(replica.words().stopApplier);
    writeOrders(source, 1, 20);
    await received(replica, source);
    await loseTail(source);
    await until('the source refuses', () => REFUSED.has(errorsOf(replica)[0]));
    const first = lab.scan([source, replica]);
    expect(findingOf(first, 'impossible-source-position')).toMatchObject({
      facts: { allApplied: false },
    });
    expect(first.plan.map(({ run }) => run).filter((run) => run.startsWith('CHANGE'))).toEqual([]);
    await runPlan(first, [source, replica]);
    await runPlan(lab.scan([source, replica]), [source, replica]);
    await expectGoesOn(lab, source, replica);
  },
);
