import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { ringRelay } from '../support/loop-logs.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { replicaStatusText, type StatusText, slaveStatusText } from '../support/replica-text.ts';
import { type Files, findingOf, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { vertical } from '../support/status-output.ts';

const RULE = 'misleading-lag-figure';

const time = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const says = (status: StatusText, more: Files = {}): Files => ({
  'r/replica-status.txt': replicaStatusText(status),
  ...more,
});

const judged = (files: Files) => {
  const { severity, confidence, facts, title, summary } = foundOf(RULE, files);
  return { severity, confidence, title, summary, ...(facts as { cause: string }) };
};

describe('silent', () => {
  test.each<[string, StatusText]>([
    ['in step', {}],
    ['a delayed replica that is in step', { delay: 3600 }],
    ['a real backlog', { secondsBehind: 900, position: 4, read: 90_000_000 }],
    ['a busy replica between two events', { position: 400, read: 900 }],
    ['the column was left out', { applier: 'No', secondsBehind: '' as unknown as number }],
  ])('%s', (_name, status) => {
    expect(outcomeOf(RULE, says(status)).status).toBe('clear');
  });

  test('the source was asked later, and has moved on', () => {
    const files = chain({ replicaAt: START, sourceAt: START + 600, sourceEnd: 90_000 });
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });

  test('a moment lies between the two: that may be the way', () => {
    const files = chain({ replicaAt: START + 5, sourceAt: START, sourceEnd: 90_000 });
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

test('without a status text it is not assessed, and says how to get one', () => {
  const files = { 'r/relay-bin.000002': new RelayLog().connect().write() };
  expect(outcomeOf(RULE, files)).toMatchObject({
    status: 'not-assessed',
    bring: expect.stringContaining('SHOW SLAVE STATUS'),
  });
});

describe('NULL: info, which thread', () => {
  const NULL = { secondsBehind: null } as const;
  test.each<[string, StatusText, string, RegExp]>([
    [
      'the applier failed',
      { ...NULL, applier: 'No', more: { Last_SQL_Errno: 1062, Last_SQL_Error: 'Duplicate' } },
      'applier-stopped',
      /applier does not run \(error 1062\)/,
    ],
    [
      'the applier came to its UNTIL',
      { ...NULL, applier: 'No', more: { Until_Condition: 'Gtid' } },
      'applier-stopped',
      /last started UNTIL Gtid, and has stopped without an error/,
    ],
    [
      'the applier failed before its UNTIL',
      { ...NULL, applier: 'No', more: { Until_Condition: 'Master', Last_SQL_Errno: 1062 } },
      'applier-stopped',
      /there is no figure\.$/,
    ],
    [
      'the applier was stopped, and had no UNTIL',
      { ...NULL, applier: 'No', more: { Until_Condition: 'None' } },
      'applier-stopped',
      /there is no figure\.$/,
    ],
    ['both stopped', { ...NULL, applier: 'No', receiver: 'No' }, 'applier-stopped', /no figure/],
    [
      'the receiver cannot connect',
      { ...NULL, receiver: 'Connecting', more: { Last_IO_Errno: 2003 } },
      'nothing-received',
      /not connected \(error 2003\)/,
    ],
    ['the receiver is stopped', { ...NULL, receiver: 'No' }, 'nothing-received', /stopped/],
  ])('%s', (_name, status, cause, words) => {
    const found = judged(says(status));
    expect(found).toMatchObject({ severity: 'info', confidence: 'proven', cause, figure: null });
    expect(found.summary).toMatch(words);
  });

  test('of an applier that was told where to stop: that is no failure', () => {
    const stopped = { ...NULL, applier: 'No' } as const;
    const gtids = judged(says({ ...stopped, more: { Until_Condition: 'SQL_AFTER_GTIDS' } }));
    expect(gtids).toMatchObject({ severity: 'info', cause: 'applier-stopped' });
    expect(gtids.title).toMatch(/the applier does not run; it was started UNTIL SQL_AFTER_GTIDS$/);
    expect(gtids.summary).toMatch(/stopped without an error; a plain START lets it go on/);
    const place = { Until_Log_File: 'mysql-bin.000001', Until_Log_Pos: 900 };
    const master = judged(says({ ...stopped, more: { Until_Condition: 'Source', ...place } }));
    expect(master.title).toMatch(/started UNTIL Source mysql-bin.000001:900$/);
  });

  test('of an applier that failed, or was just stopped, says nothing of an end', () => {
    const stopped = { ...NULL, applier: 'No' } as const;
    const failed = { Until_Condition: 'SQL_AFTER_GTIDS', Last_SQL_Errno: 1062 };
    for (const more of [failed, { Until_Condition: 'None' }]) {
      expect(judged(says({ ...stopped, more })).summary).not.toContain('UNTIL');
    }
  });

  test('is called as the status itself calls it', () => {
    const files = { 'r/slave-status.txt': slaveStatusText({ applier: 'No', secondsBehind: null }) };
    expect(judged(files).title).toBe('Seconds_Behind_Master is NULL: the SQL thread does not run');
  });
});

describe('0 while nothing is received', () => {
  const behind = { position: 400, read: 900, secondsBehind: 0 } as const;

  test('the receiver is stopped: medium, proven', () => {
    expect(judged(says({ ...behind, receiver: 'No' }))).toMatchObject({
      severity: 'medium',
      confidence: 'proven',
      cause: 'receiver-stopped',
      read: 'mysql-bin.000001:900',
      executed: 'mysql-bin.000001:400',
    });
  });

  test('it fails to connect: medium; it is only connecting: info', () => {
    const failing = { ...behind, receiver: 'Connecting', more: { Last_IO_Errno: 1045 } } as const;
    expect(judged(says(failing))).toMatchObject({ severity: 'medium', cause: 'receiver-failing' });
    const connecting = says({ ...behind, receiver: 'Connecting' });
    expect(judged(connecting)).toMatchObject({ severity: 'info', cause: 'receiver-connecting' });
  });

  test('a later status shows that it is over: info', () => {
    const files = {
      'r/1.txt': replicaStatusText({ ...behind, receiver: 'No', takenAt: time(START) }),
      'r/2.txt': replicaStatusText({ takenAt: time(START + 60) }),
    };
    expect(judged(files)).toMatchObject({ severity: 'info', takenAt: '2023-11-14T22:13:21' });
  });

  test('of several texts without times none is the newest: possible', () => {
    const files = {
      'r/1.txt': replicaStatusText({ ...behind, receiver: 'No' }),
      'r/2.txt': replicaStatusText({}),
    };
    expect(judged(files)).toMatchObject({ severity: 'medium', confidence: 'possible' });
  });
});

/** A replica's and its source's folders; the source says where its log ends. */
const chain = ({
  replicaAt,
  sourceAt,
  sourceEnd,
}: Readonly<Record<'replicaAt' | 'sourceAt' | 'sourceEnd', number>>): Files => ({
  ...says({
    position: 700,
    takenAt: time(replicaAt),
    more: { Source_Server_Id: 1 },
  }),
  's/mysql-bin.000001': write(binaryLog()),
  's/source-status.txt': `-- ${time(sourceAt)} --\n${vertical({
    File: 'mysql-bin.000001',
    Position: sourceEnd,
    Binlog_Do_DB: '',
    Binlog_Ignore_DB: '',
    Executed_Gtid_Set: '',
  })}`,
});

test('0 though the source was further ten minutes ago: medium', () => {
  const found = judged(chain({ replicaAt: START + 600, sourceAt: START, sourceEnd: 90_000 }));
  expect(found).toMatchObject({ severity: 'medium', confidence: 'likely', cause: 'source-ahead' });
  expect(found.summary).toContain('mysql-bin.000001:90000 already 10 min before');
});

test('0 though the source is itself late: medium', () => {
  const middle = replicaStatusText({ secondsBehind: 400, read: 900, takenAt: time(START) });
  const files = {
    ...says({ takenAt: time(START + 3), more: { Source_Server_Id: 1 } }),
    's/mysql-bin.000001': write(binaryLog()),
    's/replica-status.txt': middle,
  };
  expect(judged(files)).toMatchObject({ severity: 'medium', cause: 'source-behind' });
});

test('delayed on purpose: info, and only up to the delay', () => {
  const delayed = { delay: 3600, secondsBehind: 3605, read: 900, remaining: 12 } as const;
  expect(judged(says(delayed))).toMatchObject({ severity: 'info', cause: 'delayed' });
  expect(outcomeOf(RULE, says({ ...delayed, secondsBehind: 9000 })).status).toBe('clear');
});

test('workers are busy while the figure is 0: info, possible', () => {
  const files = says(
    { position: 400, read: 90_000_000 },
    { 'r/my.cnf': '[mysqld]\nserver_id=2\nreplica_parallel_workers=4\n' },
  );
  expect(judged(files)).toMatchObject({ severity: 'info', confidence: 'possible' });
});

describe('the age of a copied format description', () => {
  const opened = START - 4000;
  const files = (takenAt: number, version: string = VERSION.mariadb104): Files => ({
    'r/relay-bin.000002': new RelayLog({ version }).connect({ position: 700, opened }).write(),
    'r/slave-status.txt': slaveStatusText(
      { secondsBehind: takenAt - opened, read: 900, position: 700, takenAt: time(takenAt) },
      { mariadb: true },
    ),
  });

  test('medium, and a consequence of stale-format-description', async () => {
    expect(judged(files(START + 20))).toMatchObject({
      severity: 'medium',
      cause: 'stale-format-description',
    });
    const report = await reportOf(files(START + 20), { rules });
    const cause = findingOf(report, 'stale-format-description');
    expect(findingOf(report, RULE).causedBy).toBe(cause.fingerprint);
  });

  test('not on a version that does not count it', () => {
    expect(outcomeOf(RULE, files(START + 20, VERSION.mysql56)).status).toBe('clear');
  });

  describe('told by the positions of a text without a time', () => {
    const at = (text: StatusText): Files => ({
      ...files(START),
      'r/slave-status.txt': slaveStatusText(
        { secondsBehind: 4002, read: 900, position: 700, ...text },
        { mariadb: true },
      ),
    });

    test('where the applier stands between that event and the next', () => {
      expect(judged(at({}))).toMatchObject({ cause: 'stale-format-description' });
    });

    test.each<[string, StatusText]>([
      ['it has executed more', { position: 800 }],
      ['it reads another relay log', { relayFile: 'relay-bin.000001' }],
      ['the figure is less than the age', { secondsBehind: 3000 }],
      ['the figure is far more: a backlog', { secondsBehind: 4600 }],
    ])('not where %s', (_name, text) => {
      expect(outcomeOf(RULE, at(text)).status).toBe('clear');
    });
  });
});

describe('a loop', () => {
  const files = (status: StatusText): Files => ({
    'b/relay-bin.000002': ringRelay(),
    'b/slave-status.txt': slaveStatusText(status),
  });

  test('the figure is the age of what circles, and follows from the loop', async () => {
    const report = await reportOf(files({ secondsBehind: 3, read: 900 }), { rules });
    const lag = findingOf(report, RULE);
    expect(lag).toMatchObject({ severity: 'info', facts: { cause: 'loop' } });
    expect(lag.causedBy).toBe(findingOf(report, 'foreign-server-id-loop').fingerprint);
  });

  test('NULL of a stopped replica does not follow from it', async () => {
    const stopped = files({ applier: 'No', receiver: 'No', secondsBehind: null });
    const report = await reportOf(stopped, { rules });
    expect(findingOf(report, RULE)).toMatchObject({
      facts: { cause: 'applier-stopped' },
      causedBy: null,
    });
  });
});
