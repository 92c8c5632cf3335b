import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MAGIC } from '../support/build-log.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A log in this repository. */
export interface StoredLog {
  /** Its path from the repository's root. */
  readonly name: string;
  readonly path: string;
}

const logsIn = (folder: string): readonly StoredLog[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).subarray(0, MAGIC.length).equals(MAGIC))
    .toSorted()
    .map((path) => ({ path, name: relative(ROOT, path) }));

/** Logs of the samples, and of servers that wrote every type of row, compressed, tagged, encrypted. */
export const storedLogs = [
  ...logsIn(join(ROOT, 'samples')),
  ...logsIn(join(import.meta.dirname, 'logs')),
];

/**
 * What `mysqlbinlog` of MySQL 9.7 printed of a log, recorded; null where it was not. Long lines are
 * cut, and rows of which there were thousands left out from the end.
 */
export const recordedPrintout = ({ path }: StoredLog): Buffer | null => {
  const recorded = `${path}.printed.gz`;
  return existsSync(recorded) ? gunzipSync(readFileSync(recorded)) : null;
};
