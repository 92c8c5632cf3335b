import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/evidence/evidence.ts';
import type { ExtremeFact, LogFacts } from '../../src/facts/facts.ts';
import { rules } from '../../src/rules/index.ts';
import { judge } from '../../src/rules/judge.ts';
import { LogBuilder } from '../support/build-log.ts';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { evidenceOf, type Files } from '../support/scan-bytes.ts';

const MIB = 1 << 20;
const GIB = 1 << 30;
const HOUR = 3600;

const extreme = (more: Partial<ExtremeFact> = {}): ExtremeFact => ({
  offset: 500,
  end: 900,
  events: 4,
  serverId: 1,
  threadId: 7,
  firstTimestamp: START,
  lastTimestamp: START,
  originalCommit: null,
  execTime: null,
  formats: ['row'],
  tables: ['shop.orders'],
  ...more,
});

type Changes = Readonly<Record<string, Partial<LogFacts>>>;

/** What is said of logs whose facts say something else: nobody builds a GiB for a test. */
const judged = (rule: string, files: Files, changes: Changes) => {
  const evidence: Evidence = evidenceOf(files);
  for (const { path, facts } of evidence.logs) Object.assign(facts, changes[path]);
  const [outcome] = judge(
    rules.filter(({ id }) => id === rule),
    evidence,
  );
  if (outcome?.status === 'failed') throw outcome.error;
  return outcome?.status === 'found'
    ? outcome.findings.map(({ found, fix }) => ({ ...found, fix }))
    : outcome?.status;
};

const source = (version: string = VERSION.mysql56): Files => ({
  's/mysql-bin.000001': write(binaryLog({ serverId: 1, version })),
});
const LOG = 's/mysql-bin.000001';

describe('oversized-transaction', () => {
  const RULE = 'oversized-transaction';
  const of = (bytes: number, more: Partial<LogFacts> = {}) =>
    judged(RULE, source(), {
      [LOG]: { bytes: 2 * bytes, largest: [extreme({ end: 500 + bytes })], ...more },
    });

  test.each([
    [GIB, 'high'],
    [GIB - 1, 'medium'],
    [256 * MIB, 'medium'],
    [256 * MIB - 1, 'low'],
    [64 * MIB, 'low'],
  ])('%i bytes: %s', (bytes, severity) => {
    expect(of(bytes)).toMatchObject([
      {
        severity,
        confidence: 'proven',
        fix: null,
        at: [{ path: LOG, offset: 500, length: bytes }],
        facts: {
          largestBytes: bytes,
          transactions: [{ tables: ['shop.orders'], shareOfLog: 0.5 }],
        },
      },
    ]);
  });

  test('an event that no source sends', () => {
    const ref = { offset: 700, size: GIB, typeCode: 30, serverId: 1, timestamp: START };
    expect(
      of(MIB, { largestEvent: { ...ref, flags: 0, endLogPos: 0 }, largest: [] }),
    ).toMatchObject([{ severity: 'high', at: [{ offset: 700, field: 'event_size' }] }]);
  });

  test.each<[string, number, Partial<LogFacts>]>([
    ['less than 64 MiB', 64 * MIB - 1, {}],
    ['less than a tenth of a large log', 64 * MIB, { bytes: 641 * MIB }],
  ])('clear: %s', (_name, bytes, more) => {
    expect(of(bytes, more)).toBe('clear');
  });

  test('the copies of one transaction count once, on its source', () => {
    const largest = [extreme({ end: 500 + GIB })];
    const files = {
      ...source(),
      'r/relay-bin.000002': new RelayLog().connect({ position: 500 }).write(),
      'r/replica-bin.000001': write(binaryLog({ serverId: 2 })),
    };
    const paths = Object.keys(files);
    const found = judged(
      RULE,
      files,
      Object.fromEntries(paths.map((path) => [path, { largest, bytes: 2 * GIB }])),
    );
    expect(found).toMatchObject([{ server: { id: 1 }, at: [{ path: LOG }] }]);
    expect(found).toHaveLength(1);
  });

  test('a transaction over several relay logs is put together', () => {
    const first = new RelayLog().connect({ position: 500 });
    first.write({ open: true, rows: 'shop.orders' });
    const second = new RelayLog().copyOfFormat({ position: first.position });
    second.events((log) => log.rows(108, Buffer.alloc(300)));
    const third = new RelayLog().copyOfFormat({ position: second.position });
    third.events((log) => log.rows(108, Buffer.alloc(300)).xid(1));
    const files = {
      'r/relay-bin.000002': first.rotate('relay-bin.000003'),
      'r/relay-bin.000003': second.rotate('relay-bin.000004'),
      'r/relay-bin.000004': third,
    };
    const evidence = evidenceOf(files);
    expect(evidence.logs.map(({ facts }) => facts.transactions.headContinuation)).toMatchObject([
      null,
      { offset: -1 },
      { offset: third.log.event(-1).offset },
    ]);
    const middle = { 'r/relay-bin.000003': { wholeUntil: 100 * MIB } };
    expect(judged(RULE, files, middle)).toMatchObject([
      {
        severity: 'low',
        at: [{ path: 'r/relay-bin.000002', text: expect.stringContaining('over several files') }],
        facts: { transactions: [{ events: null }] },
      },
    ]);
    // Not where a file between is missing
    const { 'r/relay-bin.000003': _gone, ...rest } = files;
    expect(judged(RULE, rest, {})).toBe('clear');
  });

  test('a real one of 64 MiB, from its bytes', () => {
    const log = new LogBuilder({ serverId: 1, at: START }).format({ checksum: 'none' });
    log.begin().tableMap('shop.orders');
    times(4, (i) => log.rows(108, Buffer.alloc(16 * MIB), { last: i === 3 }));
    log.xid(1);
    expect(judged(RULE, { [LOG]: log }, {})).toMatchObject([
      { severity: 'low', facts: { transactions: [{ events: 7, tables: ['shop.orders'] }] } },
    ]);
  });

  test('not assessed without logs that can be read', () => {
    expect(judged(RULE, { 's/mysql-bin.000001': Buffer.from('fd62696e0001', 'hex') }, {})).toBe(
      'not-assessed',
    );
  });
});

describe('long-transaction', () => {
  const RULE = 'long-transaction';
  const of = (more: Partial<ExtremeFact>, other: readonly ExtremeFact[] = []) =>
    judged(RULE, source(), { [LOG]: { longest: [extreme(more), ...other] } });

  test.each<[string, Partial<ExtremeFact>, string]>([
    ['a statement of an hour', { execTime: HOUR }, 'medium'],
    ['a statement of ten minutes', { execTime: 600 }, 'low'],
    ['open for an hour', { lastTimestamp: START + HOUR }, 'low'],
    ['open for ten minutes', { lastTimestamp: START + 600 }, 'info'],
    [
      'open for an hour, with 64 MiB written',
      { lastTimestamp: START + HOUR, end: 500 + 64 * MIB },
      'medium',
    ],
    ['one row statement, by its commit stamp', { originalCommit: (START + HOUR) * 1e6 }, 'medium'],
  ])('%s: %s', (_name, more, severity) => {
    expect(of(more)).toMatchObject([{ severity, confidence: 'likely', fix: null }]);
  });

  test.each<[string, Partial<ExtremeFact>]>([
    ['less than ten minutes', { execTime: 599 }],
    ['a time that was made up: beyond a week', { execTime: 8 * 24 * HOUR }],
  ])('clear: %s', (_name, more) => {
    expect(of(more)).toBe('clear');
  });

  test('one thread cannot do two things at once: replayed, or SET TIMESTAMP', () => {
    const other = extreme({ offset: 2000, end: 2400, firstTimestamp: START + 60, execTime: 900 });
    expect(of({ execTime: 1000 }, [other])).toBe('clear');
    // Another thread may
    expect(of({ execTime: 1000 }, [{ ...other, threadId: 8 }])).toMatchObject([
      { facts: { transactions: [{ seconds: 1000 }, { seconds: 900 }] } },
    ]);
  });

  test('nothing begins before its server', () => {
    const at = (seconds: number) =>
      judged(
        RULE,
        { [LOG]: write(binaryLog({ serverId: 1, at: START + seconds })) },
        { [LOG]: { longest: [extreme({ execTime: HOUR })] } },
      );
    expect(at(0)).toMatchObject([{ severity: 'medium' }]);
    expect(at(60)).toBe('clear');
  });

  test('exec_time on a replica is its own delay', () => {
    const path = 'r/replica-bin.000001';
    const files = { [path]: write(binaryLog({ serverId: 2 })) };
    expect(judged(RULE, files, { [path]: { longest: [extreme({ execTime: HOUR })] } })).toBe(
      'clear',
    );
  });

  test('in a relay log it is that of the direct source', () => {
    const path = 'r/relay-bin.000002';
    const files = { [path]: new RelayLog().connect({ position: 500 }).write() };
    const longest = (serverId: number) => ({
      [path]: { longest: [extreme({ execTime: HOUR, serverId })] },
    });
    expect(judged(RULE, files, longest(1))).toMatchObject([{ severity: 'medium' }]);
    expect(judged(RULE, files, longest(9))).toBe('clear');
  });
});
