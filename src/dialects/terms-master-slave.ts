import type { Terms } from './define-dialect.ts';

/** MySQL up to 8.0.22 and MariaDB; the columns are those of SHOW SLAVE STATUS. */
export const masterSlaveTerms: Terms = {
  source: 'master',
  replica: 'slave',
  receiver: 'I/O thread',
  applier: 'SQL thread',
  secondsBehind: 'Seconds_Behind_Master',
  execPosition: 'Exec_Master_Log_Pos',
  execLogFile: 'Relay_Master_Log_File',
  readPosition: 'Read_Master_Log_Pos',
  readLogFile: 'Master_Log_File',
  receiverRunning: 'Slave_IO_Running',
  applierRunning: 'Slave_SQL_Running',
  ignoreServerIds: 'Replicate_Ignore_Server_Ids',
  netTimeout: 'slave_net_timeout',
};
