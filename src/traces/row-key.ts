import type { Column, TableColumns } from '../binlog/values/column.ts';
import { COLUMN_TYPE } from '../binlog/values/column-type.ts';
import type { RowChange, RowImage } from '../binlog/values/row-image.ts';
import type { KeyWitness, TouchEffect, TouchMatch } from '../evidence/apply-trace.ts';
import { folded } from './named-value.ts';
import { plainText } from './shown-values.ts';

/** What the error tells of the key: `Duplicate entry '6' for key 'orders.PRIMARY'`. */
export interface QuotedKey {
  readonly value: string;
  /** Of the index, without its table; null where it is not told. */
  readonly name: string | null;
}

/** A way of telling that a row is the same one: equal in these columns. */
interface Form {
  readonly columns: readonly number[];
  readonly wanted: ReadonlySet<string>;
  readonly match: Exclude<TouchMatch, 'table'>;
}

export interface RowKey {
  readonly told: KeyWitness;
  /** The surer one first. */
  readonly forms: readonly Form[];
  /** Rows of the failing event that may be meant. */
  readonly rows: readonly RowImage[];
}

/** Rows of one event whose keys are kept. */
const ROWS_KEPT = 1000;
/** Columns of an index that are tried, and the columns among which one of several is looked for. */
const KEY_PARTS = 8;
const LEADING_COLUMNS = 64;

/** What an after-image leaves out is as it was before. */
const completed = (after: RowImage, before: RowImage | null): RowImage =>
  before ? after.map((value, i) => (value === undefined ? before[i] : value)) : after;

const textAt = (image: RowImage, { columns }: TableColumns, index: number): string | null => {
  const value = image[index];
  const column = columns[index];
  return value === undefined || column === undefined ? null : folded(plainText(value, column));
};

/** The texts of these columns; null where the image leaves one of them out. */
const textsAt = (
  image: RowImage,
  table: TableColumns,
  columns: readonly number[],
): readonly string[] | null => {
  const texts = columns.map((index) => textAt(image, table, index));
  return texts.every((text) => text !== null) ? texts : null;
};

const tupleOf = (image: RowImage, table: TableColumns, columns: readonly number[]): string | null =>
  textsAt(image, table, columns)?.join('\0') ?? null;

const formOf = (
  match: Form['match'],
  columns: readonly number[],
  rows: readonly RowImage[],
  table: TableColumns,
): Form => ({
  match,
  columns,
  wanted: new Set(rows.flatMap((row) => tupleOf(row, table, columns) ?? [])),
});

const primaryOf = ({ primaryKey }: TableColumns): readonly number[] | null =>
  primaryKey && primaryKey.every(({ prefix }) => prefix === null)
    ? primaryKey.map(({ column }) => column)
    : null;

/** Are these columns what the error quotes, joined as the servers join them? */
const quotes = (
  image: RowImage,
  table: TableColumns,
  columns: readonly number[],
  value: string,
): boolean => textsAt(image, table, columns)?.join('-') === folded(value);

/** Runs of this many columns: those of an index mostly stand side by side. */
const runsOf = (parts: number, columns: number): number[][] =>
  Array.from(
    {
      length: Math.max(0, (parts === 1 ? columns : Math.min(columns, LEADING_COLUMNS)) - parts + 1),
    },
    (_, from) => Array.from({ length: parts }, (_part, i) => from + i),
  );

/** The columns that hold what the error quotes, the fewest; several sets where not one alone does. */
const columnsQuoted = (
  rows: readonly RowImage[],
  table: TableColumns,
  value: string,
): readonly (readonly number[])[] => {
  const texts = rows.map((row) => table.columns.map(({ index }) => textAt(row, table, index)));
  for (let parts = 1; parts <= KEY_PARTS; parts += 1) {
    const found = runsOf(parts, table.columns.length).filter((columns) =>
      texts.some((row) => columns.map((index) => row[index]).join('-') === folded(value)),
    );
    if (found.length > 0) return found;
  }
  return [];
};

/** The rows whose key the error quotes, and its columns. */
const quotedIn = (
  rows: readonly RowImage[],
  table: TableColumns,
  { value, name }: QuotedKey,
): RowKey | null => {
  const primary = name === null || /^primary$/i.test(name) ? primaryOf(table) : null;
  const sets = primary ? [primary] : columnsQuoted(rows, table, value);
  const meant = rows.filter((row) => sets.some((columns) => quotes(row, table, columns, value)));
  if (meant.length === 0) return null;
  const match = sets.length === 1 ? 'key' : 'value';
  return {
    told: primary ? 'table-map' : 'error',
    rows: meant,
    forms: sets.map((columns) => formOf(match, columns, meant, table)),
  };
};

/** Types that `binlog_row_image=NOBLOB` leaves out. */
const BLOBS: ReadonlySet<number> = new Set([
  COLUMN_TYPE.BLOB,
  COLUMN_TYPE.BLOB_COMPRESSED,
  COLUMN_TYPE.JSON,
  COLUMN_TYPE.GEOMETRY,
  COLUMN_TYPE.VECTOR,
]);

/** With `binlog_row_image=MINIMAL` a before-image holds the key, and all columns where there is none. */
const isMinimal = (present: readonly number[], columns: readonly Column[]): boolean =>
  columns.some(({ index, realType }) => !present.includes(index) && !BLOBS.has(realType));

/**
 * What tells the row that the failing event is about in the images of others. Null where its rows could
 * not be read. `quoted` is what the error says of the key.
 */
export const rowKey = (
  changes: readonly RowChange[],
  table: TableColumns,
  quoted: QuotedKey | null,
): RowKey | null => {
  const befores = changes.flatMap(({ before }) => (before ? [before] : []));
  const afters = changes.flatMap(({ before, after }) => (after ? [completed(after, before)] : []));
  const rows = (quoted || befores.length === 0 ? afters : befores).slice(0, ROWS_KEPT);
  const [first] = rows;
  if (!first) return null;
  const found = quoted && quotedIn(rows, table, quoted);
  if (found) return found;
  const primary = primaryOf(table);
  if (primary && (quoted?.name == null || /^primary$/i.test(quoted.name))) {
    return { told: 'table-map', rows, forms: [formOf('key', primary, rows, table)] };
  }
  const present = table.columns.flatMap(({ index }) => (first[index] === undefined ? [] : [index]));
  if (befores.length > 0 && isMinimal(present, table.columns)) {
    return { told: 'image', rows, forms: [formOf('key', present, rows, table)] };
  }
  const [leading] = present;
  return {
    told: 'row',
    rows,
    forms: [
      formOf('row', present, rows, table),
      // Most keys begin the table: worth a look, and no proof
      ...(leading === undefined ? [] : [formOf('value', [leading], rows, table)]),
    ],
  };
};

const effectOf = (was: boolean, is: boolean, match: Form['match']): TouchEffect => {
  if (was && is) return 'keeps';
  // A changed row is another one only where its key was compared
  if (match === 'row') return 'unknown';
  return was ? 'removes' : 'makes';
};

/** Does this change concern the row that is looked for? How sure that is, and what becomes of the row. */
export const touches = (
  { forms }: Pick<RowKey, 'forms'>,
  { before, after }: RowChange,
  table: TableColumns,
): { readonly match: Form['match']; readonly effect: TouchEffect } | null => {
  const now = after && completed(after, before);
  for (const { columns, wanted, match } of forms) {
    const has = (image: RowImage | null): boolean => {
      const tuple = image && tupleOf(image, table, columns);
      return tuple !== null && wanted.has(tuple);
    };
    const [was, is] = [has(before), has(now)];
    if (!was && !is) continue;
    if (before && after) return { match, effect: effectOf(was, is, match) };
    return { match, effect: after ? 'makes' : 'removes' };
  }
  return null;
};

/** The same where no failing row is known, only the value that the error quotes. */
export const holdsValue = (
  { before, after }: RowChange,
  table: TableColumns,
  { value, name }: QuotedKey,
): { readonly match: Form['match']; readonly effect: TouchEffect } | null => {
  const primary = name === null || /^primary$/i.test(name) ? primaryOf(table) : null;
  const columns = primary
    ? [primary]
    : table.columns.map(({ index }) => [index] as readonly number[]);
  const has = (image: RowImage | null): boolean =>
    image !== null && columns.some((one) => quotes(image, table, one, value));
  const [was, is] = [has(before), has(after)];
  if (!was && !is) return null;
  const match = primary ? 'key' : 'value';
  if (before && after) return { match, effect: effectOf(was, is, match) };
  return { match, effect: after ? 'makes' : 'removes' };
};
