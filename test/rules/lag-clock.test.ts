import { describe, expect, test } from 'vitest';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { replicaStatusText, type StatusText, slaveStatusText } from '../support/replica-text.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { CONNECTED, errorLog56, READY56 } from '../support/thread-lines.ts';

const RULE = 'misleading-lag-figure';
const version = VERSION.mysql8030;
const stamp = (seconds: number): number => (START + seconds) * 1e6;

const FAILED =
  '[Warning] "SELECT UNIX_TIMESTAMP()" failed on master, do not trust column Seconds_Behind_Master of SHOW SLAVE STATUS. Error: Query was refused (1148)';
const BACKLOG: StatusText = { position: 400, read: 900, secondsBehind: 3 };
const SOURCE_1 = { more: { Source_Server_Id: 1 } } as const;

const judged = (files: Files) => {
  const { severity, confidence, facts, summary } = foundOf(RULE, files);
  return { severity, confidence, summary, ...(facts as { cause: string }) };
};

/** Server 2's own log: `ahead` by how many seconds server 1 says that it committed later than this one did. */
const skewed = (...ahead: readonly number[]) => {
  const log = binaryLog({ serverId: 2, version });
  for (const [n, seconds] of ahead.entries())
    write(log, { serverId: 1, gno: n + 1, original: stamp(n + seconds), immediate: stamp(n) });
  return log;
};

describe('a receiver that was not told the time', () => {
  const said = (...lines: ReadonlyArray<readonly [number, string]>) =>
    errorLog56(READY56, [10, CONNECTED], ...lines);
  const with56 = (log: string, status: StatusText = BACKLOG): Files => ({
    'r/db.err': log,
    'r/slave-status.txt': slaveStatusText(status),
  });

  test('info, where nothing shows that the clocks differ', () => {
    const found = judged(with56(said([10, FAILED])));
    expect(found).toMatchObject({ severity: 'info', confidence: 'likely', cause: 'clock-unknown' });
    expect(found.summary).toContain('counts no difference of the clocks');
  });

  test('medium, where commit timestamps show that they do', () => {
    const files = {
      'r/db.err': said([10, FAILED]),
      'r/replica-status.txt': replicaStatusText({ ...BACKLOG, ...SOURCE_1 }),
      'r/mysql-bin.000001': skewed(60, 61),
    };
    const found = judged(files);
    expect(found).toMatchObject({ severity: 'medium', cause: 'clock-unknown' });
    expect(found.summary).toContain('the clock of server 1 is ahead by 61 s at least');
  });

  test.each<[string, Files]>([
    ['a later connect asked again', with56(said([10, FAILED], [40, CONNECTED]))],
    ['all is applied: 0 is right', with56(said([10, FAILED]), { position: 900, read: 900 })],
    [
      'the question was lost with the connection, and asked again',
      with56(
        said([
          10,
          '[Warning] Slave I/O: Get master clock failed with error: Lost, Error_code: 2013',
        ]),
      ),
    ],
  ])('clear: %s', (_name, files) => {
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

describe('an origin whose clock is ahead of the source’s', () => {
  /** From source 1, which passes on what server 3 wrote. */
  const passedOn = (ahead: number, negative = 4) => {
    const relay = new RelayLog({ version }).connect({ source: 1 });
    times(4, (n) =>
      relay.write({
        serverId: 3,
        gno: n + 1,
        original: stamp(n + (n < negative ? ahead : -1)),
        immediate: stamp(n),
      }),
    );
    return relay;
  };
  const files = (relay: RelayLog, status: StatusText = BACKLOG): Files => ({
    'r/relay-bin.000002': relay,
    'r/replica-status.txt': replicaStatusText({ ...status, ...SOURCE_1 }),
  });

  test('medium from the time on that an alarm waits for', () => {
    const found = judged(files(passedOn(100)));
    expect(found).toMatchObject({
      severity: 'medium',
      confidence: 'likely',
      cause: 'origin-clock',
    });
    expect(found.summary).toContain('the clock of server 3 is ahead by 100 s at least');
    expect(judged(files(passedOn(10)))).toMatchObject({ severity: 'info', cause: 'origin-clock' });
  });

  test.each<[string, Files]>([
    ['less than clocks are apart anywhere', files(passedOn(2))],
    ['one stamp that somebody set', files(passedOn(100, 1))],
    ['all is applied', files(passedOn(100), { position: 900, read: 900 })],
    ['a figure that alarms anyway', files(passedOn(100), { ...BACKLOG, secondsBehind: 400 })],
  ])('clear: %s', (_name, given) => {
    expect(outcomeOf(RULE, given).status).toBe('clear');
  });
});

test('clocks that differ from the direct source’s: whether one was set since the connect is not assessed', () => {
  const status = { 'r/replica-status.txt': replicaStatusText({ ...BACKLOG, ...SOURCE_1 }) };
  expect(outcomeOf(RULE, { ...status, 'r/mysql-bin.000001': skewed(60, 61) })).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('the time of both hosts at one moment')],
  });
  expect(outcomeOf(RULE, { ...status, 'r/mysql-bin.000001': skewed(-1, -2) }).status).toBe('clear');
});
