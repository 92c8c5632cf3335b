import { expect } from 'vitest';
import { alarmsOf } from '../healed.ts';
import { received } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { countOf } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';

scenario('a replica that lags on purpose: said, and nothing is to be changed', async (lab) => {
  const [source, replica] = await pair(lab);
  const { stop, change, start } = replica.words();
  replica.sql(`${stop}; ${change({ SOURCE_DELAY: 3600 })}; ${start}`);
  writeOrders(source, 1, 10);
  await received(replica, source);
  expect(countOf(replica, 'app.orders')).toBe(0);
  const report = lab.scan([source, replica]);
  expect(alarmsOf(report)).toEqual([]);
  expect(report.plan).toEqual([]);
  if (lab.driver.statusTexts['show-replica-status.txt'] === undefined)
    expect(report.context.find(({ kind }) => kind === 'delayed-replica')?.facts).toMatchObject({
      delaySeconds: 3600,
    });
});
