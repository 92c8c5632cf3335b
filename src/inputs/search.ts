import { type Dirent, readdir } from 'node:fs';
import { isAbsolute, join, normalize, relative, resolve } from 'node:path';
import fastGlob from 'fast-glob';

export interface Search {
  /** Paths of files, in no order. */
  readonly paths: readonly string[];
  /** Folders that could not be listed. */
  readonly closed: readonly { readonly path: string; readonly problem: string }[];
}

/**
 * The files that match `pattern` in or below `folder`, hidden ones too. A folder that may not be listed
 * does not end the search, and is told.
 */
export const search = async (pattern: string, folder: string): Promise<Search> => {
  const closed: Array<{ path: string; problem: string }> = [];
  const list = (
    path: string,
    options: { readonly withFileTypes: true },
    done: (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void,
  ): void =>
    readdir(path, options, (error, entries) => {
      // One that is gone meanwhile, or was none, is no loss
      if (error && error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
        closed.push({
          path: isAbsolute(pattern) ? path : join(folder, relative(resolve(folder), path)),
          problem: `${error.code ?? 'error'}: the folder cannot be listed`,
        });
      }
      done(error, entries);
    });
  const names = await fastGlob(pattern, {
    cwd: folder,
    dot: true,
    suppressErrors: true,
    // The one form in which it asks
    fs: { readdir: list as typeof readdir },
  });
  return { paths: names.map((name) => normalize(join(folder, name))), closed };
};
