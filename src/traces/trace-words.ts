import type { ApplyTrace } from '../evidence/apply-trace.ts';
import type { FailedChange } from './failed-change.ts';
import { rowCondition } from './row-condition.ts';
import type { RowKey } from './row-key.ts';
import type { Search } from './search-log.ts';
import {
  columnName,
  cut,
  HIDDEN_STATEMENT,
  HIDDEN_VALUE,
  plainText,
  shownChange,
  shownKeyValue,
} from './shown-values.ts';

/** A statement of another server may name the row by its key, where that is one column. */
export const valueOf = (key: RowKey | null, { listed: { table } }: FailedChange): string | null => {
  const [form] = key?.forms.filter(({ columns }) => columns.length === 1) ?? [];
  const index = form?.columns[0];
  const column = index === undefined ? undefined : table?.columns[index];
  const value = index === undefined ? undefined : key?.rows[0]?.[index];
  return key?.rows.length === 1 && column && value !== undefined ? plainText(value, column) : null;
};

const KINDS = { write: 'insert', update: 'update', delete: 'delete' } as const;

/** Of several rows the one that the error is about, or the first. */
export const eventWords = (
  { listed, rows }: FailedChange,
  key: RowKey | null,
  redact: boolean,
): Pick<ApplyTrace['event'], 'kind' | 'text'> => {
  const { body, table, statement } = listed;
  if (body?.type !== 'rows' || !table) {
    return { kind: 'statement', text: redact ? HIDDEN_STATEMENT : cut(statement ?? '') };
  }
  const [meant] = key?.rows ?? [];
  const row = rows.find(({ before, after }) => before === meant || after === meant) ?? rows[0];
  return { kind: KINDS[body.kind], text: row ? shownChange(row, table, redact) : '' };
};

/** The key as a report names it. */
export const tracedKey = (
  search: Search | null,
  key: RowKey | null,
  { table }: FailedChange['listed'],
  redact: boolean,
): ApplyTrace['key'] => {
  if (!search) return null;
  if (!key || !table) {
    const value = search.quoted?.value;
    if (value === undefined || search.sought.isDefinition) return null;
    return {
      columns: [],
      values: [redact ? HIDDEN_VALUE : cut(value)],
      rows: 1,
      told: 'error',
      condition: null,
    };
  }
  const [row] = key.rows;
  const columns = (key.forms[0]?.columns ?? []).flatMap((index) => table.columns[index] ?? []);
  return {
    columns: columns.map(columnName),
    values: columns.map((column) => shownKeyValue(row?.[column.index], column, redact)),
    rows: key.rows.length,
    told: key.told,
    condition: redact ? null : rowCondition(key, columns),
  };
};
