import type { RelayLogInfo, RelayLogInfoField } from '../../relay-log-info.ts';
import { integer, name, yesOrNo } from '../cell-value.ts';
import { column, defineSection, type RowFrame } from '../define-section.ts';

const COLUMNS = {
  lineCount: column(integer, 'Number_of_lines'),
  relayLogFile: column(name, 'Relay_log_name'),
  relayLogPos: column(integer, 'Relay_log_pos'),
  sourceLogFile: column(name, 'Master_log_name'),
  sourceLogPos: column(integer, 'Master_log_pos'),
  sqlDelay: column(integer, 'Sql_delay'),
  workers: column(integer, 'Number_of_workers'),
  id: column(integer, 'Id'),
  channelName: column(name, 'Channel_name'),
  privilegeChecksUser: column(name, 'Privilege_checks_username'),
  privilegeChecksHost: column(name, 'Privilege_checks_hostname'),
  requiresRowFormat: column(yesOrNo, 'Require_row_format'),
  /** `STREAM`, `ON`, `OFF`, `GENERATE`. */
  requireTablePrimaryKeyCheck: column(name, 'Require_table_primary_key_check'),
  /** `OFF`, `LOCAL`, `UUID`. */
  assignGtidsType: column(name, 'Assign_gtids_to_anonymous_transactions_type'),
  assignGtidsValue: column(name, 'Assign_gtids_to_anonymous_transactions_value'),
} as const;

/** One channel's `mysql.slave_relay_log_info`: what its relay-log.info would hold. */
export interface SlaveRelayLogInfo
  extends RelayLogInfo,
    Omit<RowFrame<keyof typeof COLUMNS>, 'offsets'> {
  readonly offsets: Readonly<Partial<Record<RelayLogInfoField, number>>>;
}

/** The table that holds an applier's position in MySQL (`Rpl_info_table`); 5.6 and later. */
export const slaveRelayLogInfo = defineSection({
  kind: 'slave-relay-log-info',
  columns: COLUMNS,
  recognises: (has) => has('Number_of_lines', 'Relay_log_name', 'Relay_log_pos', 'Master_log_name'),
  complete: (row): SlaveRelayLogInfo => ({
    ...row,
    relayLogFile: row.relayLogFile ?? '',
    sourceLogFile: row.sourceLogFile ?? '',
  }),
});
