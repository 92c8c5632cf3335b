import type { MetadataProblem } from '../parsed.ts';
import { type CellValue, words } from './cell-value.ts';
import { columnKey, type PastedCells, type PastedRow } from './pasted-row.ts';
import { joinPieces } from './wrapped-text.ts';

/** Where a field comes from: the names of its column (one a vendor), and how its text is read. */
export interface Column<T = unknown> {
  readonly names: readonly string[];
  readonly as: CellValue<T>;
}

/** `names`: as any version spells them, case and Master/Source do not matter. */
export const column = <T>(as: CellValue<T>, ...names: readonly string[]): Column<T> => ({
  names: names.map(columnKey),
  as,
});

export type Columns = Readonly<Record<string, Column>>;

/** What every row has besides its fields. */
export interface RowFrame<Field extends string> {
  /** Byte offset of the row's first line. */
  readonly offset: number;
  /** Byte offset of the line of each field that was there. */
  readonly offsets: Readonly<Partial<Record<Field, number>>>;
  /** Fields that are null because the server said NULL. */
  readonly sqlNulls: readonly Field[];
  /** Columns that no version known here has, by the name that stands there; NULL is null. */
  readonly others: ReadonlyMap<string, string | null>;
}

/**
 * A row of a statement's output. A field is null where its column is missing, says NULL or nothing, or
 * could not be read; `offsets` and `sqlNulls` tell these apart.
 */
export type RowOf<C extends Columns> = {
  readonly [F in keyof C]: (C[F] extends Column<infer T> ? T : never) | null;
} & RowFrame<Extract<keyof C, string>>;

/** Reads rows of one statement or table. */
export interface SectionDefinition<K extends string = string, Row = unknown> {
  readonly kind: K;
  /** Keys of the columns that it has in any version. */
  readonly keys: ReadonlySet<string>;
  /** How the column of this key is read; unknown ones may hold anything. */
  valueOf(key: string): CellValue<unknown>;
  /** Whether a row with columns of these keys is one of this statement or table. */
  recognises(keys: ReadonlySet<string>): boolean;
  read(row: PastedRow, problems: MetadataProblem[]): Row;
}

/** Nothing of these is kept, whatever column a text has put them into. */
const SECRET = /passw|secret|auth_string|authentication/i;

/**
 * Defines how the output of one statement is read. `complete` makes the row that is given out of the
 * fields; `recognises` gets keys of columns ({@link columnKey}).
 */
export const defineSection = <
  const K extends string,
  const C extends Columns,
  Row = RowOf<C>,
>(definition: {
  readonly kind: K;
  readonly columns: C;
  readonly recognises: (has: (...names: readonly string[]) => boolean) => boolean;
  readonly complete?: (row: RowOf<C>, cells: PastedCells) => Row;
}): SectionDefinition<K, Row> => {
  const { kind, columns, complete } = definition;
  const fieldOf = new Map<string, readonly [string, Column]>();
  for (const [field, one] of Object.entries(columns)) {
    for (const key of one.names) fieldOf.set(key, [field, one]);
  }
  const secret = [...fieldOf.keys()].find((key) => SECRET.test(key)) ?? null;

  /** Where a line end was lost, a value goes on with the secret's column. */
  const swallows = (text: string): boolean => secret !== null && SECRET.test(text);

  const read = (row: PastedRow, problems: MetadataProblem[]): Row => {
    const fields: Record<string, unknown> = Object.fromEntries(
      Object.keys(columns).map((field) => [field, null]),
    );
    const offsets: Record<string, number> = {};
    const sqlNulls: string[] = [];
    const others = new Map<string, string | null>();
    // Without its column, any unknown one may be the secret's, its name damaged
    const keepsOthers = secret === null || row.cells.has(secret);
    for (const [key, cell] of row.cells) {
      const [field, { as }] = fieldOf.get(key) ?? [null, { as: words }];
      const text = joinPieces(cell.pieces, as.wrapping, row.margins);
      if (field === null) {
        const isKept = keepsOthers && !SECRET.test(cell.name) && !swallows(text);
        if (isKept) others.set(cell.name, text === 'NULL' ? null : text);
        continue;
      }
      offsets[field] = cell.offset;
      if (text === 'NULL') sqlNulls.push(field);
      else if (key !== secret && swallows(text)) {
        problems.push({ offset: cell.offset, field, problem: 'runs on into a secret' });
      } else if (!as.isNone(text)) {
        const value = as.parse(text);
        if (value === null) {
          problems.push({ offset: cell.offset, field, problem: `is not ${as.expected}` });
        }
        fields[field] = value;
        if (cell.isCut && as.mayBeCut && text !== '') {
          problems.push({ offset: cell.offset, field, problem: 'has no newline, it may be cut' });
        }
      }
    }
    const whole: unknown = { ...fields, offset: row.offset, offsets, sqlNulls, others };
    return complete ? complete(whole as RowOf<C>, row.cells) : (whole as Row);
  };

  return {
    kind,
    keys: new Set(fieldOf.keys()),
    valueOf: (key) => fieldOf.get(key)?.[1].as ?? words,
    recognises: (keys) =>
      definition.recognises((...names) => names.every((one) => keys.has(columnKey(one)))),
    read,
  };
};
