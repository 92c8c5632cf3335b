import type { LogCoordinates } from '../binlog/coordinates.ts';
import type { Dialect } from '../dialects/define-dialect.ts';
import type { ServerVersion } from '../dialects/server-version.ts';
import type { EventRef, FormatDescriptionFact, LogFacts } from '../facts/facts.ts';
import type { MetadataDocument } from '../metadata/index.ts';
import type { ApplyTrace } from './apply-trace.ts';
import type { Observations } from './observations.ts';

/** One log of a scan, placed. */
export interface LogFile {
  readonly facts: LogFacts;
  readonly path: string;
  /** Without directory. */
  readonly name: string;
  readonly folder: string;
  readonly kind: 'binary-log' | 'relay-log' | 'log';
}

/** Logs of one series, in the order of their numbers. */
export interface LogChain {
  readonly kind: LogFile['kind'];
  readonly folder: string;
  /** `mysql-bin` of `mysql-bin.000012`. */
  readonly base: string;
  readonly files: readonly LogFile[];
  /** Server ids of the chain's own format descriptions, oldest first: a renumbered server has several. */
  readonly ownIds: readonly number[];
}

/** How a relay log's stretch of source events began. */
export interface Connection {
  readonly kind: 'connect' | 'reconnect' | 'source-rotation' | 'source-restart' | 'relay-rotation';
  readonly path: string;
  /** Where the Rotate, or else the source's format description, stands. */
  readonly offset: number;
  /** Coordinates that were asked for; null for a relay rotation, which asks for nothing. */
  readonly asked: LogCoordinates | null;
  /** The source's id as the Rotate carries it. */
  readonly sourceId: number | null;
  readonly format: FormatDescriptionFact | null;
  /** Last data event before, first data event after. */
  readonly before: EventRef | null;
  readonly after: { readonly offset: number; readonly timestamp: number } | null;
}

/** One stream from one source: MySQL channel, MariaDB connection. */
export interface Channel {
  /** As its users type it, as far as known; '' is the default one. */
  readonly name: string;
  readonly relay: LogChain | null;
  readonly masterInfo: MetadataDocument<'master-info'> | null;
  readonly relayLogInfo: MetadataDocument<'relay-log-info'> | null;
  readonly index: MetadataDocument<'log-index'> | null;
  readonly workers: readonly MetadataDocument<'worker-info'>[];
  /** Names of files that lie beside its relay logs and were not read: not named, not readable. */
  readonly unread: readonly string[];
  readonly connections: readonly Connection[];
  /** Ids of the direct source, newest last, as Rotates and format descriptions carry them. */
  readonly sourceIds: readonly number[];
}

/** One server at one moment: the files of one folder. */
export interface Server {
  /** Its newest id; null when nothing tells. */
  readonly id: number | null;
  /** All ids it has gone by, newest first. */
  readonly ids: readonly number[];
  /** What tells it from another server of the scan with the same id: see `serverMarks`. */
  readonly mark: string | null;
  readonly uuid: string | null;
  /** The line of auto.cnf that says so; null where it comes from elsewhere. */
  readonly uuidAt: { readonly path: string; readonly offset: number } | null;
  readonly version: ServerVersion | null;
  readonly dialect: Dialect | null;
  readonly folder: string;
  readonly binlogs: readonly LogChain[];
  readonly binlogIndex: MetadataDocument<'log-index'> | null;
  readonly channels: readonly Channel[];
  /** MariaDB’s list of named connections, which every server of it has, however empty. */
  readonly connectionList: MetadataDocument<'multi-master-info'> | null;
  /** Status files of an older version that this server does not read. */
  readonly leftOver: readonly string[];
  /** Names of files in the folder that were not read: not named, not readable. */
  readonly unread: readonly string[];
  /** What pasted texts, error logs and settings say of it. */
  readonly observed: Observations;
  /** Kind of the newest transactions: tells whether GTIDs are on. */
  readonly gtids: 'on' | 'off' | 'unknown';
  readonly inputs: readonly string[];
}

/** One sequence of events in which laps may be counted. */
export interface Stream {
  readonly server: Server;
  readonly chain: LogChain;
  /** Null for the server's own binary log. */
  readonly channel: Channel | null;
}

/** All that a scan knows, joined. */
export interface Evidence {
  readonly servers: readonly Server[];
  /** Every log, also those that could not be read. */
  readonly files: readonly LogFile[];
  /** Logs that could not be read, placed or not: encrypted, of an unknown format, interrupted, damaged while compressed. */
  readonly unread: number;
  /** Logs whose events could be read. */
  readonly logs: readonly LogFile[];
  readonly streams: readonly Stream[];
  /** Channels with relay logs whose events could be read. */
  readonly relays: ReadonlyArray<{
    readonly server: Server;
    readonly channel: Channel;
    readonly relay: LogChain;
  }>;
  /** Channels of `relays` whose relay-log.info, or master.info, was given. */
  readonly relayInfos: readonly Channel[];
  readonly masterInfos: readonly Channel[];
  /** The same of the index of its relay logs. */
  readonly relayIndexes: readonly Channel[];
  /** Channels of which a text of SHOW REPLICA STATUS was given. */
  readonly statuses: ReadonlyArray<{ readonly server: Server; readonly channel: Channel }>;
  /** Own binary logs of servers that have relay logs; those of servers that such a replica receives from. */
  readonly replicaBinlogs: readonly LogChain[];
  readonly sourceBinlogs: readonly LogChain[];
  /** Servers of which an error log, or what it shows of its replication threads, was given. */
  readonly threadWitnesses: readonly Server[];
  readonly errorLogs: readonly Server[];
  /** The events that appliers stopped at, looked up in the logs; none where the logs were not at hand. */
  readonly applyTraces: readonly ApplyTrace[];
  /** Unix seconds. */
  readonly now: number;
  /** Seconds from which on a format description counts as stale. */
  readonly staleAfter: number;
}
