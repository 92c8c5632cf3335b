import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { logNameOf } from '../binlog/coordinates.ts';
import { openInput, STDIN_PATH } from '../bytes/open-input.ts';
import { search } from './search.ts';

/** One file to look at. */
export interface FoundFile {
  /** As the user would write it: relative to where the scan was started when it was given so. */
  readonly path: string;
  /** As it lies there, compressed or not; 0 for standard input as long as it was not read. */
  readonly bytes: number;
  readonly modified: Date | null;
  readonly identity: string;
  /** How it came in: named, found in a directory, or lying beside a named log. */
  readonly origin: 'named' | 'searched' | 'beside';
}

export interface Expansion {
  readonly files: readonly FoundFile[];
  /** Directories that were searched. */
  readonly searched: readonly string[];
  /** Folders with logs that were not searched, because they lie below a folder that holds logs. */
  readonly passedOver: readonly string[];
  /** Logs, by their names, that lie in the folders of named files and were not named. */
  readonly unnamed: readonly string[];
  /** Names and globs that lead nowhere. */
  readonly missing: readonly { readonly path: string; readonly problem: string }[];
}

/** Status files, settings and pasted outputs are far smaller; what is larger beside a log is none. */
const BESIDE_LIMIT = 1 << 20;
const BESIDE_NAME =
  /(^|[-.])(master|relay-log|multi-master|worker-relay-log)[^/]*\.info|\.index$|^(auto|my)\.(cnf|ini)$|^variables\.txt$|(^|-)show-[\w-]+\.txt$|status[^/]*\.txt$|slave_(master|relay_log)_info\.txt$/i;
/** Read in slices, so of any size. */
const ERROR_LOG_NAME = /\.err$|^(mysqld?|mariadb)?[-_]?error\.log$|^(mysqld|mariadbd?)\.log$/i;
/** A monitor may leave a text a minute: those beyond are not looked for. */
const BESIDE_TEXTS = 100;

/** `mysql-bin.000001` */
const LOG_NAME = /\.\d{6,}$/;

const STDIN: FoundFile = {
  path: STDIN_PATH,
  bytes: 0,
  modified: null,
  identity: 'stdin',
  origin: 'named',
};

const byPath = new Intl.Collator('en', { numeric: true });

/**
 * Files, directories and globs as regular files, `-` as standard input, each once (by device and inode), in the order of
 * their paths with numbers compared as numbers. With `beside`, the small status files and
 * texts, settings, and the error log in the folders of named files come along.
 */
export const expandInputs = async (
  patterns: readonly string[],
  beside: boolean,
): Promise<Expansion> => {
  const files = new Map<string, FoundFile>();
  const missing: Array<{ path: string; problem: string }> = [];
  const searched: string[] = [];
  const passedOver: string[] = [];
  const add = (path: string, origin: FoundFile['origin']): boolean => {
    const stat = statOf(path);
    if (stat instanceof Error || !stat.isFile()) return false;
    const identity = `${stat.dev}:${stat.ino}`;
    // Found in a directory and named as well: it was named
    if (!files.has(identity) || (origin === 'named' && files.get(identity)?.origin !== 'named')) {
      files.set(identity, { path, bytes: stat.size, modified: stat.mtime, identity, origin });
    }
    return true;
  };
  for (const pattern of patterns) {
    if (pattern === STDIN_PATH) {
      files.set(STDIN.identity, STDIN);
      continue;
    }
    const stat = statOf(pattern);
    if (stat instanceof Error) {
      if (!fastGlob.isDynamicPattern(pattern)) {
        missing.push({ path: pattern, problem: stat.message });
        continue;
      }
      const { paths, closed } = await search(pattern, '');
      missing.push(...closed);
      if (paths.length === 0)
        missing.push({ path: pattern, problem: 'the pattern matches no file' });
      for (const path of paths) add(path, 'named');
    } else if (stat.isDirectory()) {
      // `./` is `.`, and `db12/` is `db12`
      const folder = normalize(pattern).replace(/(?<=[^/])\/$/, '');
      const { paths, closed } = await search('**/*', folder);
      const split = outsideDataDirectories(paths);
      // Schemas of a data directory are not looked into anyway
      const unseen = closed.filter(
        ({ path }) => !split.holders.some((holder) => isBelow(path, holder)),
      );
      missing.push(...unseen);
      if (!unseen.some(({ path }) => path === folder)) searched.push(folder);
      for (const path of split.kept) add(path, 'searched');
      passedOver.push(...split.passedOver);
    } else if (!add(normalize(pattern), 'named')) {
      missing.push({ path: pattern, problem: 'no regular file' });
    }
  }
  if (beside) addBeside([...files.values()], add);
  const all = [...files.values()].sort((a, b) => byPath.compare(a.path, b.path));
  return {
    files: all,
    unnamed: unnamedLogs(all),
    searched,
    passedOver,
    missing,
  };
};

/**
 * The files of a search, without what lies below a folder that itself holds logs: that is a data
 * directory, whose subfolders are schemas, or a host's copy with other moments of it inside.
 */
const outsideDataDirectories = (
  paths: readonly string[],
): { kept: string[]; passedOver: string[]; holders: readonly string[] } => {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = dirname(path);
    const files = folders.get(folder);
    if (files) files.push(path);
    else folders.set(folder, [path]);
  }
  const seen = new Set<string>();
  // By a link that leads upwards a folder lies below itself, again and again
  const isNew = (folder: string): boolean => {
    const stat = statOf(folder);
    const identity = stat instanceof Error ? folder : `${stat.dev}:${stat.ino}`;
    return !seen.has(identity) && seen.add(identity) !== undefined;
  };
  const holders: string[] = [];
  const kept: string[] = [];
  const passedOver: string[] = [];
  for (const [folder, files] of [...folders].sort(([a], [b]) => depth(a) - depth(b))) {
    if (holders.some((holder) => isBelow(folder, holder))) {
      // Only by their names: a data directory's schemas may hold a hundred thousand files
      if (files.some((path) => LOG_NAME.test(logNameOf(path)) && isLog(path)) && isNew(folder))
        passedOver.push(folder);
      continue;
    }
    kept.push(...files);
    if (files.some(isLog)) {
      holders.push(folder);
      isNew(folder);
    }
  }
  return { kept, passedOver, holders };
};

const isBelow = (folder: string, holder: string): boolean =>
  holder === '.'
    ? folder !== '.' && !folder.startsWith('..')
    : folder.startsWith(`${holder}${sep}`);

const depth = (folder: string): number => (folder === '.' ? 0 : folder.split(sep).length);

/** By its first four bytes, decompressed: a plain or an encrypted log. */
const isLog = (path: string): boolean => {
  const stat = statOf(path);
  if (stat instanceof Error || !stat.isFile() || stat.size < 4) return false;
  try {
    const { source } = openInput(path);
    const head = Buffer.alloc(4);
    source.read(head, 0);
    source.close();
    return head.readUInt32BE(0) === 0xfe62696e || head.readUInt32BE(0) === 0xfd62696e;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return false;
    throw error;
  }
};

/** What stands at this path, or the error that says why nothing does. */
const statOf = (path: string): Stats | Error => {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? new Error('no such file or directory');
  } catch (error) {
    // A name under a file, a loop of links, a folder that may not be entered
    if (error instanceof Error && 'syscall' in error) return error;
    throw error;
  }
};

/** The entries of a folder; none where it may not be listed. */
const entriesOf = (folder: string): readonly Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return [];
    throw error;
  }
};

const foldersOf = (files: readonly FoundFile[]): Set<string> =>
  new Set(files.filter(({ origin }) => origin === 'named').map(({ path }) => dirname(path)));

const unnamedLogs = (files: readonly FoundFile[]): string[] => {
  const known = new Set(files.map(({ path }) => path));
  return [...foldersOf(files)].flatMap((folder) =>
    entriesOf(folder)
      .filter((entry) => entry.isFile() && LOG_NAME.test(entry.name))
      .map(({ name }) => normalize(join(folder, name)))
      .filter((path) => !known.has(path)),
  );
};

/** Whoever names a text has chosen the moment: those of other moments stay where they are. */
const namesText = (named: readonly FoundFile[], folder: string): boolean =>
  named.some(
    ({ origin, path }) =>
      origin === 'named' && dirname(path) === folder && logNameOf(path).endsWith('.txt'),
  );

const addBeside = (
  named: readonly FoundFile[],
  add: (path: string, origin: FoundFile['origin']) => boolean,
): void => {
  for (const folder of foldersOf(named)) {
    let texts = namesText(named, folder) ? BESIDE_TEXTS : 0;
    for (const entry of entriesOf(folder).toSorted((a, b) => byPath.compare(a.name, b.name))) {
      const name = logNameOf(entry.name);
      const isErrorLog = ERROR_LOG_NAME.test(name);
      if (!entry.isFile() || !(isErrorLog || BESIDE_NAME.test(name))) continue;
      if (name.endsWith('.txt') && (texts += 1) > BESIDE_TEXTS) continue;
      const path = normalize(join(folder, entry.name));
      const stat = statOf(path);
      if (!(stat instanceof Error) && (isErrorLog || stat.size <= BESIDE_LIMIT))
        add(path, 'beside');
    }
  }
};
