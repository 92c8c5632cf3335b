import type { RowsKind } from '../binlog/events/rows.ts';
import { isDummyTableId } from '../binlog/events/table-id.ts';
import { tablesNamed } from '../binlog/query-text.ts';
import type { Mark } from '../binlog/transaction-marks.ts';
import { countRows } from '../binlog/values/count-rows.ts';
import type { ListedEvent } from '../listing/listed-event.ts';

/** What one event changes. */
export type EventChange =
  | {
      readonly kind: RowsKind;
      /** Those that could be counted. */
      readonly rows: number;
      readonly isCounted: boolean;
      /** `file: at OFFSET: field: problem` where the rows contradict the format. */
      readonly problem: string | null;
      /** `db.table`; null where no table map says which. */
      readonly table: string | null;
    }
  | { readonly kind: 'statement'; readonly tables: readonly string[] };

/** What an event changes; null where that is nothing. */
export const eventChange = (listed: ListedEvent, mark: Mark): EventChange | null => {
  if (listed.body?.type === 'rows') {
    return isDummyTableId(listed.body.tableId) ? null : rowsChange(listed, listed.body);
  }
  return mark === 'other' ? { kind: 'statement', tables: tablesOf(listed) } : null;
};

const rowsChange = (
  { event, table, path }: ListedEvent,
  body: Extract<ListedEvent['body'], { type: 'rows' }>,
): EventChange => {
  const { kind } = body;
  if (table === null) return { kind, rows: 0, isCounted: false, problem: null, table: null };
  const place = { file: path, bodyEnd: event.bodyEnd };
  const counted = countRows({ event: body, typeCode: event.typeCode, table, place });
  return {
    kind,
    rows: counted.rows,
    isCounted: counted.unreadable === null && counted.malformed === null,
    problem: counted.malformed?.message ?? null,
    table: `${table.database}.${table.table}`,
  };
};

const tablesOf = ({ statement, database, body }: ListedEvent): readonly string[] => {
  if (body?.type === 'load') return [`${body.database}.${body.table}`];
  return statement === null ? [] : tablesNamed(statement, database ?? '');
};
