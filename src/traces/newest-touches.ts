import type { Touch, TraceLog } from '../evidence/apply-trace.ts';

/** Touches of each log and certainty that are kept. */
const KEPT = 3;

/** Counts what is found, and keeps the newest of it: of the sure ones, and of those that prove nothing. */
export class NewestTouches {
  readonly counts: Record<TraceLog, number> = {
    'own-binlog': 0,
    'relay-log': 0,
    'source-binlog': 0,
  };
  /** Newest first. */
  #kept: Touch[] = [];
  /** Of the file that is being read, oldest first. */
  #ofFile: Touch[] = [];

  add(touch: Touch): void {
    this.counts[touch.log] += 1;
    this.#ofFile.push(touch);
    const alike = this.#ofFile.filter((other) => isAlike(touch, other));
    if (alike.length > KEPT) this.#ofFile = this.#ofFile.filter((other) => other !== alike[0]);
  }

  /** The file is at its end; the next one of its log is an older one. */
  endFile(): void {
    for (const touch of this.#ofFile.toReversed()) {
      if (this.#kept.filter((other) => isAlike(touch, other)).length < KEPT) this.#kept.push(touch);
    }
    this.#ofFile = [];
  }

  /** This server's own log first: it tells what was done here. */
  get all(): readonly Touch[] {
    return this.#kept;
  }
}

const isAlike = (a: Touch, b: Touch): boolean =>
  a.log === b.log && (a.match === 'value') === (b.match === 'value');
