/** Names in the order of their codes, as in the servers' `enum Log_event_type` without prefix and suffix. */
const MYSQL_NAMES = [
  'Unknown',
  'Start_v3',
  'Query',
  'Stop',
  'Rotate',
  'Intvar',
  'Load',
  'Slave',
  'Create_file',
  'Append_block',
  'Exec_load',
  'Delete_file',
  'New_load',
  'Rand',
  'User_var',
  'Format_description',
  'Xid',
  'Begin_load_query',
  'Execute_load_query',
  'Table_map',
  'Pre_ga_write_rows',
  'Pre_ga_update_rows',
  'Pre_ga_delete_rows',
  'Write_rows_v1',
  'Update_rows_v1',
  'Delete_rows_v1',
  'Incident',
  'Heartbeat',
  'Ignorable',
  'Rows_query',
  'Write_rows',
  'Update_rows',
  'Delete_rows',
  'Gtid',
  'Anonymous_gtid',
  'Previous_gtids',
  'Transaction_context',
  'View_change',
  'Xa_prepare',
  'Partial_update_rows',
  'Transaction_payload',
  'Heartbeat_v2',
  'Gtid_tagged',
] as const;

const MARIADB_FIRST = 160;
const MARIADB_NAMES = [
  'Annotate_rows',
  'Binlog_checkpoint',
  'Mariadb_gtid',
  'Mariadb_gtid_list',
  'Start_encryption',
  'Query_compressed',
  'Write_rows_compressed_v1',
  'Update_rows_compressed_v1',
  'Delete_rows_compressed_v1',
  'Write_rows_compressed',
  'Update_rows_compressed',
  'Delete_rows_compressed',
  'Partial_row_data',
] as const;

/** Codes that forks of MySQL took from the range both vendors leave free. */
const FORK_NAMES: readonly (readonly [code: number, name: string])[] = [
  [80, 'Polardbx_sequence'],
  [100, 'Aurora_padding'],
  [101, 'Polardbx_consensus_log'],
  [105, 'Polardbx_gcn'],
  [159, 'Percona_start_encryption'],
];

const NAMES: ReadonlyMap<number, string> = new Map([
  ...MYSQL_NAMES.map((name, code) => [code, name] as const),
  ...FORK_NAMES,
  ...MARIADB_NAMES.map((name, i) => [MARIADB_FIRST + i, name] as const),
]);

const CODES: ReadonlyMap<string, number> = new Map([...NAMES].map(([code, name]) => [name, code]));

/**
 * Event type codes by name.
 * Source: MySQL libs/mysql/binlog/event/binlog_event.h and MariaDB sql/log_event.h `enum
 * Log_event_type`; the two never use one number for two things.
 */
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
