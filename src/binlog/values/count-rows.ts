import type { FieldReader } from '../../bytes/field-reader.ts';
import { MalformedError } from '../../bytes/malformed-error.ts';
import { EVENT } from '../event-type.ts';
import type { Column } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import type { ValueType } from './define-value-type.ts';
import { valueTypeOf } from './index.ts';
import { bytesFor, isSet, type RowsOfTable, readPartialBits, rowBlock } from './row-block.ts';

/** How many rows an event has, as far as they could be told apart. */
export interface CountedRows {
  readonly rows: number;
  /** Why the rows behind these cannot be told apart; null when there are no more. */
  readonly unreadable: string | null;
  /** Where the bytes contradict the format or the table map. */
  readonly malformed: MalformedError | null;
}

/** One kind of image of an event, passed over value by value. */
class ImageSkipper {
  readonly #columns: ReadonlyArray<readonly [Column, ValueType | null]>;
  /** JSON columns of the table, where the image may hold changes to them; null elsewhere. */
  readonly #jsonColumns: number | null;

  constructor(all: readonly Column[], present: Buffer, isPartial: boolean) {
    this.#columns = all
      .filter(({ index }) => isSet(present, index))
      .map((column) => [column, column.unreadable === null ? valueTypeOf(column.realType) : null]);
    this.#jsonColumns = isPartial
      ? all.filter(({ realType }) => realType === COLUMN_TYPE.JSON).length
      : null;
  }

  get isEmpty(): boolean {
    return this.#columns.length === 0;
  }

  /** Answers why the image cannot be passed; null when it was. */
  skip(f: FieldReader): string | null {
    // Changes to a JSON document stand behind a length like the document itself
    if (this.#jsonColumns !== null) readPartialBits(f, this.#jsonColumns);
    const columns = this.#columns;
    const nulls = f.bytes('null_bits', bytesFor(columns.length));
    let i = 0;
    for (const [column, type] of columns) {
      if (!isSet(nulls, i)) {
        if (type === null) return column.unreadable;
        type.skip(f, column);
      }
      i += 1;
    }
    return null;
  }
}

/**
 * Counts the rows of a rows event without looking at their values: the same as reading them, in a
 * tenth of the time. What cannot be counted is told, never thrown.
 */
export const countRows = (asked: RowsOfTable): CountedRows => {
  let rows = 0;
  let located = (error: unknown): unknown => error;
  try {
    const block = rowBlock(asked);
    if (block === null) return { rows, unreadable: null, malformed: null };
    if ('unreadable' in block) return { rows, unreadable: block.unreadable, malformed: null };
    ({ located } = block);
    const { f } = block;
    const { event, typeCode, table } = asked;
    const isPartial = typeCode === EVENT.PARTIAL_UPDATE_ROWS;
    const first = new ImageSkipper(table.columns, event.present, false);
    const second =
      event.presentAfter && new ImageSkipper(table.columns, event.presentAfter, isPartial);
    // A row of defaults alone, in a minimal image: no bytes at all
    if (event.kind === 'write' && f.remaining === 0 && first.isEmpty) rows += 1;
    while (f.remaining > 0) {
      const start = f.offset;
      const unreadable = first.skip(f) ?? second?.skip(f) ?? null;
      rows += 1;
      if (unreadable !== null) return { rows, unreadable, malformed: null };
      if (f.offset === start) {
        throw f.malformed('rows', `${f.remaining} bytes of rows that have no columns`);
      }
    }
    return { rows, unreadable: null, malformed: null };
  } catch (error) {
    const told = located(error);
    if (!(told instanceof MalformedError)) throw told;
    return { rows, unreadable: null, malformed: told };
  }
};
