/** What is known of one event type, whether or not its body is read here. */
export interface EventType {
  readonly code: number;
  /** Unique: MariaDB's own `Gtid` and `Gtid_list` are told from MySQL's by a prefix. */
  readonly name: string;
  /** What the servers themselves call it in SHOW BINLOG EVENTS; null for a fork that does not say. */
  readonly printed: string | null;
  /** Which servers write it, and from which version to which. */
  readonly written: string;
}

const MYSQL_AND_MARIADB = 'MySQL; MariaDB';
const POLARDB_X = 'AliSQL and PolarDB-X 5.7, WeSQL';

/**
 * Every event type that a server or a fork we know writes, in the order of the codes, which the two
 * vendors never use for two things.
 * Source: MySQL libs/mysql/binlog/event/binlog_event.h and MariaDB sql/log_event.h `enum
 * Log_event_type`; names printed: MySQL `get_event_type_as_string`, MariaDB `Log_event::get_type_str`.
 */
export const EVENT_TYPES: readonly EventType[] = (
  [
    [0, 'Unknown', 'Unknown', 'nobody: stands for "none of these"'],
    [1, 'Start_v3', 'Start_v3', 'MySQL 3.23 to 4.1'],
    [2, 'Query', 'Query', MYSQL_AND_MARIADB],
    [3, 'Stop', 'Stop', MYSQL_AND_MARIADB],
    [4, 'Rotate', 'Rotate', MYSQL_AND_MARIADB],
    [5, 'Intvar', 'Intvar', MYSQL_AND_MARIADB],
    [6, 'Load', 'Load', 'MySQL 3.23'],
    [7, 'Slave', 'Slave', 'MySQL 3.23; never since 4.0'],
    [8, 'Create_file', 'Create_file', 'MySQL 4.0 to 5.0.2'],
    [9, 'Append_block', 'Append_block', 'MySQL 4.0+; MariaDB'],
    [10, 'Exec_load', 'Exec_load', 'MySQL 4.0 to 5.0.2'],
    [11, 'Delete_file', 'Delete_file', 'MySQL 4.0+; MariaDB'],
    [12, 'New_load', 'New_load', 'MySQL 4.0 to 5.0.2'],
    [13, 'Rand', 'RAND', 'MySQL 4.0+; MariaDB'],
    [14, 'User_var', 'User var', 'MySQL 4.1+; MariaDB'],
    [15, 'Format_description', 'Format_desc', 'MySQL 5.0+; MariaDB'],
    [16, 'Xid', 'Xid', 'MySQL 5.0+; MariaDB'],
    [17, 'Begin_load_query', 'Begin_load_query', 'MySQL 5.0.3+; MariaDB'],
    [18, 'Execute_load_query', 'Execute_load_query', 'MySQL 5.0.3+; MariaDB'],
    [19, 'Table_map', 'Table_map', 'MySQL 5.1+; MariaDB'],
    [20, 'Pre_ga_write_rows', 'Write_rows_event_old', 'MySQL 5.1 up to 5.1.17'],
    [21, 'Pre_ga_update_rows', 'Update_rows_event_old', 'MySQL 5.1 up to 5.1.17'],
    [22, 'Pre_ga_delete_rows', 'Delete_rows_event_old', 'MySQL 5.1 up to 5.1.17'],
    [23, 'Write_rows_v1', 'Write_rows_v1', 'MySQL 5.1.18 to 5.5; MariaDB'],
    [24, 'Update_rows_v1', 'Update_rows_v1', 'MySQL 5.1.18 to 5.5; MariaDB'],
    [25, 'Delete_rows_v1', 'Delete_rows_v1', 'MySQL 5.1.18 to 5.5; MariaDB'],
    [26, 'Incident', 'Incident', 'MySQL 5.1+; MariaDB'],
    [27, 'Heartbeat', 'Heartbeat', 'on the wire only: MySQL 5.5+; MariaDB'],
    [28, 'Ignorable', 'Ignorable', 'MySQL 5.6+'],
    [29, 'Rows_query', 'Rows_query', 'MySQL 5.6+'],
    [30, 'Write_rows', 'Write_rows', 'MySQL 5.6+'],
    [31, 'Update_rows', 'Update_rows', 'MySQL 5.6+'],
    [32, 'Delete_rows', 'Delete_rows', 'MySQL 5.6+'],
    [33, 'Gtid', 'Gtid', 'MySQL 5.6+'],
    [34, 'Anonymous_gtid', 'Anonymous_Gtid', 'MySQL 5.6+'],
    [35, 'Previous_gtids', 'Previous_gtids', 'MySQL 5.6+'],
    [36, 'Transaction_context', 'Transaction_context', 'MySQL 5.7.6+, Group Replication'],
    [37, 'View_change', 'View_change', 'MySQL 5.7.6+, Group Replication'],
    [38, 'Xa_prepare', 'XA_prepare', 'MySQL 5.7.7+; MariaDB 10.5+'],
    [39, 'Partial_update_rows', 'Update_rows_partial', 'MySQL 8.0.3+'],
    [40, 'Transaction_payload', 'Transaction_payload', 'MySQL 8.0.20+'],
    [41, 'Heartbeat_v2', 'Heartbeat', 'on the wire only: MySQL 8.0.27+'],
    [42, 'Gtid_tagged', 'Gtid_tagged', 'MySQL 8.3+'],
    [80, 'Polardbx_sequence', null, POLARDB_X],
    [100, 'Aurora_padding', null, 'Amazon Aurora'],
    [101, 'Polardbx_consensus_log', null, POLARDB_X],
    [102, 'Polardbx_previous_consensus_index', null, POLARDB_X],
    [103, 'Polardbx_consensus_cluster_info', null, POLARDB_X],
    [104, 'Polardbx_consensus_empty', null, POLARDB_X],
    [105, 'Polardbx_gcn', null, POLARDB_X],
    [159, 'Percona_start_encryption', 'Start_encryption', 'Percona Server 5.7.20 to 8.0.13'],
    [160, 'Annotate_rows', 'Annotate_rows', 'MariaDB 5.3+'],
    [161, 'Binlog_checkpoint', 'Binlog_checkpoint', 'MariaDB 10.0+'],
    [162, 'Mariadb_gtid', 'Gtid', 'MariaDB 10.0+'],
    [163, 'Mariadb_gtid_list', 'Gtid_list', 'MariaDB 10.0+'],
    [164, 'Start_encryption', 'Start_encryption', 'MariaDB 10.1.7+'],
    [165, 'Query_compressed', 'Query_compressed', 'MariaDB 10.2.3+'],
    [166, 'Write_rows_compressed_v1', 'Write_rows_compressed_v1', 'MariaDB 10.2.3+'],
    [167, 'Update_rows_compressed_v1', 'Update_rows_compressed_v1', 'MariaDB 10.2.3+'],
    [168, 'Delete_rows_compressed_v1', 'Delete_rows_compressed_v1', 'MariaDB 10.2.3+'],
    [169, 'Write_rows_compressed', 'Write_rows_compressed', 'MariaDB 10.2.3+'],
    [170, 'Update_rows_compressed', 'Update_rows_compressed', 'MariaDB 10.2.3+'],
    [171, 'Delete_rows_compressed', 'Delete_rows_compressed', 'MariaDB 10.2.3+'],
    [172, 'Partial_row_data', null, 'MariaDB 12.3+'],
  ] as const
).map(([code, name, printed, written]) => ({ code, name, printed, written }));
