import type { WorkerInfo, WorkerInfoField } from '../../worker-info.ts';
import { hexBytes, integer, name } from '../cell-value.ts';
import { column, defineSection, type RowFrame } from '../define-section.ts';

const COLUMNS = {
  id: column(integer, 'Id'),
  groupRelayLogFile: column(name, 'Relay_log_name'),
  groupRelayLogPos: column(integer, 'Relay_log_pos'),
  groupSourceLogFile: column(name, 'Master_log_name'),
  groupSourceLogPos: column(integer, 'Master_log_pos'),
  checkpointRelayLogFile: column(name, 'Checkpoint_relay_log_name'),
  checkpointRelayLogPos: column(integer, 'Checkpoint_relay_log_pos'),
  checkpointSourceLogFile: column(name, 'Checkpoint_master_log_name'),
  checkpointSourceLogPos: column(integer, 'Checkpoint_master_log_pos'),
  checkpointSeqno: column(integer, 'Checkpoint_seqno'),
  bitmapBytes: column(integer, 'Checkpoint_group_size'),
  bitmap: column(hexBytes, 'Checkpoint_group_bitmap'),
  channelName: column(name, 'Channel_name'),
} as const;

/** One worker's `mysql.slave_worker_info`: what its worker file would hold. */
export interface SlaveWorkerInfo
  extends WorkerInfo,
    Omit<RowFrame<keyof typeof COLUMNS>, 'offsets'> {
  readonly offsets: Readonly<Partial<Record<WorkerInfoField, number>>>;
}

/** The table that holds the positions of parallel workers in MySQL (`Rpl_info_table`). */
export const slaveWorkerInfo = defineSection({
  kind: 'slave-worker-info',
  columns: COLUMNS,
  recognises: (has) => has('Checkpoint_relay_log_name', 'Checkpoint_relay_log_pos'),
  complete: (row): SlaveWorkerInfo => {
    // Raw bytes a text has lost; --binary-as-hex, the client's default on a terminal from 8.0.19 on, keeps them
    const isWhole = row.bitmap?.length === 2 * (row.bitmapBytes ?? 0);
    const bitmap = isWhole && row.bitmap ? row.bitmap : null;
    return {
      ...row,
      groupRelayLogFile: row.groupRelayLogFile ?? '',
      groupSourceLogFile: row.groupSourceLogFile ?? '',
      checkpointRelayLogFile: row.checkpointRelayLogFile ?? '',
      checkpointSourceLogFile: row.checkpointSourceLogFile ?? '',
      hasAppliedSinceCheckpoint: bitmap === null ? null : /[^0]/.test(bitmap),
      bitmap,
    };
  },
});
