import { dateTime, gtids, integer, name, oneOf, words } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  channelName: column(name, 'CHANNEL_NAME'),
  groupName: column(name, 'GROUP_NAME'),
  sourceUuid: column(name, 'SOURCE_UUID'),
  threadId: column(integer, 'THREAD_ID'),
  serviceState: column(oneOf('on', 'off', 'connecting'), 'SERVICE_STATE'),
  receivedHeartbeats: column(integer, 'COUNT_RECEIVED_HEARTBEATS'),
  lastHeartbeatTime: column(dateTime, 'LAST_HEARTBEAT_TIMESTAMP'),
  receivedGtidSet: column(gtids, 'RECEIVED_TRANSACTION_SET'),
  errorNumber: column(integer, 'LAST_ERROR_NUMBER'),
  error: column(words, 'LAST_ERROR_MESSAGE'),
  errorTime: column(dateTime, 'LAST_ERROR_TIMESTAMP'),
  /** A GTID or `ANONYMOUS`; empty: none yet. */
  lastQueued: column(name, 'LAST_QUEUED_TRANSACTION'),
  lastQueuedOriginalCommit: column(dateTime, 'LAST_QUEUED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP'),
  lastQueuedImmediateCommit: column(dateTime, 'LAST_QUEUED_TRANSACTION_IMMEDIATE_COMMIT_TIMESTAMP'),
  lastQueuedStart: column(dateTime, 'LAST_QUEUED_TRANSACTION_START_QUEUE_TIMESTAMP'),
  lastQueuedEnd: column(dateTime, 'LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP'),
  queueing: column(name, 'QUEUEING_TRANSACTION'),
  queueingOriginalCommit: column(dateTime, 'QUEUEING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP'),
  queueingImmediateCommit: column(dateTime, 'QUEUEING_TRANSACTION_IMMEDIATE_COMMIT_TIMESTAMP'),
  queueingStart: column(dateTime, 'QUEUEING_TRANSACTION_START_QUEUE_TIMESTAMP'),
} as const;

/** What one channel's receiver does. Times are in the time zone of the session that asked. */
export type ConnectionStatus = RowOf<typeof COLUMNS>;

/** `performance_schema.replication_connection_status` (MySQL 5.7+). */
export const connectionStatus = defineSection({
  kind: 'connection-status',
  columns: COLUMNS,
  recognises: (has) => has('CHANNEL_NAME', 'RECEIVED_TRANSACTION_SET'),
});
