import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { ringRelay } from '../support/loop-logs.ts';
import { binaryLog, OPENED, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import {
  fixOf,
  foundOf,
  logged,
  placeOf,
  received,
  replica,
  wholeFixOf,
} from '../support/replica.ts';
import { infoTables, replicaStatusText, slaveStatusText } from '../support/replica-text.ts';
import { type Files, findingsOf, outcomeOf, reportOf } from '../support/scan-bytes.ts';

const V = VERSION.mysql84;
const ten = received(10, { version: V });
const { relay } = ten;

/** A server that keeps no status files: its relay log and what was printed beside it. */
const texts = (more: Files, log: RelayLog = relay): Files => ({
  'r/relay-bin.000002': log,
  ...more,
});

const stopped = { receiver: 'No', applier: 'No', secondsBehind: null } as const;
const status = (executed: number, read: number, more = {}): Files => ({
  'r/replica-status.txt': replicaStatusText({
    ...stopped,
    ...placeOf(ten, executed),
    read: placeOf(ten, read).position,
    ...more,
  }),
});
const tables = (executed: number, read: number): Files => {
  const { master, relay: applier } = infoTables({
    ...placeOf(ten, executed),
    read: placeOf(ten, read).position,
  });
  return { 'r/slave_master_info.txt': master, 'r/slave_relay_log_info.txt': applier };
};
const RULES = [
  'receiver-position-behind',
  'receiver-position-ahead',
  'position-off-boundary',
  'position-mismatch',
];

describe.each([
  ['a status', status],
  ['info tables', tables],
])('a server without files, and %s', (_name, say) => {
  test.each(RULES)('in order: %s is clear, not unjudged', (rule) => {
    expect(outcomeOf(rule, texts(say(10, 10))).status).toBe('clear');
  });

  test('received and not applied yet is in order', () => {
    for (const rule of RULES) expect(outcomeOf(rule, texts(say(4, 10))).status).toBe('clear');
  });

  test('a text of before the copies is behind them: info at most, with both ends', () => {
    const { severity, title, summary } = foundOf('receiver-position-behind', texts(say(10, 4)));
    expect(severity).toBe('info');
    expect(title).toContain('6 transactions');
    expect(summary).toContain(String(placeOf(ten, 4).position));
    expect(summary).toContain(String(placeOf(ten, 10).position));
  });

  test('what the own log shows beyond a text says nothing: never judged', () => {
    const files = texts({ ...say(4, 10), 'r/replica-bin.000001': logged(10, V) });
    expect(outcomeOf('applier-position-behind', files)).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('a text may be older')],
    });
  });
});

describe('a server of 5.6 or 5.7 that keeps its positions in tables', () => {
  const old = received(10);
  const at = (executed: number): Files => {
    const { master, relay: applier } = infoTables({
      ...placeOf(old, executed),
      position: placeOf(old, 7).position,
      read: placeOf(old, 0).position,
    });
    return { 'r/slave_master_info.txt': master, 'r/slave_relay_log_info.txt': applier };
  };
  const changes = ({ run }: { readonly run: readonly string[] }): readonly string[] =>
    run.filter((one) => one.startsWith('CHANGE'));
  const toSeventh = `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${placeOf(old, 7).position};`;

  test('a read position that is behind is its normal state: info', () => {
    expect(foundOf('receiver-position-behind', texts(at(7), old.relay)).severity).toBe('info');
  });

  test('of two places the one where its own binary log ends is true', () => {
    const files = { ...texts(at(4), old.relay), 'r/replica-bin.000001': logged(7) };
    expect(foundOf('position-mismatch', files).facts).toMatchObject({ witness: 'own-binlog' });
    expect(changes(fixOf('position-mismatch', files))).toEqual([toSeventh]);
    const other = { ...texts(at(4), old.relay), 'r/replica-bin.000001': logged(5) };
    expect(fixOf('position-mismatch', other).withheld).toContain('not certain');
  });

  // Seen on 5.7.30 after a kill: asked from the table's old place, it meets what it has applied
  test('stopped where it met again what it had applied: goes on behind its own log', () => {
    const say = slaveStatusText({
      ...stopped,
      receiver: 'Yes',
      ...placeOf(old, 2),
      more: {
        Last_SQL_Errno: 1062,
        Last_SQL_Error:
          "Error 'Duplicate entry '3' for key 'PRIMARY'' on query. Default database: 'shop'. Query: 'INSERT INTO orders VALUES (3)'",
      },
    });
    const files = {
      ...texts({ ...at(0), 'r/slave-status.txt': say }, old.relay),
      'r/replica-bin.000001': logged(7),
    };
    expect(foundOf('apply-error', files).facts).toMatchObject({ class: 'applied-before' });
    const fix = wholeFixOf('apply-error', files);
    expect(changes({ run: fix.steps.map(({ run }) => run) })).toEqual([toSeventh]);
    const shown = fix.steps.find(({ run }) => run === 'SHOW SLAVE STATUS\\G');
    expect(shown?.expect).toContain(`Exec_Master_Log_Pos is ${placeOf(old, 2).position};`);
  });
});

test('the end of the last whole transaction stands beside that of a torn one', () => {
  const torn = received(10, { version: V });
  torn.relay.write({ sql: 'INSERT INTO orders VALUES (11)', open: true });
  const whole = placeOf(torn, 10).position;
  const { summary, facts } = foundOf('receiver-position-behind', texts(tables(0, 0), torn.relay));
  expect(facts).toMatchObject({ lastWholeTransaction: whole });
  expect(summary).toContain(`their last whole transaction at ${whole}`);
});

test.each<[string, string, Files]>([
  [
    'a position inside an event',
    'position-off-boundary',
    status(4, 10, { offset: placeOf(ten, 4).offset - 7 }),
  ],
  ['two places', 'position-mismatch', status(4, 10, { position: placeOf(ten, 7).position })],
])('%s that a text tells may be of other relay logs: low, possible', (_name, rule, say) => {
  expect(foundOf(rule, texts(say))).toMatchObject({ severity: 'low', confidence: 'possible' });
});

test('a position inside an event is believed of an applier that could not read on', () => {
  const error = 'Relay log read failure: Could not parse relay log event entry.';
  const place = { ...placeOf(ten, 4), offset: placeOf(ten, 4).offset - 7 };
  const more = { Last_SQL_Errno: 13121, Last_SQL_Error: error };
  // The receiver goes on: only its own position moves
  const say = replicaStatusText({ ...place, receiver: 'Yes', applier: 'No', more });
  const files = texts({ 'r/replica-status.txt': say });
  expect(foundOf('position-off-boundary', files)).toMatchObject({
    severity: 'high',
    confidence: 'likely',
  });
});

test('what is as it always is on 8.0 and later (info) causes no failure', async () => {
  const error = 'Relay log read failure: Could not parse relay log event entry.';
  const more = { Last_SQL_Errno: 13121, Last_SQL_Error: error };
  const say = replicaStatusText({ ...placeOf(ten, 4), receiver: 'No', applier: 'No', more });
  const report = await reportOf(texts({ ...tables(4, 0), 'r/replica-status.txt': say }), { rules });
  const failed = report.findings.find(({ rule }) => rule === 'apply-error');
  expect(report.findings.find(({ rule }) => rule === 'receiver-position-behind')).toMatchObject({
    severity: 'info',
  });
  expect(failed).toMatchObject({ severity: 'high', causedBy: null });
});

test('a status printed after a hot copy of the logs is ahead of them: low at most', () => {
  const cut = Buffer.from(relay.bytes().subarray(0, relay.length - 30));
  const files = { ...status(8, 10), 'r/relay-bin.000002': cut };
  expect(foundOf('receiver-position-ahead', files)).toMatchObject({
    severity: 'low',
    confidence: 'possible',
  });
});

describe('the way out of 8.4 and later has positions', () => {
  const damaged = (): Files => {
    const bytes = Buffer.from(relay.bytes());
    // A transaction that is not applied: type byte of its first event
    bytes[placeOf(ten, 7).offset + 4] = 0xee;
    return { ...status(5, 10), 'r/relay-bin.000002': bytes };
  };

  test('by source coordinates, in its words, compared first with what the server shows', () => {
    const { run, withheld } = fixOf('corrupt-event', damaged());
    expect(withheld).toBeNull();
    expect(run.filter((one) => one.startsWith('CHANGE'))).toEqual([
      `CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'mysql-bin.000001', SOURCE_LOG_POS = ${placeOf(ten, 5).position};`,
    ]);
    expect(run.find((one) => one.startsWith('cp '))).not.toContain('.info');
    expect(run).not.toContain('RESET REPLICA;');
  });

  test('with auto-position by GTID, without coordinates', () => {
    const files = {
      ...damaged(),
      'r/replica-status.txt': replicaStatusText({
        ...stopped,
        ...placeOf(ten, 5),
        more: { Auto_Position: 1 },
      }),
    };
    const { run } = fixOf('corrupt-event', files);
    expect(run.some((one) => one.startsWith('CHANGE'))).toBe(false);
    expect(run).toContain("RESET REPLICA FOR CHANNEL '';");
  });

  test('of a running server a text has no position, and the fix is withheld', () => {
    const running = replicaStatusText({ ...placeOf(ten, 5), read: 9999 });
    const { withheld } = fixOf('corrupt-event', { ...damaged(), 'r/replica-status.txt': running });
    expect(withheld).not.toBeNull();
  });
});

describe('a loop, and a relay log that the index names is gone', () => {
  const member = (say: Files): Files => ({
    'b/relay-bin.000001': new RelayLog({ version: V }).connect({ position: 4 }),
    'b/relay-bin.000003': ringRelay({ proof: 'original-commit-timestamp', version: V }),
    'b/relay-bin.index': './relay-bin.000001\n./relay-bin.000002\n./relay-bin.000003\n',
    ...say,
  });
  const changes = (files: Files): readonly string[] => {
    const [one] = findingsOf('foreign-server-id-loop', files);
    return one?.fix?.steps.flatMap(({ run }) => (run.startsWith('CHANGE') ? [run] : [])) ?? [];
  };
  const end = ringRelay({ proof: 'original-commit-timestamp', version: V });
  const place = {
    relayFile: 'relay-bin.000003',
    offset: end.length,
    position: end.position,
  };

  test('the position of a stopped replica is known: no placeholder', () => {
    const text = replicaStatusText({ ...stopped, ...place });
    expect(changes(member({ 'b/replica-status.txt': text }))).toEqual([
      `CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'mysql-bin.000001', SOURCE_LOG_POS = ${place.position}, IGNORE_SERVER_IDS = (3);`,
    ]);
  });

  test('that of a running one is not: it moves on', () => {
    const text = replicaStatusText(place);
    expect(changes(member({ 'b/replica-status.txt': text }))).toEqual([
      "CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'FILE', SOURCE_LOG_POS = POSITION, IGNORE_SERVER_IDS = (3);",
    ]);
  });
});

describe('files and a text of one server', () => {
  const old = received(10);
  const both = (executed: number): Files => ({
    ...replica(old.relay, { info: placeOf(old, 10), master: placeOf(old, 10) }),
    'r/slave-status.txt': slaveStatusText({ ...stopped, ...placeOf(old, executed) }),
  });

  test('that disagree: the files are judged, and the context says so', async () => {
    const files = both(4);
    for (const rule of RULES) expect(outcomeOf(rule, files).status).toBe('clear');
    const { context } = await reportOf(files);
    const entries = context.filter(({ kind }) => kind === 'texts-disagree');
    expect(entries.map(({ facts }) => facts)).toEqual([
      {
        server: 2,
        channel: '',
        field: 'readPosition',
        judged: `mysql-bin.000001:${placeOf(old, 10).position}`,
        passedOver: `mysql-bin.000001:${placeOf(old, 4).position}`,
      },
      expect.objectContaining({ field: 'sourceLogPos' }),
    ]);
    expect(entries[0]?.evidence.map(({ path }) => path)).toEqual([
      'r/master.info',
      'r/slave-status.txt',
    ]);
  });

  test('that agree: nothing to say', async () => {
    const { context } = await reportOf(both(10));
    expect(context.filter(({ kind }) => kind === 'texts-disagree')).toEqual([]);
  });
});

test.each([
  ['is the one received: proven', OPENED, 'proven'],
  ['is an older one, as copies of different times show it: likely', OPENED - 60, 'likely'],
])(
  'the source lost its tail, and a status tells what is asked for; its log %s',
  (_name, at, confidence) => {
    const source = binaryLog({ version: V, flags: 0, at });
    times(3, (i) => write(source, { sql: `INSERT INTO orders VALUES (${i})` }));
    const next = binaryLog({ version: V, at: START + 60 });
    const files = {
      ...texts(status(10, 10)),
      's/mysql-bin.000001': source,
      's/mysql-bin.000002': next,
    };
    expect(foundOf('impossible-source-position', files)).toMatchObject({
      severity: 'critical',
      confidence,
    });
  },
);
