import { expectGrowing, expectLoopEnds, newerPosition, newerPositionTooEarly } from '../loops.ts';
import { ROW, ringWithoutThird, STATEMENT } from '../removed-server.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';

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
