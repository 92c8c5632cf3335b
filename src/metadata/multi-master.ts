import type { MetadataProblem, Parsed } from './parsed.ts';
import { hasControlCharacters, splitLines } from './text-lines.ts';

export interface NamedConnection {
  /** As typed, `Weird Name/2`; its files carry it encoded (see `encodeChannelName`). */
  readonly name: string;
  /** Byte offset of the line. */
  readonly offset: number;
}

/** The named connections of a MariaDB replica; the default one is never listed. */
export interface MultiMaster {
  readonly connections: readonly NamedConnection[];
}

/** Reads a `multi-master.info` (`Master_info_index::init_all_master_info`); it may be empty. */
export const parseMultiMaster = (bytes: Buffer): Parsed<MultiMaster> => {
  const connections: NamedConnection[] = [];
  const problems: MetadataProblem[] = [];
  for (const { text, offset, terminated } of splitLines(bytes)) {
    if (text === '') continue;
    if (hasControlCharacters(text)) {
      problems.push({ offset, field: 'name', problem: 'is not text' });
      continue;
    }
    if (!terminated) {
      problems.push({ offset, field: 'name', problem: 'has no newline, it may be cut' });
    }
    connections.push({ name: text, offset });
  }
  return { value: { connections }, problems };
};
