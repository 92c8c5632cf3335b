import { logNameOf } from '../binlog/coordinates.ts';
import { readLogHead } from '../binlog/log-head.ts';
import { notALog } from '../binlog/not-a-log.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type OpenInput, openInput } from '../bytes/open-input.ts';
import { expandInputs, type FoundFile } from './expand.ts';
import { KeyRing } from './key-ring.ts';
import { isReadError } from './sort-inputs.ts';

/** A log that is open for reading from its begin on, and what it is called. */
export interface OpenedLog {
  readonly path: string;
  /** Without directory, and without the extension of a compression. */
  readonly name: string;
  readonly source: ByteSource;
}

/** No more of an input is needed to tell whether it is a log. */
const HEAD_BYTES = 4096;

/**
 * The logs among files, directories, globs and `-`, one after the other in the order of their paths;
 * each is closed when the next one is asked for. What is no log is passed over in a directory; what
 * was named and is none, and what cannot be opened, is told to `onProblem`.
 */
export async function* openLogs(
  inputs: readonly string[],
  onProblem: (problem: string) => void,
  keyRing = new KeyRing(),
): AsyncGenerator<OpenedLog, void, undefined> {
  const found = await expandInputs(inputs, false);
  for (const { path, problem } of found.missing) onProblem(`${path}: ${problem}`);
  for (const { path, offset, problem } of keyRing.problems) {
    onProblem(`${path}: ${offset === null ? '' : `at ${offset}: `}${problem}`);
  }
  for (const file of found.files) {
    const input = opened(file, onProblem);
    if (input === null) continue;
    try {
      const { source, keyProblem } = keyRing.unlock(input.source, file.path);
      if (keyProblem !== null) onProblem(`${file.path}: at 0: encryption: ${keyProblem}`);
      const why = whyNoLog(source, file.path);
      if (why === null) yield { path: file.path, name: logNameOf(file.path), source };
      else if (file.origin === 'named') {
        onProblem(new MalformedError(file.path, 0, 'magic', why).message);
      }
      if (why === null && input.source.problem) onProblem(`${file.path}: ${input.source.problem}`);
    } catch (error) {
      if (!isReadError(error)) throw error;
      onProblem(`${file.path}: ${error.message}`);
    } finally {
      input.source.close();
    }
  }
}

const whyNoLog = (source: ByteSource, path: string): string | null => {
  const window = new FileWindow(source, HEAD_BYTES);
  const head = readLogHead(window);
  return head.kind === 'log' ? null : notALog(window, head, path);
};

/** A server may purge a log between the first look at it and its turn. */
const opened = ({ path }: FoundFile, onProblem: (problem: string) => void): OpenInput | null => {
  try {
    return openInput(path);
  } catch (error) {
    if (!isReadError(error)) throw error;
    onProblem(`${path}: ${error.message}`);
    return null;
  }
};
