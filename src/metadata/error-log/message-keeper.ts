/** Bounds of what is kept of one log. */
export interface KeptCounts {
  readonly first: number;
  readonly last: number;
}

/**
 * Keeps the first and the last of a series, in constant memory: how it began, and what led to where
 * it is now.
 */
export class MessageKeeper<T> {
  readonly #bounds: KeptCounts;
  readonly #first: T[] = [];
  /** A ring: the oldest of it stands at `#seen - #first.length`, counted round. */
  readonly #last: T[] = [];
  #seen = 0;

  constructor(bounds: KeptCounts) {
    this.#bounds = bounds;
  }

  add(item: T): void {
    if (this.#first.length < this.#bounds.first) this.#first.push(item);
    else this.#last[(this.#seen - this.#bounds.first) % this.#bounds.last] = item;
    this.#seen += 1;
  }

  /** In the order they came. */
  get kept(): readonly T[] {
    const turned = (this.#seen - this.#first.length) % this.#bounds.last;
    const isFull = this.#last.length === this.#bounds.last;
    return isFull
      ? [...this.#first, ...this.#last.slice(turned), ...this.#last.slice(0, turned)]
      : [...this.#first, ...this.#last];
  }

  /** How many between the first and the last are gone. */
  get leftOut(): number {
    return this.#seen - this.#first.length - this.#last.length;
  }
}
