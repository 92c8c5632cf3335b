import { describe, expect, test } from 'vitest';
import { RelayLog, START, times, VERSION } from '../support/relay-log.ts';
import { fixOf, foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo, masterInfo, relayLogInfo } from '../support/status-files.ts';

const RULE = 'heartbeat-outlasts-timeout';

interface Case {
  readonly heartbeat?: number;
  readonly version?: string;
  /** Reconnects with nothing received since the connect before. */
  readonly idle?: number;
  readonly channel?: string;
  readonly more?: Files;
}

const replica = ({
  heartbeat = 30,
  version = VERSION.mysql57,
  idle = 0,
  more = {},
}: Case): Files => {
  const files: Record<string, RelayLog> = {};
  times(idle + 2, (i) => {
    const log = new RelayLog({ version }).connect({ position: i === 0 ? 500 : 900 });
    if (i === 0) log.write({ at: START + 1 });
    files[`r/relay-bin.00000${i + 2}`] = log;
  });
  const info = version.includes('MariaDB') ? mariadbMasterInfo : masterInfo;
  return { ...files, 'r/master.info': info({ heartbeat, position: 900 }), ...more };
};

describe('found', () => {
  test.each<[string, Case, string]>([
    ['off, with reconnects that fit', { heartbeat: 0, idle: 3 }, 'medium'],
    ['off, and no reconnect', { heartbeat: 0 }, 'low'],
    ['half of 3600 on a version whose default is 60', { heartbeat: 1800, idle: 3 }, 'medium'],
    ['the same, and the source never was quiet', { heartbeat: 1800 }, 'low'],
    ['beyond every default', { heartbeat: 3600, version: VERSION.mysql56 }, 'low'],
  ])('%s', (_name, one, severity) => {
    expect(foundOf(RULE, replica(one))).toMatchObject({
      severity,
      confidence: 'possible',
      facts: { heartbeatPeriod: one.heartbeat, netTimeout: null, idleReconnects: one.idle ?? 0 },
    });
  });

  test('the line of master.info is the place', () => {
    const files = replica({ heartbeat: 1800 });
    const [locus] = foundOf(RULE, files).at;
    expect(locus).toMatchObject({ path: 'r/master.info', field: 'heartbeatPeriod' });
    expect(masterInfo({ heartbeat: 1800, position: 900 }).slice(locus.offset)).toMatch(
      /^1800\.000\n/,
    );
  });
});

test.each<[string, Case]>([
  [
    'half of 3600 where that is the default',
    { heartbeat: 1800, version: VERSION.mysql56, idle: 5 },
  ],
  ['30 seconds', { heartbeat: 30, idle: 5 }],
  ['30 seconds on MariaDB', { heartbeat: 30, version: VERSION.mariadb }],
])('clear: %s', (_name, one) => {
  expect(outcomeOf(RULE, replica(one)).status).toBe('clear');
});

test('not assessed where nothing tells the period', () => {
  const files = replica({ version: VERSION.mysql51 });
  const { 'r/master.info': _info, ...without } = files;
  expect(outcomeOf(RULE, without).status).toBe('not-assessed');
  expect(
    outcomeOf(RULE, { ...files, 'r/master.info': 'mysql-bin.000001\n4\ndb1\nrepl\nx\n3306\n60\n' }),
  ).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('slave_net_timeout')],
  });
});

describe('the repair', () => {
  const isChange = (run: string): boolean => run.startsWith('CHANGE');

  test('from 5.7 on only the receiver is stopped', () => {
    const { run } = fixOf(RULE, replica({ heartbeat: 0, idle: 3 }));
    expect(run.slice(1, 4)).toEqual([
      'STOP SLAVE IO_THREAD;',
      'CHANGE MASTER TO MASTER_HEARTBEAT_PERIOD = 30.000;',
      'START SLAVE IO_THREAD;',
    ]);
  });

  test.each([VERSION.mysql56, VERSION.mariadb])(
    '%s: both threads, and the relay logs are copied aside before they go',
    (version) => {
      const { run } = fixOf(RULE, replica({ heartbeat: 0, version, idle: 3 }));
      expect(run.filter(isChange)).toEqual(['CHANGE MASTER TO MASTER_HEARTBEAT_PERIOD = 30.000;']);
      expect(run.indexOf('STOP SLAVE;')).toBeGreaterThan(run.indexOf('SHOW BINARY LOGS;'));
      expect(run.findIndex((one) => one.startsWith('cp -a'))).toBeLessThan(run.findIndex(isChange));
    },
  );

  test('withheld where the CHANGE would read on from a wrong executed position', () => {
    const relay = new RelayLog().connect({ position: 500 }).write().write({ xid: 2 });
    const end = { offset: relay.length, position: relay.position };
    const files: Files = {
      'r/relay-bin.000002': relay,
      'r/master.info': masterInfo({ heartbeat: 0, position: end.position }),
      'r/relay-log.info': relayLogInfo({ ...end, offset: end.offset - 10 }),
    };
    expect(fixOf(RULE, files)).toMatchObject({
      run: [],
      withheld: expect.stringContaining('not the true one'),
    });
  });

  test('while nothing shows any harm the timeout is looked at, and no more', () => {
    for (const heartbeat of [0, 1800]) {
      const { run, withheld } = fixOf(RULE, replica({ heartbeat, version: VERSION.mariadb }));
      expect({ run, withheld }).toEqual({
        run: ['SELECT @@global.slave_net_timeout;'],
        withheld: null,
      });
    }
  });

  test('a longer timeout needs no CHANGE', () => {
    const outcome = outcomeOf(RULE, replica({ heartbeat: 1800, idle: 3 }));
    const [judged] = outcome.status === 'found' ? outcome.findings : [];
    expect(judged?.fix?.alternatives.map(({ steps }) => steps.map(({ run }) => run))).toEqual([
      ['SET GLOBAL slave_net_timeout = 3600;', 'STOP SLAVE IO_THREAD;', 'START SLAVE IO_THREAD;'],
    ]);
  });
});
