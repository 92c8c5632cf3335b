import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type LogHead, readLogHead } from '../binlog/log-head.ts';
import { type ByteSource, openFile } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { type MetadataDocument, parseMetadata } from '../metadata/index.ts';
import {
  holdsStatusText,
  type MetadataKind,
  SNIFF_BYTES,
  sniffMetadata,
} from '../metadata/sniff.ts';
import { isText } from '../metadata/status-text/pasted-line.ts';
import { type StatusSubject, subjectOf } from '../metadata/status-text/status-text.ts';
import type { FoundFile } from './expand.ts';

/** A status file is text of a few lines; a larger file is not read as one. */
const METADATA_LIMIT = 8 << 20;

/** A text that holds outputs of statements. */
export interface SortedStatusText {
  readonly file: FoundFile;
  readonly document: MetadataDocument<'status-text'>;
  readonly subject: StatusSubject;
}

/** The files of a scan, each by what its content says it is. */
export interface SortedInputs {
  readonly logs: readonly { readonly file: FoundFile; readonly head: LogHead }[];
  readonly metadata: readonly { readonly file: FoundFile; readonly document: MetadataDocument }[];
  readonly statusTexts: readonly SortedStatusText[];
  /** None of these, found in a directory: nothing to say of them. */
  readonly skipped: readonly FoundFile[];
  /** None of these, but named: the user thinks that they matter. */
  readonly unrecognised: readonly FoundFile[];
  readonly unreadable: readonly { readonly file: FoundFile; readonly problem: string }[];
}

/** Looks at the head of every file. A file that may not be opened is said, never thrown. */
export const sortInputs = (files: readonly FoundFile[]): SortedInputs => {
  const logs: Array<SortedInputs['logs'][number]> = [];
  const metadata: Array<SortedInputs['metadata'][number]> = [];
  const statusTexts: SortedStatusText[] = [];
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
  return { logs, metadata, statusTexts, skipped, unrecognised, unreadable };

  function sortOne(file: FoundFile, source: ByteSource): void {
    const window = new FileWindow(source, SNIFF_BYTES);
    const head = readLogHead(window);
    // Of compressed files only named ones matter: a data directory may hold any archive
    if (head.kind === 'compressed' ? file.origin === 'named' : head.kind !== 'none') {
      logs.push({ file, head });
      return;
    }
    const kind = kindOf(file, window.copy(0, SNIFF_BYTES));
    if (kind === 'status-text') {
      const document = parseMetadata(kind, file.path, readFileSync(file.path));
      statusTexts.push({ file, document, subject: subjectOf(document.value) });
    } else if (kind !== null) {
      metadata.push({ file, document: parseMetadata(kind, file.path, readFileSync(file.path)) });
    } else if (file.origin === 'named') unrecognised.push(file);
    else skipped.push(file);
  }
};

/** By its head, or all of a text: before what a ticket quotes there may be any number of words. */
const kindOf = (file: FoundFile, head: Buffer): MetadataKind | null => {
  if (file.bytes > METADATA_LIMIT) return null;
  const name = basename(file.path);
  const kind = sniffMetadata(head, name);
  if (kind !== null || file.bytes <= SNIFF_BYTES || !isText(head)) return kind;
  return holdsStatusText(readFileSync(file.path), name) ? 'status-text' : null;
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;
