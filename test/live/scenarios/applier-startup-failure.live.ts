import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { isReplicating, received } from '../replica-status.ts';
import { runPlan, runSteps } from '../run-plan.ts';
import { NEEDS_STATUS_FILES, scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** A replica that was shut down in order, with ten transactions received and not applied. */
const stoppedBehind = async (lab: Lab): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab);
  replica.sql(replica.words().stopApplier);
  writeOrders(source, 1, 10);
  await received(replica, source);
  await replica.stop();
  return [source, replica];
};

const STANDS = { severity: 'critical', confidence: 'proven' };

scenario(
  'relay logs go by a new name after a change of the host name: told, and the plan heals',
  async (lab) => {
    const [source, replica] = await stoppedBehind(lab);
    await sleep(1100);
    await replica.start({ options: ['--relay-log=new-host-relay-bin'] });
    const report = lab.scan([source, replica]);
    expect(report.findings[0]).toMatchObject({
      ...STANDS,
      rule: 'broken-relay-index',
      facts: { kind: 'other-series', logs: ['relay-bin.000002'] },
    });
    expect(findingOf(report, 'applier-startup-failure')).toMatchObject({
      ...STANDS,
      causedBy: report.findings[0]?.fingerprint,
      facts: { cause: 'renamed', relayLog: 'relay-bin.000002', newBase: 'new-host-relay-bin' },
    });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  NEEDS_STATUS_FILES,
);

for (const [what, isLost] of [
  ['relay logs', (name: string) => /^relay-bin\.\d/.test(name)],
  ['relay logs and their index', (name: string) => name.startsWith('relay-bin.')],
] as const) {
  scenario(
    `${what} were deleted by hand: told, and the recorded position, an alternative, heals`,
    async (lab) => {
      const [source, replica] = await stoppedBehind(lab);
      for (const name of readdirSync(replica.datadir)) {
        if (isLost(name)) unlinkSync(join(replica.datadir, name));
      }
      await replica.start();
      const report = lab.scan([source, replica]);
      const found = findingOf(report, 'applier-startup-failure');
      expect(found).toMatchObject({ ...STANDS, facts: { cause: 'missing' } });
      // The index tells it too where it still names the logs, or was made anew without them
      const cause = findingOf(report, 'broken-relay-index');
      expect(found?.causedBy).toBe(cause?.fingerprint ?? null);
      expect(report.findings[0]).toEqual(cause ?? found);
      expect(found?.fix?.withheld).toContain('was not given');
      await runSteps(found?.fix?.alternatives[0]?.steps ?? [], [source, replica]);
      await expectHealed(lab, source, replica);
    },
    NEEDS_STATUS_FILES,
  );
}

scenario(
  'relay-log.info was deleted by hand: the server that refuses START says so, and no position is made up',
  async (lab) => {
    const [source, replica] = await stoppedBehind(lab);
    unlinkSync(join(replica.datadir, 'relay-log.info'));
    await replica.start();
    await until('it does not replicate', () => !isReplicating(replica));
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'applier-startup-failure')).toMatchObject({
      ...STANDS,
      facts: { cause: 'no-record' },
      fix: { steps: [], alternatives: [] },
    });
  },
  {
    not: {
      ...NEEDS_STATUS_FILES.not,
      mariadb: 'begins with its first relay log, without an error',
      'mysql-5.7': 'says nothing of it in its error log',
    },
  },
);
