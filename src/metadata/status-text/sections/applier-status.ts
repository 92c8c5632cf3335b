import { integer, name, oneOf } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  channelName: column(name, 'CHANNEL_NAME'),
  serviceState: column(oneOf('on', 'off'), 'SERVICE_STATE'),
  /** Seconds; NULL while nothing is waited for. */
  remainingDelay: column(integer, 'REMAINING_DELAY'),
  transactionRetries: column(integer, 'COUNT_TRANSACTIONS_RETRIES'),
} as const;

/** Whether one channel's applier runs. */
export type ApplierStatus = RowOf<typeof COLUMNS>;

/** `performance_schema.replication_applier_status` (MySQL 5.7+). */
export const applierStatus = defineSection({
  kind: 'applier-status',
  columns: COLUMNS,
  recognises: (has) => has('CHANNEL_NAME', 'REMAINING_DELAY'),
});
