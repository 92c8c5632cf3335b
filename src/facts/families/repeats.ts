import type { CopyFact, Proof } from '../facts.ts';
import { Sketch } from './sketch.ts';

/** Transactions of one generation; two generations are remembered, so that memory stays bounded. */
const GENERATION = 1 << 16;
/** Different transactions that are kept as repeated; the rest is only counted. */
const REPEATS_LIMIT = 20_000;

/** Newest transactions that are kept: they tell how far a replica has come. */
const TAIL = 512;

/** One copy as the loop saw it, with the identity in numbers: strings are made for the few that are kept. */
export interface SeenTransaction {
  readonly proof: Proof;
  readonly serverId: number;
  readonly timestamp: number;
  readonly threadId: number | null;
  /** Identity: domain and sequence; uuid hash and number; commit timestamp; content hashes. */
  readonly id: string | number;
  readonly hash: number;
  readonly key: number;
  readonly copy: CopyFact;
}

/** A transaction seen twice or more. */
export interface Repeat {
  readonly seen: SeenTransaction;
  copies: number;
  second: CopyFact;
  last: CopyFact;
  execTimeMin: number | null;
  execTimeMax: number | null;
  execTimeFalls: number;
}

/** Finds transactions that come back. A loop comes back within a generation, whatever the log's size. */
export class Repeats {
  readonly sketch = new Sketch<SeenTransaction>();
  readonly found = new Map<number, Repeat>();
  leftOut = 0;
  readonly #tail: SeenTransaction[] = [];
  #tailAt = 0;
  #young = new Map<number, SeenTransaction>();
  #old = new Map<number, SeenTransaction>();

  /** The newest transactions, oldest first. */
  get tail(): SeenTransaction[] {
    return [...this.#tail.slice(this.#tailAt), ...this.#tail.slice(0, this.#tailAt)];
  }

  see(seen: SeenTransaction): void {
    this.#tail[this.#tailAt] = seen;
    this.#tailAt = (this.#tailAt + 1) % TAIL;
    const repeat = this.found.get(seen.key);
    if (repeat) {
      if (repeat.seen.id === seen.id) this.#again(repeat, seen.copy);
      return;
    }
    const before = this.#young.get(seen.key) ?? this.#old.get(seen.key);
    if (before && before.id === seen.id && before.serverId === seen.serverId) {
      this.#begin(before, seen.copy);
      return;
    }
    this.sketch.offer(seen.hash, seen);
    this.#young.set(seen.key, seen);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
  }

  #begin(before: SeenTransaction, copy: CopyFact): void {
    if (this.found.size >= REPEATS_LIMIT) {
      this.leftOut += 1;
      return;
    }
    const repeat: Repeat = {
      seen: before,
      copies: 1,
      second: copy,
      last: before.copy,
      execTimeMin: before.copy.execTime,
      execTimeMax: before.copy.execTime,
      execTimeFalls: 0,
    };
    this.found.set(before.key, repeat);
    this.#again(repeat, copy);
  }

  #again(repeat: Repeat, copy: CopyFact): void {
    const { execTime } = copy;
    repeat.copies += 1;
    if (execTime !== null) {
      if (repeat.last.execTime !== null && execTime < repeat.last.execTime)
        repeat.execTimeFalls += 1;
      repeat.execTimeMin = Math.min(repeat.execTimeMin ?? execTime, execTime);
      repeat.execTimeMax = Math.max(repeat.execTimeMax ?? execTime, execTime);
    }
    repeat.last = copy;
  }
}
