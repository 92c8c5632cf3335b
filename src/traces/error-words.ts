import { tablesNamed } from '../binlog/query-text.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import { tableName } from './changed-rows.ts';
import type { Hints } from './failed-change.ts';
import type { QuotedKey } from './row-key.ts';

/** Errors about a row that is there already, or is not: ER_DUP_ENTRY and its like, ER_KEY_NOT_FOUND. */
const ROW_ERRORS: ReadonlySet<number> = new Set([1022, 1032, 1062, 1169, 1586, 1761, 1762, 1859]);

/** Errors about a table, database, column or index that is there already, or is not, or is another. */
const DEFINITION_ERRORS: ReadonlySet<number> = new Set([
  1007, 1008, 1049, 1050, 1051, 1054, 1060, 1061, 1072, 1091, 1109, 1136, 1146, 1535, 1677,
]);

export const isRowError = (errorNumber: number | null): boolean =>
  errorNumber !== null && ROW_ERRORS.has(errorNumber);

export const isDefinitionError = (errorNumber: number | null): boolean =>
  errorNumber !== null && DEFINITION_ERRORS.has(errorNumber);

/** `Duplicate entry '6' for key 'orders.PRIMARY'`; the table is in it since MySQL 8.0.19. */
const DUPLICATE = /Duplicate entry '([^]*?)' for key '([^']*)'/;

export const quotedKey = (text: string): QuotedKey | null => {
  const [, value, key = ''] = DUPLICATE.exec(text) ?? [];
  if (value === undefined) return null;
  const name = key.slice(key.lastIndexOf('.') + 1);
  return { value, name: name === '' ? null : name };
};

const QUALIFIED = /\bTable '([^'.]+)\.([^']+)'|\btable '([^'.]+)\.([^']+)'/;

/** The table that the error is about, as `db.table`; null where neither it nor the event tells one. */
export const tableOfError = (hints: Hints, listed: ListedEvent): string | null => {
  const [, a, b, c, d] = QUALIFIED.exec(hints.text) ?? [];
  if (a !== undefined && b !== undefined) return `${a}.${b}`;
  if (c !== undefined && d !== undefined) return `${c}.${d}`;
  const own = tableName(listed) ?? hints.table;
  if (own !== null) return own;
  return tablesNamed(listed.statement ?? '', listed.database ?? '')[0] ?? null;
};
