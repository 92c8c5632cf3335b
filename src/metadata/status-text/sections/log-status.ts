import { type CellValue, gtids, name, words } from '../cell-value.ts';
import { column, defineSection, type RowFrame } from '../define-section.ts';

export interface RelayLogPlace {
  readonly channelName: string;
  /** Without directory. */
  readonly relayLogFile: string;
  /** Its end, in bytes. */
  readonly relayLogPos: number;
}

interface OwnLog {
  readonly file: string;
  readonly position: number;
  readonly gtidExecuted: string | null;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const json = <T>(read: (value: Readonly<Record<string, unknown>>) => T | null): CellValue<T> => ({
  ...words,
  expected: 'the JSON of this column',
  parse: (text) => {
    try {
      return read(record(JSON.parse(text)));
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  },
});

const isPosition = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

const ownLog = json<OwnLog>(
  ({ binary_log_file: file, binary_log_position: position, gtid_executed: set }) =>
    typeof file === 'string' && isPosition(position)
      ? { file, position, gtidExecuted: typeof set === 'string' ? gtids.parse(set) : null }
      : null,
);

const relayLogs = json<readonly RelayLogPlace[]>(({ channels }) => {
  if (!Array.isArray(channels)) return null;
  return channels.map(record).flatMap((channel) => {
    const { channel_name, relay_log_file, relay_log_position } = channel;
    return typeof channel_name === 'string' &&
      typeof relay_log_file === 'string' &&
      isPosition(relay_log_position)
      ? { channelName: channel_name, relayLogFile: relay_log_file, relayLogPos: relay_log_position }
      : [];
  });
});

const COLUMNS = {
  serverUuid: column(name, 'SERVER_UUID'),
  local: column(ownLog, 'LOCAL'),
  relayLogs: column(relayLogs, 'REPLICATION'),
  storageEngines: column(words, 'STORAGE_ENGINES'),
} as const;

/** The ends of all logs of a server at one and the same moment. */
export interface LogStatus extends RowFrame<keyof typeof COLUMNS> {
  readonly serverUuid: string | null;
  readonly local: OwnLog | null;
  readonly relayLogs: readonly RelayLogPlace[] | null;
}

/** `performance_schema.log_status` (MySQL 8.0.11+, `storage/perfschema/table_log_status.cc`). */
export const logStatus = defineSection({
  kind: 'log-status',
  columns: COLUMNS,
  recognises: (has) => has('SERVER_UUID', 'LOCAL', 'REPLICATION'),
  complete: (row): LogStatus => row,
});
