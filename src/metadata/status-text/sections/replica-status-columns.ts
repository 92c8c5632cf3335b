import {
  dateTime,
  gtids,
  ids,
  integer,
  name,
  names,
  oneOf,
  seconds,
  shortTime,
  signedInteger,
  words,
  yesOrNo,
} from '../cell-value.ts';
import { column } from '../define-section.ts';

/**
 * The columns of `SHOW SLAVE STATUS`, `SHOW ALL SLAVES STATUS` and `SHOW REPLICA STATUS`, by what
 * they say. MySQL `show_slave_status_metadata` and `show_slave_status_send_data` (`sql/rpl_replica.cc`),
 * MariaDB `show_master_info_get_fields` and `send_show_master_info_data` (`sql/slave.cc`).
 */
export const REPLICA_STATUS_COLUMNS = {
  /** MySQL's channel, MariaDB's connection; empty is the default one, null: not said. */
  channelName: column(name, 'Channel_Name', 'Connection_name'),

  sourceHost: column(name, 'Source_Host'),
  sourceUser: column(name, 'Source_User'),
  sourcePort: column(integer, 'Source_Port'),
  /** 0 while it is not known. */
  sourceServerId: column(integer, 'Source_Server_Id'),
  sourceUuid: column(name, 'Source_UUID'),
  /** A path, or the table that took the file's place. */
  masterInfoFile: column(name, 'Source_Info_File'),
  bind: column(name, 'Source_Bind'),
  networkNamespace: column(name, 'Network_Namespace'),
  /** Seconds between tries to connect. */
  connectRetry: column(integer, 'Connect_Retry'),
  /** Tries to connect before giving up; 0: without end. */
  retryCount: column(integer, 'Source_Retry_Count'),
  /** Seconds. */
  heartbeatPeriod: column(seconds, 'Replica_heartbeat_period'),
  receivedHeartbeats: column(integer, 'Replica_received_heartbeats'),

  receiverRunning: column(oneOf('yes', 'no', 'connecting', 'preparing'), 'Replica_IO_Running'),
  receiverState: column(words, 'Replica_IO_State'),
  /** Up to where the receiver has read: the source's log, without directory. */
  readSourceLogFile: column(name, 'Source_Log_File'),
  readSourceLogPos: column(integer, 'Read_Source_Log_Pos'),
  receiverErrorNumber: column(integer, 'Last_IO_Errno'),
  receiverError: column(words, 'Last_IO_Error'),
  /** In the replica's time zone. */
  receiverErrorTime: column(shortTime, 'Last_IO_Error_Timestamp'),

  applierRunning: column(oneOf('yes', 'no'), 'Replica_SQL_Running'),
  applierState: column(words, 'Replica_SQL_Running_State', 'Replica_SQL_State'),
  relayLogFile: column(name, 'Relay_Log_File'),
  /** Byte offset in {@link relayLogFile} up to which it has been applied. */
  relayLogPos: column(integer, 'Relay_Log_Pos'),
  /** The same place in the source's log. */
  appliedSourceLogFile: column(name, 'Relay_Source_Log_File'),
  appliedSourceLogPos: column(integer, 'Exec_Source_Log_Pos'),
  applierErrorNumber: column(integer, 'Last_SQL_Errno'),
  applierError: column(words, 'Last_SQL_Error'),
  /** In the replica's time zone. */
  applierErrorTime: column(shortTime, 'Last_SQL_Error_Timestamp'),
  /** An alias of the applier's since MySQL 5.1; of either thread before. */
  lastErrorNumber: column(integer, 'Last_Errno'),
  lastError: column(words, 'Last_Error'),
  /** NULL while the applier stands still, or has nothing and the receiver is not connected. */
  secondsBehind: column(integer, 'Seconds_Behind_Source'),
  /** Seconds. */
  delay: column(integer, 'SQL_Delay'),
  /** Seconds; NULL while nothing is waited for. */
  remainingDelay: column(integer, 'SQL_Remaining_Delay'),
  skipCounter: column(integer, 'Skip_Counter'),
  /** Bytes of all relay logs. */
  relayLogSpace: column(integer, 'Relay_Log_Space'),
  maxRelayLogSize: column(integer, 'Max_relay_log_size'),
  retriedTransactions: column(integer, 'Retried_transactions'),
  /** Events that the applier has executed. */
  executedLogEntries: column(integer, 'Executed_log_entries'),
  ddlGroups: column(integer, 'Replica_DDL_Groups'),
  nonTransactionalGroups: column(integer, 'Replica_Non_Transactional_Groups'),
  transactionalGroups: column(integer, 'Replica_Transactional_Groups'),
  /** In the replica's time zone: when the newest event that was received was written. */
  sourceLastEventTime: column(dateTime, 'Source_last_event_time'),
  replicaLastEventTime: column(dateTime, 'Replica_last_event_time'),
  /** Seconds between the two. */
  sourceReplicaTimeDiff: column(signedInteger, 'Source_Replica_time_diff'),

  untilCondition: column(name, 'Until_Condition'),
  untilLogFile: column(name, 'Until_Log_File'),
  untilLogPos: column(integer, 'Until_Log_Pos'),

  autoPosition: column(yesOrNo, 'Auto_Position'),
  retrievedGtidSet: column(gtids, 'Retrieved_Gtid_Set'),
  executedGtidSet: column(gtids, 'Executed_Gtid_Set'),
  usingGtid: column(oneOf('no', 'current_pos', 'slave_pos'), 'Using_Gtid'),
  gtidIoPos: column(gtids, 'Gtid_IO_Pos'),
  gtidSlavePos: column(gtids, 'Gtid_Slave_Pos'),
  parallelMode: column(name, 'Parallel_Mode'),

  ignoreServerIds: column(ids, 'Replicate_Ignore_Server_Ids'),
  doDomainIds: column(ids, 'Replicate_Do_Domain_Ids'),
  ignoreDomainIds: column(ids, 'Replicate_Ignore_Domain_Ids'),
  doDatabases: column(names, 'Replicate_Do_DB'),
  ignoreDatabases: column(names, 'Replicate_Ignore_DB'),
  doTables: column(names, 'Replicate_Do_Table'),
  ignoreTables: column(names, 'Replicate_Ignore_Table'),
  wildDoTables: column(names, 'Replicate_Wild_Do_Table'),
  wildIgnoreTables: column(names, 'Replicate_Wild_Ignore_Table'),
  /** As written: `(from,to),(from,to)`, or `from->to` of MariaDB. */
  rewriteDatabases: column(name, 'Replicate_Rewrite_DB'),

  /** `ignored`: the server was built without it. */
  sslAllowed: column(oneOf('yes', 'no', 'ignored'), 'Source_SSL_Allowed'),
  sslCa: column(name, 'Source_SSL_CA_File'),
  sslCapath: column(name, 'Source_SSL_CA_Path'),
  sslCert: column(name, 'Source_SSL_Cert'),
  sslCipher: column(name, 'Source_SSL_Cipher'),
  sslKey: column(name, 'Source_SSL_Key'),
  sslCrl: column(name, 'Source_SSL_Crl'),
  sslCrlpath: column(name, 'Source_SSL_Crlpath'),
  sslVerifyServerCert: column(yesOrNo, 'Source_SSL_Verify_Server_Cert'),
  tlsVersion: column(name, 'Source_TLS_Version'),
  publicKeyPath: column(name, 'Source_public_key_path'),
  getPublicKey: column(yesOrNo, 'Get_Source_public_key'),
} as const;
