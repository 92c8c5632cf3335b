import type { ChangeSpelling } from './change-options.ts';
import { writeChangeOptions } from './change-options.ts';
import type { Abilities, Statements } from './define-dialect.ts';
import { gtidStatements } from './gtid-statements.ts';
import { quoteString } from './quote-string.ts';

const spelling: ChangeSpelling = {
  logFile: 'MASTER_LOG_FILE',
  logPos: 'MASTER_LOG_POS',
  relayLogFile: 'RELAY_LOG_FILE',
  relayLogPos: 'RELAY_LOG_POS',
  autoPosition: 'MASTER_AUTO_POSITION',
  useGtid: 'MASTER_USE_GTID',
  ignoreServerIds: 'IGNORE_SERVER_IDS',
  heartbeatPeriod: 'MASTER_HEARTBEAT_PERIOD',
};

/** Where a server line puts the name of a channel; each begins with a blank, or is empty. */
interface ChannelClauses {
  /** Behind SLAVE or MASTER (MariaDB). */
  readonly inside: (channel: string) => string;
  /** At the end of the statement (MySQL). */
  readonly atEnd: (channel: string) => string;
  /** The same for RESET. */
  readonly atEndOfReset: (channel: string) => string;
}

const build = (
  { changeOptions }: Pick<Abilities, 'changeOptions'>,
  { inside, atEnd, atEndOfReset }: ChannelClauses,
): Statements => ({
  stopReplica: (channel) => `STOP SLAVE${inside(channel)}${atEnd(channel)};`,
  startReplica: (channel) => `START SLAVE${inside(channel)}${atEnd(channel)};`,
  startApplier: (channel) => `START SLAVE${inside(channel)} SQL_THREAD${atEnd(channel)};`,
  resetReplica: (channel) => `RESET SLAVE${inside(channel)}${atEndOfReset(channel)};`,
  showReplicaStatus: (channel) => `SHOW SLAVE${inside(channel)} STATUS${atEnd(channel)}\\G`,
  changeSource: (channel, options) =>
    `CHANGE MASTER${inside(channel)} TO ${writeChangeOptions(spelling, changeOptions, options)}${atEnd(channel)};`,
  showSourceStatus: () => 'SHOW MASTER STATUS;',
  showBinaryLogs: () => 'SHOW BINARY LOGS;',
  showReplicas: () => 'SHOW SLAVE HOSTS;',
  ...gtidStatements({ changeOptions }),
});

const nothing = (): string => '';

const refuseName = (channel: string): string => {
  if (channel === '') return '';
  throw new RangeError(
    `this server line has no named channels, not even ${JSON.stringify(channel)}`,
  );
};

/** MySQL up to 5.6 and MariaDB up to 5.5: one source, nothing to name. */
export const singleSourceStatements = (abilities: Pick<Abilities, 'changeOptions'>): Statements =>
  build(abilities, { inside: refuseName, atEnd: nothing, atEndOfReset: nothing });

/** MySQL 5.7 to 8.0.22: `FOR CHANNEL` at the end (sql_yacc.yy, `opt_channel`). */
export const channelStatements = (abilities: Pick<Abilities, 'changeOptions'>): Statements =>
  build(abilities, {
    inside: nothing,
    atEnd: (channel) => (channel === '' ? '' : ` FOR CHANNEL ${quoteString(channel)}`),
    atEndOfReset: (channel) => ` FOR CHANNEL ${quoteString(channel)}`,
  });

/** MariaDB 10.0+: the connection name behind SLAVE or MASTER (sql_yacc.yy, `optional_connection_name`). */
export const connectionStatements = (abilities: Pick<Abilities, 'changeOptions'>): Statements =>
  build(abilities, {
    inside: (channel) => (channel === '' ? '' : ` ${quoteString(channel)}`),
    atEnd: nothing,
    atEndOfReset: nothing,
  });
