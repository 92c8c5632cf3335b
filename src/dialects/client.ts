import type { Dialect } from './define-dialect.ts';
import { atLeast } from './server-version.ts';

/**
 * The command line client of a server's release: MariaDB has its own name for it from 10.4.6 on
 *, and its images do not hold the other one from 11.0 on.
 */
export const clientOf = ({ flavor, version }: Pick<Dialect, 'flavor' | 'version'>): string =>
  flavor === 'mariadb' && atLeast(version, 10, 4, 6) ? 'mariadb' : 'mysql';
