/** Transactions kept per file to recognise them in another file. */
export const SKETCH_SIZE = 4096;

/**
 * Keeps the `size` entries with the smallest hashes. Every file makes the same choice, so that a
 * transaction kept in one is kept in the other wherever both hold it within their share (a bottom-k
 * sample); a file with fewer transactions is kept whole.
 */
export class Sketch<T> {
  readonly #size: number;
  #limit = Number.POSITIVE_INFINITY;
  #kept: Array<{ hash: number; entry: T }> = [];

  constructor(size = SKETCH_SIZE) {
    this.#size = size;
  }

  /** Was nothing left out so far? */
  get complete(): boolean {
    return this.#limit === Number.POSITIVE_INFINITY;
  }

  offer(hash: number, entry: T): void {
    if (hash > this.#limit) return;
    this.#kept.push({ hash, entry });
    if (this.#kept.length >= 2 * this.#size) this.#cut();
  }

  entries(): T[] {
    if (this.#kept.length > this.#size) this.#cut();
    return this.#kept.map((kept) => kept.entry);
  }

  #cut(): void {
    this.#kept.sort((a, b) => a.hash - b.hash);
    const last = this.#kept[this.#size - 1];
    this.#kept.length = this.#size;
    this.#limit = last === undefined ? this.#limit : last.hash;
  }
}
