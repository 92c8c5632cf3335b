import type { LogLevel } from '../error-log.ts';

/** What stands before the message on a line. */
export interface LineHead {
  /** The time as printed, zone and all; null when there is none with a date. */
  readonly written: string | null;
  readonly thread: string | null;
  readonly level: LogLevel | null;
  /** `MY-010584` */
  readonly code: string | null;
  /** `Repl`, `Server`, `InnoDB`: MySQL 8.0+. */
  readonly subsystem: string | null;
  /** Characters of the line up to the message. */
  readonly length: number;
}

/** A format of lines, by the head that begins an entry. */
export interface LineFormat {
  readonly name: string;
  /** Where servers print it. */
  readonly source: string;
  /**
   * Matches the head alone, sticky or anchored at the line's start, with the named groups `time`,
   * `thread`, `level`, `code` and `subsystem`, each of which may be missing.
   */
  readonly head: RegExp;
}

const LEVELS: Readonly<Record<string, LogLevel>> = {
  System: 'System',
  ERROR: 'ERROR',
  Warning: 'Warning',
  Note: 'Note',
};

/** The head of `line` in this format; null when it has none. */
export const readHead = ({ head }: LineFormat, line: string): LineHead | null => {
  const match = head.exec(line);
  if (!match) return null;
  const { time, thread, level, code, subsystem } = match.groups ?? {};
  return {
    written: time ?? null,
    thread: thread ?? null,
    level: LEVELS[level ?? ''] ?? null,
    code: code ?? null,
    subsystem: subsystem ?? null,
    length: match[0].length,
  };
};
