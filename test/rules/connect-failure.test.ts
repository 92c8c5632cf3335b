import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { fixOf, foundOf } from '../support/replica.ts';
import { findingOf, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';
import {
  CONNECTED,
  errorLog56,
  errorLog97,
  READY56,
  slaveStatus,
  spoken,
} from '../support/thread-lines.ts';

const RULE = 'connect-failure';

const failed = (attempt: number, code = 2026, retry = 30): string =>
  `[ERROR] Slave I/O: error connecting to master 'repl@db1:3306' - retry-time: ${retry}  retries: ${attempt}, Error_code: ${code}`;
const three: ReadonlyArray<readonly [number, string]> = [
  [10, failed(1)],
  [40, failed(2)],
  [70, failed(3)],
];
const KILLED = '[Note] Slave I/O thread killed while connecting to master';
const stuck = slaveStatus({
  Slave_IO_Running: 'Connecting',
  Last_IO_Errno: 2026,
  Last_IO_Error: "error connecting to master 'repl@db1:3306' - retry-time: 30  retries: 3",
});

describe('found', () => {
  test('high and proven while nothing later says otherwise, with the arithmetic of the retries', () => {
    const files = {
      ...spoken({ log: errorLog56(READY56, ...three) }),
      'r/master.info': masterInfo(),
    };
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'high',
      confidence: 'proven',
      facts: {
        errorNumber: 2026,
        class: 'tls',
        lines: 3,
        retrySeconds: 30,
        retriesAllowed: 86_400,
        attempt: 3,
        gaps: { shortest: 30, longest: 30 },
        keptTime: true,
        lastsSeconds: 30 * 86_399,
        gaveUp: false,
      },
    });
  });

  test('by a status text alone', () => {
    expect(foundOf(RULE, spoken({ status: stuck }))).toMatchObject({
      severity: 'high',
      facts: { errorNumber: 2026, lines: 0, retrySeconds: 30 },
    });
  });

  test('lines that do not come in time are said to be late', () => {
    const log = errorLog56(READY56, [10, failed(1)], [1210, failed(2)]);
    expect(foundOf(RULE, spoken({ log })).facts).toMatchObject({
      keptTime: false,
      gaps: { longest: 1200 },
    });
  });

  test('the last try is told: it gave up', () => {
    const log = errorLog56(READY56, [10, failed(86_400)]);
    const files = { ...spoken({ log }), 'r/master.info': masterInfo() };
    expect(foundOf(RULE, files)).toMatchObject({
      facts: { gaveUp: true },
      summary: expect.stringContaining('gave up'),
    });
  });

  test.each([
    [2003, 'network'],
    [2013, 'network'],
    [2005, 'name'],
    [1045, 'account'],
    [1130, 'host'],
    [1040, 'limit'],
    [2061, 'plugin'],
    [1524, 'plugin'],
    [3159, 'tls-required'],
    [4151, 'account'],
    [3032, 'limit'],
    [2004, 'other'],
    [4242, 'other'],
  ])('%i is %s', (code, type) => {
    const log = errorLog56(READY56, [10, failed(1, code)]);
    expect(foundOf(RULE, spoken({ log })).facts).toMatchObject({ errorNumber: code, class: type });
  });
});

test('a source that demands TLS, and a channel without it: said, with what the channel is set to', async () => {
  const report = await reportOf(
    {
      ...spoken({ log: errorLog56(READY56, [10, failed(1, 3159)], [40, failed(2, 3159)]) }),
      'r/master.info': masterInfo(),
    },
    { rules },
  );
  const { title, explanation } = findingOf(report, RULE);
  expect(title).toContain('TLS, which the master demands');
  expect(explanation).toContain('The channel is set to connect without TLS');
});

describe('is not taken for more than it is', () => {
  test('a source that restarted: info, after more than a minute low', () => {
    const brief = errorLog56(READY56, [10, failed(1, 2003)], [40, CONNECTED]);
    expect(foundOf(RULE, spoken({ log: brief }))).toMatchObject({ severity: 'info' });
    const long = errorLog56(READY56, [10, failed(1, 2003)], [400, CONNECTED]);
    expect(foundOf(RULE, spoken({ log: long }))).toMatchObject({
      severity: 'low',
      facts: { standing: 'over' },
    });
  });

  test('a number that says how many tries there may be, not which it was', () => {
    const maria =
      "[ERROR] Slave I/O: error reconnecting to master 'repl@db1:3306' - retry-time: 60  maximum-retries: 86400  message: Can't connect to server on 'db1' (111 \"Connection refused\"), Internal MariaDB error code: 2003";
    expect(foundOf(RULE, spoken({ log: errorLog56([10, maria]) })).facts).toMatchObject({
      attempt: null,
      retriesAllowed: 86_400,
      logsEveryTry: false,
      gaveUp: false,
      keptTime: null,
    });
  });

  test('a status text that shows a receiver at work, of unknown order', () => {
    const files = spoken({ log: errorLog56(READY56, ...three), status: slaveStatus({}) });
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'medium', confidence: 'possible' });
  });

  test('a status text that is newer than the log decides', () => {
    const log = errorLog97(
      ...three.map(
        ([at, text]) => [at, text.replace('[ERROR]', '[ERROR] [MY-010584] [Repl]')] as const,
      ),
    );
    const status = (time: string) => `-- ${time} --\n${slaveStatus({})}`;
    expect(
      foundOf(RULE, spoken({ log, status: status('2023-11-15 10:05:00 UTC') })).facts,
    ).toMatchObject({ standing: 'over' });
    expect(
      foundOf(RULE, spoken({ log, status: status('2023-11-15 09:00:00 UTC') })).facts,
    ).toMatchObject({ standing: 'stands' });
  });

  test('a stop on purpose: low when it had just begun, medium and possible when not', () => {
    const short = errorLog56(READY56, [10, failed(1)], [11, KILLED]);
    expect(foundOf(RULE, spoken({ log: short }))).toMatchObject({
      severity: 'low',
      confidence: 'possible',
    });
    const long = errorLog56(READY56, ...three, [80, failed(4)], [90, KILLED]);
    expect(foundOf(RULE, spoken({ log: long }))).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
    });
  });
});

test('clear on a log without such a line, not assessed without a log or text', () => {
  expect(outcomeOf(RULE, spoken({ log: errorLog56(READY56, [10, CONNECTED]) })).status).toBe(
    'clear',
  );
  expect(outcomeOf(RULE, spoken({ status: slaveStatus({}) })).status).toBe('clear');
  const lost =
    '[ERROR] Error reading packet from server: Lost connection to MySQL server during query ( server_errno=2013)';
  expect(outcomeOf(RULE, spoken({ log: errorLog56(READY56, [10, lost]) })).status).toBe('clear');
  expect(outcomeOf(RULE, { 'r/master.info': masterInfo() })).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('error log')],
  });
});

describe('fix', () => {
  test('looks first, starts the receiver, and changes nothing', () => {
    const files = {
      ...spoken({ log: errorLog56(READY56, ...three) }),
      'r/master.info': masterInfo(),
    };
    const { run } = fixOf(RULE, files);
    expect(run[0]).toBe(
      "mysql --host=db1 --port=3306 --protocol=TCP --user=repl --password --skip-ssl -e 'SELECT @@server_id'",
    );
    expect(run).toContain('START SLAVE IO_THREAD;');
    expect(run.join()).not.toMatch(/CHANGE/);
  });

  test('another way alone where it had just begun when the server was stopped', () => {
    const log = errorLog56(READY56, [10, failed(1)], [11, KILLED]);
    const outcome = outcomeOf(RULE, spoken({ log }));
    expect(outcome.status === 'found' && outcome.findings[0]?.fix).toMatchObject({
      withheld: expect.stringContaining('less than a minute'),
      steps: [],
      alternatives: [{ title: 'where it still fails' }],
    });
  });

  test('none for what is over', () => {
    const outcome = outcomeOf(
      RULE,
      spoken({ log: errorLog56(READY56, [10, failed(1)], [20, CONNECTED]) }),
    );
    expect(outcome.status === 'found' && outcome.findings[0]?.fix).toBeNull();
  });

  test('2061 on MySQL 8.0.23 and later: the public key, as another way, with the applier left running', () => {
    const log = errorLog97(
      [
        0,
        "[System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '8.0.36'  socket: '/s'  port: 3306  x.",
      ],
      [10, failed(1, 2061).replace('[ERROR]', '[ERROR] [MY-002061] [Repl]')],
    );
    const outcome = outcomeOf(RULE, spoken({ log }));
    const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
    expect(fix?.alternatives[0]?.steps.map(({ run }) => run)).toEqual([
      'SHOW REPLICA STATUS\\G',
      'STOP REPLICA IO_THREAD;',
      'CHANGE REPLICATION SOURCE TO GET_SOURCE_PUBLIC_KEY = 1;',
      'START REPLICA IO_THREAD;',
    ]);
  });
});
