import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { RelayLog, START, times, VERSION } from '../support/relay-log.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';

const RULE = 'reconnect-storm';

interface Storm {
  readonly reconnects?: number;
  /** Seconds from one to the next. */
  readonly every?: number;
  /** Without an event between them. */
  readonly idle?: boolean;
  /** The receiver is started each time. */
  readonly started?: boolean;
  readonly firstFile?: number;
  readonly version?: string;
}

const name = (n: number): string => `r/relay-bin.${String(n).padStart(6, '0')}`;

const storm = ({
  reconnects = 12,
  every = 2,
  idle = false,
  started = false,
  firstFile = 2,
  version = VERSION.mysql56,
}: Storm = {}): Files => {
  const files: Record<string, RelayLog> = {};
  times(reconnects + 1, (i) => {
    const at = START + i * every;
    const log = new RelayLog({ version, at: started ? at : START }).connect({
      position: 500 + i * 300,
      opened: START - 5,
    });
    if (!idle || i === 0 || i === reconnects) log.write({ at: at + 1 });
    files[name(firstFile + i)] = log.rotate('relay-bin.000099');
  });
  return { ...files, 'r/master.info': masterInfo({ position: 9000 }) };
};

const found = (files: Files) => {
  const outcome = outcomeOf(RULE, files);
  return outcome.status === 'found' ? outcome.findings.map((one) => one.found) : [];
};

describe('found', () => {
  test('a clock that is behind the logs shortens nothing', () => {
    const outcome = outcomeOf(RULE, storm({ idle: true }), { now: new Date(0) });
    expect(outcome).toMatchObject({
      findings: [{ found: { title: 'The I/O thread reconnected 12 times within 24 s' } }],
    });
  });

  test('twelve in half a minute: medium, with their number and their rhythm', () => {
    expect(found(storm())).toMatchObject([
      {
        severity: 'medium',
        confidence: 'likely',
        title: 'The I/O thread reconnected 12 times within 24 s',
        facts: {
          reconnects: 12,
          everySeconds: 2,
          pattern: 'another-receiver-or-killed',
          byCause: { 'in-traffic': 12, idle: 0 },
        },
      },
    ]);
  });

  test('a hundred within an hour: high', () => {
    expect(found(storm({ reconnects: 100, every: 30 }))).toMatchObject([
      { severity: 'high', facts: { reconnects: 100 } },
    ]);
  });

  test('a hundred within a day: medium', () => {
    expect(found(storm({ reconnects: 100, every: 600 }))).toMatchObject([{ severity: 'medium' }]);
  });

  test('on a quiet source: a timeout, or whatever cuts quiet connections', () => {
    expect(found(storm({ idle: true, every: 40 }))).toMatchObject([
      { severity: 'medium', facts: { pattern: 'idle', byCause: { idle: 11 } } },
    ]);
  });

  test('a receiver started again and again is low: somebody does it', () => {
    expect(found(storm({ started: true }))).toMatchObject([
      {
        severity: 'low',
        title: 'The I/O thread was started anew 12 times within 22 s',
        facts: { pattern: 'receiver-restarted' },
      },
    ]);
  });
});

describe('clear', () => {
  test.each<[string, Files]>([
    ['nine in ten minutes', storm({ reconnects: 9 })],
    ['some over months', storm({ reconnects: 60, every: 100_000 })],
    ['a receiver started some times', storm({ started: true, every: 3600 })],
  ])('%s', (_name, files) => {
    expect(outcomeOf(RULE, { ...files, [name(1)]: new RelayLog() }).status).toBe('clear');
  });

  test('rotations by size are none, however many', () => {
    const files: Record<string, RelayLog> = { [name(1)]: new RelayLog().connect().write() };
    times(40, (i) => {
      files[name(2 + i)] = new RelayLog().copyOfFormat({ position: 500 + i * 300 }).write();
    });
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });

  test('rotations of the source are none', () => {
    const files: Record<string, RelayLog> = {};
    times(20, (i) => {
      const log = (n: number) => `mysql-bin.${String(n).padStart(6, '0')}`;
      files[name(1 + 2 * i)] = new RelayLog()
        .connect({ file: log(i + 1), opened: START + i })
        .write({ at: START + i });
      files[name(2 + 2 * i)] = new RelayLog().events((built) =>
        built.rotate(log(i + 2), 4, { serverId: 1, logPos: 900 }),
      );
    });
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

test('a few relay logs of a purged chain are no history', () => {
  const files = storm({ reconnects: 2, firstFile: 700 });
  expect(outcomeOf(RULE, files)).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('relay_log_purge')],
  });
});

test('the plan looks, and changes nothing', async () => {
  const { plan } = await reportOf(storm(), { rules });
  expect(plan.map(({ kind }) => kind)).toEqual(['check', 'check', 'check']);
  expect(plan.map(({ on, run }) => `${on}: ${run}`)).toContain('server 1: SHOW SLAVE HOSTS;');
});

test('a clock behind the logs makes no burst of what is far apart', () => {
  const files = storm({ reconnects: 60, every: 100_000 });
  expect(outcomeOf(RULE, files, { now: new Date('2000-01-01T00:00:00Z') }).status).toBe('clear');
});
