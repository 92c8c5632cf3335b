import { dateTime, integer, name, oneOf, words } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  channelName: column(name, 'CHANNEL_NAME'),
  threadId: column(integer, 'THREAD_ID'),
  serviceState: column(oneOf('on', 'off'), 'SERVICE_STATE'),
  errorNumber: column(integer, 'LAST_ERROR_NUMBER'),
  error: column(words, 'LAST_ERROR_MESSAGE'),
  errorTime: column(dateTime, 'LAST_ERROR_TIMESTAMP'),
  /** A GTID or `ANONYMOUS`; empty: none yet. MySQL 8.0+, like all below. */
  lastProcessed: column(name, 'LAST_PROCESSED_TRANSACTION'),
  lastProcessedOriginalCommit: column(
    dateTime,
    'LAST_PROCESSED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP',
  ),
  lastProcessedImmediateCommit: column(
    dateTime,
    'LAST_PROCESSED_TRANSACTION_IMMEDIATE_COMMIT_TIMESTAMP',
  ),
  lastProcessedStart: column(dateTime, 'LAST_PROCESSED_TRANSACTION_START_BUFFER_TIMESTAMP'),
  lastProcessedEnd: column(dateTime, 'LAST_PROCESSED_TRANSACTION_END_BUFFER_TIMESTAMP'),
  processing: column(name, 'PROCESSING_TRANSACTION'),
  processingOriginalCommit: column(dateTime, 'PROCESSING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP'),
  processingImmediateCommit: column(dateTime, 'PROCESSING_TRANSACTION_IMMEDIATE_COMMIT_TIMESTAMP'),
  processingStart: column(dateTime, 'PROCESSING_TRANSACTION_START_BUFFER_TIMESTAMP'),
} as const;

/** What hands one channel's transactions to its workers. */
export type ApplierCoordinatorStatus = RowOf<typeof COLUMNS>;

/** `performance_schema.replication_applier_status_by_coordinator` (MySQL 5.7+). */
export const applierCoordinatorStatus = defineSection({
  kind: 'applier-coordinator-status',
  columns: COLUMNS,
  // 5.7 has the first six columns alone, which the workers' and the receiver's tables share
  recognises: (has) =>
    has('CHANNEL_NAME', 'LAST_PROCESSED_TRANSACTION') ||
    (has('CHANNEL_NAME', 'THREAD_ID', 'SERVICE_STATE', 'LAST_ERROR_NUMBER') &&
      !has('WORKER_ID') &&
      !has('SOURCE_UUID')),
});
