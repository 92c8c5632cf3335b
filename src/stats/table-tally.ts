import type { RowsKind } from '../binlog/events/rows.ts';
import { RowTally } from './row-tally.ts';
import type { TableStats } from './stats.ts';

/** Tables that have sums of their own; those that come after them share one. */
export const TABLES_KEPT = 10_000;

/** Servers allow 64 characters in a name; a log that lies may hold any. */
const LONGEST_NAME = 64 * 2 * 2 + 1;

class Sums {
  events = 0;
  bytes = 0;
  innerBytes = 0;
  statements = 0;
  readonly rows = new RowTally();

  stats(): Omit<TableStats, 'table'> {
    const { events, bytes, innerBytes, rows, statements } = this;
    return { events, bytes, innerBytes, rows: rows.stats(), statements };
  }
}

/** A copy of its own: what was cut out of a statement would keep the whole statement in memory. */
const copied = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** What is written to each table. */
export class TableTally {
  readonly #tables = new Map<string, Sums>();
  #other: Sums | null = null;

  /** A rows event of `table`; `bytes` are its own, decompressed ones where it is `inner`. */
  rows(table: string, kind: RowsKind, rows: number, bytes: number, inner: boolean): void {
    const sums = this.#of(table);
    sums.events += 1;
    sums.bytes += bytes;
    if (inner) sums.innerBytes += bytes;
    sums.rows.add(kind, rows);
  }

  /** A statement that names `table`. */
  statement(table: string): void {
    this.#of(table).statements += 1;
  }

  /** By bytes, then by statements, then by name. */
  stats(): {
    readonly tables: readonly TableStats[];
    readonly other: ReturnType<Sums['stats']> | null;
  } {
    return {
      tables: [...this.#tables]
        .map(([table, sums]) => ({ table, ...sums.stats() }))
        .sort(
          (a, b) =>
            b.bytes - a.bytes || b.statements - a.statements || (a.table < b.table ? -1 : 1),
        ),
      other: this.#other?.stats() ?? null,
    };
  }

  #of(table: string): Sums {
    const known = this.#tables.get(table);
    if (known) return known;
    if (this.#tables.size >= TABLES_KEPT || table.length > LONGEST_NAME) {
      this.#other ??= new Sums();
      return this.#other;
    }
    const sums = new Sums();
    this.#tables.set(copied(table), sums);
    return sums;
  }
}
