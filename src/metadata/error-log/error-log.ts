import type { LogTime } from './log-time.ts';
import type { MessageDetails } from './message-fields.ts';
import type { MessageKind } from './messages/index.ts';

/** Levels as every server prints them; null for lines that bear none (`mysqld_safe`, old InnoDB). */
export type LogLevel = 'System' | 'ERROR' | 'Warning' | 'Note';

/** Who speaks: a thread of replication, the source's sending side, or the server itself. */
export type LogActor = 'receiver' | 'applier' | 'source' | 'server';

/** One message of an error log that concerns replication or the server's life. */
export interface ErrorLogMessage {
  readonly kind: MessageKind;
  readonly actor: LogActor;
  readonly level: LogLevel | null;
  /** Null where the line has no date. */
  readonly time: LogTime | null;
  /** Thread or process id as printed: decimal, or hexadecimal in MySQL 5.6's InnoDB lines. */
  readonly thread: string | null;
  /** `MY-010584`: MySQL 8.0+. */
  readonly code: string | null;
  /** Byte offset of its first line in the file. */
  readonly offset: number;
  /**
   * What the server says after the head of the line, its further lines joined by newlines, secrets
   * masked; cut at {@link TEXT_LIMIT} characters, with `…` at the cut.
   */
  readonly text: string;
  readonly details: MessageDetails;
}

export const TEXT_LIMIT = 1000;

/** What an error log says of replication and of the server's life. */
export interface ErrorLog {
  /** Entries of any kind: lines with a head of a known format. */
  readonly entries: number;
  /** Time of the first and of the last entry that has one. */
  readonly first: LogTime | null;
  readonly last: LogTime | null;
  /** Messages by kind, those left out included. */
  readonly counts: Readonly<Partial<Record<MessageKind, number>>>;
  /** In the file's order: the first and the last ones, see `MessageKeeper`. */
  readonly messages: readonly ErrorLogMessage[];
  /** Messages between the first and the last ones, counted only. */
  readonly leftOut: number;
}
