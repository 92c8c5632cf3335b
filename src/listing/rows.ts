import { type JsonValue, jsonRowOf } from '../binlog/values/json-value.ts';
import { type RowChange, type RowsToRead, readRows } from '../binlog/values/row-image.ts';
import { rowsReadableText, rowsText } from '../binlog/values/sql-text.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { visible } from '../report/renderers/visible.ts';
import type { FormatOptions } from './formats/define-format.ts';
import type { ListedEvent } from './listed-event.ts';
import { textOfBytes } from './raw-bytes.ts';
import { isSecretTable } from './secrets.ts';

/** Told where row images contradict the format, `file: at OFFSET: field: problem`. */
export type OnProblem = (problem: string) => void;

const HIDDEN = 'the rows of this table hold passwords: not shown';

/** What is needed to read an event's rows; why they are not read; null where there are none. */
const rowsOf = ({ body, table, event, path }: ListedEvent): RowsToRead | string | null => {
  if (body?.type !== 'rows') return null;
  if (table === null) {
    return body.stmtEnd && body.rows?.length === 0
      ? null
      : `no table map for table id ${body.tableId} before`;
  }
  if (isSecretTable(table)) return HIDDEN;
  return {
    event: body,
    typeCode: event.typeCode,
    table,
    place: { file: path, bodyEnd: event.bodyEnd },
  };
};

/**
 * The rows of an event as the pseudo-SQL of `mysqlbinlog -v`, names of columns and strings of ENUM and
 * SET where the log has them, or byte for byte as that prints it; none for an event without rows.
 */
export const rowLines = (
  listed: ListedEvent,
  { verbose, raw }: Pick<FormatOptions, 'verbose' | 'raw'>,
  onProblem: OnProblem,
): readonly string[] => {
  const { body } = listed;
  const rows = rowsOf(listed);
  if (body?.type !== 'rows' || rows === null) return [];
  if (typeof rows === 'string') return [`### (${rows})`];
  const lines: string[] = [];
  const options = {
    flavor: listed.flavor ?? 'mysql',
    verbosity: verbose ? 2 : 1,
    names: !raw,
  } as const;
  try {
    if (raw) {
      const changes = readRows({ ...rows, strings: 'stored' });
      for (const line of rowsText(body.kind, changes, rows.table, options)) {
        lines.push(textOfBytes(line));
      }
      return lines;
    }
    for (const text of rowsReadableText(body.kind, readRows(rows), rows.table, options)) {
      for (const line of text.split('\n')) lines.push(visible(line));
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    onProblem(error.message);
    lines.push(`### !! ${visible(error.message)}`);
  }
  return lines;
};

/** The same as JSON: of each row what it was and what it became. */
export const rowsJson = (
  listed: ListedEvent,
  onProblem: OnProblem,
): { readonly rows: readonly JsonValue[]; readonly rowsProblem: string | null } => {
  const asked = rowsOf(listed);
  if (asked === null) return { rows: [], rowsProblem: null };
  if (typeof asked === 'string') return { rows: [], rowsProblem: asked };
  const image = (values: RowChange['before']) => (values ? jsonRowOf(values, asked.table) : null);
  const rows: JsonValue[] = [];
  let rowsProblem: string | null = null;
  try {
    for (const { before, after, unreadable } of readRows(asked)) {
      rows.push({ before: image(before), after: image(after) });
      rowsProblem = unreadable?.reason ?? rowsProblem;
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    onProblem(error.message);
    rowsProblem = error.message;
  }
  return { rows, rowsProblem };
};
