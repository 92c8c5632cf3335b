import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openFile } from '../bytes/byte-source.ts';
import type { LogFacts } from '../facts/facts.ts';
import { gatherLogFacts } from '../facts/gather-log-facts.ts';
import type { FoundFile } from './expand.ts';
import { type Named, namedIn } from './named-in.ts';
import type { SortedInputs } from './sort-inputs.ts';

export interface Progress {
  readonly path: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface Gathered {
  readonly facts: readonly LogFacts[];
  readonly failed: ReadonlyArray<{ readonly file: FoundFile; readonly problem: string }>;
  /** Logs not read, or not to their end, because of an interrupt. */
  readonly interrupted: readonly FoundFile[];
}

/** Bytes of what is read in slices: error logs, then binary and relay logs. */
export const bytesOf = ({ errorLogs, logs }: SortedInputs): number =>
  [...errorLogs, ...logs.map(({ file }) => file)].reduce((sum, file) => sum + file.bytes, 0);

/** Facts of every log, one after the other; between slices progress is told and an interrupt is heard. */
export const gatherFacts = async (
  sorted: SortedInputs,
  options: { readonly onProgress?: (progress: Progress) => void; readonly signal?: AbortSignal },
): Promise<Gathered> => {
  const documents = sorted.metadata.map(({ document }) => document);
  const totalBytes = bytesOf(sorted);
  const facts: LogFacts[] = [];
  const failed: Array<Gathered['failed'][number]> = [];
  const interrupted: FoundFile[] = [];
  let before = bytesOf({ ...sorted, logs: [] });
  for (const { file } of sorted.logs) {
    if (options.signal?.aborted) {
      interrupted.push(file);
      continue;
    }
    options.onProgress?.({ path: file.path, doneBytes: before, totalBytes });
    try {
      const named = namedIn(basename(file.path), documents);
      const log = await gatherOne(file, named, options.signal, (done) =>
        options.onProgress?.({ path: file.path, doneBytes: before + done, totalBytes }),
      );
      if (log === null) interrupted.push(file);
      else facts.push(log);
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      failed.push({ file, problem: error.message });
    }
    before += file.bytes;
  }
  return { facts, failed, interrupted };
};

/** Null after an interrupt: half a log gives no facts, since what is missing could not be told. */
const gatherOne = async (
  file: FoundFile,
  named: Named,
  signal: AbortSignal | undefined,
  onSlice: (done: number) => void,
): Promise<LogFacts | null> => {
  const source = openFile(file.path);
  try {
    const walk = gatherLogFacts({
      path: file.path,
      source,
      identity: file.identity,
      modified: file.modified.toISOString(),
      ...named,
    });
    for (;;) {
      const step = walk.next();
      if (step.done) return step.value;
      onSlice(step.value);
      await setImmediate();
      if (signal?.aborted) return null;
    }
  } finally {
    source.close();
  }
};
