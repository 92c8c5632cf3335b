import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { fixOf, foundOf, logged, placeOf, received, transaction } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf, type Settings } from '../support/scan-bytes.ts';
import { index, masterInfo, relayLogInfo } from '../support/status-files.ts';
import { errorLog56, READY56 } from '../support/thread-lines.ts';

const RULE = 'broken-relay-index';

const nameOf = (n: number): string => `relay-bin.00000${n}`;
const names = (...numbers: readonly number[]): string => index(...numbers.map(nameOf));

/** Relay log 2 holds transactions; the others are short ones that came after it, or before. */
const ten = received(10);
const place = (i: number) => placeOf(ten, i);
const short = (): RelayLog =>
  new RelayLog({ version: VERSION.mysql56 }).connect({ position: 9000 }).write();

interface Given {
  readonly files: readonly number[];
  readonly index: string;
  /** Number of the relay log where the applier stands, and how far in log 2. */
  readonly at?: number | null;
  readonly more?: Files;
}

const replica = ({ files, index: text, at = null, more = {} }: Given): Files => ({
  ...Object.fromEntries(files.map((n) => [`r/${nameOf(n)}`, n === 2 ? ten.relay : short()])),
  'r/relay-bin.index': text,
  'r/master.info': masterInfo({ position: place(10).position }),
  ...(at === null ? {} : { 'r/relay-log.info': relayLogInfo({ file: nameOf(at), ...place(4) }) }),
  ...more,
});

const gone = { files: [1, 2, 4], index: names(1, 2, 3, 4) };

describe('a log that the index names is not there', () => {
  test('and the applier has yet to read it: critical', () => {
    const found = foundOf(RULE, replica({ ...gone, at: 2 }));
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'likely',
      title:
        'relay-bin.index names relay-bin.000003, which is not there, and the SQL thread has yet to read it',
      facts: { kind: 'missing-log', logs: ['relay-bin.000003'], passed: false },
    });
    // The third line of the index
    expect(found.at[0]).toMatchObject({ path: 'r/relay-bin.index', offset: 2 * 19 });
    expect(found.summary).toContain('in this copy');
  });

  test('and nothing tells how far the applier is: high', () => {
    expect(foundOf(RULE, replica(gone))).toMatchObject({
      severity: 'high',
      facts: { passed: null },
    });
  });

  test('and the own binary log shows that the applier is before it: critical', () => {
    const more = { 'r/replica-bin.000001': logged(4) };
    expect(foundOf(RULE, replica({ ...gone, more }))).toMatchObject({
      severity: 'critical',
      facts: { passed: false },
    });
  });

  test('and the own binary log goes on in another form: nothing tells, high', () => {
    const binlog = logged(4);
    write(binlog, transaction(4, { serverId: 1, rows: 'shop.orders' }));
    expect(
      foundOf(RULE, replica({ ...gone, more: { 'r/replica-bin.000001': binlog } })),
    ).toMatchObject({ severity: 'high', facts: { passed: null } });
  });

  test('and the applier is past it: medium, START is refused all the same', () => {
    expect(foundOf(RULE, replica({ ...gone, at: 4 }))).toMatchObject({
      severity: 'medium',
      confidence: 'likely',
      facts: { passed: true },
    });
  });

  test('the repair notes the position, resets, and gives it again', () => {
    const { run, withheld } = fixOf(RULE, replica({ ...gone, at: 2 }));
    expect(withheld).toBeNull();
    expect(run.filter((one) => /^(?:STOP|touch|RESET|CHANGE|START)/.test(one))).toEqual([
      'STOP SLAVE;',
      'touch "$DATADIR"/relay-bin.000003',
      'RESET SLAVE;',
      `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${place(4).position};`,
      'START SLAVE;',
    ]);
  });

  test('MySQL 9.7 keeps its position in a table: the own binary log gives it', () => {
    const version = VERSION.mysql97;
    const many = received(10, { version });
    const files: Files = {
      'r/relay-bin.000001': new RelayLog({ version }).connect({ position: 4 }),
      'r/relay-bin.000002': many.relay,
      'r/relay-bin.000004': new RelayLog({ version }).connect({ position: 9000 }),
      'r/relay-bin.index': gone.index,
      'r/replica-bin.000001': logged(4, version),
    };
    expect(fixOf(RULE, files).run.filter((one) => /^(?:RESET|CHANGE)/.test(one))).toEqual([
      "RESET REPLICA FOR CHANNEL '';",
      `CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'mysql-bin.000001', SOURCE_LOG_POS = ${placeOf(many, 4).position};`,
    ]);
  });

  test('without a certain position it is withheld', () => {
    const fix = fixOf(RULE, replica(gone));
    expect(fix).toMatchObject({ run: [], withheld: 'relay-log.info was not given' });
  });
});

describe('a log lies there, and the index does not name it', () => {
  const lost = { files: [1, 2, 3, 4], index: names(1, 2, 4) };

  test('and the applier has yet to come there: critical, it would be passed over', () => {
    const found = foundOf(RULE, replica({ ...lost, at: 2 }));
    expect(found).toMatchObject({
      severity: 'critical',
      facts: { kind: 'lost-line', logs: ['relay-bin.000003'], passed: false },
    });
    expect(found.at.map(({ path }) => path)).toContain('r/relay-bin.000003');
    // No RESET is needed: the server starts
    expect(fixOf(RULE, replica({ ...lost, at: 2 })).run.join()).not.toContain('RESET');
  });

  test('and the applier is past it: medium, possible, and no CHANGE back', () => {
    const files = replica({ ...lost, at: 4 });
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'medium', confidence: 'possible' });
    expect(fixOf(RULE, files)).toMatchObject({
      run: [],
      withheld: expect.stringContaining('a second time'),
    });
  });

  test('and it is the one where the applier stands: START is refused until a RESET', () => {
    const files = replica({ files: [1, 2, 3], index: names(1, 3), at: 2 });
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'critical',
      title: 'relay-log.info names relay-bin.000002, which relay-bin.index does not',
      facts: { kind: 'unnamed-position' },
    });
    expect(fixOf(RULE, files).run.filter((one) => /^(?:touch|RESET|CHANGE)/.test(one))).toEqual([
      'RESET SLAVE;',
      `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${place(4).position};`,
    ]);
  });
});

test.each([
  ['a lower number behind a higher one', names(1, 2, 4, 3), 'relay-bin.000003'],
  ['a line twice', names(1, 2, 2, 3, 4), 'relay-bin.000002'],
])('lines out of order: %s', (_, text, log) => {
  const files = replica({ files: [1, 2, 3, 4], index: text, at: 2 });
  expect(foundOf(RULE, files)).toMatchObject({
    severity: 'high',
    confidence: 'proven',
    facts: { kind: 'order', logs: [log] },
  });
});

test('relay-log.info names a log that was not given: low, possible, nothing to do', () => {
  const files = replica({ files: [3, 4], index: names(2, 3, 4), at: 2 });
  expect(foundOf(RULE, files)).toMatchObject({
    severity: 'low',
    confidence: 'possible',
    facts: { kind: 'missing-position' },
  });
  expect(outcomeOf(RULE, files)).toMatchObject({ findings: [{ fix: null }] });
});

describe('not taken for it', () => {
  const clear = (files: Files, settings: Settings = {}): void =>
    expect(outcomeOf(RULE, files, settings).status).toBe('clear');

  test('an index in order', () => {
    clear(replica({ files: [1, 2, 3, 4], index: names(1, 2, 3, 4), at: 2 }));
  });

  test('a copy without the oldest or the newest logs', () => {
    clear(replica({ files: [2, 3], index: names(1, 2, 3, 4), at: 2 }));
  });

  test('logs that lie there and were not read', () => {
    clear(replica(gone), { unread: ['r/relay-bin.000003'] });
    // The same name in another folder is another log
    expect(outcomeOf(RULE, replica(gone), { unread: ['s/relay-bin.000003'] }).status).toBe('found');
  });

  test('logs that were purged, or begun, while the index was copied', () => {
    clear(replica({ files: [1, 2, 3, 4], index: names(2, 3), at: 2 }));
  });

  test('a position in a log that was purged, or begun, meanwhile', () => {
    clear(replica({ files: [2, 3], index: names(2, 3), at: 1 }));
    clear(replica({ files: [2, 3], index: names(2, 3), at: 4 }));
  });

  test('numbers that jump, with no log in the hole', () => {
    clear(replica({ files: [1, 2, 4], index: names(1, 2, 4), at: 2 }));
  });

  test('lines of an older host name before the new ones', () => {
    const text = `${index('oldhost-relay-bin.000008', 'oldhost-relay-bin.000009')}${names(1, 2)}`;
    clear(replica({ files: [1, 2], index: text, at: 2 }));
  });

  test('numbers with more digits', () => {
    const relays = Object.fromEntries(
      ['999999', '1000000'].map((n) => [`r/relay-bin.${n}`, short()]),
    );
    clear({ ...relays, 'r/relay-bin.index': index('relay-bin.999999', 'relay-bin.1000000') });
  });
});

test('a scan of named logs does not miss those that were not named', async () => {
  const files = replica({ files: [1, 2, 3, 4], index: names(1, 2, 3, 4) });
  const scanned = async (all: Files) =>
    (await reportOf(all, { rules, inputs: ['r/relay-bin.000002', 'r/relay-bin.000004'] })).findings
      .filter(({ rule }) => rule === RULE)
      .map(({ facts }) => facts['logs']);
  expect(await scanned(files)).toEqual([]);
  const { 'r/relay-bin.000003': _, ...gone3 } = files;
  expect(await scanned(gone3)).toEqual([['relay-bin.000003']]);
});

describe('not assessed', () => {
  test('without the index', () => {
    expect(outcomeOf(RULE, { 'r/relay-bin.000002': ten.relay })).toMatchObject({
      status: 'not-assessed',
      missing: ['the index beside the relay logs'],
    });
  });

  test('where one channel has none', () => {
    const west = new RelayLog({ version: VERSION.mysql57 }).connect({ source: 7 });
    const files = {
      ...replica({ files: [1, 2], index: names(1, 2) }),
      'r/relay-bin-west.000001': west.write(transaction(1)),
    };
    expect(outcomeOf(RULE, files)).toMatchObject({
      status: 'not-assessed',
      missing: ['the index of every channel’s relay logs'],
    });
  });
});

describe('the relay logs go by another name than that of the record', () => {
  const newer = new RelayLog({ version: VERSION.mysql56, at: START + 600 });
  const before: Files = {
    'r/relay-bin.000002': ten.relay,
    'r/relay-bin.index': names(2),
    'r/master.info': masterInfo({ position: place(10).position }),
    'r/relay-log.info': relayLogInfo({ file: nameOf(2), ...place(4) }),
  };
  const host: Files = {
    'r/newhost-relay-bin.000001': newer,
    'r/newhost-relay-bin.index': index('newhost-relay-bin.000001'),
  };

  test('by the files alone: critical, likely, and the position is given again behind a RESET', () => {
    const found = foundOf(RULE, { ...before, ...host });
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'likely',
      facts: {
        kind: 'other-series',
        index: 'newhost-relay-bin.index',
        logs: ['relay-bin.000002'],
      },
    });
    expect(found.at[0]).toMatchObject({ path: 'r/newhost-relay-bin.index', offset: 0 });
    expect(found.at).toContainEqual(
      expect.objectContaining({ path: 'r/relay-log.info', field: 'relayLogFile' }),
    );
    const { run } = fixOf(RULE, { ...before, ...host });
    const reset = run.indexOf('RESET SLAVE;');
    expect(reset).toBeGreaterThan(0);
    expect(run[reset + 1]).toContain(`MASTER_LOG_POS = ${place(4).position}`);
  });

  test('the old ones are not there: the same', () => {
    const { 'r/relay-bin.000002': _log, 'r/relay-bin.index': _index, ...rest } = before;
    expect(foundOf(RULE, { ...rest, ...host }).facts).toMatchObject({ kind: 'other-series' });
  });

  test.each<[string, Files]>([
    [
      'older ones, left from a change long ago',
      { 'r/newhost-relay-bin.000001': new RelayLog({ version: VERSION.mysql56, at: START - 600 }) },
    ],
    ['ones that hold what a source sent', { 'r/newhost-relay-bin.000001': ten.relay }],
    [
      'ones with a relay-log.info of their own',
      { 'r/relay-log-x.info': relayLogInfo({ file: 'newhost-relay-bin.000001', ...place(4) }) },
    ],
  ])('%s: clear', (_what, changed) => {
    expect(outcomeOf(RULE, { ...before, ...host, ...changed }).status).toBe('clear');
  });

  test('those of a connection of its own: clear', () => {
    const more: Files = {
      'r/relay-bin-x.000001': newer,
      'r/relay-bin-x.index': index('relay-bin-x.000001'),
    };
    expect(outcomeOf(RULE, { ...before, ...more }).status).toBe('clear');
  });
});

describe('the server says that it could not open the log of its record', () => {
  const said: Files = {
    'r/db.err': errorLog56(
      READY56,
      [1, `[ERROR] Failed to open the relay log './${nameOf(2)}' (relay_log_pos 700).`],
      [3, READY56[1]],
    ),
  };
  const later = (lines: string): Files => replica({ files: [5], index: lines, at: 2, more: said });

  test('the index, made anew, does not name it: critical, proven', () => {
    const found = foundOf(RULE, later(names(5)));
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      facts: { kind: 'unnamed-position', logs: [nameOf(2)] },
    });
    expect(found.at).toContainEqual(expect.objectContaining({ path: 'r/db.err' }));
  });

  test('the index names it, and it is not there: critical, proven', () => {
    expect(foundOf(RULE, later(names(2, 5)))).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      facts: { kind: 'missing-log', logs: [nameOf(2)] },
    });
  });

  test('without its words neither is more than a copy of a part', () => {
    const { 'r/db.err': _said, ...files } = later(names(5));
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});
