import { baseName } from '../binlog/coordinates.ts';
import { type ByteSource, openFile } from '../bytes/byte-source.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { expandInputs } from './expand.ts';
import { sortInputs } from './sort-inputs.ts';

/** A log that is open for reading, and what it is called. */
export interface OpenedLog {
  readonly path: string;
  /** Without directory. */
  readonly name: string;
  readonly source: ByteSource;
}

/**
 * The logs among files, directories and globs, one after the other in the order of their paths; each
 * is closed when the next one is asked for. What is no log is passed over in a directory; what was
 * named and is none, or cannot be opened, is told to `onProblem`.
 */
export async function* openLogs(
  inputs: readonly string[],
  onProblem: (problem: string) => void,
): AsyncGenerator<OpenedLog, void, undefined> {
  const found = await expandInputs(inputs, false);
  const sorted = sortInputs(found.files);
  for (const { path, problem } of found.missing) onProblem(`${path}: ${problem}`);
  for (const { file, problem } of sorted.unreadable) onProblem(`${file.path}: ${problem}`);
  const named = sorted.metadata.filter(({ file }) => file.origin === 'named');
  for (const { file } of [...sorted.unrecognised.map((one) => ({ file: one })), ...named]) {
    onProblem(new MalformedError(file.path, 0, 'magic', 'no binary or relay log').message);
  }
  for (const { file } of sorted.logs) {
    const source = opened(file.path, onProblem);
    if (source === null) continue;
    try {
      yield { path: file.path, name: baseName(file.path), source };
    } finally {
      source.close();
    }
  }
}

/** A server may purge a log between the first look at it and its turn. */
const opened = (path: string, onProblem: (problem: string) => void): ByteSource | null => {
  try {
    return openFile(path);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    onProblem(`${path}: ${error.message}`);
    return null;
  }
};
