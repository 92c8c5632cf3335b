/** The few items with the largest measure; of equal ones those that came first. */
export class TopList<T> {
  readonly #length: number;
  readonly #entries: Array<{ readonly measure: number; readonly item: T }> = [];

  constructor(length: number) {
    this.#length = length;
  }

  /** Would an item of this measure be kept? Asked before it is made. */
  takes(measure: number): boolean {
    const last = this.#entries[this.#length - 1];
    return last === undefined || measure > last.measure;
  }

  add(measure: number, item: T): void {
    if (!this.takes(measure)) return;
    const at = this.#entries.findIndex((entry) => entry.measure < measure);
    this.#entries.splice(at < 0 ? this.#entries.length : at, 0, { measure, item });
    if (this.#entries.length > this.#length) this.#entries.pop();
  }

  /** Takes over what another list has kept. */
  merge(other: TopList<T>): void {
    for (const { measure, item } of other.#entries) this.add(measure, item);
  }

  /** The largest first. */
  get items(): readonly T[] {
    return this.#entries.map(({ item }) => item);
  }
}
