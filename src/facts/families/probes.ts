import type { EventRef, ProbeFact } from '../facts.ts';

/** What the walk knows when it stands before an event. */
export interface Surroundings {
  readonly transaction: EventRef | null;
  readonly sourceLog: string | null;
  readonly sourcePosition: number;
}

/** Looks at the offsets that status files name, as the walk passes them. */
export class Probes {
  /** Offset of the next probe: one comparison an event in the hot loop. */
  next: number;
  readonly #wanted: number[];
  readonly #facts: ProbeFact[] = [];
  #before: EventRef | null = null;

  constructor(offsets: readonly number[]) {
    this.#wanted = [...new Set(offsets)].sort((a, b) => a - b);
    this.next = this.#wanted[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Call for an event when the next one, at `end`, begins at or behind `next`. */
  pass(event: EventRef, end: number, around: Surroundings): void {
    while (this.next < end) {
      if (this.next === event.offset) this.#put(true, this.#before, event, around);
      else this.#put(false, event, null, around);
    }
    this.#before = event.offset + event.size === end ? event : null;
  }

  /** At the end of what can be read. */
  finish(end: number, around: Surroundings): ProbeFact[] {
    while (this.next < Number.POSITIVE_INFINITY) {
      const boundary = this.next === end;
      this.#put(boundary, boundary ? this.#before : null, null, around);
    }
    return this.#facts;
  }

  #put(
    boundary: boolean,
    before: EventRef | null,
    after: EventRef | null,
    around: Surroundings,
  ): void {
    this.#facts.push({
      offset: this.next,
      boundary,
      before,
      after,
      transaction: around.transaction,
      source:
        around.sourcePosition > 0
          ? { log: around.sourceLog, position: around.sourcePosition }
          : null,
    });
    this.#wanted.shift();
    this.next = this.#wanted[0] ?? Number.POSITIVE_INFINITY;
  }
}
