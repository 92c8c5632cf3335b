import { type Dialect, detectDialect } from '../dialects/index.ts';
import type { ErrorLogMessage } from '../metadata/error-log/error-log.ts';
import { type Observations, rowsOf } from './observations.ts';

/** What stands behind the numbers of a MariaDB version, and tells it from MySQL's. */
const MARK = { mysql: '', mariadb: '-MariaDB' } as const;

/**
 * The words of a server whose version nothing states, as the texts of its own give them away: those of
 * the oldest line that prints such texts. What it takes every later one takes too that prints them: the
 * old statements are gone in MySQL 8.4 only, which prints "source" and "replica". Null where both
 * vendors print such texts.
 */
export const dialectByTexts = (observed: Observations): Dialect | null =>
  byColumns(observed) ?? byMessages(observed);

/** Not names of hosts and accounts. */
const RENAMED = /^Replica\b|\b(?:from|to) source\b/;

/** `Source_Host` is printed from MySQL 8.0.22 on, where all that is said here is said as in 8.4. */
const byColumns = (observed: Observations): Dialect | null => {
  const { flavor, words, since } = rowsOf(observed, 'replica-status').at(-1)?.row.dialect ?? {};
  if (!flavor || !words || !since) return null;
  const version = words === 'source-replica' && flavor === 'mysql' ? '8.4' : since;
  return detectDialect(`${version}.0${MARK[flavor]}`);
};

/**
 * Codes as `MY-010584` begin with MySQL 8.0, "replica" and "source" in their texts with 8.0.26 at the
 * latest (WL#14194); channels are named from MySQL 5.7 on, in MariaDB never in these words (sql/rpl_slave.cc, sql/slave.cc).
 */
const byMessages = ({ errorLogs }: Observations): Dialect | null => {
  const messages = errorLogs.flatMap(({ value }) => value.messages);
  const some = (is: (message: ErrorLogMessage) => boolean): boolean => messages.some(is);
  if (some(({ code }) => code !== null)) {
    return detectDialect(some(({ text }) => RENAMED.test(text)) ? '8.4.0' : '8.0.0');
  }
  if (some(({ text }) => /Internal MariaDB error code/.test(text)))
    return detectDialect('10.0.0-MariaDB');
  return some(({ text }) => / for channel '/.test(text)) ? detectDialect('5.7.0') : null;
};
