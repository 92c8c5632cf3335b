import { expect } from 'vitest';
import { cut, type EventPlace, eventsOf, relayLogsOf } from '../damage.ts';
import { alarmsOf, expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { columnOf, errorsOf, isReplicating, received, statusOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario, type Where } from '../scenario.ts';
import { countOf } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const CUTS_ITSELF: Where = { not: { mysql: 'cuts the torn tail itself: a scenario of its own' } };

/** A replica whose applier stood still and whose newest relay log with changes lost its end, while it was down. */
const withoutTail = async (
  lab: Lab,
  keep: (path: string) => number,
): Promise<readonly [LiveServer, LiveServer]> => {
  const [source, replica] = await pair(lab);
  replica.sql(replica.words().stopApplier);
  writeOrders(source, 1, 20);
  await received(replica, source);
  await replica.stop('SIGKILL');
  const newest = relayLogsOf(replica).at(-1) ?? '';
  cut(newest, keep(newest));
  return [source, replica];
};

/** The event before the last of a transaction in the middle of the file: what it changes. */
const changeOf = (path: string): EventPlace => {
  const events = eventsOf(path);
  const commit = events.findIndex(({ type }, i) => type === XID && i > events.length / 2);
  const change = events[commit - 1];
  if (!change) throw new Error('no transaction to cut');
  return change;
};

const XID = 16;

const insideEvent = (path: string): number => {
  const { offset, size } = changeOf(path);
  return offset + size - 7;
};

/** Between BEGIN and what the transaction changes. */
const insideTransaction = (path: string): number => changeOf(path).offset;

scenario(
  'the relay log lost its tail inside an event, found before the restart: the plan reads it again',
  async (lab) => {
    const [source, replica] = await withoutTail(lab, insideEvent);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'receiver-position-ahead')).toMatchObject({ severity: 'high' });
    await replica.start({ still: true });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  CUTS_ITSELF,
);

scenario(
  'the relay log lost its tail inside an event, on a server that cuts it at start: nothing is to be changed',
  async (lab) => {
    const [source, replica] = await withoutTail(lab, insideEvent);
    const report = lab.scan([source, replica]);
    expect(alarmsOf(report)).toEqual([]);
    expect(report.plan).toEqual([]);
    await replica.start();
    await expectHealed(lab, source, replica);
  },
  {
    not: {
      mariadb: 'stops at it: the scenarios around this one',
      'mysql-5.6': 'stops at it: the scenarios around this one',
      'mysql-5.7': 'stops at it: the scenarios around this one',
    },
  },
);

scenario(
  'the relay log lost its tail inside an event, found after the restart: the plan reads it again',
  async (lab) => {
    const [source, replica] = await withoutTail(lab, insideEvent);
    await replica.start();
    await until('the applier stops at it', () => errorsOf(replica)[1] !== 0);
    // The receiver has asked for what comes after only when something came
    writeOrders(source, 50, 1);
    await received(replica, source);
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'relay-log-gap')).toMatchObject({ facts: { applied: false } });
    await runPlan(report, [source, replica]);
    await expectHealed(lab, source, replica);
  },
  CUTS_ITSELF,
);

scenario(
  'the relay log lost its tail at the end of an event: passed without an error, and no plan; or the applier stops, and the plan reads it again',
  async (lab) => {
    const [source, replica] = await withoutTail(lab, insideTransaction);
    await replica.start();
    writeOrders(source, 50, 3);
    const stops = (): boolean => errorsOf(replica)[1] === 1866;
    const later = 'SELECT COUNT(*) FROM app.orders WHERE id >= 50';
    const passes = (): boolean => replica.sql(later).trim() === '3' && isReplicating(replica);
    // MariaDB 10.11.19 looks for groups of events that lack their end; MySQL 5.6, MariaDB 10.5.23 and 11.8.6 do not
    await until('it is passed, or the applier stops at it', () => stops() || passes());
    if (stops()) {
      const report = lab.scan([source, replica]);
      expect(findingOf(report, 'relay-log-gap')).toMatchObject({ facts: { applied: false } });
      await runPlan(report, [source, replica]);
      await expectHealed(lab, source, replica);
      return;
    }
    expect(columnOf(statusOf(replica), 'Seconds_Behind_Master')).toBe('0');
    expect(countOf(replica, 'app.orders')).toBeLessThan(countOf(source, 'app.orders'));
    const report = lab.scan([source, replica]);
    expect(findingOf(report, 'relay-log-gap')).toMatchObject({
      severity: 'critical',
      facts: { applied: true },
    });
    expect(report.plan).toEqual([]);
    expect(report.planWithheld).toContain('relay-log-gap');
  },
  CUTS_ITSELF,
);
