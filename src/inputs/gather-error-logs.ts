import { setImmediate } from 'node:timers/promises';
import { maskSecrets } from '../binlog/query-text.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { OpenInput } from '../bytes/open-input.ts';
import { ErrorLogReader } from '../metadata/error-log/error-log-reader.ts';
import type { LogZone } from '../metadata/error-log/log-time.ts';
import type { MetadataProblem } from '../metadata/parsed.ts';
import type { FoundFile } from './expand.ts';
import { bytesOf, type Gathered } from './gather-facts.ts';
import type { Progress } from './progress.ts';
import type { SeekableInputs } from './seekable-inputs.ts';
import { isReadError, type SortedInputs } from './sort-inputs.ts';

/** Bytes read at once, and between two looks at the interrupt. */
const CHUNK = 1 << 20;
const SLICE = 16 * CHUNK;

export interface ErrorLogGathering {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Of times that state none; they stay as written without it. */
  readonly logZone?: LogZone;
}

export interface GatheredErrorLogs extends Pick<Gathered, 'failed' | 'interrupted'> {
  /** As the other documents of a scan. */
  readonly metadata: SortedInputs['metadata'];
}

/** What the error logs of a scan say, secrets masked: each read once, in slices, in constant memory. */
export const gatherErrorLogs = async (
  sorted: SortedInputs,
  inputs: SeekableInputs,
  options: ErrorLogGathering,
): Promise<GatheredErrorLogs> => {
  const totalBytes = bytesOf(sorted);
  const metadata: Array<SortedInputs['metadata'][number]> = [];
  const failed: Array<Gathered['failed'][number]> = [];
  const interrupted: FoundFile[] = [];
  let before = 0;
  for (const file of sorted.errorLogs) {
    const { path } = file;
    try {
      const value = options.signal?.aborted
        ? null
        : await readOne(inputs.look(file.path), options, (done) =>
            options.onProgress?.({ path, doneBytes: before + done, totalBytes }),
          );
      if (value === null) interrupted.push(file);
      else
        metadata.push({
          file: { ...file, bytes: value.bytes },
          compression: value.compression,
          document: { kind: 'error-log', path, ...value.document },
        });
    } catch (error) {
      if (!isReadError(error)) throw error;
      failed.push({ file, problem: error.message });
    }
    before += file.bytes;
  }
  return { metadata, failed, interrupted };
};

/** Null after an interrupt. */
const readOne = async (
  { source, compression }: OpenInput,
  { signal, logZone }: ErrorLogGathering,
  onSlice: (done: number) => void,
) => {
  try {
    const reader = new ErrorLogReader({
      mask: (sql) => maskSecrets(sql).text,
      zone: logZone ?? null,
    });
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, source.size ?? CHUNK)));
    onSlice(0);
    for (let at = 0; ; ) {
      const got = source.read(chunk, at);
      if (got === 0) {
        const problems = cutAt(source, at);
        return { compression, bytes: at, document: { value: reader.finish(), problems } };
      }
      reader.push(chunk.subarray(0, got));
      at += got;
      source.release?.(at);
      if (at % SLICE !== 0) continue;
      onSlice(at);
      await setImmediate();
      if (signal?.aborted) return null;
    }
  } finally {
    source.close();
  }
};

/** Compressed data that are cut or damaged. */
const cutAt = ({ problem }: ByteSource, offset: number): MetadataProblem[] =>
  problem ? [{ offset, field: 'compression', problem }] : [];
