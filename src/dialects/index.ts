import type { Dialect, DialectLine } from './define-dialect.ts';
import { mariadb51 } from './mariadb-5-1.ts';
import { mariadb55 } from './mariadb-5-5.ts';
import { mariadb100 } from './mariadb-10-0.ts';
import { mariadb105 } from './mariadb-10-5.ts';
import { mysql51 } from './mysql-5-1.ts';
import { mysql55 } from './mysql-5-5.ts';
import { mysql56 } from './mysql-5-6.ts';
import { mysql57 } from './mysql-5-7.ts';
import { mysql80 } from './mysql-8-0.ts';
import { mysql8023 } from './mysql-8-0-23.ts';
import { mysql82 } from './mysql-8-2.ts';
import { mysql83 } from './mysql-8-3.ts';
import { mysql84 } from './mysql-8-4.ts';
import type { ServerVersion } from './server-version.ts';
import { parseServerVersion } from './server-version.ts';

export type {
  Abilities,
  ChangeOption,
  ChangeOptions,
  Dialect,
  DialectLine,
  Statements,
  Terms,
} from './define-dialect.ts';
export { isQuotable } from './quote-string.ts';

/** Every server line, oldest first. A version belongs to exactly one. */
export const dialectLines: readonly DialectLine[] = [
  mysql51,
  mysql55,
  mysql56,
  mysql57,
  mysql80,
  mysql8023,
  mysql82,
  mysql83,
  mysql84,
  mariadb51,
  mariadb55,
  mariadb100,
  mariadb105,
];

/** The words of one server: its line's, under the name of its own release. */
export const dialectFor = (version: ServerVersion): Dialect => {
  const line = dialectLines.find((candidate) => candidate.matches(version));
  if (!line) throw new RangeError(`no server line for ${version.text}`);
  const { terms, statements, abilities } = line;
  const { flavor, major, minor } = version;
  return { id: `${flavor}-${major}.${minor}`, flavor, version, terms, statements, abilities };
};

/**
 * The dialect of the server that wrote this version into its format description event. Null when it
 * is not known: nothing is assumed, since a statement in another server's words may be refused, or
 * taken and do something else.
 */
export const detectDialect = (versionText: string | null): Dialect | null => {
  const version = versionText === null ? null : parseServerVersion(versionText);
  return version && dialectFor(version);
};
