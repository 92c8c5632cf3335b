import { integer, name } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  serverId: column(integer, 'Server_Id'),
  /** What the replica's `report_host` says; empty unless it is set. */
  host: column(name, 'Host'),
  port: column(integer, 'Port'),
  sourceServerId: column(integer, 'Source_Id'),
  /** MySQL 5.6+. */
  uuid: column(name, 'Replica_UUID'),
  /** Up to 5.5: never used by any server. */
  recoveryRank: column(integer, 'Rpl_recovery_rank'),
} as const;

/** A replica that is connected, as its source knows it. */
export type RegisteredReplica = RowOf<typeof COLUMNS>;

/** `SHOW SLAVE HOSTS`, `SHOW REPLICAS`: `show_replicas` (MySQL `sql/rpl_source.cc`). */
export const registeredReplicas = defineSection({
  kind: 'registered-replicas',
  columns: COLUMNS,
  recognises: (has) => has('Server_Id', 'Host', 'Port', 'Source_Id'),
});
