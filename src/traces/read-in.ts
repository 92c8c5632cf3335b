import { MalformedError } from '../bytes/malformed-error.ts';
import type { LogFile } from '../evidence/evidence.ts';
import { isReadable } from '../evidence/readable.ts';
import type { KeyRing } from '../inputs/key-ring.ts';
import type { SeekableInput, SeekableInputs } from '../inputs/seekable-inputs.ts';
import { isReadError } from '../inputs/sort-inputs.ts';
import type { LogToList } from '../listing/read-listed.ts';

/** The logs of a scan, to be looked into once more. */
export interface TraceInputs {
  readonly inputs: SeekableInputs;
  readonly keyRing: KeyRing;
  /** No values and no statements in what is shown. */
  readonly redact: boolean;
}

/** Null where the log is not there any more, or cannot be read. */
export function* readIn<T>(
  { path, name, facts }: LogFile,
  { inputs, keyRing }: TraceInputs,
  read: (log: LogToList) => Generator<number, T>,
): Generator<number, T | null> {
  if (!isReadable(facts)) return null;
  let input: SeekableInput | null = null;
  try {
    input = yield* inputs.open(path);
    return yield* read({ path, name, source: keyRing.unlock(input.source, path).source });
  } catch (error) {
    // What is damaged is other rules' business
    if (error instanceof MalformedError || isReadError(error)) return null;
    throw error;
  } finally {
    input?.release();
  }
}
