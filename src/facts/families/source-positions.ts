import type { EventCursor } from '../../binlog/event-cursor.ts';
import { LIST_LIMIT, type PositionFact } from '../facts.ts';

/** Finds where the source positions that status files name lie in this log. */
export class SourcePositions {
  readonly facts: PositionFact[] = [];
  /** False in most scans: one look an event in the hot loop. */
  readonly any: boolean;
  readonly #wanted: ReadonlySet<number>;

  constructor(wanted: readonly number[]) {
    this.#wanted = new Set(wanted.map((position) => position % 2 ** 32));
    this.any = this.#wanted.size > 0;
  }

  /** Takes a data event behind which a transaction is open or not. */
  see(cursor: EventCursor, log: string | null, open: boolean): void {
    const position = cursor.endLogPos;
    if (position === 0 || !this.#wanted.has(position) || this.facts.length >= LIST_LIMIT) return;
    this.facts.push({ position, offset: cursor.following, log, boundary: !open });
  }
}
