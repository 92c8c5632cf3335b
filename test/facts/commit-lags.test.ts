import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketOf, bucketSeconds } from '../../src/facts/lag-buckets.ts';
import { binaryLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { gather } from './gather.ts';

const replicaLog = () => binaryLog({ serverId: 2, version: VERSION.mysql8030 });
const stamp = (seconds: number): number => (START + seconds) * 1e6;

describe('commit lags', () => {
  test('of each server whose transactions were passed on, with the worst place', () => {
    const built = replicaLog();
    write(built, { serverId: 1, original: stamp(0), immediate: stamp(2) });
    write(built, { serverId: 1, original: stamp(1), immediate: stamp(31) });
    write(built, { serverId: 3, original: stamp(1), immediate: stamp(1.5) });
    expect(gather(built).commitLags).toMatchObject([
      {
        serverId: 1,
        transactions: 2,
        negative: 0,
        least: 2e6,
        worst: 30e6,
        worstOffset: built.event(5).offset,
        buckets: [
          [bucketOf(2e6), 1],
          [bucketOf(30e6), 1],
        ],
      },
      { serverId: 3, transactions: 1, worst: 500_000 },
    ]);
  });

  test('own transactions have none, nor those of sources that write no stamp', () => {
    const built = replicaLog();
    write(built, { serverId: 2, immediate: stamp(1) });
    write(built, { serverId: 1, gno: 5, original: 0, immediate: stamp(1) });
    write(built, { serverId: 1, gno: 6 });
    expect(gather(built).commitLags).toEqual([]);
  });

  test('a negative one shows that clocks differ', () => {
    const built = replicaLog();
    times(2, (i) => write(built, { serverId: 1, original: stamp(9), immediate: stamp(8 + 2 * i) }));
    expect(gather(built).commitLags).toMatchObject([
      { transactions: 2, negative: 1, least: -1e6, leastOffset: built.event(1).offset },
    ]);
  });
});

test('a bucket holds every lag up to its bound, and none below that of the one before', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 2 ** 50 }), (micros) => {
      const bucket = bucketOf(micros);
      expect(bucket).toBeLessThanOrEqual(512);
      expect(micros / 1e6).toBeLessThanOrEqual(bucketSeconds(bucket) * (1 + 1e-9));
      if (bucket > 0) expect(micros / 1e6).toBeGreaterThan(bucketSeconds(bucket - 1) * (1 - 1e-9));
    }),
  );
});
