import { logNameOf } from '../binlog/coordinates.ts';
import type { LogFacts } from '../facts/facts.ts';
import { gatherLogFacts } from '../facts/gather-log-facts.ts';
import { documentsIn } from './documents-in.ts';
import type { FoundFile } from './expand.ts';
import { KeyRing } from './key-ring.ts';
import { type Named, namedIn } from './named-in.ts';
import type { Progress } from './progress.ts';
import { runSlices } from './run-slices.ts';
import type { SeekableInputs } from './seekable-inputs.ts';
import { isReadError, type SortedInputs } from './sort-inputs.ts';

export interface Gathered {
  readonly facts: readonly LogFacts[];
  readonly failed: ReadonlyArray<{ readonly file: FoundFile; readonly problem: string }>;
  /** Inputs not read, or not to their end, because of an interrupt. */
  readonly interrupted: readonly FoundFile[];
}

/** Bytes of what is read in slices: error logs, then binary and relay logs. */
export const bytesOf = ({ errorLogs, logs }: SortedInputs): number =>
  [...errorLogs, ...logs.map(({ file }) => file)].reduce((sum, file) => sum + file.bytes, 0);

/** Facts of every log, one after the other; between slices progress is told and an interrupt is heard. */
export const gatherFacts = async (
  sorted: SortedInputs,
  inputs: SeekableInputs,
  options: { readonly onProgress?: (progress: Progress) => void; readonly signal?: AbortSignal },
  keyRing = new KeyRing(),
): Promise<Gathered> => {
  const documents = sorted.metadata.flatMap(({ document }) => [document, ...documentsIn(document)]);
  const totalBytes = bytesOf(sorted);
  const facts: LogFacts[] = [];
  const failed: Array<Gathered['failed'][number]> = [];
  const interrupted: FoundFile[] = [...sorted.interrupted];
  let before = bytesOf({ ...sorted, logs: [] });
  for (const { file } of sorted.logs) {
    if (options.signal?.aborted) {
      interrupted.push(file);
      continue;
    }
    options.onProgress?.({ path: file.path, doneBytes: before, totalBytes });
    try {
      const named = namedIn(logNameOf(file.path), documents);
      const log = await gatherOne(file, inputs, keyRing, named, options.signal, (done) =>
        options.onProgress?.({ path: file.path, doneBytes: before + done, totalBytes }),
      );
      if (log === null) interrupted.push(file);
      else facts.push(log);
    } catch (error) {
      if (!isReadError(error)) throw error;
      failed.push({ file, problem: error.message });
    }
    before += file.bytes;
  }
  return { facts, failed, interrupted };
};

/** Null after an interrupt: half a log gives no facts, since what is missing could not be told. */
const gatherOne = async (
  file: FoundFile,
  inputs: SeekableInputs,
  keyRing: KeyRing,
  named: Named,
  signal: AbortSignal | undefined,
  onSlice: (done: number) => void,
): Promise<LogFacts | null> => {
  let unpacked = 0;
  // Unpacking is half the way
  const input = await runSlices(
    inputs.open(file.path),
    (taken) => {
      unpacked = Math.min(taken, file.bytes) / 2;
      onSlice(unpacked);
    },
    signal,
  );
  if (input === null) return null;
  const { compression, problem } = input;
  try {
    const { source, keyProblem } = keyRing.unlock(input.source, file.path);
    const walk = gatherLogFacts({
      path: file.path,
      source,
      keyProblem,
      compression: compression && { format: compression, problem },
      identity: file.identity,
      modified: file.modified?.toISOString() ?? null,
      ...named,
    });
    const rest = file.bytes - unpacked;
    return await runSlices(
      walk,
      (done) => onSlice(unpacked + (done / input.source.size) * rest),
      signal,
    );
  } finally {
    input.release();
  }
};
