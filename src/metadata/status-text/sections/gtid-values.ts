import { gtids, integer, name } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

/** The variables that hold GTIDs, by the fields they set. */
export const GTID_VARIABLES = {
  gtidExecuted: 'gtid_executed',
  gtidPurged: 'gtid_purged',
  gtidSlavePos: 'gtid_slave_pos',
  gtidBinlogPos: 'gtid_binlog_pos',
  gtidCurrentPos: 'gtid_current_pos',
  gtidBinlogState: 'gtid_binlog_state',
} as const;

const COLUMNS = {
  /** MySQL: all that was ever committed here. */
  gtidExecuted: column(gtids, GTID_VARIABLES.gtidExecuted),
  /** MySQL: what of it no binary log of the server holds any more. */
  gtidPurged: column(gtids, GTID_VARIABLES.gtidPurged),
  /** MariaDB: the last transaction of each domain that was replicated. */
  gtidSlavePos: column(gtids, GTID_VARIABLES.gtidSlavePos),
  /** MariaDB: the last of each domain in the binary log. */
  gtidBinlogPos: column(gtids, GTID_VARIABLES.gtidBinlogPos),
  /** MariaDB: the two together. */
  gtidCurrentPos: column(gtids, GTID_VARIABLES.gtidCurrentPos),
  /** MariaDB: the last of each domain and server in the binary log. */
  gtidBinlogState: column(gtids, GTID_VARIABLES.gtidBinlogState),
  serverUuid: column(name, 'server_uuid'),
  serverId: column(integer, 'server_id'),
} as const;

/** Values of GTID variables that were selected by name. */
export type GtidValues = RowOf<typeof COLUMNS>;

/** `SELECT @@GLOBAL.gtid_executed` and its like. */
export const gtidValues = defineSection({
  kind: 'gtid-values',
  columns: COLUMNS,
  recognises: (has) => Object.values(GTID_VARIABLES).some((variable) => has(variable)),
});
