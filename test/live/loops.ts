import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import type { Alternative } from '../../src/rules/finding.ts';
import { findingOf } from './healed.ts';
import type { Lab } from './lab.ts';
import type { LiveServer } from './live-server.ts';
import { caughtUp, isReplicating, received } from './replica-status.ts';
import { runSteps } from './run-plan.ts';
import { checksumOf, differingTables } from './tables.ts';
import { writeOrders } from './topologies.ts';
import { until } from './until.ts';

type Members = readonly [LiveServer, LiveServer];

export interface Loop {
  /** Answers with a number that grows with each lap. */
  readonly count: string;
  readonly facts: Readonly<Record<string, unknown>> & { readonly tables: readonly string[] };
}

const countOn = (server: LiveServer, { count }: Loop): number => Number(server.sql(count));

/** The write goes round, and a scan of both members says so. */
export const expectGrowing = async (lab: Lab, members: Members, loop: Loop): Promise<Report> => {
  const [a] = members;
  const before = countOn(a, loop);
  await until('the write goes round', () => countOn(a, loop) > before + 20);
  // MySQL 5.6 shows laps by an exec_time that grows, in whole seconds
  await sleep(2000);
  const report = lab.scan(members);
  expect(findingOf(report, 'foreign-server-id-loop')).toMatchObject({
    severity: 'critical',
    confidence: 'proven',
    facts: { ...loop.facts, running: true },
  });
  return report;
};

/** Counters stand still, own writes still go both ways, no table differs that was not named, and the second scan calls it over. */
export const expectLoopEnds = async (lab: Lab, members: Members, loop: Loop): Promise<void> => {
  const [a, b] = members;
  await until('both replicate', () => members.every((server) => isReplicating(server)));
  await caughtUp(a, b);
  await caughtUp(b, a);
  const before = members.map((server) => countOn(server, loop));
  // What a report calls over has been quiet for a while, and the log has gone on
  await sleep(2500);
  expect(members.map((server) => countOn(server, loop))).toEqual(before);
  writeOrders(a, 1100, 5);
  await caughtUp(b, a);
  writeOrders(b, 1200, 5);
  await caughtUp(a, b);
  expect(checksumOf(a, 'app.orders')).toBe(checksumOf(b, 'app.orders'));
  const named = new Set(loop.facts.tables);
  expect(differingTables(a, b).filter((table) => !named.has(table))).toEqual([]);
  const again = findingOf(lab.scan(members), 'foreign-server-id-loop');
  expect(again?.facts['running'] ?? false).toBe(false);
};

const newerPositionOf = (report: Report): Alternative => {
  const fix = findingOf(report, 'foreign-server-id-loop')?.fix;
  const found = fix?.alternatives.find(({ title }) => title.startsWith('a newer position of'));
  if (!found) throw new Error('the report names no newer position as an alternative');
  return found;
};

/** The peer's own position stands in place of FILE and POSITION, as the report says. */
const filled = (alternative: Alternative, at: LiveServer) => (run: string) => {
  const { file, position } = at.position();
  expect(alternative.steps.some((step) => /\bPOSITION\b/.test(step.run))).toBe(true);
  return run.replace("'FILE'", `'${file}'`).replace(/\bPOSITION\b/, String(position));
};

const sidesOf = (
  alternative: Alternative,
  members: Members,
): { on: LiveServer; peer: LiveServer } => {
  const on = members.find(({ id }) => alternative.steps[0]?.on === `server ${id}`);
  const peer = members.find((server) => server !== on);
  if (!on || !peer) throw new Error('the alternative names none of the members');
  return { on, peer };
};

/** The alternative by hand: stop, wait until the peer stands still, its position, start. */
export const newerPosition = async (report: Report, members: Members): Promise<void> => {
  const alternative = newerPositionOf(report);
  const { on, peer } = sidesOf(alternative, members);
  const [stop, ...rest] = alternative.steps;
  if (!stop) throw new Error('no steps');
  await runSteps([stop], members);
  await caughtUp(peer, on);
  const seen = peer.position();
  await sleep(500);
  expect(peer.position()).toEqual(seen);
  await runSteps(rest, members, filled(alternative, peer));
};

/** The same without waiting: what loops is still in the peer's relay logs when its position is read. */
export const newerPositionTooEarly = async (report: Report, members: Members): Promise<void> => {
  const alternative = newerPositionOf(report);
  const { on, peer } = sidesOf(alternative, members);
  const [stop, ...rest] = alternative.steps;
  if (!stop) throw new Error('no steps');
  peer.sql(peer.words().stopApplier);
  await caughtUp(on, peer);
  await received(peer, on);
  await runSteps([stop], members);
  await runSteps(rest, members, filled(alternative, peer));
  peer.sql(peer.words().startApplier);
};
