import type { Driver } from './drivers/driver.ts';
import { mariadb } from './drivers/mariadb.ts';
import { mysql56 } from './drivers/mysql-5-6.ts';

/** Every kind of server that scenarios run on: one line each. */
const ALL: readonly Driver[] = [mariadb, mysql56];

/** Asked for by `--server`; those that need no preparation of a machine otherwise. */
const asked = (process.env['LIVE_SERVER'] ?? 'mariadb,mysql-5.6').split(',');

/** A server that cannot be had is a suite that says so, never one that passes. */
export const liveDrivers = asked.map((name) => {
  const driver = ALL.find((one) => one.name === name);
  if (!driver)
    throw new Error(`--server ${name}: none of ${ALL.map((one) => one.name).join(', ')}`);
  return { name, driver, missing: driver.prepare() };
});
