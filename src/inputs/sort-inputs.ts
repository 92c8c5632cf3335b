import { logNameOf, splitLogName } from '../binlog/coordinates.ts';
import { type LogHead, readLogHead } from '../binlog/log-head.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { type OpenInput, STDIN_PATH } from '../bytes/open-input.ts';
import type { Compression } from '../bytes/packing.ts';
import { UnreadableError } from '../bytes/unreadable-error.ts';
import { type MetadataDocument, parseMetadata } from '../metadata/index.ts';
import {
  holdsStatusText,
  type MetadataKind,
  SNIFF_BYTES,
  sniffMetadata,
} from '../metadata/sniff.ts';
import { isText } from '../metadata/status-text/pasted-line.ts';
import type { FoundFile } from './expand.ts';
import type { Progress } from './progress.ts';
import { runSlices } from './run-slices.ts';
import type { SeekableInputs } from './seekable-inputs.ts';

/** A status file is text of a few lines; a larger file, decompressed, is not read as one. */
const METADATA_LIMIT = 16 << 20;

/** The files of a scan, each by what its content says it is. */
export interface SortedInputs {
  readonly logs: readonly { readonly file: FoundFile; readonly head: LogHead }[];
  readonly metadata: readonly {
    readonly file: FoundFile;
    readonly document: MetadataDocument;
    readonly compression: Compression | null;
  }[];
  /** Read in slices, however large: see `gather-error-logs.ts`. */
  readonly errorLogs: readonly FoundFile[];
  /** Neither, found in a directory: nothing to say of them. */
  readonly skipped: readonly FoundFile[];
  /** None of these, but named: the user thinks that they matter. */
  readonly unrecognised: readonly FoundFile[];
  readonly unreadable: readonly { readonly file: FoundFile; readonly problem: string }[];
  /** Standard input, when an interrupt came before its end. */
  readonly interrupted: readonly FoundFile[];
}

/**
 * Looks at the head of every file, after all of standard input has been taken. A file that may not
 * be opened is said, never thrown.
 */
export const sortInputs = async (
  files: readonly FoundFile[],
  inputs: SeekableInputs,
  options: {
    readonly onProgress?: (progress: Progress) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<SortedInputs> => {
  const logs: Array<SortedInputs['logs'][number]> = [];
  const metadata: Array<SortedInputs['metadata'][number]> = [];
  const errorLogs: FoundFile[] = [];
  const skipped: FoundFile[] = [];
  const unrecognised: FoundFile[] = [];
  const unreadable: Array<SortedInputs['unreadable'][number]> = [];
  const interrupted: FoundFile[] = [];
  for (const found of files) {
    try {
      const file = found.path === STDIN_PATH ? await takeStdin(found) : found;
      if (file === null) {
        interrupted.push(found);
        continue;
      }
      const input = inputs.look(file.path);
      try {
        sortOne(file, input);
      } finally {
        input.source.close();
      }
    } catch (error) {
      if (!isReadError(error)) throw error;
      unreadable.push({ file: found, problem: error.message });
    }
  }
  return { logs, metadata, errorLogs, skipped, unrecognised, unreadable, interrupted };

  async function takeStdin(file: FoundFile): Promise<FoundFile | null> {
    const taken = await runSlices(
      inputs.open(file.path),
      (doneBytes) => options.onProgress?.({ path: file.path, doneBytes, totalBytes: 0 }),
      options.signal,
    );
    return taken && { ...file, bytes: taken.source.size };
  }

  function sortOne(file: FoundFile, input: OpenInput): void {
    const { source, compression } = input;
    const window = new FileWindow(source, SNIFF_BYTES);
    const head = readLogHead(window);
    // Of packed files only named ones matter: a data directory may hold any archive
    if (head.kind === 'packed' ? file.origin === 'named' : head.kind !== 'none') {
      logs.push({ file, head });
      return;
    }
    const kind = kindOf(window, logNameOf(file.path));
    if (kind === 'error-log') {
      errorLogs.push(file);
      const quoted = statusText(window, file.path);
      if (quoted) metadata.push({ file, document: quoted, compression });
    } else if (kind !== null && !window.reaches(METADATA_LIMIT + 1)) {
      const bytes = window.copy(0, METADATA_LIMIT);
      const document = parseMetadata(kind, file.path, bytes);
      metadata.push({ file, document: withProblem(document, input, bytes.length), compression });
    } else if (compression !== null && source.problem && isAwaited(file)) {
      unreadable.push({ file, problem: `${compression}: ${source.problem}` });
    } else if (file.origin === 'named') unrecognised.push(file);
    else skipped.push(file);
  }
};

/** Named, or called as logs are. */
const isAwaited = ({ origin, path }: FoundFile): boolean =>
  origin === 'named' || splitLogName(logNameOf(path)) !== null;

/** Compressed data that are cut or damaged are a problem of the status file that they hold. */
const withProblem = (
  document: MetadataDocument,
  { source, compression }: OpenInput,
  offset: number,
): MetadataDocument =>
  compression === null || !source.problem
    ? document
    : {
        ...document,
        problems: [...document.problems, { offset, field: compression, problem: source.problem }],
      };

/** The system's errors, and what cannot be read for another reason. */
export const isReadError = (error: unknown): error is Error =>
  error instanceof UnreadableError ||
  (error instanceof Error && 'code' in error && 'syscall' in error);

/** A ticket may quote both: lines of an error log, and outputs of statements. */
const statusText = (window: FileWindow, path: string): MetadataDocument | null => {
  if (window.reaches(METADATA_LIMIT + 1)) return null;
  const document = parseMetadata('status-text', path, window.copy(0, METADATA_LIMIT));
  return document.value.sections.length > 0 ? document : null;
};

/** By its head, or all of a text: before what a ticket quotes there may be any number of words. */
const kindOf = (window: FileWindow, name: string): MetadataKind | null => {
  const head = window.copy(0, SNIFF_BYTES);
  const kind = sniffMetadata(head, name);
  if (kind !== null || head.length < SNIFF_BYTES || !isText(head)) return kind;
  if (window.reaches(METADATA_LIMIT + 1)) return null;
  return holdsStatusText(window.copy(0, METADATA_LIMIT), name) ? 'status-text' : null;
};
