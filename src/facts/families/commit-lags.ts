import type { CommitLagFact } from '../facts.ts';
import { bucketOf } from '../lag-buckets.ts';

/** Servers beyond this many are noise. */
const SERVERS = 64;

interface Tally {
  readonly serverId: number;
  transactions: number;
  negative: number;
  least: number;
  leastOffset: number;
  worst: number;
  worstOffset: number;
  newestCommit: number;
  newestOffset: number;
  readonly buckets: Map<number, number>;
}

/**
 * How much later than on the server that it comes from a transaction was committed by the writer of
 * the event: `immediate_commit_timestamp` less `original_commit_timestamp` (MySQL 8.0.1+, WL#7319).
 */
export class CommitLags {
  readonly #tallies = new Map<number, Tally>();

  /** Stamps in µs. Equal ones are of the writer's own transactions, and no lag. */
  see(serverId: number, immediate: number, original: number, offset: number): void {
    if (immediate === original) return;
    const lag = immediate - original;
    const tally = this.#tallies.get(serverId) ?? this.#begin(serverId, lag, offset);
    if (tally === null) return;
    tally.transactions += 1;
    if (lag < 0) tally.negative += 1;
    if (lag < tally.least) {
      tally.least = lag;
      tally.leastOffset = offset;
    }
    if (lag > tally.worst) {
      tally.worst = lag;
      tally.worstOffset = offset;
    }
    if (immediate > tally.newestCommit) {
      tally.newestCommit = immediate;
      tally.newestOffset = offset;
    }
    const bucket = bucketOf(lag);
    tally.buckets.set(bucket, (tally.buckets.get(bucket) ?? 0) + 1);
  }

  facts(): CommitLagFact[] {
    return [...this.#tallies.values()]
      .sort((a, b) => a.serverId - b.serverId)
      .map(({ buckets, ...tally }) => ({
        ...tally,
        buckets: [...buckets].sort(([a], [b]) => a - b),
      }));
  }

  #begin(serverId: number, lag: number, offset: number): Tally | null {
    if (this.#tallies.size >= SERVERS) return null;
    const tally = {
      serverId,
      transactions: 0,
      negative: 0,
      least: lag,
      leastOffset: offset,
      worst: lag,
      worstOffset: offset,
      newestCommit: 0,
      newestOffset: offset,
      buckets: new Map<number, number>(),
    };
    this.#tallies.set(serverId, tally);
    return tally;
  }
}
