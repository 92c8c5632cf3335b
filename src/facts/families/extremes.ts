/** Transactions kept of each kind. */
const KEPT = 10;
/** Smaller and shorter ones are nobody's trouble: most logs keep none. */
export const LEAST_BYTES = 1 << 20;
export const LEAST_SECONDS = 60;

/** One transaction in numbers, as the walk passed it. */
export interface Extent {
  readonly offset: number;
  /** End in the file. */
  readonly end: number;
  readonly events: number;
  readonly serverId: number;
  readonly threadId: number | null;
  /** Smallest timestamp of its events, and that of its last one. */
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
  /** µs since the epoch: its commit on the server that it comes from; null where nobody wrote it. */
  readonly originalCommit: number | null;
  /** Largest of its statements, in seconds. */
  readonly execTime: number | null;
}

/** From its first statement to its commit, in seconds: by its events' times or by its commit stamp. */
export const secondsOf = ({
  firstTimestamp,
  lastTimestamp,
  originalCommit,
}: Pick<Extent, 'firstTimestamp' | 'lastTimestamp' | 'originalCommit'>): number =>
  Math.max(lastTimestamp, originalCommit === null ? 0 : Math.floor(originalCommit / 1e6)) -
  firstTimestamp;

/** The largest and the longest transactions of a log: two comparisons for each that is neither. */
export class Extremes {
  readonly #largest: Extent[] = [];
  readonly #longest: Extent[] = [];
  #bytes = LEAST_BYTES;
  #seconds = LEAST_SECONDS;

  /** Is a transaction of so many bytes and seconds to be kept? */
  takes(bytes: number, seconds: number): boolean {
    return bytes >= this.#bytes || seconds >= this.#seconds;
  }

  keep(extent: Extent): void {
    const bytes = extent.end - extent.offset;
    if (bytes >= this.#bytes) {
      this.#bytes = Math.max(this.#bytes, insert(this.#largest, extent, sizeOf));
    }
    if (spanOf(extent) >= this.#seconds) {
      this.#seconds = Math.max(this.#seconds, insert(this.#longest, extent, spanOf));
    }
  }

  /** Largest first. */
  get largest(): readonly Extent[] {
    return this.#largest;
  }

  /** Longest first. */
  get longest(): readonly Extent[] {
    return this.#longest;
  }
}

const sizeOf = ({ offset, end }: Extent): number => end - offset;

/** A slow statement counts by its own figure: row events carry the time at which it began. */
export const spanOf = (extent: Extent): number => Math.max(secondsOf(extent), extent.execTime ?? 0);

/** Files it in order, earlier ones first among equals; answers from which figure on the next is kept. */
const insert = (list: Extent[], extent: Extent, figure: (one: Extent) => number): number => {
  const value = figure(extent);
  const at = list.findIndex((other) => figure(other) < value);
  if (at < 0) list.push(extent);
  else list.splice(at, 0, extent);
  if (list.length > KEPT) list.pop();
  const last = list.length === KEPT ? list.at(-1) : undefined;
  return last ? figure(last) + 1 : 0;
};
