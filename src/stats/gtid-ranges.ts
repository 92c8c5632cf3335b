import type { GtidRange } from './stats.ts';

/** A log has few writers; more are bytes that lie. */
const SOURCES_KEPT = 1000;

interface Range {
  first: bigint;
  last: bigint;
  transactions: number;
  /** What stands between source and number. */
  readonly separator: string;
}

/** Which transactions a log holds, by who wrote them. */
export class GtidRanges {
  readonly #ranges = new Map<string, Range>();
  /** Transactions of sources beyond those that are kept. */
  other = 0;

  /** `uuid:7`, `uuid:tag:7` or `0-11-7`. */
  add(gtid: string): void {
    const separator = gtid.includes(':') ? ':' : '-';
    const cut = gtid.lastIndexOf(separator);
    const source = gtid.slice(0, cut);
    const number = BigInt(gtid.slice(cut + 1));
    const range = this.#ranges.get(source);
    if (range) {
      if (number < range.first) range.first = number;
      if (number > range.last) range.last = number;
      range.transactions += 1;
    } else if (this.#ranges.size < SOURCES_KEPT) {
      this.#ranges.set(source, { first: number, last: number, transactions: 1, separator });
    } else this.other += 1;
  }

  /** In the order of their names. */
  stats(): readonly GtidRange[] {
    return [...this.#ranges]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, { first, last, transactions, separator }]) => ({
        source,
        first: `${source}${separator}${first}`,
        last: `${source}${separator}${last}`,
        transactions,
      }));
  }
}
