import { scenario } from '../scenario.ts';
import { expectGrowing, expectLoopEnds, newerPosition, newerPositionTooEarly } from '../loops.ts';
import type { LiveServer } from '../live-server.ts';
import type { Lab } from '../lab.ts';
import { caughtUp } from '../replica-status.ts';
import { passAround, ring } from '../topologies.ts';
import { runPlan } from '../run-plan.ts';

const STATEMENT = {
  options: ['--binlog-format=STATEMENT'],
  write: 'UPDATE app.counters SET n = n + 1 WHERE id = 1',
  count: 'SELECT n FROM app.counters WHERE id = 1',
  facts: { loopingServerId: 13, cause: 'removed-server', tables: ['app.counters'] },
};

const ROW = {
  options: ['--binlog-format=ROW'],
  write: "INSERT INTO app.journal VALUES ('again')",
  count: 'SELECT COUNT(*) FROM app.journal',
  facts: { loopingServerId: 13, cause: 'removed-server', tables: ['app.journal'] },
};

/**
 * A ring of three; the third server leaves while a write of its own is still on its way: nobody drops
 * it any more, and the two that are left pass it round for ever.
 */
const ringWithoutThird = async (
  lab: Lab,
  { options, write }: typeof STATEMENT,
): Promise<readonly [LiveServer, LiveServer]> => {
  const [a, b, c] = (await ring(lab, [11, 12, 13], { options })) as [
    LiveServer,
    LiveServer,
    LiveServer,
  ];
  for (const [i, server] of [a, b, c].entries())
    server.sql(`INSERT INTO app.orders VALUES (${i}, 'x')`);
  await passAround([a, b, c, a]);
  // What the third writes reaches the first alone, and the second only when the ring is closed without it
  b.sql(b.words().stop);
  const from = b.position();
  c.sql(write);
  await caughtUp(a, c);
  a.sql(`${a.words().stop}; ${a.words().resetAll}`);
  await c.stop();
  a.follow(b, { SOURCE_LOG_FILE: from.file, SOURCE_LOG_POS: from.position });
  b.sql(b.words().start);
  return [a, b];
};

for (const [what, loop] of [
  ['a statement', STATEMENT],
  ['a row without a key', ROW],
] as const) {
  scenario(`${what} of a removed server loops: the plan ends it`, async (lab) => {
    const members = await ringWithoutThird(lab, loop);
    const report = await expectGrowing(lab, members, loop);
    await runPlan(report, members);
    await expectLoopEnds(lab, members, loop);
  });
}

scenario(
  'a statement of a removed server loops: a newer position ends it, taken too early it does not',
  async (lab) => {
    const members = await ringWithoutThird(lab, STATEMENT);
    const report = await expectGrowing(lab, members, STATEMENT);
    await newerPositionTooEarly(report, members);
    const again = await expectGrowing(lab, members, STATEMENT);
    await newerPosition(again, members);
    await expectLoopEnds(lab, members, STATEMENT);
  },
);
