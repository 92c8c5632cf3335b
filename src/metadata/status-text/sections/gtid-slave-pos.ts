import { digits, integer } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  domainId: column(integer, 'domain_id'),
  /** Order of commit on the replica; 64 bits. */
  subId: column(digits, 'sub_id'),
  serverId: column(integer, 'server_id'),
  /** 64 bits. */
  seqNo: column(digits, 'seq_no'),
} as const;

/** One transaction that a MariaDB replica recorded as applied. */
export type GtidSlavePosRow = RowOf<typeof COLUMNS>;

/** MariaDB's `mysql.gtid_slave_pos`: the row of the highest `sub_id` of a domain is its position. */
export const gtidSlavePos = defineSection({
  kind: 'gtid-slave-pos',
  columns: COLUMNS,
  recognises: (has) => has('domain_id', 'sub_id', 'server_id', 'seq_no'),
});
