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
};

const forChannel = (channel: string): string =>
  channel === '' ? '' : ` FOR CHANNEL ${quoteString(channel)}`;

/** MySQL 8.0.23+; SHOW BINARY LOG STATUS came later (8.2), so the line brings its own. */
export const sourceReplicaStatements = (
  { changeOptions }: Pick<Abilities, 'changeOptions'>,
  showSourceStatus: 'SHOW MASTER STATUS;' | 'SHOW BINARY LOG STATUS;',
): Statements => ({
  stopReplica: (channel) => `STOP REPLICA${forChannel(channel)};`,
  startReplica: (channel) => `START REPLICA${forChannel(channel)};`,
  startApplier: (channel) => `START REPLICA SQL_THREAD${forChannel(channel)};`,
  resetReplica: (channel) => `RESET REPLICA FOR CHANNEL ${quoteString(channel)};`,
  showReplicaStatus: (channel) => `SHOW REPLICA STATUS${forChannel(channel)}\\G`,
  changeSource: (channel, options) =>
    `CHANGE REPLICATION SOURCE TO ${writeChangeOptions(spelling, changeOptions, options)}${forChannel(channel)};`,
  showSourceStatus: () => showSourceStatus,
  showBinaryLogs: () => 'SHOW BINARY LOGS;',
  showReplicas: () => 'SHOW REPLICAS;',
  ...gtidStatements({ changeOptions }),
});
