import type { Driver } from './drivers/driver.ts';
import { mariadb, mariadb105, mariadb118 } from './drivers/mariadb.ts';
import { mysql } from './drivers/mysql.ts';
import { mysql56 } from './drivers/mysql-5-6.ts';
import { mysql57 } from './drivers/mysql-5-7.ts';

/** Every kind of server that scenarios run on: one line each. */
const ALL: readonly Driver[] = [mariadb, mysql56, mysql57, mysql, mariadb105, mariadb118];

/** Those that need no preparation of a machine beyond packages of its own. */
const USUAL = 'mariadb,mysql-5.6';

/** What the run's beginning found out about a server. */
export interface Prepared {
  readonly name: string;
  /** Why it cannot be had. A suite says so and is skipped, it never passes. */
  readonly missing: string | null;
  /** A data directory as installed, to be copied. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly servers: readonly Prepared[];
  }
}

export const driverNamed = (name: string): Driver => {
  const driver = ALL.find((one) => one.name === name);
  if (driver) return driver;
  throw new Error(`--server ${name}: none of ${ALL.map((one) => one.name).join(', ')}`);
};

/** Asked for by `--server`. */
export const askedDrivers = (): readonly Driver[] =>
  (process.env['LIVE_SERVER'] ?? USUAL).split(',').map(driverNamed);
