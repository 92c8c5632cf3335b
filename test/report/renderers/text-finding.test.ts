import { describe, expect, test } from 'vitest';
import type { Report, ReportFinding } from '../../../src/report/report.ts';
import type { EvidenceEntry } from '../../../src/rules/finding.ts';
import { exampleReport } from '../example-report.ts';
import { render, section } from './render.ts';

const [loop] = exampleReport.findings;
if (loop === undefined) throw new Error('the example has findings');
const [first] = loop.evidence;
if (first === undefined) throw new Error('the example has evidence');

const withFinding = (changes: Partial<ReportFinding>): Report => ({
  ...exampleReport,
  findings: [{ ...loop, ...changes }],
});

/** What stands behind `label`, up to the next label. */
const behind = (text: string, label: string): string[] => {
  const lines = section(text, 'FINDINGS');
  const start = lines.findIndex((line) => line.startsWith(`  ${label} `));
  if (start === -1) return [];
  const rest = lines.slice(start);
  const end = rest.findIndex((line, at) => at > 0 && /^( {2}| {4})?\S/.test(line));
  return rest.slice(0, end === -1 ? rest.length : end).map((line) => line.slice(12));
};

describe('a finding', () => {
  const text = render(exampleReport, { width: 100 });

  test.each([
    "1. CRITICAL, proven: foreign-server-id-loop on server 12, channel 'west'",
    '3. INFO, possible: stale-format-description',
    '  since     first lap 2026-11-20 09:59:41 UTC; still running when the copies end (09:59:46)',
    '  since     first seen 2026-11-18 02:00:00 UTC; over: last seen 2026-11-19 00:00:10 UTC',
    '  caused by finding 1: Events of a server outside the ring are circling it',
    '  where     db12/relay-bin.000002@550: Query, server 99, 2026-11-20T09:59:41Z, source',
    '              insert into app.hb values (99, now())',
    '            … and 4 more, all in the JSON report',
    '  excluded  multi-tier chain: the same transaction returned 804 times',
    '  requires  no member of the ring has server id 99: not known from these files',
    '  requires  gtid_strict_mode is OFF: met',
    '  requires  gtid_mode is OFF: UNMET',
    '  fix       steps 1 to 3 and 6 of the plan (mariadb-10.11)',
    '  effect    what server 99 writes from now on is ignored on server 12',
    "    CHANGE MASTER 'west' TO IGNORE_SERVER_IDS = (7, 8);",
    '  or        newer position from the peer. Costs: what the peer wrote itself meanwhile is skipped',
    '  see       https://mariadb.com/kb/en/change-master-to/#ignore_server_ids',
  ])('says %j', (line) => {
    expect(text.split('\n')).toContain(line);
  });

  test('leaves its facts to the JSON', () => {
    expect(text).not.toContain('removed-server');
    expect(text).not.toMatch(/^ {2}facts/m);
  });

  test.each<readonly [string, ReportFinding['facts'], readonly string[]]>([
    ['no times', {}, []],
    ['running only', { running: true }, ['still running when the copies end']],
    ['over only', { running: false }, ['over']],
    [
      'a last time only',
      { lastSeen: '2026-11-20T10:00:00Z' },
      ['last seen 2026-11-20 10:00:00 UTC'],
    ],
    [
      'times by a clock that tells no zone',
      { firstSeen: '2026-11-20T10:00:00', lastSeen: '2026-11-20T10:00:09.5' },
      ['first seen 2026-11-20 10:00:00 by its server’s clock; last seen', '10:00:09'],
    ],
    [
      'one time only',
      { firstSeen: '2026-11-20T10:00:00Z', lastSeen: '2026-11-20T10:00:00Z' },
      ['first seen 2026-11-20 10:00:00 UTC'],
    ],
    [
      'a time that is none',
      { firstSeen: 'x\u001b', laps: 2, running: true },
      ['first lap x\\x1b; still running when the copies end'],
    ],
  ])('with %s says no more than that', (_name, facts, lines) => {
    expect(behind(render(withFinding({ facts })), 'since')).toEqual(lines);
  });

  test('is never called running by the clock of the scan', () => {
    const later = { ...exampleReport, now: '2027-01-01T00:00:00Z' };
    expect(section(render(later), 'FINDINGS')).toEqual(section(render(exampleReport), 'FINDINGS'));
  });

  test('shows an alternative close together, the server where it changes, the risk on every change', () => {
    expect(text).toContain(`meanwhile is skipped
    -- on server 11: check: lists mysql-bin.000002
    SHOW BINARY LOGS;
    -- on server 12: change, REWRITES THE POSITION: the relay logs are dropped and fetched again
    -- from the last executed event
    CHANGE MASTER 'west' TO MASTER_LOG_FILE`);
  });

  const undone = (undo: readonly string[], width = 80): string[] => {
    const fix = loop.fix && { ...loop.fix, undo, alternatives: [] };
    const lines = section(render(withFinding({ fix }), { width }), 'FINDINGS');
    const at = lines.indexOf('  undo      on server 12:');
    return lines.slice(at + 1).filter((line) => line.startsWith('    ') && !/^ {5}/.test(line));
  };

  test('takes its undo on one line where it fits and no statement ends in another way', () => {
    const undo = ['STOP SLAVE;', 'START SLAVE'];
    expect(undone(undo)).toEqual(['    STOP SLAVE; START SLAVE;']);
    expect(undone(['STOP SLAVE;', 'SHOW SLAVE STATUS\\G'])).toHaveLength(2);
    expect(undone([...undo, `SET @x = '${'x'.repeat(80)}';`])).toHaveLength(3);
  });

  test('that is below the wanted severity is left out, and only that', () => {
    const whole = render(exampleReport);
    const some = render(exampleReport, { minSeverity: 'high' });
    expect(whole).toContain('stale-format-description');
    expect(some).not.toContain('3. INFO');
    expect(some).toContain('1 finding below high not shown.');
    expect(some).toContain('FINDINGS: 1 critical, 1 high, 1 info');
    expect(section(some, 'PLAN')).toEqual(section(whole, 'PLAN'));
  });
});

describe('the places of a finding', () => {
  const where = (...evidence: readonly EvidenceEntry[]): string[] =>
    behind(render(withFinding({ evidence }), { width: 100 }), 'where');
  const plain: EvidenceEntry = { ...first, path: 'log', source: null, gtid: null, text: null };

  test('say type, server and time once while these stay the same', () => {
    expect(
      where(
        plain,
        { ...plain, offset: 551 },
        { ...plain, offset: 552, serverId: 98 },
        { ...plain, offset: 553, serverId: 98, source: { file: 'bin.1', position: 4 } },
      ),
    ).toEqual([
      'log@550: Query, server 99, 2026-11-20T09:59:41Z',
      'log@551',
      'log@552: Query, server 98, 2026-11-20T09:59:41Z',
      'log@553: source bin.1:4',
    ]);
  });

  test('say GTID and field again where they differ', () => {
    const one = { ...plain, gtid: '0-99-8' };
    expect(where(one, { ...one, offset: 551 }, { ...one, offset: 552, gtid: '0-99-9' })).toEqual([
      'log@550: Query, server 99, 2026-11-20T09:59:41Z, GTID 0-99-8',
      'log@551',
      'log@552: GTID 0-99-9',
    ]);
  });

  test('show a text that repeats itself once, also across a place without any', () => {
    const told = { ...plain, text: 'insert' };
    expect(where(told, plain, told, { ...told, text: 'update' }, told)).toEqual([
      'log@550: Query, server 99, 2026-11-20T09:59:41Z',
      '  insert',
      'log@550',
      'log@550',
      'log@550',
      '  update',
      'log@550',
      '  insert',
    ]);
  });

  test('leave out a text that only says the source position again', () => {
    const rotate = { ...plain, eventType: 'Rotate', source: { file: 'bin.1', position: 120 } };
    expect(where({ ...rotate, text: 'Rotate to bin.1:120' })).toHaveLength(1);
    expect(where({ ...rotate, text: 'bin.1:120' })).toHaveLength(1);
    expect(where({ ...rotate, text: 'Rotate to bin.1:1200' })).toHaveLength(2);
  });

  test('are five at most', () => {
    const many = Array.from({ length: 7 }, (_, n) => ({ ...plain, offset: n }));
    expect(where(...many)).toHaveLength(6);
    expect(where(...many).at(-1)).toBe('… and 2 more, all in the JSON report');
  });
});

describe('the context', () => {
  const shown = (...counts: ReadonlyArray<Record<string, number>>): string => {
    const [entry] = exampleReport.context;
    if (entry === undefined) throw new Error('the example has context');
    const context = counts.map((of, n) => ({
      ...entry,
      summary: `no. ${n}`,
      facts: { counts: of },
    }));
    return render({ ...exampleReport, context });
  };

  test('leaves out what every replica shows: a connect, a rotation', () => {
    const text = shown({ connect: 1, reconnect: 0, 'source-rotation': 3, 'relay-rotation': 1 });
    expect(text).not.toContain('CONTEXT');
  });

  test.each(['reconnect', 'source-restart'])('shows a %s', (kind) => {
    const text = shown({ connect: 1 }, { connect: 1, [kind]: 1 });
    expect(section(text, 'CONTEXT')).toEqual([
      'CONTEXT (no failings)',
      'reconnects: no. 1',
      '  where     db12/relay-bin.000002@550: Rotate, server 99, 2026-11-20T09:59:41Z,',
      '              source mysql-bin.000001:1028',
    ]);
  });

  test('shows what is of another kind, whatever its facts', () => {
    const context = [
      { kind: 'delayed-replica', summary: 'late', evidence: [], facts: { counts: {} } },
    ];
    expect(render({ ...exampleReport, context })).toContain('delayed-replica: late');
  });
});

describe('the fix of a finding that is not the only one', () => {
  const [cause, follower] = exampleReport.findings;
  if (!cause?.fix || !follower) throw new Error('no example');
  const { fix } = cause;
  const second = (changes: Partial<ReportFinding>): string =>
    render(
      { ...exampleReport, findings: [cause, { ...follower, ...changes }] },
      { width: 100 },
    ).split('\n2. ')[1] ?? '';

  test('is that of its cause, though its own is withheld', () => {
    const own = { ...fix, withheld: 'not known', steps: [] };
    const text = second({ fingerprint: 'other', causedBy: cause.fingerprint, fix: own });
    expect(text).toContain(
      '\n  fix       with finding 1: steps 1 to 3 and 6 of the plan (mariadb-10.11)\n',
    );
  });

  test('is withheld with its reason where the cause has no step in the plan', () => {
    const own = { ...fix, withheld: 'not known', steps: [] };
    const text = second({ fingerprint: 'other', causedBy: 'unknown', fix: own });
    expect(text).toContain('\n  fix       withheld: not known (mariadb-10.11)\n');
  });

  test('is told once where it is the same', () => {
    const same = { ...fix, alternatives: [] };
    const findings = [
      { ...cause, fix: same },
      { ...follower, server: cause.server, fix: same },
    ];
    const text = render({ ...exampleReport, findings }, { width: 100 });
    expect(text).toMatch(/\n {2}fix .*; requires and effects: as for finding 1\n/);
    expect(text.match(/gtid_strict_mode is OFF: met/g)).toHaveLength(1);
    const alone = render({ ...exampleReport, findings }, { width: 100, minSeverity: 'critical' });
    expect(alone).not.toContain('as for finding');
  });
});
