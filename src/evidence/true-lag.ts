import { bucketSeconds } from '../facts/lag-buckets.ts';
import type { LogFile, Stream } from './evidence.ts';

/** How late the writer of a log committed what comes from one server. Seconds. */
export interface TrueLag {
  readonly serverId: number;
  readonly transactions: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly worst: number;
  readonly worstAt: { readonly file: LogFile; readonly offset: number };
  /** Transactions that seem to be committed before they were: by so much the clocks differ at least. */
  readonly negative: number;
  readonly skew: number;
  readonly leastAt: { readonly file: LogFile; readonly offset: number };
}

/**
 * MySQL 8.0.1 and later: from the commit on the origin to that on the server that wrote the log: in
 * a replica's own log all hops, in its relay logs those up to its source. Empty for other logs.
 */
export const trueLags = ({ chain, server, channel }: Stream): TrueLag[] => {
  // A stamp that differs on its own server was set by hand
  const writers = channel === null ? server.ids : channel.sourceIds;
  const byServer = new Map<number, Array<{ file: LogFile; fact: Fact }>>();
  for (const file of chain.files) {
    for (const fact of file.facts.commitLags) {
      if (writers.includes(fact.serverId)) continue;
      byServer.set(fact.serverId, [...(byServer.get(fact.serverId) ?? []), { file, fact }]);
    }
  }
  return [...byServer]
    .sort(([a], [b]) => a - b)
    .flatMap(([serverId, parts]) => {
      const [first, ...rest] = parts;
      if (!first) return [];
      const worst = rest.reduce((a, b) => (b.fact.worst > a.fact.worst ? b : a), first);
      const least = rest.reduce((a, b) => (b.fact.least < a.fact.least ? b : a), first);
      const at = percentiles(parts.map(({ fact }) => fact));
      return [
        {
          serverId,
          transactions: sum(parts.map(({ fact }) => fact.transactions)),
          median: Math.min(at(0.5), worst.fact.worst / 1e6),
          p95: Math.min(at(0.95), worst.fact.worst / 1e6),
          p99: Math.min(at(0.99), worst.fact.worst / 1e6),
          worst: worst.fact.worst / 1e6,
          worstAt: { file: worst.file, offset: worst.fact.worstOffset },
          negative: sum(parts.map(({ fact }) => fact.negative)),
          skew: Math.max(0, -least.fact.least / 1e6),
          leastAt: { file: least.file, offset: least.fact.leastOffset },
        },
      ];
    });
};

type Fact = LogFile['facts']['commitLags'][number];

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Answers below which lag a share of the transactions lies, to the width of a bucket. */
const percentiles = (facts: readonly Fact[]): ((share: number) => number) => {
  const counts = new Map<number, number>();
  for (const { buckets } of facts) {
    for (const [bucket, count] of buckets) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const total = sum(sorted.map(([, count]) => count));
  return (share) => {
    let seen = 0;
    for (const [bucket, count] of sorted) {
      seen += count;
      if (seen >= share * total) return bucketSeconds(bucket);
    }
    return bucketSeconds(sorted.at(-1)?.[0] ?? 0);
  };
};
