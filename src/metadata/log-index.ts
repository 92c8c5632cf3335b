import { endsInLogNumber } from './numbered-lines.ts';
import type { MetadataProblem, Parsed } from './parsed.ts';
import { hasControlCharacters, splitLines } from './text-lines.ts';

export interface LogIndexEntry {
  /** As written: `./relay-bin.000001`, `.\relay-bin.000001`, an absolute path. */
  readonly path: string;
  /** The last component of {@link path}. */
  readonly name: string;
  /** Byte offset of the line in the index. */
  readonly offset: number;
}

/** The logs that a server believes it has, oldest first. */
export interface LogIndex {
  readonly entries: readonly LogIndexEntry[];
}

/** Reads a binary or relay log index: one path a line (`MYSQL_BIN_LOG::find_log_pos`). */
export const parseLogIndex = (bytes: Buffer): Parsed<LogIndex> => {
  const entries: LogIndexEntry[] = [];
  const problems: MetadataProblem[] = [];
  for (const { text, offset, terminated } of splitLines(bytes)) {
    const report = (problem: string): void => {
      problems.push({ offset, field: 'path', problem });
    };
    if (text === '') {
      report('is empty');
      continue;
    }
    if (hasControlCharacters(text)) {
      report('is not text');
      continue;
    }
    if (!terminated) report('has no newline, it may be cut');
    else if (!endsInLogNumber(text)) report('does not end in a log number');
    const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
    entries.push({ path: text, name, offset });
  }
  return { value: { entries }, problems };
};
