import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Report, ReportFinding } from '../../src/report/report.ts';
import type { Lab } from './lab.ts';
import type { LiveServer } from './live-server.ts';
import { caughtUp, isReplicating } from './replica-status.ts';
import { countOf, expectEqualTables } from './tables.ts';
import { writeOrders } from './topologies.ts';
import { until } from './until.ts';

const ALARMING = new Set(['critical', 'high', 'medium']);

export const findingOf = (report: Report, rule: string): ReportFinding | undefined =>
  report.findings.find((finding) => finding.rule === rule);

/** What a person on call would act upon. */
export const alarmsOf = ({ findings }: Report): readonly string[] =>
  findings
    .filter(({ severity }) => ALARMING.has(severity))
    .map(({ rule, title }) => `${rule}: ${title}`);

/** Milliseconds after which nothing that a failed applier commits was under way when it failed. */
const WORKERS_END = 11_000;

/**
 * Does its error log tell of an applier that failed, and of no start of it? MySQL 8 and later log no
 * notes by default. What shows there that it goes on are the times of later commits.
 */
const keepsNoNotes = ({ datadir, driver }: LiveServer): boolean =>
  driver.family === 'mysql' &&
  /\[ERROR\] \[MY-\d+\] \[Repl\] Replica SQL/.test(
    readFileSync(join(datadir, 'server.err'), 'utf8'),
  );

/** Both threads run, positions advance, the tables agree, and a second scan has nothing to alarm about. */
export const expectHealed = async (
  lab: Lab,
  source: LiveServer,
  replica: LiveServer,
  connection = '',
): Promise<void> => {
  await until(`server ${replica.id} replicates`, () => isReplicating(replica, connection));
  await caughtUp(replica, source, connection);
  if (keepsNoNotes(replica)) await sleep(WORKERS_END);
  writeOrders(source, 100_000 + countOf(source, 'app.orders'), 3);
  await caughtUp(replica, source, connection);
  expectEqualTables(source, replica);
  expect(alarmsOf(lab.scan([source, replica]))).toEqual([]);
};
