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
  requestPublicKey: 'GET_MASTER_PUBLIC_KEY',
};

type StatementAbilities = Pick<Abilities, 'changeOptions' | 'applierGaps'>;

/** Where a server line puts the name of a channel; each begins with a blank, or is empty. */
interface ChannelClauses {
  /** Behind SLAVE or MASTER (MariaDB). */
  readonly inside: (channel: string) => string;
  /** At the end of the statement (MySQL). */
  readonly atEnd: (channel: string) => string;
  /** The same for RESET. */
  readonly atEndOfReset: (channel: string) => string;
  /** Before a variable that counts for one connection (MariaDB). */
  readonly skipping: (channel: string) => string;
}

const build = (
  { changeOptions, applierGaps }: StatementAbilities,
  { inside, atEnd, atEndOfReset, skipping }: ChannelClauses,
): Statements => ({
  stopReplica: (channel) => `STOP SLAVE${inside(channel)}${atEnd(channel)};`,
  startReplica: (channel) => `START SLAVE${inside(channel)}${atEnd(channel)};`,
  startApplier: (channel) => `START SLAVE${inside(channel)} SQL_THREAD${atEnd(channel)};`,
  stopReceiver: (channel) => `STOP SLAVE${inside(channel)} IO_THREAD${atEnd(channel)};`,
  startReceiver: (channel) => `START SLAVE${inside(channel)} IO_THREAD${atEnd(channel)};`,
  fillApplierGaps: (channel) => {
    if (!applierGaps) throw new RangeError('this server line keeps no account of gaps');
    return `START SLAVE${inside(channel)} UNTIL SQL_AFTER_MTS_GAPS${atEnd(channel)};`;
  },
  skipTransaction: (channel) => `${skipping(channel)}SET GLOBAL sql_slave_skip_counter = 1;`,
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
export const singleSourceStatements = (abilities: StatementAbilities): Statements =>
  build(abilities, {
    inside: refuseName,
    atEnd: nothing,
    atEndOfReset: nothing,
    skipping: refuseName,
  });

/** MySQL 5.7 to 8.0.22: `FOR CHANNEL` at the end (sql_yacc.yy, `opt_channel`). */
export const channelStatements = (abilities: StatementAbilities): Statements =>
  build(abilities, {
    inside: nothing,
    atEnd: (channel) => (channel === '' ? '' : ` FOR CHANNEL ${quoteString(channel)}`),
    atEndOfReset: (channel) => ` FOR CHANNEL ${quoteString(channel)}`,
    // The START behind it names the channel (error 3086 otherwise)
    skipping: nothing,
  });

/** MariaDB 10.0+: the connection name behind SLAVE or MASTER (sql_yacc.yy, `optional_connection_name`). */
export const connectionStatements = (abilities: StatementAbilities): Statements =>
  build(abilities, {
    inside: (channel) => (channel === '' ? '' : ` ${quoteString(channel)}`),
    atEnd: nothing,
    atEndOfReset: nothing,
    skipping: (channel) =>
      channel === '' ? '' : `SET default_master_connection = ${quoteString(channel)}; `,
  });
