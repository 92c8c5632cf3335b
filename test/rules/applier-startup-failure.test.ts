import { describe, expect, test } from 'vitest';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { foundOf, placeOf, received, replica, wholeFixOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { index } from '../support/status-files.ts';
import { errorLog56, errorLog97, READY56, slaveStatus, spoken } from '../support/thread-lines.ts';

const RULE = 'applier-startup-failure';

const OPEN = (log: string): string =>
  `[ERROR] Failed to open the relay log './${log}' (relay_log_pos 700).`;
const NO_STRUCTURE = '[ERROR] Failed to initialize the master info structure';
const REFUSED =
  '[ERROR] Slave SQL: Slave failed to initialize relay log info structure from the repository, Error_code: 1872';
const NO_THREADS = '[ERROR] Failed to create slave threads';
const STARTS =
  "[Note] Slave SQL thread initialized, starting replication in log 'mysql-bin.000001' at position 700, relay log './relay-bin.000002' position: 4";
const READY: readonly [number, string] = [3, READY56[1]];

const four = received(4);
const at = placeOf(four, 2);
const log = (...lines: ReadonlyArray<readonly [number, string]>): Files => ({
  'r/db.err': errorLog56(READY56, ...lines),
});
/** A replica that stands behind two of four transactions, and what it says. */
const saying = (said: Files, more: Files = {}): Files =>
  replica(four.relay, { info: at, master: placeOf(four, 4) }, { ...said, ...more });
const atStart = log([1, OPEN('relay-bin.000002')], [1, NO_STRUCTURE], READY);

test('a server that is ready behind these lines refuses START all the same: critical', () => {
  expect(foundOf(RULE, saying(atStart))).toMatchObject({
    severity: 'critical',
    confidence: 'proven',
    facts: { relayLog: 'relay-bin.000002', standing: 'stands' },
  });
});

test('a START that was tried later adds its error, and takes no line of the start away', () => {
  const found = foundOf(
    RULE,
    saying(log([1, OPEN('relay-bin.000002')], [1, NO_STRUCTURE], READY, [9, REFUSED])),
  );
  expect(found.at).toHaveLength(3);
  expect(found.facts).toMatchObject({ relayLog: 'relay-bin.000002', errorNumber: 1872 });
});

describe('why', () => {
  const newer = new RelayLog({ at: START + 600 });

  test('the logs go by another name now', () => {
    const files = saying(atStart, {
      'r/relay-bin.index': index('relay-bin.000002'),
      'r/new-relay-bin.000001': newer,
      'r/new-relay-bin.index': index('new-relay-bin.000001'),
    });
    const found = foundOf(RULE, files);
    expect(found.facts).toMatchObject({ cause: 'renamed', newBase: 'new-relay-bin' });
    const { steps, sideEffects } = wholeFixOf(RULE, files);
    const run = steps.map((step) => step.run);
    expect(run.indexOf('RESET SLAVE;')).toBeGreaterThan(0);
    expect(run[run.indexOf('RESET SLAVE;') + 1]).toContain(`MASTER_LOG_POS = ${at.position}`);
    expect(sideEffects.join()).toContain('set back to the name of relay-bin.000002');
  });

  test('logs of an older name are no reason', () => {
    const files = saying(atStart, { 'r/old-relay-bin.000001': new RelayLog({ at: START - 600 }) });
    expect(foundOf(RULE, files).facts).toMatchObject({ cause: 'unknown', newBase: null });
  });

  test('the log is not there: the recorded position is an alternative, behind a RESET', () => {
    const files: Files = {
      ...replica(new RelayLog({ at: START + 600 }), {
        info: { ...at, file: 'relay-bin.000007' },
        master: placeOf(four, 4),
      }),
      ...log([1, OPEN('relay-bin.000007')], READY),
    };
    expect(foundOf(RULE, files).facts).toMatchObject({ cause: 'missing' });
    const fix = wholeFixOf(RULE, files);
    expect(fix.steps).toEqual([]);
    const run = fix.alternatives[0]?.steps.map((step) => step.run) ?? [];
    expect(run).toContain('RESET SLAVE;');
    expect(run).toContainEqual(expect.stringContaining(`MASTER_LOG_POS = ${at.position}`));
  });

  test('the log is there, and the index does not name it', () => {
    const files = saying(atStart, { 'r/relay-bin.index': index('relay-bin.000003') });
    const unlisted = { ...files, 'r/relay-bin.000003': new RelayLog({ at: START + 600 }) };
    expect(foundOf(RULE, unlisted).facts).toMatchObject({ cause: 'unlisted' });
  });

  test('there is no relay-log.info: no position is made up', () => {
    const files = replica(
      four.relay,
      { master: placeOf(four, 4) },
      log([1, REFUSED], [1, NO_THREADS], READY),
    );
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'critical',
      facts: { cause: 'no-record' },
    });
    expect(wholeFixOf(RULE, files)).toMatchObject({ steps: [], alternatives: [] });
  });
});

describe('is not taken for more than it is', () => {
  test('an applier that began since ends it: low, and nothing to do', () => {
    const files = saying(log([1, OPEN('relay-bin.000002')], READY, [60, STARTS]));
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'low', facts: { standing: 'over' } });
  });

  test('another start behind it, of which nothing is said: medium at most', () => {
    const files = saying(
      log(
        [1, OPEN('relay-bin.000002')],
        READY,
        [50, '[Note] /usr/sbin/mysqld: Normal shutdown'],
        [60, READY56[1]],
      ),
    );
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'medium', confidence: 'possible' });
  });

  test('a relay log that is there and damaged is a matter of its own', () => {
    const bytes = Buffer.from(four.relay.bytes());
    bytes[0] = 0;
    const files = { ...saying(atStart), 'r/relay-bin.000002': bytes };
    expect(outcomeOf(RULE, files).status).toBe('clear');
    expect(outcomeOf('corrupt-event', files).status).toBe('found');
  });

  test('threads that cannot be made for another reason are no matter of relay logs', () => {
    expect(outcomeOf(RULE, saying(log([1, NO_THREADS], READY))).status).toBe('clear');
  });
});

test('by a status text alone', () => {
  const status = slaveStatus({
    Slave_IO_Running: 'No',
    Slave_SQL_Running: 'No',
    Last_SQL_Errno: 1872,
    Last_SQL_Error: 'Slave failed to initialize relay log info structure from the repository',
  });
  expect(foundOf(RULE, spoken({ status }))).toMatchObject({
    severity: 'critical',
    facts: { errorNumber: 1872 },
  });
});

describe('a log without notes would not show a later start', () => {
  const FAILED = Date.UTC(2023, 10, 15, 10, 0, 1) * 1000;
  const committed = (seconds: number): Files => {
    const binlog = binaryLog({ serverId: 2, version: VERSION.mysql8030 });
    const immediate = FAILED + seconds * 1e6;
    write(binlog, { serverId: 1, original: immediate - 500_000, immediate });
    const line = `[ERROR] [MY-010544] [Repl] Failed to open the relay log './relay-bin.000002' (relay_log_pos 700).`;
    return replica(
      four.relay,
      { info: at, master: placeOf(four, 4), binlog },
      { 'r/db.err': errorLog97([1, line]) },
    );
  };

  test('what the applier committed a moment later does: low', () => {
    expect(foundOf(RULE, committed(2))).toMatchObject({
      severity: 'low',
      facts: { standing: 'over' },
    });
  });

  test('what it committed before does not: critical', () => {
    expect(foundOf(RULE, committed(-2))).toMatchObject({ severity: 'critical' });
  });
});
