import { EVENT_TYPES } from './event-catalogue.ts';

const NAMES: ReadonlyMap<number, string> = new Map(
  EVENT_TYPES.map(({ code, name }) => [code, name]),
);

const CODES: ReadonlyMap<string, number> = new Map(
  EVENT_TYPES.map(({ code, name }) => [name, code]),
);

/** Codes of the event types that servers of the two vendors and Percona write, by name. */
export const EVENT = {
  START_V3: 1,
  QUERY: 2,
  STOP: 3,
  ROTATE: 4,
  INTVAR: 5,
  LOAD: 6,
  SLAVE: 7,
  CREATE_FILE: 8,
  APPEND_BLOCK: 9,
  EXEC_LOAD: 10,
  DELETE_FILE: 11,
  NEW_LOAD: 12,
  RAND: 13,
  USER_VAR: 14,
  FORMAT_DESCRIPTION: 15,
  XID: 16,
  BEGIN_LOAD_QUERY: 17,
  EXECUTE_LOAD_QUERY: 18,
  TABLE_MAP: 19,
  PRE_GA_WRITE_ROWS: 20,
  PRE_GA_UPDATE_ROWS: 21,
  PRE_GA_DELETE_ROWS: 22,
  WRITE_ROWS_V1: 23,
  UPDATE_ROWS_V1: 24,
  DELETE_ROWS_V1: 25,
  INCIDENT: 26,
  HEARTBEAT: 27,
  IGNORABLE: 28,
  ROWS_QUERY: 29,
  WRITE_ROWS: 30,
  UPDATE_ROWS: 31,
  DELETE_ROWS: 32,
  GTID: 33,
  ANONYMOUS_GTID: 34,
  PREVIOUS_GTIDS: 35,
  TRANSACTION_CONTEXT: 36,
  VIEW_CHANGE: 37,
  XA_PREPARE: 38,
  PARTIAL_UPDATE_ROWS: 39,
  TRANSACTION_PAYLOAD: 40,
  HEARTBEAT_V2: 41,
  GTID_TAGGED: 42,
  PERCONA_START_ENCRYPTION: 159,
  ANNOTATE_ROWS: 160,
  BINLOG_CHECKPOINT: 161,
  MARIADB_GTID: 162,
  MARIADB_GTID_LIST: 163,
  START_ENCRYPTION: 164,
  QUERY_COMPRESSED: 165,
  WRITE_ROWS_COMPRESSED_V1: 166,
  UPDATE_ROWS_COMPRESSED_V1: 167,
  DELETE_ROWS_COMPRESSED_V1: 168,
  WRITE_ROWS_COMPRESSED: 169,
  UPDATE_ROWS_COMPRESSED: 170,
  DELETE_ROWS_COMPRESSED: 171,
  PARTIAL_ROW_DATA: 172,
} as const;

/** `Rotate`, `Write_rows_v1`; `Unknown(93)` for a code no server we know writes. */
export const eventTypeName = (code: number): string => NAMES.get(code) ?? `Unknown(${code})`;

/** The code of an {@link eventTypeName}, null when there is no such name. */
export const eventTypeCode = (name: string): number | null => CODES.get(name) ?? null;

/** Whether a server or fork we know writes this code (0 is "unknown" by definition, and is not). */
export const isKnownType = (code: number): boolean => code !== 0 && NAMES.has(code);

/** Whether this code holds row changes: any version, partial, compressed. */
export const isRows = (code: number): boolean =>
  (code >= EVENT.PRE_GA_WRITE_ROWS && code <= EVENT.DELETE_ROWS_V1) ||
  (code >= EVENT.WRITE_ROWS && code <= EVENT.DELETE_ROWS) ||
  code === EVENT.PARTIAL_UPDATE_ROWS ||
  isCompressedRows(code);

/** Whether this code holds row changes as MariaDB compresses them with `log_bin_compress`. */
export const isCompressedRows = (code: number): boolean =>
  code >= EVENT.WRITE_ROWS_COMPRESSED_V1 && code <= EVENT.DELETE_ROWS_COMPRESSED;

/** Whether rows of this code carry two images, before and after: two bitmaps of present columns. */
export const isUpdateRows = (code: number): boolean =>
  code === EVENT.PRE_GA_UPDATE_ROWS ||
  code === EVENT.UPDATE_ROWS_V1 ||
  code === EVENT.UPDATE_ROWS ||
  code === EVENT.PARTIAL_UPDATE_ROWS ||
  code === EVENT.UPDATE_ROWS_COMPRESSED_V1 ||
  code === EVENT.UPDATE_ROWS_COMPRESSED;

/** Whether this code holds a statement's text, plain or compressed. */
export const isQuery = (code: number): boolean =>
  code === EVENT.QUERY || code === EVENT.QUERY_COMPRESSED;
