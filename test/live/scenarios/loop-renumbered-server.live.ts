import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { expectGrowing, expectLoopEnds, newerPosition } from '../loops.ts';
import { caughtUp, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { ring, writeOrders } from '../topologies.ts';

const LOOP = {
  count: 'SELECT n FROM app.counters WHERE id = 1',
  facts: {
    loopingServerId: 11,
    cause: 'renumbered-server',
    renumberedTo: 21,
    tables: ['app.counters'],
  },
};

/** A ring of two; one member gets another id while a write under its old one is with the other. */
const ringWithRenumbered = async (lab: Lab): Promise<readonly [LiveServer, LiveServer]> => {
  const [a, b] = (await ring(lab, [11, 12], { options: ['--binlog-format=STATEMENT'] })) as [
    LiveServer,
    LiveServer,
  ];
  // MySQL of today keeps a position only with what it applies: without this the renumbered server
  // would begin with all it ever wrote itself, and stop at its first CREATE (1007)
  writeOrders(b, 1, 1);
  await caughtUp(a, b);
  b.sql(b.words().stopApplier);
  a.sql('UPDATE app.counters SET n = n + 1 WHERE id = 1');
  await received(b, a);
  await a.stop();
  await a.start({ id: 21 });
  b.sql(b.words().startApplier);
  return [a, b];
};

scenario('a renumbered server does not know its own write: the plan ends the loop', async (lab) => {
  const members = await ringWithRenumbered(lab);
  const report = await expectGrowing(lab, members, LOOP);
  await runPlan(report, members);
  await expectLoopEnds(lab, members, LOOP);
});

scenario(
  'a renumbered server does not know its own write: a newer position ends the loop',
  async (lab) => {
    const members = await ringWithRenumbered(lab);
    const report = await expectGrowing(lab, members, LOOP);
    await newerPosition(report, members);
    await expectLoopEnds(lab, members, LOOP);
  },
);
