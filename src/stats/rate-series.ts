import { isoTime } from './iso-time.ts';
import type { RateBucket } from './stats.ts';

/** What is counted over time. */
export interface RateCounts {
  readonly events: number;
  readonly transactions: number;
  readonly bytes: number;
  readonly rows: number;
}

type Bucket = { -readonly [Key in keyof RateCounts]: RateCounts[Key] };

export const MOST_BUCKETS = 60;

const empty = (): Bucket => ({ events: 0, transactions: 0, bytes: 0, rows: 0 });

const addTo = (bucket: Bucket, counts: RateCounts): void => {
  bucket.events += counts.events;
  bucket.transactions += counts.transactions;
  bucket.bytes += counts.bytes;
  bucket.rows += counts.rows;
};

/**
 * Counts over time in at most {@link MOST_BUCKETS} buckets of one width: a second at first, doubled
 * whenever the times go too far apart. Buckets begin at multiples of the width, so that nothing is
 * ever divided.
 */
export class RateSeries {
  #width = 1;
  /** Number of the first bucket: its time by the width. */
  #first = 0;
  #buckets: Bucket[] = [];

  /** `time` in Unix seconds. */
  add(time: number, counts: RateCounts): void {
    addTo(this.#bucketAt(time), counts);
  }

  /** Adds what another series has counted. */
  merge(other: RateSeries): void {
    while (this.#width < other.#width) this.#widen();
    for (const [i, bucket] of other.#buckets.entries()) {
      this.add((other.#first + i) * other.#width, bucket);
    }
  }

  /** Every bucket from the first time to the last, empty ones too. */
  stats(): { readonly bucketSeconds: number; readonly buckets: readonly RateBucket[] } {
    return {
      bucketSeconds: this.#width,
      buckets: this.#buckets.map((bucket, i) => ({
        time: isoTime((this.#first + i) * this.#width),
        ...bucket,
      })),
    };
  }

  #bucketAt(time: number): Bucket {
    for (;;) {
      const number = Math.floor(time / this.#width);
      if (this.#buckets.length === 0) this.#first = number;
      const first = Math.min(this.#first, number);
      const last = Math.max(this.#first + this.#buckets.length - 1, number);
      if (last - first >= MOST_BUCKETS) {
        this.#widen();
        continue;
      }
      while (this.#first > first) {
        this.#buckets.unshift(empty());
        this.#first -= 1;
      }
      while (this.#first + this.#buckets.length <= last) this.#buckets.push(empty());
      return this.#buckets[number - first] as Bucket;
    }
  }

  #widen(): void {
    const wider: Bucket[] = [];
    const first = Math.floor(this.#first / 2);
    for (const [i, bucket] of this.#buckets.entries()) {
      const at = Math.floor((this.#first + i) / 2) - first;
      addTo((wider[at] ??= empty()), bucket);
    }
    this.#width *= 2;
    this.#first = first;
    this.#buckets = wider;
  }
}
