import { GTID_FLAGS } from '../binlog/events/gtid.ts';
import { MARIADB_GTID_FLAGS } from '../binlog/events/mariadb-gtid.ts';
import { ROWS_FLAGS } from '../binlog/events/rows.ts';
import { flagNames } from '../binlog/flag-names.ts';
import { formatMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import type { ListedEvent } from './listed-event.ts';
import { isSecretName, MASK } from './secrets.ts';
import { userVariableText } from './user-variable.ts';
import { utc } from './utc.ts';

type Body = NonNullable<ListedEvent['body']>;

/** What an event says, in one line and in the field's words; the statement's text not included. */
export const eventSummary = (listed: ListedEvent): string => {
  const { body, problem } = listed;
  if (problem !== null) return `damaged: ${problem}`;
  return body === null ? '' : summaries(listed, body);
};

const summaries = (listed: ListedEvent, body: Body): string => {
  switch (body.type) {
    case 'format-description': {
      const created = body.created > 0 ? `, server started ${utc(body.created)}` : '';
      return `${body.serverVersion}${created}, ${body.postHeaderLengths.length} event types`;
    }
    case 'start-v3':
      return `${body.serverVersion}, format v${body.binlogVersion}`;
    case 'rotate':
      return `next: ${body.nextLogName}:${body.position}`;
    case 'query':
    case 'query-compressed':
    case 'execute-load-query':
      return words([
        `thread ${body.threadId}`,
        body.database === '' ? '' : `db ${body.database}`,
        body.execTime > 0 ? `exec ${body.execTime} s` : '',
        body.errorCode > 0 ? `error ${body.errorCode}` : '',
      ]);
    case 'xid':
      return `COMMIT /* xid ${body.xid} */`;
    case 'xa-prepare':
      return `XA ${body.onePhase ? 'COMMIT ONE PHASE' : 'PREPARE'} ${xidText(body)}`;
    case 'gtid':
    case 'gtid-tagged':
      return words([
        listed.gtid ?? 'anonymous',
        body.lastCommitted === null
          ? ''
          : `last_committed ${body.lastCommitted}, sequence_number ${body.sequenceNumber}`,
        body.originalCommitTimestamp === null
          ? ''
          : `committed ${micros(body.originalCommitTimestamp)}`,
        ...flagNames(GTID_FLAGS, body.flags),
      ]);
    case 'mariadb-gtid':
      return words([
        listed.gtid ?? '',
        ...flagNames(MARIADB_GTID_FLAGS, body.flags),
        body.commitId === null ? '' : `cid ${body.commitId}`,
      ]);
    case 'previous-gtids':
      return body.gtids.isEmpty ? 'none' : body.gtids.toString();
    case 'mariadb-gtid-list':
      return `[${formatMariadbGtidList(body.gtids)}]`;
    case 'binlog-checkpoint':
      return body.logName;
    case 'table-map':
      return `${body.database}.${body.table}, table id ${body.tableId}, ${body.columnCount} columns`;
    case 'rows':
      return words([
        `${listed.table ? `${listed.table.database}.${listed.table.table}` : 'unknown table'}, table id ${body.tableId}`,
        ...flagNames(ROWS_FLAGS, body.flags),
      ]);
    case 'intvar':
      return `${body.kind === 'insert-id' ? 'INSERT_ID' : 'LAST_INSERT_ID'} = ${body.value}`;
    case 'rand':
      return `RAND_SEED1 = ${body.seed1}, RAND_SEED2 = ${body.seed2}`;
    case 'user-var':
      return `@${body.name} = ${isSecretName(body.name) ? MASK : userVariableText(body.value)}`;
    case 'transaction-payload':
      return `${body.payload.byteLength} bytes compressed, ${body.uncompressedSize ?? 'unknown'} uncompressed`;
    case 'incident':
      return words([body.name ?? `code ${body.code}`, body.message]);
    case 'begin-load-query':
    case 'append-block':
      return `file ${body.fileId}, ${body.block.byteLength} bytes`;
    case 'exec-load':
    case 'delete-file':
      return `file ${body.fileId}`;
    case 'create-file':
      return `file ${body.fileId} (${body.fileName}) into ${body.database}.${body.table}, ${body.block.byteLength} bytes`;
    case 'load':
      return `${body.fileName} into ${body.database}.${body.table}`;
    case 'heartbeat':
    case 'heartbeat-v2':
      return body.logName ?? '';
    case 'start-encryption':
      return `scheme ${body.scheme}, key version ${body.keyVersion}`;
    case 'slave':
      return `${body.sourceHost}:${body.sourcePort}, ${body.sourceLogName}:${body.sourcePosition}`;
    case 'partial-row-data':
      return `part ${body.sequence} of ${body.fragments}`;
    case 'transaction-context':
    case 'view-change':
    case 'ignorable':
    case 'rows-query':
    case 'annotate-rows':
    case 'stop':
      return '';
  }
};

const words = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');

/** The same to the microsecond, of microseconds since 1970. */
const micros = (stamp: bigint): string => {
  const seconds = Number(stamp / 1_000_000n);
  const time = seconds > 253_402_300_799 ? String(seconds) : utc(seconds);
  return `${time}.${String(stamp % 1_000_000n).padStart(6, '0')}`;
};

/** As `XA RECOVER CONVERT XID` and the servers' statements write it. */
const xidText = (xid: { gtrid: Buffer; bqual: Buffer; formatId: number }): string =>
  `X'${xid.gtrid.toString('hex')}',X'${xid.bqual.toString('hex')}',${xid.formatId}`;
