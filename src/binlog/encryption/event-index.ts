/** Entries at most: 128 KiB of memory, whatever the size of the log. */
const LIMIT = 1 << 14;
/** Bytes between entries at first; it doubles each time the list is full. */
const FIRST_STRIDE = 1 << 16;

/** Where events begin, sparsely: from an entry on the next beginnings are found by hopping. */
export class EventIndex {
  #stride = FIRST_STRIDE;
  #starts: number[] = [];

  /** Tells that an event begins here; beginnings are told in their order. */
  add(start: number): void {
    const last = this.#starts.at(-1);
    if (last !== undefined && start < last + this.#stride) return;
    this.#starts.push(start);
    if (this.#starts.length < LIMIT) return;
    this.#stride *= 2;
    this.#starts = this.#starts.filter((_, n) => n % 2 === 0);
  }

  /** The last entry at or before `offset`; null when there is none. */
  before(offset: number): number | null {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#starts[low - 1] ?? null;
  }
}
