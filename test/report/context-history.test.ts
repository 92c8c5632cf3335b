import { describe, expect, test } from 'vitest';
import { renderers } from '../../src/report/renderers/index.ts';
import type { ReportContext } from '../../src/report/report.ts';
import { LogBuilder } from '../support/build-log.ts';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';

const contextsOf = async (files: Files, kind: string): Promise<ReportContext[]> =>
  (await reportOf(files)).context.filter((entry) => entry.kind === kind);

const log = (n: number): string => `s/mysql-bin.00000${n}`;

describe('restarts', () => {
  const started = (at: number) => binaryLog({ at });
  const rotated = (at: number) =>
    write(new LogBuilder({ serverId: 1, at }).format({ version: VERSION.mysql56 })).rotate(
      'mysql-bin.000009',
    );

  test('after an orderly stop, after a crash, and with nothing before', async () => {
    const [entry, ...others] = await contextsOf(
      {
        [log(1)]: write(started(START)).stop(),
        [log(2)]: write(started(START + 100)),
        [log(3)]: write(started(START + 200)),
      },
      'restarts',
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      summary: expect.stringMatching(/^The binary logs of server 1 show 3 starts: .*crash/),
      facts: {
        server: 1,
        counts: { orderly: 1, crash: 1, unknown: 1 },
        history: [
          { path: log(1), before: 'unknown' },
          { path: log(2), before: 'orderly', started: '2023-11-14T22:15:01Z' },
          { path: log(3), before: 'crash' },
        ],
      },
      evidence: [
        { path: log(2), offset: 4, field: 'created' },
        { path: log(3), offset: 4 },
      ],
    });
  });

  test.each<[string, Files]>([
    ['a server’s first log', { [log(1)]: write(started(START)) }],
    ['a log after one that was not given', { [log(3)]: write(started(START)) }],
    ['rotation', { [log(1)]: rotated(START), [log(2)]: rotated(START + 9) }],
  ])('silent: %s', async (_name, files) => {
    expect(await contextsOf(files, 'restarts')).toEqual([]);
  });
});

describe('source-switch', () => {
  const of = (source: number, formatId = source) =>
    new RelayLog().connect({ source, formatId, position: 500 }).write({ serverId: source });

  test('another server sends from there on', async () => {
    const [entry] = await contextsOf(
      { 'r/relay-bin.000002': of(1), 'r/relay-bin.000003': of(5) },
      'source-switch',
    );
    expect(entry).toMatchObject({
      summary: expect.stringContaining('from server 1 to server 5'),
      evidence: [{ path: 'r/relay-bin.000003', field: 'server_id' }],
      facts: { switches: [{ from: 1, to: 5, renumbered: false }] },
    });
  });

  test('the same server under another id', async () => {
    const [entry] = await contextsOf(
      { 'r/relay-bin.000002': of(1), 'r/relay-bin.000003': of(5, 1) },
      'source-switch',
    );
    expect(entry).toMatchObject({
      summary: expect.stringContaining('server 1 became server 5'),
      facts: { switches: [{ renumbered: true }] },
    });
  });

  test('silent where one server sends', async () => {
    const files = { 'r/relay-bin.000002': of(1), 'r/relay-bin.000003': of(1) };
    expect(await contextsOf(files, 'source-switch')).toEqual([]);
  });
});

describe('true-lag', () => {
  const stamp = (seconds: number): number => (START + seconds) * 1e6;
  const replicaLog = () => binaryLog({ serverId: 2, version: VERSION.mysql8030 });

  test('percentiles and the worst of each server, over all logs of the series', async () => {
    const first = replicaLog();
    times(99, (i) => write(first, { serverId: 1, original: stamp(i), immediate: stamp(i + 0.1) }));
    const second = replicaLog();
    write(second, { serverId: 1, original: stamp(200), immediate: stamp(260) });
    write(second, { serverId: 2, immediate: stamp(260) });
    const [entry, ...others] = await contextsOf(
      { 'r/mysql-bin.000001': first, 'r/mysql-bin.000002': second },
      'true-lag',
    );
    expect(others).toEqual([]);
    const [origin, ...more] = (entry?.facts['origins'] ?? []) as Record<string, number>[];
    expect(more).toEqual([]);
    expect(origin).toMatchObject({ serverId: 1, transactions: 100, negative: 0, worstSeconds: 60 });
    // To the width of a bucket
    expect(origin?.['medianSeconds']).toBeGreaterThanOrEqual(0.1);
    expect(origin?.['p95Seconds']).toBeLessThan(0.11);
    expect(entry?.evidence).toMatchObject([
      { path: 'r/mysql-bin.000002', offset: second.event(1).offset },
    ]);
  });

  test('in a relay log it is that of the source', async () => {
    const relay = new RelayLog({ serverId: 3, version: VERSION.mysql8030 })
      .connect({ source: 2, position: 500 })
      .write({ serverId: 1, original: stamp(0), immediate: stamp(7) });
    const [entry] = await contextsOf({ 'r/relay-bin.000002': relay }, 'true-lag');
    expect(entry).toMatchObject({
      summary: expect.stringContaining('the source of server 3 (server 2) committed 1 transaction'),
      facts: { committedBy: 2, channel: '' },
    });
  });

  test('committed before their first commit: the clocks differ, and that is said', async () => {
    const built = write(replicaLog(), { serverId: 1, original: stamp(9), immediate: stamp(6) });
    const [entry] = await contextsOf({ 'r/mysql-bin.000001': built }, 'true-lag');
    expect(entry).toMatchObject({
      summary: expect.stringContaining('the clocks differ by 3.0 s at least'),
      facts: { origins: [{ negative: 1, clockSkewSeconds: 3 }] },
    });
  });

  test('a stamp that was made up is no lag of its own server, and said where it is passed on', async () => {
    const made = { serverId: 1, original: 1_000_000_000_123_456, immediate: stamp(6) };
    const own = write(binaryLog({ serverId: 1, version: VERSION.mysql8030 }), made);
    expect(await contextsOf({ 's/mysql-bin.000001': own }, 'true-lag')).toEqual([]);
    const passed = write(replicaLog(), made);
    expect(await contextsOf({ 'r/mysql-bin.000001': passed }, 'true-lag')).toMatchObject([
      { summary: expect.stringContaining('set by hand') },
    ]);
  });

  test('silent on logs without stamps', async () => {
    const built = write(binaryLog({ serverId: 2 }), { serverId: 1 });
    expect(await contextsOf({ 'r/mysql-bin.000001': built }, 'true-lag')).toEqual([]);
  });
});

describe('replayed-logs', () => {
  const rows = (built: ReturnType<typeof binaryLog>, count: number) =>
    times(count, (i) => write(built, { serverId: 9, sql: `INSERT INTO a VALUES (${i})`, xid: i }));

  test('a block that stands twice, in one order', async () => {
    const built = binaryLog();
    rows(built, 6);
    const second = built.length;
    rows(built, 6);
    expect(await contextsOf({ [log(1)]: built }, 'replayed-logs')).toMatchObject([
      {
        summary: expect.stringContaining('6 transactions of server 9 stand twice'),
        evidence: [{ path: log(1), offset: second }],
        facts: { sign: 'twice', transactions: 6, serverIds: [9] },
      },
    ]);
  });

  test('transactions older than the log, on a server that replicates from nobody', async () => {
    const built = binaryLog({ at: START });
    times(4, (i) => write(built, { at: START - 9000 + i, xid: i, sql: `DELETE FROM a${i}` }));
    expect(await contextsOf({ [log(1)]: built }, 'replayed-logs')).toMatchObject([
      { facts: { sign: 'older', transactions: 4, ageSeconds: 9000 } },
    ]);
  });

  test('silent: few equal ones, laps, a replica that applies what is old, a normal log', async () => {
    const few = binaryLog();
    rows(few, 4);
    rows(few, 4);
    const laps = binaryLog();
    times(5, () => rows(laps, 6));
    const normal = binaryLog();
    rows(normal, 20);
    for (const built of [few, laps, normal]) {
      expect(await contextsOf({ [log(1)]: built }, 'replayed-logs')).toEqual([]);
    }
    const late = binaryLog({ serverId: 2, at: START });
    times(4, (i) => write(late, { serverId: 1, at: START - 9000 + i, sql: `DELETE FROM a${i}` }));
    const relay = new RelayLog().connect({ position: 500 });
    expect(
      await contextsOf(
        { 'r/mysql-bin.000001': late, 'r/relay-bin.000002': relay },
        'replayed-logs',
      ),
    ).toEqual([]);
  });
});

describe('the table of connections', () => {
  const files = (count: number): Files =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `r/relay-bin.0000${String(i + 10)}`,
        new RelayLog().connect({ position: 500 + 300 * i }).write({ at: START + 2 * i }),
      ]),
    );
  const text = async (count: number, width: number): Promise<string[]> =>
    renderers
      .text(await reportOf(files(count)), { width, color: 0, minSeverity: 'info' })
      .split('\n');

  test('names log, place, times around, gap and cause, one line each', async () => {
    const lines = await text(3, 100);
    const head = lines.findIndex((line) => line.startsWith('relay log '));
    expect(lines[head]).toMatch(/^relay log +asked for +by +before +after +gap +what$/);
    expect(lines[head + 2]).toMatch(
      /^relay-bin\.000011 +mysql-bin\.000001:800 +position +22:13:21 +22:13:23 +2 s +in traffic$/,
    );
    expect(lines[head + 4]).toBe('before, after: times of the events around, 2023-11-14 (UTC)');
  });

  test('keeps what matters most on a narrow page', async () => {
    for (const width of [40, 60, 80]) {
      const lines = await text(3, width);
      const head = lines.findIndex((line) => line.startsWith('relay log '));
      expect(lines[head]).toMatch(/what$/);
      for (const line of lines.slice(head, head + 4))
        expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test('has an end, which says how much is left', async () => {
    expect(await text(60, 100)).toContain('… and 40 more, in the JSON report');
  });
});
