import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { checksumOf, type Lab } from '../lab.ts';
import { type LiveServer, until } from '../live-server.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from './scenario.ts';

/**
 * A ring of three; the third server leaves while a write of its own is still on its way: nobody drops
 * it any more, and the two that are left pass it round for ever.
 */
const ringWithoutThird = async (
  lab: Lab,
  options: readonly string[],
  write: string,
): Promise<readonly [LiveServer, LiveServer]> => {
  const [a, b, c] = [
    await lab.server(11, options),
    await lab.server(12, options),
    await lab.server(13, options),
  ];
  b.follow(a);
  c.follow(b);
  a.follow(c);
  a.sql(
    'CREATE DATABASE app; CREATE TABLE app.counters (id INT PRIMARY KEY, n INT); INSERT INTO app.counters VALUES (1, 0); CREATE TABLE app.journal (txt VARCHAR(50)); CREATE TABLE app.orders (id INT PRIMARY KEY, w VARCHAR(20))',
  );
  await lab.caughtUp(b, a);
  await lab.caughtUp(c, b);
  await lab.caughtUp(a, c);
  for (const [i, server] of [a, b, c].entries())
    server.sql(`INSERT INTO app.orders VALUES (${i}, 'x')`);
  await lab.caughtUp(b, a);
  await lab.caughtUp(c, b);
  await lab.caughtUp(a, c);
  // What the third writes reaches the first alone, and the second only when the ring is closed without it
  b.sql(b.driver.words.stop);
  const from = b.position();
  c.sql(write);
  await lab.caughtUp(a, c);
  a.sql(`${a.driver.words.stop}; ${resetAll(a)}`);
  await c.stop();
  a.follow(b, { SOURCE_LOG_FILE: from.file, SOURCE_LOG_POS: from.position });
  b.sql(b.driver.words.start);
  return [a, b];
};

const resetAll = ({ driver }: LiveServer): string =>
  driver.words.stop.includes('REPLICA') ? 'RESET REPLICA ALL' : 'RESET SLAVE ALL';

const loopOf = (report: ReturnType<Lab['scan']>) =>
  report.findings.find(({ rule }) => rule === 'foreign-server-id-loop');

const stops = async (lab: Lab, [a, b]: readonly LiveServer[], counter: string): Promise<void> => {
  if (!a || !b) throw new Error('no members');
  const count = (server: LiveServer): number => Number(server.sql(counter));
  await until('the write goes round', () => count(a) > 20);
  const report = lab.scan(a, b);
  expect(loopOf(report)).toMatchObject({
    severity: 'critical',
    confidence: 'proven',
    facts: { loopingServerId: 13, cause: 'removed-server', running: true },
  });
  await runPlan(report, [a, b]);
  await until('both replicate', () => a.isReplicating && b.isReplicating);
  const before = [count(a), count(b)];
  await sleep(1500);
  expect([count(a), count(b)]).toEqual(before);
  // Own writes still reach the other
  a.sql("INSERT INTO app.orders VALUES (100, 'after')");
  await lab.caughtUp(b, a);
  b.sql("INSERT INTO app.orders VALUES (101, 'after')");
  await lab.caughtUp(a, b);
  expect(checksumOf(a, 'app.orders')).toBe(checksumOf(b, 'app.orders'));
  const again = loopOf(lab.scan(a, b));
  expect(again?.facts['running'] ?? false).toBe(false);
};

scenario('a statement of a removed server: the plan stops the loop', async (lab) => {
  const members = await ringWithoutThird(
    lab,
    ['--binlog-format=STATEMENT'],
    'UPDATE app.counters SET n = n + 1 WHERE id = 1',
  );
  await stops(lab, members, 'SELECT n FROM app.counters WHERE id = 1');
});

scenario('a row without a key: the plan stops the loop', async (lab) => {
  const members = await ringWithoutThird(
    lab,
    ['--binlog-format=ROW'],
    "INSERT INTO app.journal VALUES ('again')",
  );
  await stops(lab, members, 'SELECT COUNT(*) FROM app.journal');
});
