import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_BUCKETS, RateSeries } from '../../src/stats/rate-series.ts';

const ONE = { events: 1, transactions: 0, bytes: 10, rows: 2 };
const T = 1_700_000_000;

const seriesOf = (times: readonly number[]): RateSeries => {
  const series = new RateSeries();
  for (const time of times) series.add(time, ONE);
  return series;
};

const events = (series: RateSeries): number[] => series.stats().buckets.map((one) => one.events);

test('a bucket is a second while all of them fit', () => {
  const series = seriesOf([T + 3, T, T + 3]);
  expect(series.stats().bucketSeconds).toBe(1);
  expect(events(series)).toEqual([1, 0, 0, 2]);
  expect(series.stats().buckets[0]?.time).toBe('2023-11-14T22:13:20Z');
});

test('a bucket becomes twice as wide when sixty are not enough', () => {
  expect(seriesOf([T, T + 59]).stats()).toMatchObject({ bucketSeconds: 1 });
  const wider = seriesOf([T, T + 1, T + 60]).stats();
  expect(wider.bucketSeconds).toBe(2);
  expect(wider.buckets).toHaveLength(31);
  expect(wider.buckets[0]).toEqual({
    time: '2023-11-14T22:13:20Z',
    events: 2,
    transactions: 0,
    bytes: 20,
    rows: 4,
  });
});

test('times before the first one widen it to the other side', () => {
  const series = seriesOf([T + 1000, T]);
  expect(series.stats().bucketSeconds).toBe(32);
  expect(events(series).at(0)).toBe(1);
  expect(events(series).at(-1)).toBe(1);
});

test('the ends of time are in sixty buckets', () => {
  const series = seriesOf([1, 2 ** 32 - 1, T]);
  expect(series.stats().buckets.length).toBeLessThanOrEqual(MOST_BUCKETS);
  expect(events(series).reduce((a, b) => a + b)).toBe(3);
});

test('whatever the order, nothing is lost and nothing is at a wrong time', () => {
  const time = fc.oneof(
    fc.integer({ min: T, max: T + 500 }),
    fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  );
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 40 }), (times) => {
      const { bucketSeconds, buckets } = seriesOf(times).stats();
      expect(buckets.length).toBeLessThanOrEqual(MOST_BUCKETS);
      for (const [i, bucket] of buckets.entries()) {
        const from = Date.parse(bucket.time) / 1000;
        const inside = times.filter((one) => one >= from && one < from + bucketSeconds);
        expect(bucket.events).toBe(inside.length);
        if (i === 0 || i === buckets.length - 1) expect(bucket.events).toBeGreaterThan(0);
      }
      expect(buckets.reduce((sum, bucket) => sum + bucket.events, 0)).toBe(times.length);
    }),
  );
});

test('two series together are the series of all their times', () => {
  const times = fc.array(fc.integer({ min: T, max: T + 100_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(times, times, (one, other) => {
      const merged = seriesOf(one);
      merged.merge(seriesOf(other));
      const { bucketSeconds, buckets } = merged.stats();
      const all = [...one, ...other];
      for (const bucket of buckets) {
        const from = Date.parse(bucket.time) / 1000;
        const inside = all.filter((time) => time >= from && time < from + bucketSeconds);
        expect(bucket.events).toBe(inside.length);
      }
      expect(events(merged).reduce((a, b) => a + b, 0)).toBe(all.length);
    }),
  );
});
