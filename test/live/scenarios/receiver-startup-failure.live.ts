import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Driver } from '../drivers/driver.ts';
import { expectHealed, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import { type LiveServer, USER } from '../live-server.ts';
import { Proxy } from '../proxy.ts';
import { caughtUp, columnOf, errorsOf, statusOf } from '../replica-status.ts';
import { runPlan } from '../run-plan.ts';
import { scenario } from '../scenario.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const RULE = 'receiver-startup-failure';
/** Seconds that the receiver waits for an answer. */
const TIMEOUT = 2;

/** A replica whose line to its source can lose answers. */
const behindProxy = async (
  lab: Lab,
  driver: Driver,
): Promise<readonly [source: LiveServer, replica: LiveServer, line: Proxy]> => {
  const [source, replica] = await pair(lab, {
    options: [
      `--slave-net-timeout=${TIMEOUT}`,
      driver.family === 'mysql' ? '--log-error-verbosity=3' : '--log-warnings=2',
    ],
  });
  const line = await Proxy.before(source.port);
  const { change, start, stop } = driver.words;
  // MySQL of today and MariaDB from 11.4 ask for TLS, through which nobody reads the questions
  const publicKey = driver.family === 'mysql' ? { GET_SOURCE_PUBLIC_KEY: 1 } : {};
  // A change of the port forgets the position
  const { file, position } = source.position();
  const options = {
    SOURCE_PORT: line.port,
    SOURCE_LOG_FILE: file,
    SOURCE_LOG_POS: position,
    SOURCE_HEARTBEAT_PERIOD: 1,
    SOURCE_SSL: 0,
    ...publicKey,
  };
  replica.sql(`${stop}; ${change(options)}; ${start}`);
  writeOrders(source, 1, 5);
  await caughtUp(replica, source);
  return [source, replica, line];
};

/** Queries that the replica's account may send in an hour; 0 for any number. */
const limitQueries = (source: LiveServer, { family }: Driver, limit: number): void => {
  // The account that MySQL 5.6 takes for a replica on this machine
  const [begin, host] =
    family === 'mysql-5.6' ? ['GRANT USAGE ON *.* TO', '127.0.0.1'] : ['ALTER USER', '%'];
  source.sql(
    `${begin} '${USER}'@'${host}' WITH MAX_QUERIES_PER_HOUR ${limit}; FLUSH USER_RESOURCES`,
  );
};

/** How often a question without an answer is in the replica's error log. */
const unansweredIn = ({ datadir }: LiveServer): number =>
  readFileSync(join(datadir, 'server.err'), 'utf8').split(' SERVER_ID failed with error').length -
  1;

const receiverRuns = (replica: LiveServer): string | undefined =>
  columnOf(statusOf(replica), 'Slave_IO_Running');

scenario(
  'answers to the first questions get lost, and the receiver stops: the plan starts it',
  async (lab, driver) => {
    const [source, replica, line] = await behindProxy(lab, driver);
    try {
      await line.fail(/LIKE 'SERVER_ID'/, 'no-answer');
      writeOrders(source, 10, 5);
      await until('the receiver stops', () => receiverRuns(replica) === 'No');
      expect(errorsOf(replica)[0]).toBe(1159);
      await line.fail(/SET @master_heartbeat_period/, 'no-answer');
      replica.sql(driver.words.startReceiver);
      await until('the receiver stops again', () => errorsOf(replica)[0] === 1593);
      await until('it has ended', () => receiverRuns(replica) === 'No');
      const report = lab.scan([source, replica]);
      expect(findingOf(report, RULE)).toMatchObject({
        severity: 'high',
        confidence: 'proven',
        facts: {
          class: 'no-answer',
          state: 'stopped',
          errorCode: 1593,
          question: '@master_heartbeat_period',
          linesInAll: 2,
        },
      });
      await line.heal();
      await runPlan(report, [source, replica]);
      await expectHealed(lab, source, replica);
    } finally {
      await line.close();
    }
  },
  {
    rule: RULE,
    not: {
      mariadb: 'connects again by itself',
      'mysql-5.7': 'connects again by itself',
      mysql: 'connects again by itself',
    },
  },
);

scenario(
  'answers to the first questions get lost, and the receiver connects again: nothing is to be run',
  async (lab, driver) => {
    const [source, replica, line] = await behindProxy(lab, driver);
    try {
      await line.fail(/SERVER_ID/i, 'no-answer');
      writeOrders(source, 10, 5);
      await until('two answers are lost', () => unansweredIn(replica) >= 2);
      await line.heal();
      const report = lab.scan([source, replica]);
      const found = findingOf(report, RULE);
      expect(found?.facts).toMatchObject({ class: 'no-answer', errorCode: 1159 });
      expect(['trying', 'tried-again', 'unclear']).toContain(found?.facts['state']);
      expect(
        report.plan.filter(
          ({ kind, findings }) => kind === 'change' && findings.includes(found?.fingerprint ?? ''),
        ),
      ).toEqual([]);
      await expectHealed(lab, source, replica);
    } finally {
      await line.close();
    }
  },
  { rule: RULE, not: { 'mysql-5.6': 'stops for good' } },
);

scenario(
  'the source refuses a question, and the receiver stops: put right there, the plan starts it',
  async (lab, driver) => {
    const [source, replica, line] = await behindProxy(lab, driver);
    try {
      limitQueries(source, driver, 2);
      await line.cut();
      await until('the receiver stops', () => errorsOf(replica)[0] === 1226);
      await until('it has ended', () => receiverRuns(replica) === 'No');
      writeOrders(source, 10, 5);
      const report = lab.scan([source, replica]);
      expect(findingOf(report, RULE)).toMatchObject({
        severity: 'high',
        facts: { class: 'refused', state: 'stopped', errorCode: 1226 },
      });
      limitQueries(source, driver, 0);
      await runPlan(report, [source, replica]);
      await expectHealed(lab, source, replica);
    } finally {
      await line.close();
    }
  },
  { rule: RULE },
);
