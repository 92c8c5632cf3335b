import { EVENT, isRows } from './event-type.ts';
import type { QueryClass } from './query-text.ts';

/**
 * What an event means to the transactions around it: a statement by its class, the others by what they
 * are. `end` closes a transaction; `context` (Intvar, Rand, User_var) and `table-map` come before what
 * they belong to.
 */
export type Mark =
  | QueryClass
  | 'gtid'
  | 'mariadb-gtid'
  | 'mariadb-gtid-standalone'
  | 'end'
  | 'context'
  | 'table-map'
  | 'rows'
  | 'last-rows'
  | 'incident'
  | 'unknown';

/** Where the type does not tell: the statement, the flags of the GTID or of the rows event do. */
export type MarkSource = 'statement' | 'mariadb-gtid-flags' | 'rows-flags';

const BY_TYPE: Readonly<Record<number, Mark | MarkSource>> = {
  [EVENT.QUERY]: 'statement',
  [EVENT.QUERY_COMPRESSED]: 'other',
  [EVENT.EXECUTE_LOAD_QUERY]: 'other',
  [EVENT.INTVAR]: 'context',
  [EVENT.RAND]: 'context',
  [EVENT.USER_VAR]: 'context',
  [EVENT.TABLE_MAP]: 'table-map',
  [EVENT.ROWS_QUERY]: 'table-map',
  [EVENT.ANNOTATE_ROWS]: 'table-map',
  [EVENT.XID]: 'end',
  [EVENT.XA_PREPARE]: 'end',
  // Holds the whole transaction after its GTID
  [EVENT.TRANSACTION_PAYLOAD]: 'end',
  [EVENT.INCIDENT]: 'incident',
  [EVENT.GTID]: 'gtid',
  [EVENT.ANONYMOUS_GTID]: 'gtid',
  [EVENT.GTID_TAGGED]: 'gtid',
  [EVENT.MARIADB_GTID]: 'mariadb-gtid-flags',
};

/** The mark of an event by its type code, or what else tells it. */
export const MARKS: readonly (Mark | MarkSource)[] = Array.from(
  { length: 256 },
  (_, code) => BY_TYPE[code] ?? (isRows(code) ? 'rows-flags' : 'unknown'),
);

/** 1 for types that frame a log and belong to no transaction, by type code. */
export const FRAMING: Uint8Array = (() => {
  const table = new Uint8Array(256);
  for (const code of [0, 1, 3, 4, 7, 15, 27, 35, 41, 100, 159, 161, 163, 164]) table[code] = 1;
  return table;
})();
