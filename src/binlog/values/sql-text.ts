import type { Flavor } from '../../dialects/server-version.ts';
import type { RowsKind } from '../events/rows.ts';
import type { Column, TableColumns } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import type { RowChange, RowImage, Unreadable } from './row-image.ts';
import { type ByteText, fromText, toBytes, toText } from './sql-text/byte-text.ts';
import { type PrinterDialect, printerDialects } from './sql-text/dialect.ts';
import { type LiteralStyle, literalText, unknownColumnText } from './sql-text/literal.ts';
import { quoteName } from './sql-text/quote.ts';
import { typeWord } from './sql-text/type-word.ts';

export interface SqlTextOptions {
  /** Whose printer is followed, `mysqlbinlog` of MySQL 9.7 or `mariadb-binlog`. */
  readonly flavor: Flavor;
  /** 2 (`-vv`) says the type behind each value. */
  readonly verbosity: 1 | 2;
  /**
   * Column names in the place of `@1`, strings in the place of the numbers of ENUM and SET, and
   * GEOMETRY in MySQL's text too, where `mysqlbinlog` has none: as far as the log has them.
   */
  readonly names?: boolean;
}

const WORDS = {
  write: ['INSERT INTO', 'SET'],
  update: ['UPDATE', 'WHERE'],
  delete: ['DELETE FROM', 'WHERE'],
} as const satisfies Record<RowsKind, readonly [command: string, clause: string]>;

/** Of parts that are. */
const byteText = (text: string): ByteText => text as ByteText;

class ImagePrinter {
  readonly #table: TableColumns;
  readonly #options: SqlTextOptions;
  readonly #dialect: PrinterDialect;
  readonly #style: LiteralStyle;

  constructor(table: TableColumns, options: SqlTextOptions) {
    this.#table = table;
    this.#options = options;
    this.#dialect = printerDialects[options.flavor];
    this.#style = { dialect: this.#dialect, isReadable: options.names === true };
  }

  /** Answers whether all of the image could be printed. */
  *lines(
    clause: string,
    image: RowImage,
    unreadable: Unreadable | null,
  ): Generator<ByteText, boolean, undefined> {
    yield byteText(`### ${clause}`);
    for (const column of this.#table.columns) {
      const value = image[column.index];
      const stops = unreadable?.column === column.index;
      if (value === undefined && !stops) continue;
      const name = this.#nameOf(column);
      if (value === undefined || !this.#prints(column)) {
        yield byteText(`###   ${name}=${unknownColumnText(column)}`);
        return false;
      }
      const literal = literalText(value, column, name, this.#style);
      const type = this.#options.verbosity === 2 ? this.#typeOf(column, value === null) : '';
      yield byteText(`###   ${name}=${literal}${type}`);
    }
    return true;
  }

  #prints(column: Column): boolean {
    const isReadableGeometry = this.#style.isReadable && column.realType === COLUMN_TYPE.GEOMETRY;
    return isReadableGeometry || this.#dialect.prints(column);
  }

  #nameOf(column: Column): ByteText {
    const isNamed = this.#style.isReadable && column.name !== null;
    return isNamed ? quoteName(column.name ?? '') : fromText(`@${column.index + 1}`);
  }

  #typeOf(column: Column, isNull: boolean): string {
    const nullable = column.isNullable === true ? 1 : 0;
    const flags = `meta=${column.metadata} nullable=${nullable} is_null=${isNull ? 1 : 0}`;
    return ` /* ${typeWord(column)} ${flags} */`;
  }
}

/**
 * One row as the pseudo-SQL that `mysqlbinlog -v` prints: `### UPDATE`, `### WHERE`, `###   @1=…`,
 * `### SET`, … A line comes as bytes, without its end, and may hold several where a JSON document is
 * changed: strings stand in it as the printers write them, in their column's character set if they
 * were read as stored, else in UTF-8. Answers whether all of the row could be printed: behind a column
 * that cannot, nothing follows.
 */
export function* rowLines(
  kind: RowsKind,
  change: RowChange,
  table: TableColumns,
  options: SqlTextOptions,
): Generator<Buffer, boolean, undefined> {
  const lines = rowByteText(kind, change, table, options);
  for (;;) {
    const step = lines.next();
    if (step.done) return step.value;
    yield toBytes(step.value);
  }
}

function* rowByteText(
  kind: RowsKind,
  { before, after, unreadable }: RowChange,
  table: TableColumns,
  options: SqlTextOptions,
): Generator<ByteText, boolean, undefined> {
  const [command, clause] = WORDS[kind];
  const first = before ?? after;
  if (kind === 'write' && !unreadable && first?.every((value) => value === undefined)) {
    // The printers do not double a backtick in a name here
    const target = fromText(`\`${table.database}\`.\`${table.table}\``);
    yield byteText(`### ${command} ${target} VALUES ()`);
    return true;
  }
  yield byteText(`### ${command} ${quoteName(table.database)}.${quoteName(table.table)}`);
  if (!first) {
    yield byteText(`### ${fromText(unreadable?.reason ?? 'no values')}`);
    return false;
  }
  const printer = new ImagePrinter(table, options);
  if (kind !== 'update') return yield* printer.lines(clause, first, unreadable);
  const isWhole = yield* printer.lines(clause, first, after ? null : unreadable);
  return isWhole && after !== null && (yield* printer.lines('SET', after, unreadable));
}

/**
 * All rows of one event as {@link rowLines}, to the first column that cannot be printed: there the
 * printers leave the event, too.
 */
export function* rowsText(
  kind: RowsKind,
  changes: Iterable<RowChange>,
  table: TableColumns,
  options: SqlTextOptions,
): Generator<Buffer, void, undefined> {
  for (const line of rowsByteText(kind, changes, table, options)) yield toBytes(line);
}

/** The same for reading: as UTF-8, which strings that were read decoded are. */
export function* rowsReadableText(
  kind: RowsKind,
  changes: Iterable<RowChange>,
  table: TableColumns,
  options: SqlTextOptions,
): Generator<string, void, undefined> {
  for (const line of rowsByteText(kind, changes, table, options)) yield toText(line);
}

function* rowsByteText(
  kind: RowsKind,
  changes: Iterable<RowChange>,
  table: TableColumns,
  options: SqlTextOptions,
): Generator<ByteText, void, undefined> {
  for (const change of changes) {
    const isWhole = yield* rowByteText(kind, change, table, options);
    if (!isWhole) return;
  }
}
