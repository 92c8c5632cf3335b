import { EVENT, eventTypeName, isQuery, isRows } from '../binlog/event-type.ts';

const CODES: readonly number[] = Array.from({ length: 256 }, (_, code) => code);

const LOAD: ReadonlySet<number> = new Set([
  EVENT.LOAD,
  EVENT.CREATE_FILE,
  EVENT.APPEND_BLOCK,
  EVENT.EXEC_LOAD,
  EVENT.DELETE_FILE,
  EVENT.NEW_LOAD,
  EVENT.BEGIN_LOAD_QUERY,
  EVENT.EXECUTE_LOAD_QUERY,
]);

const GTIDS: ReadonlySet<number> = new Set([
  EVENT.GTID,
  EVENT.ANONYMOUS_GTID,
  EVENT.GTID_TAGGED,
  EVENT.MARIADB_GTID,
]);

/** Words for several types. */
const GROUPS: Readonly<Record<string, (code: number) => boolean>> = {
  rows: isRows,
  gtid: (code) => GTIDS.has(code),
  query: isQuery,
  load: (code) => LOAD.has(code),
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/**
 * The codes that a name, a code or a word for several types stands for; `write_rows`, `WriteRows` and
 * `WRITE_ROWS_EVENT` are one. Empty when there is no such type.
 */
export const typeCodesNamed = (text: string): readonly number[] => {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 255 ? [Number(text)] : [];
  const name = plain(text).replace(/(?:log)?event$/, '');
  const group = Object.hasOwn(GROUPS, name) ? GROUPS[name] : undefined;
  return CODES.filter((code) => (group ? group(code) : plain(eventTypeName(code)) === name));
};
