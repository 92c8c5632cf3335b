import { EVENT, eventTypeCode } from '../../src/binlog/event-type.ts';
import { ROWS_FLAG, ROWS_FLAGS } from '../../src/binlog/events/rows.ts';
import { flagNames } from '../../src/binlog/flag-names.ts';
import { formatMariadbGtidList } from '../../src/binlog/mariadb-gtid.ts';
import type { Flavor } from '../../src/dialects/server-version.ts';
import type { ListedEvent } from '../../src/listing/listed-event.ts';

/** The code that Aurora pads its logs with. */
const AURORA_PADDING = eventTypeCode('Aurora_padding') ?? -1;

/**
 * What the printers call each type, and which of its fields they say: a named group is a field of
 * our decoded event. MariaDB's knows MySQL's GTIDs by their code alone.
 */
const HEADLINES: readonly (readonly [text: RegExp, codes: readonly number[]])[] = [
  [
    /^Start: binlog v (?<binlogVersion>\d+), server v (?<serverVersion>.+?) created /,
    [EVENT.FORMAT_DESCRIPTION, EVENT.START_V3],
  ],
  [/^Rotate to (?<nextLogName>.+?) {2}pos: (?<position>\d+)$/, [EVENT.ROTATE]],
  [/^Stop$/, [EVENT.STOP]],
  [
    /^Query\tthread_id=(?<threadId>\d+)\texec_time=(?<execTime>\d+)\terror_code=(?<errorCode>\d+)/,
    [EVENT.QUERY],
  ],
  [
    /^Query_compressed\tthread_id=(?<threadId>\d+)\texec_time=(?<execTime>\d+)\terror_code=(?<errorCode>\d+)/,
    [EVENT.QUERY_COMPRESSED],
  ],
  [/^Incident: \w+$/, [EVENT.INCIDENT]],
  [/^Intvar$/, [EVENT.INTVAR]],
  [/^Rand$/, [EVENT.RAND]],
  [/^User_var$/, [EVENT.USER_VAR]],
  [/^Xid = (?<xid>\d+)$/, [EVENT.XID]],
  [
    /^(?:XID = |XA PREPARE )X'(?<gtrid>[0-9a-f]*)',X'(?<bqual>[0-9a-f]*)',(?<formatId>\d+)$/,
    [EVENT.XA_PREPARE],
  ],
  [
    /^Table_map: `(?<database>.*)`\.`(?<table>.*)` mapped to number (?<tableId>\d+)/,
    [EVENT.TABLE_MAP],
  ],
  [
    /^Write_rows: table id (?<tableId>\d+)(?: flags: (?<rowsFlags>.*))?$/,
    [EVENT.WRITE_ROWS_V1, EVENT.WRITE_ROWS],
  ],
  [
    /^Update_rows: table id (?<tableId>\d+)(?: flags: (?<rowsFlags>.*))?$/,
    [EVENT.UPDATE_ROWS_V1, EVENT.UPDATE_ROWS],
  ],
  [
    /^Delete_rows: table id (?<tableId>\d+)(?: flags: (?<rowsFlags>.*))?$/,
    [EVENT.DELETE_ROWS_V1, EVENT.DELETE_ROWS],
  ],
  [
    /^Update_rows_partial: table id (?<tableId>\d+)(?: flags: (?<rowsFlags>.*))?$/,
    [EVENT.PARTIAL_UPDATE_ROWS],
  ],
  [
    /^Write_compressed_rows: table id (?<tableId>\d+)(?: flags: (?<rowsFlags>.*))?$/,
    [EVENT.WRITE_ROWS_COMPRESSED_V1, EVENT.WRITE_ROWS_COMPRESSED],
  ],
  [
    /^Update_compressed_rows: table id (?<tableId>\d+)(?: flags: (?<rowsFlags>.*))?$/,
    [EVENT.UPDATE_ROWS_COMPRESSED_V1, EVENT.UPDATE_ROWS_COMPRESSED],
  ],
  [
    /^Delete_compressed_rows: table id (?<tableId>\d+)(?: flags: (?<rowsFlags>.*))?$/,
    [EVENT.DELETE_ROWS_COMPRESSED_V1, EVENT.DELETE_ROWS_COMPRESSED],
  ],
  [
    /^(?:Anonymous_)?GTID\tlast_committed=(?<lastCommitted>\d+)\tsequence_number=(?<sequenceNumber>\d+)/,
    [EVENT.GTID, EVENT.GTID_TAGGED, EVENT.ANONYMOUS_GTID],
  ],
  [/^Previous-GTIDs$/, [EVENT.PREVIOUS_GTIDS]],
  [/^Rows_query$/, [EVENT.ROWS_QUERY]],
  [
    /^Transaction_Payload\t\tpayload_size=(?<payloadSize>\d+)\tcompression_type=ZSTD\tuncompressed_size=(?<uncompressedSize>\d+)$/,
    [EVENT.TRANSACTION_PAYLOAD],
  ],
  [/^GTID (?<gtid>\d+-\d+-\d+)/, [EVENT.MARIADB_GTID]],
  [/^Gtid list \[(?<gtidList>[^\]]*)\]$/, [EVENT.MARIADB_GTID_LIST]],
  [/^Binlog checkpoint (?<logName>.+)$/, [EVENT.BINLOG_CHECKPOINT]],
  [/^Annotate_rows:$/, [EVENT.ANNOTATE_ROWS]],
  [
    /^Ignorable$/,
    [EVENT.GTID, EVENT.ANONYMOUS_GTID, EVENT.PREVIOUS_GTIDS, EVENT.ROWS_QUERY, AURORA_PADDING],
  ],
  [
    /^Execute_load_query\tthread_id=(?<threadId>\d+)\texec_time=(?<execTime>\d+)\terror_code=(?<errorCode>\d+)/,
    [EVENT.EXECUTE_LOAD_QUERY],
  ],
  // Said in a line of its own
  [/^$/, [EVENT.BEGIN_LOAD_QUERY, EVENT.APPEND_BLOCK]],
];

/** Flags of rows that a printer is silent about. */
const unknownTo = (printer: Flavor): number =>
  printer === 'mariadb' ? ROWS_FLAG.USE_SQL_FOREIGN_KEY : 0;

/** The fields of an event as the printers write them. */
const fieldsOf = (listed: ListedEvent, printer: Flavor): Readonly<Record<string, unknown>> => {
  const { body, gtid } = listed;
  const fields: Record<string, unknown> = { ...body, gtid };
  switch (body?.type) {
    case 'rows':
      fields['rowsFlags'] = flagNames(ROWS_FLAGS, body.flags & ~unknownTo(printer)).join(' ');
      break;
    case 'xa-prepare':
      fields['gtrid'] = body.gtrid.toString('hex');
      fields['bqual'] = body.bqual.toString('hex');
      break;
    case 'transaction-payload':
      fields['payloadSize'] = body.payload.byteLength;
      break;
    case 'mariadb-gtid-list':
      fields['gtidList'] = formatMariadbGtidList(body.gtids).replaceAll(',', ',\n# ');
      break;
    default:
      break;
  }
  return fields;
};

const written = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : '';

/** What a printer says of an event otherwise than we do; none when it says the same. */
export const contradictions = (
  text: string,
  listed: ListedEvent,
  printer: Flavor,
): readonly string[] => {
  const said = HEADLINES.find(([pattern]) => pattern.test(text));
  const codes = said?.[1] ?? [];
  if (!codes.includes(listed.event.typeCode)) return [`${text}: ours is ${listed.event.type}`];
  const fields = fieldsOf(listed, printer);
  return Object.entries(said?.[0].exec(text)?.groups ?? {})
    .map(([name, value]) => ({ name, theirs: value ?? '', ours: written(fields[name]) }))
    .filter(({ theirs, ours }) => theirs !== ours)
    .map(({ name, theirs, ours }) => `${text}: ${name} ${theirs}: ours ${ours}`);
};
