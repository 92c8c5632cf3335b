import type { Flavor, ServerVersion } from './server-version.ts';

/** What a CHANGE may set. A key that is absent is left alone by the server (see `heartbeatReset`). */
export interface ChangeOptions {
  readonly logFile?: string;
  readonly logPos?: number;
  /** The whole new list: the server replaces the old one. */
  readonly ignoreServerIds?: readonly number[];
  /** Seconds; written with three decimals. */
  readonly heartbeatPeriod?: number;
  readonly autoPosition?: boolean;
  /** MariaDB only. */
  readonly useGtid?: 'no' | 'current_pos' | 'slave_pos';
}

/** The words that a server line's users see in its documentation and its output. */
export interface Terms {
  readonly source: string;
  readonly replica: string;
  readonly receiver: string;
  readonly applier: string;
  readonly secondsBehind: string;
  /** Status columns. */
  readonly execPosition: string;
  readonly execLogFile: string;
  readonly readPosition: string;
  readonly readLogFile: string;
  readonly receiverRunning: string;
  readonly applierRunning: string;
  readonly ignoreServerIds: string;
}

/**
 * Statements by what they do. `channel` is the MySQL channel or MariaDB connection name as its
 * users type it, '' for the default one; it is quoted here and stands in every statement.
 */
export interface Statements {
  stopReplica(channel: string): string;
  startReplica(channel: string): string;
  startApplier(channel: string): string;
  resetReplica(channel: string): string;
  showReplicaStatus(channel: string): string;
  changeSource(channel: string, options: ChangeOptions): string;
  /** Coordinates of the newest event of this server's own binary log. */
  showSourceStatus(): string;
  showBinaryLogs(): string;
}

/** What this server line can do, as far as a fix depends on it. */
export interface Abilities {
  /** MySQL 5.5+, every MariaDB we read. */
  readonly ignoreServerIds: boolean;
  /** False where the server refuses IGNORE_SERVER_IDS under GTID mode (MySQL 8.4+, error 3139). */
  readonly ignoreServerIdsUnderGtid: boolean;
  /** Does a CHANGE without the heartbeat option reset its period? (MySQL 5.5, MariaDB: every CHANGE.) */
  readonly heartbeatReset: boolean;
  /** Do status files exist at all? (Not from MySQL 8.4 on; TABLE is the default from 8.0 on.) */
  readonly statusFiles: boolean;
  /** Does the applier take source FDEs into its lag figure? */
  readonly formatDescriptionCountsAsLag:
    | 'until-next-group'
    | 'serial-applier-until-next-event'
    | 'never';
  readonly multiThreadedApplier: boolean;
}

export interface Dialect {
  /** `mysql-9.7`, `mariadb-10.11`: flavor and release line of the server. */
  readonly id: string;
  readonly flavor: Flavor;
  readonly version: ServerVersion;
  readonly terms: Terms;
  readonly statements: Statements;
  readonly abilities: Abilities;
}

/** One file a server line: `index.ts` asks each in turn. */
export interface DialectLine {
  /** `mysql-8.4`: for tests and documentation. */
  readonly name: string;
  matches(version: ServerVersion): boolean;
  readonly terms: Terms;
  readonly statements: Statements;
  readonly abilities: Abilities;
}
