import { expect } from 'vitest';
import { killDumpThread } from '../dump-threads.ts';
import { alarmsOf } from '../healed.ts';
import { caughtUp } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { expectEqualTables } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';

const KILLS = 12;

scenario('the connection breaks again and again: each reconnect is counted', async (lab) => {
  const [source, replica] = await pair(lab, { options: ['--relay-log-purge=0'] });
  for (let i = 0; i < KILLS; i++) {
    await killDumpThread(source, replica);
    writeOrders(source, 10 * i, 2);
  }
  source.sql('FLUSH LOGS');
  await caughtUp(replica, source);
  const report = lab.scan([source, replica]);
  const told = report.context.find(({ kind }) => kind === 'reconnects');
  expect(told?.facts).toMatchObject({
    server: 12,
    counts: { connect: 1, reconnect: KILLS, 'source-rotation': 1 },
  });
  expect(alarmsOf(report)).toEqual([
    expect.stringMatching(`^reconnect-storm: .* reconnected ${KILLS} times `),
  ]);
  expect(report.plan.filter(({ kind }) => kind === 'change')).toEqual([]);
  expectEqualTables(source, replica);
});
