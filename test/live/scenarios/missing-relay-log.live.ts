import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { relayLogsOf } from '../damage.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { expectGrowing, expectLoopEnds } from '../loops.ts';
import { moveRecorded } from '../recorded-positions.ts';
import { ringWithoutThird, STATEMENT } from '../removed-server.ts';
import { columnOf, received, statusOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';

/** 1872 in MySQL 5.6, 13124 in 8 and later, 1201 in MariaDB. */
const REFUSED = /\b(?:1872|13124|1201)\b/;

/** Stopped, with three relay logs that the applier has yet to read, the middle one of which was deleted. */
const withoutRelayLog = async (lab: Lab): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
  replica.sql(replica.words().stopApplier);
  for (let log = 0; log < 3; log++) {
    writeOrders(source, 1 + 10 * log, 6);
    await received(replica, source);
    if (log < 2) replica.sql('FLUSH LOGS');
  }
  await replica.stop();
  rmSync(relayLogsOf(replica).at(-2) ?? '');
  return [source, replica];
};

/** A CHANGE alone to where the applier was, as one would do without the report. */
const changeAlone = (replica: LiveServer, file: string, position: number) => (): string => {
  const { change, start } = replica.words();
  return replica.sql(`${change({ SOURCE_LOG_FILE: file, SOURCE_LOG_POS: position })}; ${start}`);
};

scenario(
  'the relay log index names a file that is not there: a CHANGE alone is refused, the plan heals',
  async (lab) => {
    const [source, replica] = await withoutRelayLog(lab);
    await replica.start({ still: true });
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'broken-relay-index')).toBeDefined();
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  { rule: 'broken-relay-index' },
);

scenario(
  'a wrong relay position, and a relay log is missing: a CHANGE alone is refused, the plan heals',
  async (lab) => {
    const [source, replica] = await withoutRelayLog(lab);
    await moveRecorded(replica, 'applier', (at) => at + 9);
    await replica.start({ still: true });
    const report = lab.scan([source, replica]);
    const finding = findingOf(report, 'position-off-boundary');
    expect(finding).toMatchObject({ severity: 'high' });
    const [file = '', position] = String(finding?.facts['sourceRecorded']).split(':');
    expect(changeAlone(replica, file, Number(position))).toThrow(REFUSED);
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  { not: { mysql: 'its applier does not start, and shows no place' } },
);

scenario(
  'a loop, and a relay log is missing: the plan notes the position, and ends the loop',
  async (lab) => {
    const members = await ringWithoutThird(lab, {
      ...STATEMENT,
      options: [...STATEMENT.options, '--relay-log-purge=0'],
    });
    const [a] = members;
    await expectGrowing(lab, members, STATEMENT);
    a.sql('FLUSH LOGS; FLUSH LOGS');
    await a.stop();
    rmSync(relayLogsOf(a)[1] ?? '');
    await a.start({ still: true });
    const report = lab.scan(members);
    expect(report.plan.map(({ run }) => run).join()).toMatch(/RESET (?:SLAVE|REPLICA)/);
    let noted: Readonly<Record<string, string>> = {};
    await runPlan(report, members, (run) => {
      if (run.startsWith('RESET')) noted = statusOf(a);
      return run
        .replace("'FILE'", `'${columnOf(noted, 'Relay_Master_Log_File')}'`)
        .replace(/\bPOSITION\b/, String(columnOf(noted, 'Exec_Master_Log_Pos')));
    });
    await expectLoopEnds(lab, members, STATEMENT);
  },
);
