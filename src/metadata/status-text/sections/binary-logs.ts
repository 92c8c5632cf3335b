import { integer, name, yesOrNo } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  /** Without directory. */
  logName: column(name, 'Log_name'),
  /** Bytes; 0 when the index names a file that is not there. */
  fileSize: column(integer, 'File_size'),
  /** MySQL 8.0.14+. */
  isEncrypted: column(yesOrNo, 'Encrypted'),
} as const;

/** One log that the binary log index lists. */
export type BinaryLogEntry = RowOf<typeof COLUMNS>;

/** `SHOW BINARY LOGS`, `SHOW MASTER LOGS`: `show_binlogs` (MySQL `sql/rpl_source.cc`). */
export const binaryLogs = defineSection({
  kind: 'binary-logs',
  columns: COLUMNS,
  recognises: (has) => has('Log_name', 'File_size'),
});
