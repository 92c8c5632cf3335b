import type { Dialect } from '../dialects/index.ts';
import { detectDialect } from '../dialects/index.ts';
import { type Observations, rowsOf } from './observations.ts';

/** What stands behind the numbers of a MariaDB version, and tells it from MySQL's. */
const MARK = { mysql: '', mariadb: '-MariaDB' } as const;

/**
 * The words of a server whose version nothing states, by the columns of its replica status: the oldest
 * line that prints them. What it takes every later one takes too that prints `Master_Host`: the old
 * statements are gone in MySQL 8.4 only, with these columns. `Source_Host` is printed from MySQL 8.0.22
 * on, where all that is printed here is in the words of 8.4. Null where the columns fit both vendors.
 */
export const dialectByColumns = (observed: Observations): Dialect | null => {
  const { flavor, words, since } = rowsOf(observed, 'replica-status').at(-1)?.row.dialect ?? {};
  if (!flavor || !words || !since) return null;
  const version = words === 'source-replica' && flavor === 'mysql' ? '8.4' : since;
  return detectDialect(`${version}.0${MARK[flavor]}`);
};
