import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type LogHead, readLogHead } from '../binlog/log-head.ts';
import { type ByteSource, openFile } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { type MetadataDocument, parseMetadata } from '../metadata/index.ts';
import { SNIFF_BYTES, sniffMetadata } from '../metadata/sniff.ts';
import type { FoundFile } from './expand.ts';

/** A status file is text of a few lines; a larger file is not read as one. */
const METADATA_LIMIT = 8 << 20;

/** The files of a scan, each by what its content says it is. */
export interface SortedInputs {
  readonly logs: readonly { readonly file: FoundFile; readonly head: LogHead }[];
  readonly metadata: readonly { readonly file: FoundFile; readonly document: MetadataDocument }[];
  /** Too large to be read with the others: see `gather-error-logs.ts`. */
  readonly errorLogs: readonly FoundFile[];
  /** Neither, found in a directory: nothing to say of them. */
  readonly skipped: readonly FoundFile[];
  /** Neither, but named: the user thinks that they matter. */
  readonly unrecognised: readonly FoundFile[];
  readonly unreadable: readonly { readonly file: FoundFile; readonly problem: string }[];
}

/** Looks at the head of every file. A file that may not be opened is said, never thrown. */
export const sortInputs = (files: readonly FoundFile[]): SortedInputs => {
  const logs: Array<SortedInputs['logs'][number]> = [];
  const metadata: Array<SortedInputs['metadata'][number]> = [];
  const errorLogs: FoundFile[] = [];
  const skipped: FoundFile[] = [];
  const unrecognised: FoundFile[] = [];
  const unreadable: Array<SortedInputs['unreadable'][number]> = [];
  for (const file of files) {
    try {
      const source = openFile(file.path);
      try {
        sortOne(file, source);
      } finally {
        source.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      unreadable.push({ file, problem: error.message });
    }
  }
  return { logs, metadata, errorLogs, skipped, unrecognised, unreadable };

  function sortOne(file: FoundFile, source: ByteSource): void {
    const window = new FileWindow(source, SNIFF_BYTES);
    const head = readLogHead(window);
    // Of compressed files only named ones matter: a data directory may hold any archive
    if (head.kind === 'compressed' ? file.origin === 'named' : head.kind !== 'none') {
      logs.push({ file, head });
      return;
    }
    const kind = sniffMetadata(window.copy(0, SNIFF_BYTES), basename(file.path));
    if (kind === 'error-log') errorLogs.push(file);
    else if (kind !== null && file.bytes <= METADATA_LIMIT) {
      metadata.push({ file, document: parseMetadata(kind, file.path, readFileSync(file.path)) });
    } else if (file.origin === 'named') unrecognised.push(file);
    else skipped.push(file);
  }
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;
