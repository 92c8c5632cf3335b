import type { TracedField } from '../../bytes/field-reader.ts';
import { FieldReader } from '../../bytes/field-reader.ts';
import type { BodyContext, EventDefinition, EventOf } from '../define-event.ts';
import { annotateRows } from './annotate-rows.ts';
import { appendBlock } from './append-block.ts';
import { beginLoadQuery } from './begin-load-query.ts';
import { binlogCheckpoint } from './binlog-checkpoint.ts';
import { createFile } from './create-file.ts';
import { deleteFile } from './delete-file.ts';
import { execLoad } from './exec-load.ts';
import { executeLoadQuery } from './execute-load-query.ts';
import { formatDescription } from './format-description.ts';
import { gtid } from './gtid.ts';
import { gtidTagged } from './gtid-tagged.ts';
import { heartbeat } from './heartbeat.ts';
import { heartbeatV2 } from './heartbeat-v2.ts';
import { ignorable } from './ignorable.ts';
import { incident } from './incident.ts';
import { intvar } from './intvar.ts';
import { load } from './load.ts';
import { mariadbGtid } from './mariadb-gtid.ts';
import { mariadbGtidList } from './mariadb-gtid-list.ts';
import { partialRowData } from './partial-row-data.ts';
import { previousGtids } from './previous-gtids.ts';
import { query } from './query.ts';
import { queryCompressed } from './query-compressed.ts';
import { rand } from './rand.ts';
import { rotate } from './rotate.ts';
import { rows } from './rows.ts';
import { rowsQuery } from './rows-query.ts';
import { slave } from './slave.ts';
import { startEncryption } from './start-encryption.ts';
import { startV3 } from './start-v3.ts';
import { stop } from './stop.ts';
import { tableMap } from './table-map.ts';
import { transactionContext } from './transaction-context.ts';
import { transactionPayload } from './transaction-payload.ts';
import { userVar } from './user-var.ts';
import { viewChange } from './view-change.ts';
import { xaPrepare } from './xa-prepare.ts';
import { xid } from './xid.ts';

/** Every event type whose body is read here: one line each. */
export const eventDefinitions = [
  startV3,
  query,
  stop,
  rotate,
  intvar,
  load,
  slave,
  createFile,
  appendBlock,
  execLoad,
  deleteFile,
  rand,
  userVar,
  formatDescription,
  xid,
  beginLoadQuery,
  executeLoadQuery,
  tableMap,
  rows,
  incident,
  heartbeat,
  ignorable,
  rowsQuery,
  gtid,
  previousGtids,
  transactionContext,
  viewChange,
  xaPrepare,
  transactionPayload,
  heartbeatV2,
  gtidTagged,
  annotateRows,
  binlogCheckpoint,
  mariadbGtid,
  mariadbGtidList,
  startEncryption,
  queryCompressed,
  partialRowData,
] as const;

/** Any decoded event; `type` tells which. */
export type BinlogEvent = EventOf<(typeof eventDefinitions)[number]>;

const BY_CODE: ReadonlyMap<number, EventDefinition> = new Map(
  eventDefinitions.flatMap((definition) =>
    definition.codes.map((code) => [code, definition as EventDefinition] as const),
  ),
);

/** How bodies of this code are read; null when they are not. */
export const definitionOf = (code: number): EventDefinition | null => BY_CODE.get(code) ?? null;

/**
 * The event that `body` holds: its bytes after the header and before the checksum, those of a format
 * description to the very end. `where.base` is the file offset of the body. Null when this code has
 * no definition; throws a `MalformedError`, nothing else, when the bytes contradict the format.
 */
export const decodeBody = (
  code: number,
  body: Buffer,
  context: BodyContext,
  where: { file: string; base: number },
  trace?: (field: TracedField) => void,
): BinlogEvent | null => {
  const definition = definitionOf(code);
  if (!definition) return null;
  const fields = new FieldReader(body, where, trace);
  return { type: definition.name, ...definition.read(fields, context) } as BinlogEvent;
};
