import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { relayLogsOf } from '../damage.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { columnOf, isReplicating, received, statusOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';

/** A relay log that the applier has yet to read was deleted while the replica was down. */
const withoutRelayLog = async (lab: Lab): Promise<readonly [LiveServer, LiveServer, string]> => {
  const [source, replica] = await pair(lab, { options: ['--sync-binlog=1'] });
  replica.sql(replica.words().stopApplier);
  writeOrders(source, 1, 6);
  await received(replica, source);
  replica.sql('FLUSH LOGS');
  writeOrders(source, 7, 6);
  await received(replica, source);
  await replica.stop();
  const logs = relayLogsOf(replica);
  const gone = logs.at(-2) ?? '';
  rmSync(gone);
  return [source, replica, gone];
};

scenario(
  'the relay log index names a file that is not there: a CHANGE alone is refused, the plan heals',
  async (lab) => {
    const [source, replica] = await withoutRelayLog(lab);
    await replica.start();
    expect(isReplicating(replica)).toBe(false);
    const status = statusOf(replica);
    const { change, start, stop } = replica.words();
    expect(() =>
      replica.sql(
        `${stop}; ${change({
          SOURCE_LOG_FILE: columnOf(status, 'Relay_Master_Log_File') ?? '',
          SOURCE_LOG_POS: Number(columnOf(status, 'Exec_Master_Log_Pos')),
        })}; ${start}`,
      ),
    ).toThrow(/1872|1201|13124/);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'broken-relay-index')).toBeDefined();
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  { rule: 'broken-relay-index', not: { mysql: 'keeps its positions in tables' } },
);
