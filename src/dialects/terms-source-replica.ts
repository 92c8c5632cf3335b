import type { Terms } from './define-dialect.ts';

/** MySQL 8.0.23+; the columns are those of SHOW REPLICA STATUS. */
export const sourceReplicaTerms: Terms = {
  source: 'source',
  replica: 'replica',
  receiver: 'receiver',
  applier: 'applier',
  secondsBehind: 'Seconds_Behind_Source',
  execPosition: 'Exec_Source_Log_Pos',
  execLogFile: 'Relay_Source_Log_File',
  readPosition: 'Read_Source_Log_Pos',
  readLogFile: 'Source_Log_File',
  receiverRunning: 'Replica_IO_Running',
  applierRunning: 'Replica_SQL_Running',
  ignoreServerIds: 'Replicate_Ignore_Server_Ids',
  netTimeout: 'replica_net_timeout',
};
