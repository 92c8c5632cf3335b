import type { FieldReader } from '../../bytes/field-reader.ts';
import { EVENT } from '../event-type.ts';
import type { Column } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { valueTypeOf } from './index.ts';
import { readJsonDiffs } from './json.ts';
import { bytesFor, isSet, type RowsOfTable, readPartialBits, rowBlock } from './row-block.ts';
import type { StringForm, Value } from './value.ts';

/** The values of one row at one moment, by column; undefined where the image leaves a column out. */
export type RowImage = readonly (Value | undefined)[];

/** Where reading had to stop, and why. */
export interface Unreadable {
  /** Index of the column; null when no column of the event can be read. */
  readonly column: number | null;
  readonly reason: string;
}

/**
 * What happened to one row: `before` is null of an insert, `after` of a delete. With `unreadable` the
 * image that was being read ends before the column, and no further row of the event is known.
 */
export interface RowChange {
  readonly before: RowImage | null;
  readonly after: RowImage | null;
  readonly unreadable: Unreadable | null;
}

export interface RowsToRead extends RowsOfTable {
  readonly strings?: StringForm;
}

/** Which JSON columns of an after-image hold changes instead of a document: by column index. */
const readPartialColumns = (f: FieldReader, columns: readonly Column[]): ReadonlySet<number> => {
  const documents = columns.filter(({ realType }) => realType === COLUMN_TYPE.JSON);
  const bits = readPartialBits(f, documents.length);
  if (bits === null) return new Set();
  return new Set(documents.filter((_, i) => isSet(bits, i)).map(({ index }) => index));
};

const readValue = (f: FieldReader, column: Column, isPartial: boolean, form: StringForm): Value => {
  if (isPartial) return readJsonDiffs(f, column);
  const type = valueTypeOf(column.realType);
  if (!type) throw new TypeError(`column ${column.index} has no reader and is not marked so`);
  return type.read(f, column, form);
};

/** One kind of image of an event: which columns it holds is the same in all its rows. */
class ImageReader {
  readonly #all: readonly Column[];
  readonly #present: readonly Column[];
  readonly #isPartial: boolean;
  readonly #form: StringForm;

  constructor(all: readonly Column[], present: Buffer, isPartial: boolean, form: StringForm) {
    this.#all = all;
    this.#present = all.filter(({ index }) => isSet(present, index));
    this.#isPartial = isPartial;
    this.#form = form;
  }

  /** Whether no column is in it. */
  get isEmpty(): boolean {
    return this.#present.length === 0;
  }

  /** Source: MySQL sql/rpl_record.cc `unpack_row`. */
  read(f: FieldReader): readonly [RowImage, Unreadable | null] {
    const partial = this.#isPartial ? readPartialColumns(f, this.#all) : null;
    const nulls = f.bytes('null_bits', bytesFor(this.#present.length));
    const image = Array.from<Value | undefined>({ length: this.#all.length });
    for (const [i, column] of this.#present.entries()) {
      if (isSet(nulls, i)) image[column.index] = null;
      else if (column.unreadable === null) {
        const isPartial = partial?.has(column.index) ?? false;
        image[column.index] = readValue(f, column, isPartial, this.#form);
      } else return [image, { column: column.index, reason: column.unreadable }];
    }
    return [image, null];
  }
}

function* readImages(f: FieldReader, asked: RowsToRead): Generator<RowChange, void, undefined> {
  const { event, typeCode, table, strings = 'decoded' } = asked;
  const { kind, present, presentAfter } = event;
  const isPartial = typeCode === EVENT.PARTIAL_UPDATE_ROWS;
  const first = new ImageReader(table.columns, present, false, strings);
  const second = presentAfter && new ImageReader(table.columns, presentAfter, isPartial, strings);
  if (kind === 'write' && f.remaining === 0 && first.isEmpty) {
    // A row of defaults alone, in a minimal image: no bytes at all. The servers apply such an event
    // once (Rows_log_event::do_apply_event)
    yield { before: null, after: first.read(f)[0], unreadable: null };
  }
  while (f.remaining > 0) {
    const start = f.offset;
    const [image, unreadable] = first.read(f);
    if (kind !== 'update') {
      yield kind === 'write'
        ? { before: null, after: image, unreadable }
        : { before: image, after: null, unreadable };
      if (unreadable) return;
    } else {
      const [after, alsoUnreadable] = unreadable || !second ? [null, unreadable] : second.read(f);
      yield { before: image, after, unreadable: alsoUnreadable };
      if (alsoUnreadable) return;
    }
    if (f.offset === start) {
      throw f.malformed('rows', `${f.remaining} bytes of rows that have no columns`);
    }
  }
}

/**
 * The rows of a rows event, one after the other. The dummy event that only ends a statement has
 * none. Rows of MySQL 5.1 before 5.1.18 are one change without images that says why. Throws a
 * `MalformedError` where the bytes contradict the format or the table map; what came before stands.
 */
export function* readRows(asked: RowsToRead): Generator<RowChange, void, undefined> {
  const block = rowBlock(asked);
  if (block === null) return;
  if ('unreadable' in block) {
    yield { before: null, after: null, unreadable: { column: null, reason: block.unreadable } };
    return;
  }
  try {
    yield* readImages(block.f, asked);
  } catch (error) {
    throw block.located(error);
  }
}
