import { type OutputRow, vertical } from './status-output.ts';

export interface TextPlace {
  readonly file?: string;
  readonly relayFile?: string;
  /** Offset in the relay log and place in the source's log of the applier. */
  readonly offset?: number;
  readonly position?: number;
  /** Of the receiver; the applier's place by default. */
  readonly readFile?: string;
  readonly read?: number;
}

export interface StatusText extends TextPlace {
  readonly receiver?: 'Yes' | 'No' | 'Connecting';
  readonly applier?: 'Yes' | 'No';
  readonly receiverState?: string;
  readonly applierState?: string;
  readonly secondsBehind?: number | null;
  readonly delay?: number;
  readonly remaining?: number | null;
  /** Columns besides, or in place of those above, by their names in the words of 8.0.22 and later. */
  readonly more?: OutputRow;
  /** A line above it, as `2023-11-14 22:20:00 UTC`. */
  readonly takenAt?: string;
  readonly channel?: string;
}

/** In the words of MariaDB and of MySQL before 8.0.22. */
const inOldWords = (name: string): string =>
  name.replace('Source', 'Master').replace('Replica', 'Slave');

const statusRow = ({
  file = 'mysql-bin.000001',
  relayFile = 'relay-bin.000002',
  offset = 4,
  position = 4,
  readFile = file,
  read = position,
  receiver = 'Yes',
  applier = 'Yes',
  receiverState = receiver === 'Yes' ? 'Waiting for source to send event' : '',
  applierState = '',
  secondsBehind = 0,
  delay = 0,
  remaining = null,
  channel = '',
  more = {},
}: StatusText): OutputRow => ({
  Replica_IO_State: receiverState,
  Source_Host: 'db1.example',
  Source_User: 'repl',
  Source_Port: 3306,
  Source_Log_File: readFile,
  Read_Source_Log_Pos: read,
  Relay_Log_File: relayFile,
  Relay_Log_Pos: offset,
  Relay_Source_Log_File: file,
  Replica_IO_Running: receiver,
  Replica_SQL_Running: applier,
  Exec_Source_Log_Pos: position,
  Seconds_Behind_Source: secondsBehind,
  SQL_Delay: delay,
  SQL_Remaining_Delay: remaining,
  Replica_SQL_Running_State: applierState,
  Auto_Position: 0,
  Channel_Name: channel,
  ...more,
});

const printed = (row: OutputRow, takenAt: string | undefined): string =>
  `${takenAt === undefined ? '' : `-- ${takenAt} --\n`}${vertical(row)}`;

/** What `SHOW REPLICA STATUS\G` of MySQL 8.0.22 and later prints for one channel. */
export const replicaStatusText = (status: StatusText = {}): string =>
  printed(statusRow(status), status.takenAt);

/** What `SHOW SLAVE STATUS\G` prints: MySQL without a channel name, MariaDB with Using_Gtid. */
export const slaveStatusText = (
  status: StatusText = {},
  { mariadb = false }: { readonly mariadb?: boolean } = {},
): string => {
  const { Channel_Name: _, Auto_Position: __, ...row } = statusRow(status);
  const renamed = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [inOldWords(name), value]),
  );
  return printed(
    mariadb ? { ...renamed, Using_Gtid: 'No', Parallel_Mode: 'optimistic' } : renamed,
    status.takenAt,
  );
};

/** Rows of `mysql.slave_master_info` and `mysql.slave_relay_log_info` (MySQL 8.0). */
export const infoTables = ({
  file = 'mysql-bin.000001',
  relayFile = './relay-bin.000002',
  offset = 4,
  position = 4,
  readFile = file,
  read = position,
}: TextPlace): { readonly master: string; readonly relay: string } => ({
  master: vertical({
    Number_of_lines: 33,
    Master_log_name: readFile,
    Master_log_pos: read,
    Host: 'db1.example',
    User_name: 'repl',
    User_password: 'correct horse',
    Port: 3306,
    Connect_retry: 60,
    Enabled_ssl: 0,
    Heartbeat: 30,
    Ignored_server_ids: '0',
    Retry_count: 10,
    Enabled_auto_position: 0,
    Channel_name: '',
  }),
  relay: vertical({
    Number_of_lines: 14,
    Relay_log_name: relayFile,
    Relay_log_pos: offset,
    Master_log_name: file,
    Master_log_pos: position,
    Sql_delay: 0,
    Number_of_workers: 0,
    Id: 1,
    Channel_name: '',
  }),
});
