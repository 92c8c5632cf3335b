import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenSpacing, largestBurst } from '../../src/evidence/reconnect-bursts.ts';
import { reconnectHistory, type Stretch } from '../../src/evidence/reconnect-history.ts';
import { reconnectPattern } from '../../src/evidence/reconnect-pattern.ts';
import { RelayLog, START } from '../support/relay-log.ts';
import { onlyChannel } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';

const history = (logs: readonly RelayLog[], more = {}): readonly Stretch[] =>
  reconnectHistory(
    onlyChannel({
      ...Object.fromEntries(
        logs.map((built, i) => [`a/relay-bin.${String(i + 2).padStart(6, '0')}`, built]),
      ),
      ...more,
    }),
  );

const next = (built: RelayLog): RelayLog => built.rotate('relay-bin.000009');

describe('why a receiver connected again', () => {
  const first = () => new RelayLog().connect().write({ at: START + 5 });

  test('events were coming: the connection was lost', () => {
    const [, again] = history([
      next(first()),
      new RelayLog().connect({ position: 500 }).write({ at: START + 9 }),
    ]);
    expect(again).toMatchObject({
      cause: 'in-traffic',
      mode: 'position',
      notBefore: START + 5,
      notAfter: START + 9,
      gapSeconds: 4,
    });
  });

  test('nothing came since the connect before: idle', () => {
    const [, , third] = history([
      next(first()),
      next(new RelayLog().connect({ position: 500 })),
      new RelayLog().connect({ position: 500 }).write({ at: START + 60 }),
    ]);
    expect(third).toMatchObject({ cause: 'idle', notBefore: START + 5, notAfter: START + 60 });
  });

  test('a relay log rotated by size in between is no connect', () => {
    const kinds = history([
      next(first()),
      next(new RelayLog().copyOfFormat({ position: 500 }).write({ at: START + 6 })),
      new RelayLog().connect({ position: 800 }),
    ]).map(({ connection, cause }) => [connection.kind, cause]);
    expect(kinds).toEqual([
      ['connect', null],
      ['relay-rotation', null],
      ['reconnect', 'in-traffic'],
    ]);
  });

  test('the receiver was started anew: its own events have another time, which dates it', () => {
    const [, again] = history([
      next(first()),
      new RelayLog({ at: START + 100 }).connect({ position: 500 }).write({ at: START + 200 }),
    ]);
    expect(again).toMatchObject({
      cause: 'receiver-start',
      notBefore: START + 100,
      notAfter: START + 100,
    });
  });

  test('a FLUSH by a client has its own time, and is no start', () => {
    const causes = history([
      next(first()),
      next(new RelayLog({ at: START + 50 }).copyOfFormat({ position: 500 })),
      new RelayLog().connect({ position: 500 }),
    ]).map(({ cause }) => cause);
    expect(causes).toEqual([null, null, 'in-traffic']);
  });

  test('the source was restarted: one outage', () => {
    const causes = history([
      next(first()),
      next(new RelayLog().connect({ position: 500 })),
      new RelayLog().connect({ file: 'mysql-bin.000002', created: START + 20 }).write(),
    ]).map(({ cause }) => cause);
    expect(causes).toEqual([null, 'source-restart', null]);
  });

  test('events from before the start of the receiver date nothing: it fetches history', () => {
    const [, again] = history([
      next(new RelayLog({ at: START + 9000 }).connect().write({ at: START + 5 })),
      new RelayLog({ at: START + 9000 }).connect({ position: 500 }).write({ at: START + 9 }),
    ]);
    expect(again).toMatchObject({ notBefore: START + 9000, notAfter: null });
  });

  test('by GTID it asks for a log, and the set decides', () => {
    const [one] = history([first()], { 'a/master.info': masterInfo({ autoPosition: true }) });
    expect(one).toMatchObject({ mode: 'gtid' });
  });
});

const stretch = (
  notBefore: number | null,
  notAfter: number | null,
  cause: Stretch['cause'] = 'idle',
) => ({ notBefore, notAfter, cause }) as Stretch;

describe('bursts', () => {
  const now = 10_000;

  test('only what certainly lies within the time counts', () => {
    const loose = [0, 1, 2].map((i) => stretch(i * 10, i * 10 + 400));
    expect(largestBurst(loose, { least: 3, seconds: 420, now })?.seconds).toBe(420);
    expect(largestBurst(loose, { least: 3, seconds: 419, now })).toBeNull();
  });

  test('what no event dates happened before now', () => {
    const undated = [stretch(9000, null), stretch(null, null), stretch(null, null)];
    expect(largestBurst(undated, { least: 3, seconds: 1000, now })).toMatchObject({
      seconds: 1000,
    });
    expect(largestBurst(undated, { least: 3, seconds: 999, now })).toBeNull();
    expect(largestBurst([stretch(null, null)], { least: 1, seconds: 1e9, now })).toBeNull();
  });

  test('the longest run is answered, not the first', () => {
    const dates = [0, 1, 500, 501, 502, 503, 9000];
    const burst = largestBurst(
      dates.map((date) => stretch(date, date)),
      { least: 2, seconds: 10, now },
    );
    expect(burst?.stretches.map(({ notBefore }) => notBefore)).toEqual([500, 501, 502, 503]);
  });

  test('it is what trying every run gives', () => {
    const dated = fc
      .tuple(fc.nat(2000), fc.nat(50))
      .map(([from, more]) => [from, from + more] as const);
    fc.assert(
      fc.property(
        fc.array(dated, { maxLength: 25 }),
        fc.integer({ min: 1, max: 400 }),
        (list, seconds) => {
          const sorted = list.toSorted(([a], [b]) => a - b).map(([a, b]) => stretch(a, b));
          const ends = sorted.map((_, i) =>
            Math.min(...sorted.slice(i).map(({ notAfter }) => notAfter ?? 0)),
          );
          let most = 0;
          for (let i = 0; i < sorted.length; i += 1) {
            for (let j = i; j < sorted.length; j += 1) {
              if ((ends[j] ?? 0) - (sorted[i]?.notBefore ?? 0) <= seconds)
                most = Math.max(most, j - i + 1);
            }
          }
          const burst = largestBurst(sorted, { least: 1, seconds, now: 1e9 });
          expect(burst?.stretches.length ?? 0).toBe(most);
        },
      ),
    );
  });
});

describe('spacing', () => {
  const every = (seconds: number, count = 10) =>
    Array.from({ length: count }, (_, i) =>
      stretch(1000 + i * seconds, 1001 + i * seconds, 'in-traffic'),
    );

  test('even gaps have a rhythm; uneven ones, few ones and undated ones have none', () => {
    expect(evenSpacing(every(30))).toBe(30);
    expect(evenSpacing(every(30, 5))).toBeNull();
    expect(evenSpacing([0, 5, 50, 51, 300, 700, 701].map((at) => stretch(at, at)))).toBeNull();
    expect(evenSpacing(every(30).map(({ notBefore }) => stretch(notBefore, null)))).toBeNull();
  });

  test('near the timeout it is the timeout, else somebody cuts the connection', () => {
    expect(reconnectPattern(every(30), 30, 30)).toBe('read-timeout');
    expect(reconnectPattern(every(30), 30, null)).toBe('another-receiver-or-killed');
    expect(reconnectPattern(every(300), 300, null)).toBe('unknown');
    const idle = every(30).map((one) => ({ ...one, cause: 'idle' as const }));
    expect(reconnectPattern(idle, null, null)).toBe('idle');
    const started = every(30).map((one) => ({ ...one, cause: 'receiver-start' as const }));
    expect(reconnectPattern(started, 30, 30)).toBe('receiver-restarted');
  });
});
