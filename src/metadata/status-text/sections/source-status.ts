import { gtids, integer, name, names } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  /** The log that is being written, without directory. */
  file: column(name, 'File'),
  /** Its end. */
  position: column(integer, 'Position'),
  doDatabases: column(names, 'Binlog_Do_DB'),
  ignoreDatabases: column(names, 'Binlog_Ignore_DB'),
  /** MySQL 5.6+. */
  executedGtidSet: column(gtids, 'Executed_Gtid_Set'),
} as const;

/** Where a server's own binary log ends. */
export type SourceStatus = RowOf<typeof COLUMNS>;

/**
 * `SHOW MASTER STATUS`, `SHOW BINARY LOG STATUS` (MySQL 8.2+), `SHOW BINLOG STATUS` (MariaDB 10.5.2+):
 * MySQL `show_binary_log_status` (`sql/rpl_source.cc`), MariaDB `show_binlog_info` (`sql/sql_repl.cc`).
 */
export const sourceStatus = defineSection({
  kind: 'source-status',
  columns: COLUMNS,
  recognises: (has) => has('File', 'Position', 'Binlog_Do_DB'),
});
