import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Report } from '../../../src/report/report.ts';
import { alarmsOf, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp, errorsOf, isReplicating } from '../replica-status.ts';
import { runSteps } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { expectEqualTables } from '../tables.ts';
import { pair, ring, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** 13114 is the 1236 of MySQL 8.0.14 and later. */
const REFUSED = new Set([1236, 13_114]);

/** The heads of two logs differ by the second of their making. */
const SECOND = 1100;

/** The replica has all of its source's log when that begins its logs anew. */
const resetUnder = async (lab: Lab): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab);
  writeOrders(source, 1, 10);
  await caughtUp(replica, source);
  await sleep(SECOND);
  source.sql(source.words().resetSource);
  return [source, replica];
};

const REPLACED = { severity: 'critical', rule: 'replaced-source-log' };

const takeFirstOfNewLogs = async (
  report: Report,
  servers: readonly LiveServer[],
): Promise<void> => {
  expect(report.plan).toEqual([]);
  const fix = findingOf(report, 'replaced-source-log')?.fix;
  await runSteps(fix?.alternatives[0]?.steps ?? [], servers);
};

const expectGoesOn = async (lab: Lab, source: LiveServer, replica: LiveServer): Promise<void> => {
  await until('the replica replicates', () => isReplicating(replica));
  writeOrders(source, 500, 3);
  await caughtUp(replica, source);
  expectEqualTables(source, replica);
  expect(alarmsOf(lab.scan([source, replica]))).toEqual([]);
};

scenario(
  'RESET MASTER while the receiver is connected: no error, nothing comes, and the report says why',
  async (lab) => {
    const [source, replica] = await resetUnder(lab);
    writeOrders(source, 100, 3);
    await sleep(SECOND);
    expect(isReplicating(replica)).toBe(true);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'replaced-source-log')).toMatchObject({
      ...REPLACED,
      facts: { told: 'source-logs', bytes: 'beyond-end', firstLog: 'mysql-bin.000001' },
    });
    await takeFirstOfNewLogs(report, [source, replica]);
    await expectGoesOn(lab, source, replica);
  },
  { not: { mysql: 'ends the dump thread of a log that is reset' } },
);

scenario(
  'RESET MASTER, and the new log grows past the old position before the next connect: told by the relay logs alone',
  async (lab) => {
    const [source, replica] = await resetUnder(lab);
    replica.sql(replica.words().stopReceiver);
    writeOrders(source, 100, 40);
    replica.sql(replica.words().startReceiver);
    await until('the source refuses', () => REFUSED.has(errorsOf(replica)[0]));
    const alone = lab.scan([replica]);
    expect(findingOf(alone, 'replaced-source-log')).toMatchObject({
      ...REPLACED,
      confidence: 'proven',
      facts: { told: 'relay-logs' },
    });
    const report = lab.scan([source, replica]);
    expect(report.findings[0]).toMatchObject({ ...REPLACED, facts: { bytes: 'inside-event' } });
    await takeFirstOfNewLogs(report, [source, replica]);
    await expectGoesOn(lab, source, replica);
  },
);

scenario(
  'a member of a ring is put back from an older copy of its files: its replica holds what it lost, and no statement is printed',
  async (lab) => {
    const [a, b, c] = (await ring(lab, [11, 12, 13])) as [LiveServer, LiveServer, LiveServer];
    writeOrders(a, 1, 5);
    await caughtUp(b, a);
    await a.stop();
    const saved = join(lab.root, 'saved');
    a.save(saved);
    await a.start();
    writeOrders(a, 100, 20);
    await caughtUp(b, a);
    await a.stop();
    await sleep(SECOND);
    a.restore(saved);
    await a.start();
    await until('the source refuses', () => REFUSED.has(errorsOf(b)[0]));
    const report = lab.scan([a, b, c]);
    expect(report.findings[0]).toMatchObject({
      ...REPLACED,
      server: 12,
      facts: { log: 'mysql-bin.000002', firstLog: 'mysql-bin.000002' },
    });
    expect(report.plan).toEqual([]);
    expect(report.planWithheld).toContain('after a restore');
  },
);
