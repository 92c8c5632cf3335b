import type { EventOf } from '../binlog/define-event.ts';
import type { tableMap } from '../binlog/events/table-map.ts';
import type { TableColumns } from '../binlog/values/column.ts';
import { type EventPlace, tableColumns } from '../binlog/values/table-columns.ts';
import type { Flavor } from '../dialects/server-version.ts';

type TableMap = EventOf<typeof tableMap>;

/** Tables whose columns are kept, and bytes of a table map that is: together no more than 16 MiB. */
const TABLES_KEPT = 256;
const LONGEST_KEPT = 1 << 16;

const lengthOf = ({ types, metadata, optional }: TableMap): number =>
  types.length + (metadata?.length ?? 0) + optional.length;

const isSame = (a: Buffer | null, b: Buffer | null): boolean =>
  a === null || b === null ? a === b : a.equals(b);

const areSame = (a: TableMap, b: TableMap): boolean =>
  a.table === b.table &&
  a.database === b.database &&
  a.flags === b.flags &&
  isSame(a.types, b.types) &&
  isSame(a.metadata, b.metadata) &&
  isSame(a.nullable, b.nullable) &&
  isSame(a.optional, b.optional);

/** Columns by table map: every transaction writes those of its tables again, and mostly the same. */
export class KnownTables {
  readonly #tables = new Map<
    number,
    { map: TableMap; flavor: Flavor | null; columns: TableColumns }
  >();

  /** As {@link tableColumns}, whose errors it throws. */
  columnsOf(map: TableMap, flavor: Flavor | null, place: EventPlace): TableColumns {
    const known = this.#tables.get(map.tableId);
    if (known && known.flavor === flavor && areSame(known.map, map)) return known.columns;
    const columns = tableColumns(map, flavor, place);
    if (lengthOf(map) <= LONGEST_KEPT) {
      if (this.#tables.size >= TABLES_KEPT) this.#tables.clear();
      this.#tables.set(map.tableId, { map, flavor, columns });
    }
    return columns;
  }
}
