import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { binaryLog, OPENED, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { fixOf, logged, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { index } from '../support/status-files.ts';

/** Where the obvious CHANGE would lose data. */

const ten = received(10);
const at = (i: number) => placeOf(ten, i);
const insideEvent = { offset: at(4).offset - 5, position: at(4).position };

const planOf = async (files: Files) => {
  const { plan, planWithheld } = await reportOf(files, { rules });
  return { run: plan.map((step) => `${step.on}: ${step.run}`), planWithheld };
};

const isChange = (run: string): boolean => run.startsWith('CHANGE');

describe('the source has the executed log no more', () => {
  const source: Files = {
    's/mysql-bin.000007': write(binaryLog({ serverId: 1 })),
    's/mysql-bin.index': index('mysql-bin.000007'),
  };
  const stopped = (relay: RelayLog): RelayLog => relay.stop();

  test('the read position is behind: the applier is started, nothing is changed', async () => {
    const again = received(10);
    const files = replica(stopped(again.relay), { info: at(4), master: at(2) }, source);
    expect(fixOf('receiver-position-behind', files)).toMatchObject({
      withheld: null,
      run: [
        expect.stringMatching(/^cp -a "\$DATADIR"\/relay-bin\.\*/),
        'START SLAVE SQL_THREAD;',
        'SHOW SLAVE STATUS\\G',
      ],
    });
    expect((await planOf(files)).run.some((run) => / CHANGE /.test(run))).toBe(false);
  });

  test('the relay position is wrong: it is set in the relay logs, which stay', () => {
    const files = replica(ten.relay, { info: insideEvent, master: at(10) }, source);
    expect(fixOf('position-off-boundary', files).run.filter(isChange)).toEqual([
      `CHANGE MASTER TO RELAY_LOG_FILE = 'relay-bin.000002', RELAY_LOG_POS = ${at(4).offset};`,
    ]);
  });

  test('applied further than recorded: set behind the last applied one', () => {
    const files = replica(ten.relay, { info: at(2), master: at(10), binlog: logged(7) }, source);
    expect(fixOf('applier-position-behind', files).run.filter(isChange)).toEqual([
      `CHANGE MASTER TO RELAY_LOG_FILE = 'relay-bin.000002', RELAY_LOG_POS = ${at(7).offset};`,
    ]);
  });

  test('the relay log is cut and the applier would begin elsewhere: withheld', () => {
    const bytes = received(10).relay.bytes();
    const files = {
      ...replica(ten.relay, { info: at(2), master: at(10), binlog: logged(7) }, source),
      'r/relay-bin.000002': bytes.subarray(0, at(9).offset - 5),
    };
    const fix = fixOf('applier-position-behind', files);
    expect(fix.run).toEqual([]);
    expect(fix.withheld).toContain('server 1 no longer has mysql-bin.000001');
    expect(fix.withheld).toContain('damaged');
  });
});

describe('the source lost its tail', () => {
  const lost = (): Files => {
    const log = binaryLog({ serverId: 1, at: OPENED });
    times(2, (i) => write(log, transaction(i)));
    return {
      's/mysql-bin.000001': log,
      's/mysql-bin.000002': write(binaryLog({ serverId: 1, at: START + 60 })),
      's/mysql-bin.index': index('mysql-bin.000001', 'mysql-bin.000002'),
    };
  };

  test('while the applier is behind it is drained, and nothing is changed', async () => {
    const files = replica(ten.relay, { info: at(6), master: at(10) }, lost());
    const { run } = fixOf('impossible-source-position', files);
    expect(run.slice(1)).toEqual(['START SLAVE SQL_THREAD;', 'SHOW SLAVE STATUS\\G']);
    expect((await planOf(files)).run.some((line) => / CHANGE /.test(line))).toBe(false);
  });

  test('when all is applied: on with the next log', async () => {
    const files = replica(ten.relay, { info: at(10), master: at(10) }, lost());
    expect((await planOf(files)).run.filter((run) => / CHANGE /.test(run))).toEqual([
      "server 2: CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000002', MASTER_LOG_POS = 4;",
    ]);
    expect(outcomeOf('impossible-source-position', files)).toMatchObject({
      findings: [{ found: { facts: { allApplied: true, transactionsOnlyOnReplica: 10 } } }],
    });
  });
});

describe('a delayed replica keeps its delayed copy', () => {
  const delay = 3600;

  test.each([
    ['position-off-boundary', insideEvent, undefined, 4],
    ['applier-position-behind', at(2), logged(7), 7],
    ['position-mismatch', { offset: at(2).offset, position: at(5).position }, logged(7), 7],
  ])(
    '%s: the offset in the relay log that belongs to the true position',
    (rule, info, binlog, i) => {
      const files = replica(ten.relay, {
        info: { ...info, delay },
        master: at(10),
        ...(binlog ? { binlog } : {}),
      });
      const { run } = fixOf(rule, files);
      expect(run.filter(isChange)).toEqual([
        `CHANGE MASTER TO RELAY_LOG_FILE = 'relay-bin.000002', RELAY_LOG_POS = ${at(i).offset};`,
      ]);
    },
  );

  test('receiver-position-behind: the applier is started, the relay logs stay', () => {
    const files = replica(received(10).relay.stop(), { info: { ...at(4), delay }, master: at(2) });
    expect(fixOf('receiver-position-behind', files).run).toContain('START SLAVE SQL_THREAD;');
  });

  test('MariaDB: with the heartbeat period, which every CHANGE resets', () => {
    const version = VERSION.mariadb;
    const maria = received(10, { version });
    const info = { ...placeOf(maria, 2), delay };
    const master = placeOf(maria, 10);
    const files = replica(maria.relay, { info, master, binlog: logged(7, version), mariadb: true });
    const offset = placeOf(maria, 7).offset;
    expect(fixOf('applier-position-behind', files).run.filter(isChange)).toEqual([
      `CHANGE MASTER TO RELAY_LOG_FILE = 'relay-bin.000002', RELAY_LOG_POS = ${offset}, MASTER_HEARTBEAT_PERIOD = 30.000;`,
    ]);
  });

  test('where the relay log is damaged the delay is given up, and that is said', async () => {
    const bytes = received(10).relay.bytes();
    const files = {
      ...replica(ten.relay, { info: { ...at(2), delay }, master: at(10), binlog: logged(7) }),
      'r/relay-bin.000002': bytes.subarray(0, at(9).offset - 5),
    };
    const outcome = outcomeOf('applier-position-behind', files);
    const [judged] = outcome.status === 'found' ? outcome.findings : [];
    expect(judged?.fix?.steps.map(({ run }) => run).filter(isChange)).toEqual([
      `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${at(7).position};`,
    ]);
    expect(judged?.fix?.sideEffects.join()).toContain('delayed by 3600 s');
  });
});
