import { isErrorLog } from './error-log/sniff-error-log.ts';
import { isSettings } from './settings/sniff-settings.ts';
import { isText } from './status-text/pasted-line.ts';
import { parseStatusText } from './status-text/status-text.ts';
import { hasControlCharacters, splitLines } from './text-lines.ts';

/** The replication metadata files that can be told. */
export type MetadataKind =
  | 'master-info'
  | 'relay-log-info'
  | 'log-index'
  | 'multi-master-info'
  | 'worker-info'
  | 'auto-cnf'
  | 'settings'
  | 'error-log'
  | 'status-text';

/** No more of a file is needed to tell its kind, unless it is a text of statements' outputs. */
export const SNIFF_BYTES = 64 * 1024;

/** One letter a line: `n` number, `L` log name, `l` the same or empty, `t` other text, `*` any. */
type LineShape = 'n' | 'l' | 'L' | 't' | '*';

const isLogName = (line: string): boolean =>
  /[^/\\]\.\d{6,}$/.test(line) && !hasControlCharacters(line);

const SHAPES: Readonly<Record<LineShape, (line: string) => boolean>> = {
  n: (line) => /^\d+$/.test(line),
  l: (line) => line === '' || isLogName(line),
  L: isLogName,
  t: (line) => line !== '' && !/^\d+$/.test(line),
  '*': () => true,
};

const hasShape = (lines: readonly string[], shapes: string): boolean =>
  lines.length >= shapes.length &&
  Array.from(shapes, (shape, at) => SHAPES[shape as LineShape](lines[at] ?? '')).every(Boolean);

const namesLog = (lines: readonly string[]): boolean => lines.slice(1, 9).some(isLogName);

const isCount = (line: string | undefined, least: number): boolean =>
  /^\d{1,3}$/.test(line ?? '') && Number(line) >= least;

/**
 * The kinds that their lines give away, most telling first: a worker's file is a relay-log.info
 * whose delay is a log name; 8.0's relay-log.info counts 14 like 4.1's master.info.
 */
const BY_LINES: readonly (readonly [MetadataKind, (lines: readonly string[]) => boolean])[] = [
  ['worker-info', (lines) => namesLog(lines) && hasShape(lines, 'nlnlnlnlnnn')],
  [
    'relay-log-info',
    (lines) => isCount(lines[0], 5) && namesLog(lines) && hasShape(lines, 'nlnln'),
  ],
  ['relay-log-info', (lines) => hasShape(lines, 'Lnln')],
  ['master-info', (lines) => isCount(lines[0], 14) && hasShape(lines, 'nln***nn')],
  ['master-info', (lines) => hasShape(lines, 'lnt**nn')],
  [
    'auto-cnf',
    (lines) =>
      lines.find((line) => !/^\s*([#;]|$)/.test(line))?.trim() === '[auto]' &&
      lines.some((line) => /^\s*server[-_]uuid\s*=/.test(line)),
  ],
  ['settings', isSettings],
  ['error-log', isErrorLog],
];

/** One path to a log. A bare name has no blank, and no name has a time of day. */
const isIndexLine = (line: string): boolean => {
  const name = line.slice(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
  const isPath = /^(?:\.{0,2}|[A-Za-z]:)[/\\]/.test(line) || !/\s/.test(line);
  return isPath && isLogName(line) && /[a-z_]/i.test(name) && !/[\s:]/.test(name);
};

const BY_NAME: readonly (readonly [MetadataKind, RegExp])[] = [
  ['multi-master-info', /(?:^|[._-])multi-master\.info/i],
  ['worker-info', /(?:^|[._-])worker-.*\.info\.\d+$/i],
  ['master-info', /(?:^|[._-])master(?:-[^.]+)?\.info/i],
  ['relay-log-info', /(?:^|[._-])relay-log(?:-[^.]+)?\.info/i],
  ['auto-cnf', /(?:^|[._-])auto\.cnf/i],
  ['log-index', /\.index$/i],
];

/** Longest line that a server writes into these files: a path (`FN_REFLEN`). */
const LONGEST_LINE = 512;

/** Short lines of text. NUL may stand for blocks that never reached the disk. */
const isShortText = (lines: readonly string[]): boolean =>
  lines.every(
    (line) => line.length <= LONGEST_LINE && !hasControlCharacters(line.replaceAll('\0', '')),
  );

/** Printed tables, option files, scripts, `name: value` lists. */
const BEGINS_OTHERWISE = /^\s*[*+|#<{[]|^\s*[\w-]+\s*[:=]\s/;

/** Whether the content allows the kind that the name says. */
const isPlausible = (kind: MetadataKind, lines: readonly string[]): boolean => {
  if (!isShortText(lines)) return false;
  if (kind === 'log-index') return lines.length === 0 || lines.some(isIndexLine);
  if (kind === 'multi-master-info' || kind === 'auto-cnf') return true;
  return !BEGINS_OTHERWISE.test(lines[0] ?? '');
};

/**
 * Whether a text holds the output of a statement that is read here; `bytes` is all of the file, or
 * its head, which may have less. A file with NUL in it, or more than a few control characters, is
 * none, whatever else it holds.
 */
export const holdsStatusText = (bytes: Buffer, fileName: string): boolean =>
  isText(bytes) && parseStatusText(bytes, fileName).value.sections.length > 0;

/**
 * Tells a metadata file by its `head` (its first {@link SNIFF_BYTES}, or all of it); null when it is
 * none. `fileName`, without directory, decides only where the content cannot: an empty file, a list
 * of connections, an info file that is cut or damaged.
 */
export const sniffMetadata = (head: Buffer, fileName: string): MetadataKind | null => {
  const all = splitLines(head);
  // The head may end inside a line.
  const lines = (head.byteLength < SNIFF_BYTES ? all : all.slice(0, -1)).map((line) => line.text);
  const told = BY_LINES.find(([, matches]) => matches(lines));
  if (told) return told[0];
  const named = BY_NAME.find(([, pattern]) => pattern.test(fileName))?.[0] ?? null;
  if (named !== 'multi-master-info' && lines.length > 0 && lines.every(isIndexLine)) {
    return 'log-index';
  }
  if (named !== null && isPlausible(named, lines)) return named;
  return holdsStatusText(head, fileName) ? 'status-text' : null;
};
