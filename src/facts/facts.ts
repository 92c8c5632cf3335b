import type { LogDamage } from '../binlog/damage.ts';
import type { EventRef } from '../binlog/event-ref.ts';
import type { Flavor } from '../dialects/server-version.ts';
import type { CommitLagFact, ExtremeFact, TransactionsFact } from './transaction-facts.ts';

/**
 * What one log says, as JSON: no row data, no statement text. Facts can be made on the host that
 * holds the log and judged elsewhere.
 */
export const FACTS_VERSION = 1;

/** Lists that bytes could make endless are cut here; the facts say how much was left out. */
export const LIST_LIMIT = 10_000;

export type {
  CommitLagFact,
  CopyFact,
  ExtremeFact,
  Proof,
  RepeatFact,
  TransactionFact,
  TransactionsFact,
} from './transaction-facts.ts';
export type { EventRef };

export interface FormatDescriptionFact extends EventRef {
  readonly serverVersion: string;
  readonly created: number;
  readonly checksum: 'crc32' | 'none' | null;
  readonly typeCount: number;
  /** The next data event of this file; null when none follows. */
  nextData: { readonly offset: number; readonly timestamp: number } | null;
}

export interface RotateFact extends EventRef {
  /** Name without directory. */
  readonly nextLog: string;
  readonly position: number;
}

/** What the source could not log: replicas stop there (error 1590). */
export interface IncidentFact extends EventRef {
  /** 1 is LOST_EVENTS; null where the body cannot be read. */
  readonly code: number | null;
  /** The source's own words; empty where it wrote none. */
  readonly message: string;
  /** Of the GTID event before it; null where there is none. */
  readonly gtid: string | null;
}

/** How often one server's id stands on data events. */
export interface ServerIdFact {
  readonly serverId: number;
  readonly events: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
}

/** A break in what the receiver stored: transactions of the source that are not in this file. */
export interface HoleFact {
  readonly offset: number;
  readonly from: number;
  readonly to: number;
}

/** GTIDs of the transactions that are whole in the log. */
export interface GtidsFact {
  /** Were all sources and intervals kept? */
  readonly complete: boolean;
  /** MySQL: by uuid and tag. */
  readonly sources: ReadonlyArray<{
    readonly uuid: string;
    /** '' for none. */
    readonly tag: string;
    /** `1-5:7`, in order. */
    readonly numbers: string;
    readonly transactions: number;
    /** Number of its first transaction here: a large log's others are not all kept. */
    readonly firstNumber: string;
    readonly firstOffset: number;
    readonly lastOffset: number;
    readonly firstTimestamp: number;
    readonly lastTimestamp: number;
  }>;
  /** MariaDB: by domain and server; `first` and `last` are the smallest and largest sequence number. */
  readonly streams: ReadonlyArray<{
    readonly domain: number;
    readonly server: number;
    readonly first: number;
    readonly last: number;
    readonly transactions: number;
    readonly firstOffset: number;
    readonly lastOffset: number;
    readonly firstTimestamp: number;
    readonly lastTimestamp: number;
  }>;
  /** MariaDB: transactions whose number is not above all of their domain before them; the first ones. */
  readonly outOfOrder: ReadonlyArray<{
    readonly gtid: string;
    readonly after: string;
    readonly offset: number;
  }>;
  readonly outOfOrderCount: number;
}

export interface IntegrityFact extends LogDamage {
  /** The transaction it lies in. */
  readonly transaction: EventRef | null;
  /** End of the last transaction before it that is whole, with its source position. */
  readonly lastComplete: {
    readonly offset: number;
    readonly end: number;
    readonly position: number;
  } | null;
}

/** What stands at an offset that a status file names. */
export interface ProbeFact {
  readonly offset: number;
  readonly boundary: boolean;
  readonly before: EventRef | null;
  readonly after: EventRef | null;
  /** Inside a transaction, begun here. */
  readonly transaction: EventRef | null;
  /** Source coordinates at this place, as the events before it give them. */
  readonly source: { readonly log: string | null; readonly position: number } | null;
}

/** Where an event ends whose `log_pos` a status file names as a source position. */
export interface PositionFact {
  readonly position: number;
  /** End of that event in this file. */
  readonly offset: number;
  /** Log of the source it counts in; null when no Rotate in this file named it before. */
  readonly log: string | null;
  /** Does a transaction end there, or is none open? */
  readonly boundary: boolean;
}

export interface LogFacts {
  readonly factsVersion: typeof FACTS_VERSION;
  readonly path: string;
  readonly bytes: number;
  /** `device:inode`: the same file under two names is one input. */
  readonly identity: string | null;
  readonly modified: string | null;
  /** How its file is encrypted; null for a plain one. */
  readonly encryption: {
    /** `mysql`: all of it, behind a header; `mariadb`, `percona` (Server 5.7): each event by itself. */
    readonly scheme: 'mysql' | 'mariadb' | 'percona';
    readonly offset: number;
    readonly keyId: string | null;
    /** Server uuid in the key's name. */
    readonly uuid: string | null;
    /** Were its events read, with a key? Then all offsets are those of the plain log. */
    readonly decrypted: boolean;
    /** Why the key files that were given did not open it. */
    readonly problem: string | null;
  } | null;
  /** How the file is compressed; all offsets are of the decompressed log. */
  readonly compression: {
    readonly format: 'gzip' | 'zstd';
    /** Why not all of the log came out of the file: the log's own end is not known then. */
    readonly problem: string | null;
  } | null;
  /** Why the events were not read: a format we know and do not read. */
  readonly unsupported: string | null;
  /** The command that writes what such a file holds to stdout, for FILE; null for other formats. */
  readonly unpack: string | null;
  readonly flavor: Flavor | null;
  readonly events: number;
  readonly types: Readonly<Record<string, number>>;
  readonly checksum: 'crc32' | 'none' | null;
  readonly checksumsVerified: number;
  readonly checksumsBad: number;
  readonly formats: readonly FormatDescriptionFact[];
  readonly rotates: readonly RotateFact[];
  readonly stops: readonly EventRef[];
  readonly incidents: readonly IncidentFact[];
  readonly controlsLeftOut: number;
  readonly serverIds: readonly ServerIdFact[];
  readonly firstTimestamp: number | null;
  readonly lastTimestamp: number | null;
  readonly firstData: EventRef | null;
  readonly lastData: EventRef | null;
  /** Last event that another server wrote, or -1 for a file of own events. */
  readonly lastForeign: EventRef | null;
  readonly last: EventRef | null;
  /** Source position after the last stored source event. */
  readonly sourceEnd: { readonly log: string | null; readonly position: number } | null;
  /** Group ends whose log_pos is, or is not, their own end offset: binary or relay log. */
  readonly ownPositions: number;
  readonly otherPositions: number;
  readonly holes: {
    readonly count: number;
    readonly bytes: number;
    readonly first: readonly HoleFact[];
  };
  readonly transactions: TransactionsFact;
  /** Of those that have a MiB or more, the ten largest; of those of a minute or more the ten longest. */
  readonly largest: readonly ExtremeFact[];
  readonly longest: readonly ExtremeFact[];
  /** The largest data event; null where there is none. */
  readonly largestEvent: EventRef | null;
  /** MySQL 8.0.1+, for each server whose transactions were passed on. */
  readonly commitLags: readonly CommitLagFact[];
  readonly gtids: GtidsFact;
  /** Those of all logs before this one, as its head says: a GTID set, or MariaDB's list. */
  readonly previousGtids: string | null;
  readonly integrity: readonly IntegrityFact[];
  readonly integrityLeftOut: number;
  readonly probes: readonly ProbeFact[];
  readonly positions: readonly PositionFact[];
  /** End of the last whole event. */
  readonly wholeUntil: number;
}
