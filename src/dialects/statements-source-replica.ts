import type { ChangeSpelling } from './change-options.ts';
import { writeChangeOptions } from './change-options.ts';
import type { Abilities, Statements } from './define-dialect.ts';
import { gtidStatements } from './gtid-statements.ts';
import { quoteString } from './quote-string.ts';

const spelling: ChangeSpelling = {
  logFile: 'SOURCE_LOG_FILE',
  logPos: 'SOURCE_LOG_POS',
  relayLogFile: 'RELAY_LOG_FILE',
  relayLogPos: 'RELAY_LOG_POS',
  autoPosition: 'SOURCE_AUTO_POSITION',
  ignoreServerIds: 'IGNORE_SERVER_IDS',
  heartbeatPeriod: 'SOURCE_HEARTBEAT_PERIOD',
  requestPublicKey: 'GET_SOURCE_PUBLIC_KEY',
};

const forChannel = (channel: string): string =>
  channel === '' ? '' : ` FOR CHANNEL ${quoteString(channel)}`;

/** Words that came after 8.0.23: SHOW BINARY LOG STATUS in 8.2, the variable in 8.0.26. */
interface LaterWords {
  readonly showSourceStatus: 'SHOW MASTER STATUS;' | 'SHOW BINARY LOG STATUS;';
  readonly skipCounter: 'sql_slave_skip_counter' | 'sql_replica_skip_counter';
}

/** MySQL 8.0.23+. */
export const sourceReplicaStatements = (
  { changeOptions }: Pick<Abilities, 'changeOptions'>,
  { showSourceStatus, skipCounter }: LaterWords,
): Statements => ({
  stopReplica: (channel) => `STOP REPLICA${forChannel(channel)};`,
  startReplica: (channel) => `START REPLICA${forChannel(channel)};`,
  startApplier: (channel) => `START REPLICA SQL_THREAD${forChannel(channel)};`,
  stopReceiver: (channel) => `STOP REPLICA IO_THREAD${forChannel(channel)};`,
  startReceiver: (channel) => `START REPLICA IO_THREAD${forChannel(channel)};`,
  fillApplierGaps: (channel) => `START REPLICA UNTIL SQL_AFTER_MTS_GAPS${forChannel(channel)};`,
  skipTransaction: () => `SET GLOBAL ${skipCounter} = 1;`,
  resetReplica: (channel) => `RESET REPLICA FOR CHANNEL ${quoteString(channel)};`,
  showReplicaStatus: (channel) => `SHOW REPLICA STATUS${forChannel(channel)}\\G`,
  changeSource: (channel, options) =>
    `CHANGE REPLICATION SOURCE TO ${writeChangeOptions(spelling, changeOptions, options)}${forChannel(channel)};`,
  showSourceStatus: () => showSourceStatus,
  showBinaryLogs: () => 'SHOW BINARY LOGS;',
  showReplicas: () => 'SHOW REPLICAS;',
  ...gtidStatements({ changeOptions }),
});
