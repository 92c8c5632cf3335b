import { dateTime, integer, name, oneOf, words } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  channelName: column(name, 'CHANNEL_NAME'),
  /** From 1; 0: the applier is one thread. */
  workerId: column(integer, 'WORKER_ID'),
  threadId: column(integer, 'THREAD_ID'),
  serviceState: column(oneOf('on', 'off'), 'SERVICE_STATE'),
  /** MySQL 5.7 alone. */
  lastSeen: column(name, 'LAST_SEEN_TRANSACTION'),
  errorNumber: column(integer, 'LAST_ERROR_NUMBER'),
  error: column(words, 'LAST_ERROR_MESSAGE'),
  errorTime: column(dateTime, 'LAST_ERROR_TIMESTAMP'),
  /** A GTID or `ANONYMOUS`; empty: none yet. */
  lastApplied: column(name, 'LAST_APPLIED_TRANSACTION'),
  lastAppliedOriginalCommit: column(dateTime, 'LAST_APPLIED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP'),
  lastAppliedImmediateCommit: column(
    dateTime,
    'LAST_APPLIED_TRANSACTION_IMMEDIATE_COMMIT_TIMESTAMP',
  ),
  lastAppliedStart: column(dateTime, 'LAST_APPLIED_TRANSACTION_START_APPLY_TIMESTAMP'),
  lastAppliedEnd: column(dateTime, 'LAST_APPLIED_TRANSACTION_END_APPLY_TIMESTAMP'),
  lastAppliedRetries: column(integer, 'LAST_APPLIED_TRANSACTION_RETRIES_COUNT'),
  lastAppliedTransientErrorNumber: column(
    integer,
    'LAST_APPLIED_TRANSACTION_LAST_TRANSIENT_ERROR_NUMBER',
  ),
  lastAppliedTransientError: column(words, 'LAST_APPLIED_TRANSACTION_LAST_TRANSIENT_ERROR_MESSAGE'),
  lastAppliedTransientErrorTime: column(
    dateTime,
    'LAST_APPLIED_TRANSACTION_LAST_TRANSIENT_ERROR_TIMESTAMP',
  ),
  applying: column(name, 'APPLYING_TRANSACTION'),
  applyingOriginalCommit: column(dateTime, 'APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP'),
  applyingImmediateCommit: column(dateTime, 'APPLYING_TRANSACTION_IMMEDIATE_COMMIT_TIMESTAMP'),
  applyingStart: column(dateTime, 'APPLYING_TRANSACTION_START_APPLY_TIMESTAMP'),
  applyingRetries: column(integer, 'APPLYING_TRANSACTION_RETRIES_COUNT'),
  applyingTransientErrorNumber: column(integer, 'APPLYING_TRANSACTION_LAST_TRANSIENT_ERROR_NUMBER'),
  applyingTransientError: column(words, 'APPLYING_TRANSACTION_LAST_TRANSIENT_ERROR_MESSAGE'),
  applyingTransientErrorTime: column(
    dateTime,
    'APPLYING_TRANSACTION_LAST_TRANSIENT_ERROR_TIMESTAMP',
  ),
} as const;

/** What one worker of a channel's applier does. */
export type ApplierWorkerStatus = RowOf<typeof COLUMNS>;

/** `performance_schema.replication_applier_status_by_worker` (MySQL 5.7+). */
export const applierWorkerStatus = defineSection({
  kind: 'applier-worker-status',
  columns: COLUMNS,
  recognises: (has) => has('CHANNEL_NAME', 'WORKER_ID', 'SERVICE_STATE'),
});
