import type { Margins, Piece } from './wrapped-text.ts';

/** One value of a pasted row. */
export interface PastedCell {
  /** The column's name as it stands there. */
  readonly name: string;
  readonly pieces: readonly Piece[];
  /** Byte offset of its line. */
  readonly offset: number;
  /** Whether the file ends in it, without a line end: more may have followed. */
  readonly isCut: boolean;
}

/** Cells by {@link columnKey}, in the order of the text. */
export type PastedCells = ReadonlyMap<string, PastedCell>;

export interface PastedRow {
  readonly cells: PastedCells;
  /** Byte offset of the first line, without a vertical row's `*** 1. row ***`. */
  readonly offset: number;
  /** How its lines were broken. */
  readonly margins: Margins;
}

/** `vertical`: `\G`, `mysql -E`. `tabbed`: `mysql -B`. `bare`: the value alone, `mysql -N`. */
export type PastedForm = 'vertical' | 'boxed' | 'tabbed' | 'bare';

/**
 * One name for the names of a column in all versions: without case, scope, and in the words that
 * MySQL 8.0.22 brought (`Master` is `Source`, `Slave` is `Replica`, `sql/rpl_utility.cc`
 * `rename_fields_use_old_replica_source_terms`).
 */
export const columnKey = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^@@(?:global\.|session\.)?/, '')
    .replaceAll('master', 'source')
    .replaceAll('slave', 'replica');
