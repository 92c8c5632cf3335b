import type { Flavor, ServerVersion } from './server-version.ts';

/** What a CHANGE may set. A key that is absent is left alone by the server (see `heartbeatReset`). */
export interface ChangeOptions {
  /** Without directory. Coordinates come in pairs: a file needs a position and a position a file. */
  readonly logFile?: string;
  readonly logPos?: number;
  /**
   * Where the applier begins, in a relay log that is kept: with this pair no relay log is deleted.
   * Sets relay_log_purge=0 on MySQL 5.x, Using_Gtid=No on MariaDB.
   */
  readonly relayLogFile?: string;
  readonly relayLogPos?: number;
  /** MySQL only. */
  readonly autoPosition?: boolean;
  /** MariaDB only. */
  readonly useGtid?: 'no' | 'current_pos' | 'slave_pos';
  /** The whole new list: the server replaces the old one. */
  readonly ignoreServerIds?: readonly number[];
  /** Seconds; written with three decimals. */
  readonly heartbeatPeriod?: number;
  /** Asks the source for its RSA key, so that caching_sha2_password works without TLS (MySQL 8.0.4+). */
  readonly requestPublicKey?: boolean;
}

export type ChangeOption = keyof ChangeOptions;

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
  /** The variable that ends a silent connection. */
  readonly netTimeout: string;
}

/**
 * Statements by what they do. `channel` is the MySQL channel or MariaDB connection name as its
 * users type it, '' for the default one; it is quoted here and stands in every statement.
 *
 * On MySQL 5.7+ a statement without a channel clause, which is what '' gives, is about every
 * channel of the server: STOP, START and SHOW act on all of them and CHANGE is refused where there
 * are several (MySQL manual, "Backward Compatibility with Replication Channels"). RESET would
 * delete the other channels, so it alone names the default channel too.
 *
 * A RangeError means that the caller asked for what the line has not (`abilities`), or for text
 * that cannot stand in a statement (`isQuotable`).
 */
export interface Statements {
  readonly stopReplica: (channel: string) => string;
  readonly startReplica: (channel: string) => string;
  readonly startApplier: (channel: string) => string;
  readonly stopReceiver: (channel: string) => string;
  readonly startReceiver: (channel: string) => string;
  /** Applies what a parallel applier left out between what it applied, then stops (`applierGaps`). */
  readonly fillApplierGaps: (channel: string) => string;
  /** The applier passes over the next transaction at its next start; without MySQL GTIDs only. */
  readonly skipTransaction: (channel: string) => string;
  readonly resetReplica: (channel: string) => string;
  readonly showReplicaStatus: (channel: string) => string;
  readonly changeSource: (channel: string, options: ChangeOptions) => string;
  /** Coordinates of the newest event of this server's own binary log. */
  readonly showSourceStatus: () => string;
  readonly showBinaryLogs: () => string;
  /** The replicas that are registered with this server, with their ids. */
  readonly showReplicas: () => string;
  /** Commits nothing under this GTID (MySQL), so that the server counts it as executed. */
  readonly commitEmpty: (gtid: string) => string;
  /** Ends what `commitEmpty` began: the session's GTIDs are given by the server again. */
  readonly automaticGtids: () => string;
  /** Which of a GTID set (MySQL) the server has not executed. */
  readonly missingGtids: (set: string) => string;
  /** MariaDB: lower numbers of a domain are logged behind higher ones. */
  readonly takeGtidsOutOfOrder: () => string;
  /** MariaDB: puts this GTID in the place of its domain's in gtid_slave_pos; all replication stands still. */
  readonly goBehindGtid: (gtid: MariadbGtidParts) => string;
}

/** `domain-server-sequence`. */
export interface MariadbGtidParts {
  readonly domain: number;
  readonly server: number;
  readonly sequence: bigint;
}

/** What this server line can do, as far as a fix depends on it. */
export interface Abilities {
  /** The options that `changeSource` takes. */
  readonly changeOptions: readonly ChangeOption[];
  /** Do channels (MySQL 5.7+) or connections (MariaDB 10.0+) have names? */
  readonly namedChannels: boolean;
  /** MySQL 5.5+, MariaDB 5.5+. */
  readonly ignoreServerIds: boolean;
  /** False where the server refuses IGNORE_SERVER_IDS under GTID mode (MySQL 8.4+, error 3139). */
  readonly ignoreServerIdsUnderGtid: boolean;
  /** Does a CHANGE without the heartbeat option reset its period? (MySQL 5.5, MariaDB: every CHANGE.) */
  readonly heartbeatReset: boolean;
  /** Can status files exist at all? (Not from MySQL 8.3 on, which removed their options.) */
  readonly statusFiles: boolean;
  /** Are they what a server writes unless told otherwise? (TABLE is the default from MySQL 8.0 on.) */
  readonly statusFilesByDefault: boolean;
  /** Does the applier take source FDEs into its lag figure? */
  readonly formatDescriptionCountsAsLag:
    | 'until-next-group'
    | 'serial-applier-until-next-event'
    | 'never';
  /**
   * Does RESET leave the relay logs alone while one that the index names is missing? (MySQL 5.6 does,
   * 9.7 and MariaDB do not; those in between are taken for the former, whose remedy harms none.)
   */
  readonly resetNeedsIndexedLogs: boolean;
  readonly multiThreadedApplier: boolean;
  /** Does its parallel applier commit out of order and keep account of it? (MySQL 5.6+.) */
  readonly applierGaps: boolean;
  /** May a CHANGE be given while the applier runs, which keeps the relay logs? (MySQL 5.7.4+.) */
  readonly changeUnderApplier: boolean;
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

/** One file a server line. Every version belongs to exactly one of them. */
export interface DialectLine {
  /** `mysql-8.4`: the release that it begins with. A flavor's first line takes all that came before. */
  readonly name: string;
  readonly matches: (version: ServerVersion) => boolean;
  readonly terms: Terms;
  readonly statements: Statements;
  readonly abilities: Abilities;
}
