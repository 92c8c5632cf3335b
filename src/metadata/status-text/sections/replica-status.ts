import { defineSection, type RowOf } from '../define-section.ts';
import { REPLICA_STATUS_COLUMNS } from './replica-status-columns.ts';
import { type StatusDialect, statusDialect } from './replica-status-dialect.ts';

/** One channel of a replica at one moment. */
export interface ReplicaStatus extends RowOf<typeof REPLICA_STATUS_COLUMNS> {
  readonly dialect: StatusDialect;
}

export type ReplicaStatusField = keyof typeof REPLICA_STATUS_COLUMNS;

/** Columns that no other statement has. */
const OWN = [
  'Replica_IO_State',
  'Replica_IO_Running',
  'Replica_SQL_Running',
  'Read_Source_Log_Pos',
  'Exec_Source_Log_Pos',
  'Relay_Source_Log_File',
  'Seconds_Behind_Source',
  'Last_IO_Error',
  'Last_SQL_Error',
  'Source_SSL_Allowed',
];

/** `SHOW SLAVE STATUS`, `SHOW ALL SLAVES STATUS`, `SHOW REPLICA STATUS`. */
export const replicaStatus = defineSection({
  kind: 'replica-status',
  columns: REPLICA_STATUS_COLUMNS,
  recognises: (has) => OWN.some((name) => has(name)),
  complete: (row, cells): ReplicaStatus => ({ ...row, dialect: statusDialect(cells) }),
});
