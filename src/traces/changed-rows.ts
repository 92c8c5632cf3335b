import { type RowChange, readRows } from '../binlog/values/row-image.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import { isSecretTable } from '../listing/secrets.ts';

export const tableName = ({ table }: ListedEvent): string | null =>
  table === null ? null : `${table.database}.${table.table}`;

/**
 * The rows of an event, as far as they can be read; none of a table that holds the servers' passwords.
 * Damage behind ends them: what came before stands.
 */
export function* changedRows(listed: ListedEvent): Generator<RowChange, void, undefined> {
  const { body, table, event, path } = listed;
  if (body?.type !== 'rows' || table === null || isSecretTable(table)) return;
  const place = { file: path, bodyEnd: event.bodyEnd };
  try {
    for (const row of readRows({ event: body, typeCode: event.typeCode, table, place })) {
      if (row.unreadable) return;
      yield row;
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
  }
}
