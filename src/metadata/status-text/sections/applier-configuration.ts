import { integer, name, yesOrNo } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  channelName: column(name, 'CHANNEL_NAME'),
  /** Seconds. */
  delay: column(integer, 'DESIRED_DELAY'),
  privilegeChecksUser: column(name, 'PRIVILEGE_CHECKS_USER'),
  requiresRowFormat: column(yesOrNo, 'REQUIRE_ROW_FORMAT'),
  /** `STREAM`, `ON`, `OFF`, `GENERATE`. */
  requireTablePrimaryKeyCheck: column(name, 'REQUIRE_TABLE_PRIMARY_KEY_CHECK'),
  /** `OFF`, `LOCAL`, `UUID`. */
  assignGtidsType: column(name, 'ASSIGN_GTIDS_TO_ANONYMOUS_TRANSACTIONS_TYPE'),
  assignGtidsValue: column(name, 'ASSIGN_GTIDS_TO_ANONYMOUS_TRANSACTIONS_VALUE'),
} as const;

/** How one channel's applier is to work. */
export type ApplierConfiguration = RowOf<typeof COLUMNS>;

/** `performance_schema.replication_applier_configuration` (MySQL 5.7+). */
export const applierConfiguration = defineSection({
  kind: 'applier-configuration',
  columns: COLUMNS,
  recognises: (has) => has('CHANNEL_NAME', 'DESIRED_DELAY'),
});
