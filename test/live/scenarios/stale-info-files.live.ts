import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp, errorsOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { NEEDS_STATUS_FILES, scenario } from '../scenario.ts';
import { countOf } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const INFO_FILES = ['relay-log.info', 'master.info'];

/** Power fails on the replica: its data and logs are on disk, its status files are those of a while ago. */
const afterPowerLoss = async (
  lab: Lab,
  write: (source: LiveServer) => void,
  options: readonly string[] = [],
): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab, { options: ['--sync-binlog=1', ...options] });
  for (const name of INFO_FILES) copyFileSync(join(replica.datadir, name), join(lab.root, name));
  write(source);
  await caughtUp(replica, source);
  await replica.stop('SIGKILL');
  for (const name of INFO_FILES) copyFileSync(join(lab.root, name), join(replica.datadir, name));
  return [source, replica];
};

scenario(
  'status files older than the data: the plan goes on where the applier was',
  async (lab) => {
    const [source, replica] = await afterPowerLoss(lab, (server) => writeOrders(server, 1, 8));
    replica.save(join(lab.root, 'saved'));

    // What is withheld, first: to start as the files say
    await replica.start();
    await until('the applier stops', () => errorsOf(replica)[1] !== 0);
    expect(errorsOf(replica)[1]).toBe(1062);
    await replica.stop();
    replica.restore(join(lab.root, 'saved'));

    await replica.start({ still: true });
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'applier-position-behind')).toMatchObject({
      severity: 'high',
      facts: { appliedTwice: 8, witness: 'own-binlog' },
    });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  NEEDS_STATUS_FILES,
);

const ROWS: Readonly<Record<string, (i: number) => string>> = {
  'different rows': (i) => `row ${i}`,
  // Of one second: no bytes tell them apart before GTIDs
  'equal rows': () => 'row',
};

for (const [what, text] of Object.entries(ROWS)) {
  scenario(
    `status files older than ${what} of a table without a key: the plan doubles none`,
    async (lab) => {
      const rows = Array.from({ length: 8 }, (_, i) => text(i));
      const [source, replica] = await afterPowerLoss(lab, (server) =>
        server.sql(rows.map((row) => `INSERT INTO app.journal VALUES ('${row}')`).join(';\n')),
      );
      replica.save(join(lab.root, 'saved'));

      await replica.start();
      // Once from the old relay log, and, master.info being as old, once more from the source
      await until('rows are doubled', () => countOf(replica, 'app.journal') >= 16);
      expect(errorsOf(replica)).toEqual([0, 0]);
      await replica.stop();
      replica.restore(join(lab.root, 'saved'));

      await replica.start({ still: true });
      await runPlan(lab.scan([source, replica]), [source, replica]);
      await expectHealed(lab, source, replica);
      expect(countOf(replica, 'app.journal')).toBe(8);
    },
    NEEDS_STATUS_FILES,
  );
}

scenario(
  'status files older than statements that the replica logs as rows: how far it came is told, and no position is made up',
  async (lab) => {
    const [source, replica] = await afterPowerLoss(
      lab,
      (server) => {
        const write = (id: number): string => `INSERT INTO app.orders VALUES (${id}, 'statement')`;
        server.sql(
          `SET SESSION binlog_format = STATEMENT; ${write(1)}; ${write(2)}; CREATE TABLE app.later (id INT); ${write(3)}; ${write(4)}`,
        );
      },
      ['--binlog-format=ROW'],
    );
    await replica.start({ still: true });
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'applier-position-behind')).toMatchObject({
      severity: 'high',
      facts: { appliedTwice: 3, truePosition: null },
    });
    expect(report.plan).toEqual([]);

    // The last one that both logs show, the DDL, is too early
    const { change, start } = replica.words();
    const ddl = /transaction that ends at (\S+):(\d+) of/.exec(report.planWithheld ?? '');
    replica.sql(
      `${change({ SOURCE_LOG_FILE: ddl?.[1] ?? '', SOURCE_LOG_POS: Number(ddl?.[2]) })}; ${start}`,
    );
    await until('the applier stops', () => errorsOf(replica)[1] !== 0);
    expect(errorsOf(replica)[1]).toBe(1062);
  },
  { not: { ...NEEDS_STATUS_FILES.not, mariadb: 'tells transactions by their GTIDs' } },
);
