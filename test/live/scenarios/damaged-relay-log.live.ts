import { expect } from 'vitest';
import { busiestRelayLog, cut, type EventPlace, eventsOf, flipByte, overwrite } from '../damage.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import { errorsOf, received } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

interface Damage {
  readonly what: string;
  readonly rule: string;
  readonly to: (path: string, event: EventPlace) => void;
}

const DAMAGES: readonly Damage[] = [
  {
    what: 'a flipped byte',
    rule: 'corrupt-event',
    to: (path, { offset, size }) => flipByte(path, offset + size - 10),
  },
  {
    what: 'a zeroed block',
    rule: 'corrupt-event',
    to: (path, { offset }) => overwrite(path, offset - 40, new Uint8Array(512)),
  },
  {
    what: 'a relay log cut inside an event',
    rule: 'truncated-log',
    to: (path, { offset, size }) => cut(path, offset + Math.floor(size / 2)),
  },
];

for (const { what, rule, to } of DAMAGES) {
  const story = `${what} behind the executed position: the plan reads it again`;
  const tell = async (lab: Lab): Promise<void> => {
    const [source, replica] = await pair(lab);
    replica.sql(replica.words().stopApplier);
    writeOrders(source, 1, 20);
    await received(replica, source);
    // A MySQL of today checks its relay logs at start: done to one that the receiver has left
    replica.sql('FLUSH RELAY LOGS');
    const { path, events } = busiestRelayLog(replica);
    const middle = events[Math.floor(events.length / 2)];
    if (!middle) throw new Error('no event to damage');
    to(path, middle);
    expect(eventsOf(path).length).toBeGreaterThan(5);

    replica.sql(replica.words().startApplier);
    await until('the applier stops at it', () => errorsOf(replica)[1] !== 0);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, rule)).toMatchObject({ facts: { applied: false } });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  };
  scenario(story, tell);
}
