import type { RowsKind } from '../binlog/events/rows.ts';
import type { RowCounts } from './stats.ts';

const KEY = { write: 'written', update: 'updated', delete: 'deleted' } as const;

/** Row changes as they are counted up. */
export class RowTally {
  written = 0;
  updated = 0;
  deleted = 0;

  add(kind: RowsKind, rows: number): void {
    this[KEY[kind]] += rows;
  }

  merge(other: RowCounts): void {
    this.written += other.written;
    this.updated += other.updated;
    this.deleted += other.deleted;
  }

  clear(): void {
    this.written = 0;
    this.updated = 0;
    this.deleted = 0;
  }

  stats(): RowCounts {
    return { written: this.written, updated: this.updated, deleted: this.deleted };
  }
}
