import type { Flavor } from '../../../dialects/server-version.ts';
import type { Column } from '../column.ts';
import { COLUMN_TYPE } from '../column-type.ts';

/** Where the printers of the two vendors differ. */
export interface PrinterDialect {
  /** How a byte of a quoted string is written when not as itself. */
  readonly escapes: ReadonlyMap<string, string>;
  /** DATETIME of before 5.6 stands in quotes. */
  readonly quotesOldDateTime: boolean;
  /** TIME of before 5.6 with its sign; else as the unsigned number it would be. */
  readonly signsOldTime: boolean;
  /** Whether it knows how to print this column: else it says so and leaves the rest of the event out. */
  prints(column: Column): boolean;
}

const hexEscapes = Array.from(
  { length: 0x20 },
  (_, code) => [String.fromCharCode(code), `\\x${code.toString(16).padStart(2, '0')}`] as const,
);

const UNKNOWN_TO_MYSQL: ReadonlySet<number> = new Set([
  COLUMN_TYPE.GEOMETRY,
  COLUMN_TYPE.VARCHAR_COMPRESSED,
  COLUMN_TYPE.BLOB_COMPRESSED,
]);

const UNKNOWN_TO_MARIADB: ReadonlySet<number> = new Set([COLUMN_TYPE.JSON, COLUMN_TYPE.VECTOR]);

/** Source: MySQL sql/log_event.cc `get_quote_table`, `log_event_print_value`. */
const mysql: PrinterDialect = {
  escapes: new Map([
    ...hexEscapes,
    ['\b', '\\b'],
    ['\t', '\\t'],
    ['\n', '\\n'],
    ['\f', '\\f'],
    ['\r', '\\r'],
    ["'", "\\'"],
    ['\\', '\\\\'],
  ]),
  quotesOldDateTime: false,
  signsOldTime: false,
  prints: (column) => column.unreadable === null && !UNKNOWN_TO_MYSQL.has(column.realType),
};

/**
 * Quotes and backslashes stay as they are: the branches that would escape them are never reached.
 * Source: MariaDB sql/log_event_client.cc `my_b_write_quoted`, `log_event_print_value`.
 */
const mariadb: PrinterDialect = {
  escapes: new Map(hexEscapes),
  quotesOldDateTime: true,
  signsOldTime: true,
  prints: (column) => column.unreadable === null && !UNKNOWN_TO_MARIADB.has(column.realType),
};

export const printerDialects = { mysql, mariadb } as const satisfies Record<Flavor, PrinterDialect>;
