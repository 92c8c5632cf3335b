import type { Driver } from './drivers/driver.ts';
import type { ChangeOptions } from './drivers/words.ts';
import type { Lab } from './lab.ts';
import type { LiveServer } from './live-server.ts';
import { caughtUp } from './replica-status.ts';

/** A table with a key, one without, and one whose rows tell how often a statement ran. */
const TABLES = [
  'CREATE DATABASE app',
  'CREATE TABLE app.orders (id INT PRIMARY KEY, w VARCHAR(200))',
  'CREATE TABLE app.journal (txt VARCHAR(200))',
  'CREATE TABLE app.counters (id INT PRIMARY KEY, n INT)',
  'INSERT INTO app.counters VALUES (1, 0)',
].join('; ');

interface Setup {
  readonly options?: readonly string[];
  readonly change?: ChangeOptions;
}

/** Replication by GTID, in the words of each server. */
export const byGtid = ({ family }: Driver): Required<Setup> =>
  family === 'mariadb'
    ? { options: [], change: { MASTER_USE_GTID: 'slave_pos' } }
    : {
        options: ['--gtid-mode=ON', '--enforce-gtid-consistency=ON'],
        change: { SOURCE_AUTO_POSITION: 1 },
      };

/** Source 11 and replica 12, which has caught up. */
export const pair = async (
  lab: Lab,
  { options = [], change = {} }: Setup = {},
): Promise<readonly [source: LiveServer, replica: LiveServer]> => {
  const [source, replica] = await chain(lab, [11, 12], { options, change });
  return [source, replica] as [LiveServer, LiveServer];
};

/** Each replicates from the one before it. */
export const chain = async (
  lab: Lab,
  ids: readonly number[],
  { options = [], change = {} }: Setup = {},
): Promise<readonly LiveServer[]> => {
  const servers = await lab.servers(ids, options);
  for (const [i, server] of servers.entries()) {
    const source = servers[i - 1];
    if (source) server.follow(source, change);
  }
  servers[0]?.sql(TABLES);
  await passAround(servers);
  return servers;
};

/** A chain whose first replicates from the last. */
export const ring = async (
  lab: Lab,
  ids: readonly number[],
  { options = [], change = {} }: Setup = {},
): Promise<readonly LiveServer[]> => {
  const servers = await chain(lab, ids, { options, change });
  const [first] = servers;
  const last = servers.at(-1);
  if (first && last) {
    first.follow(last, change);
    await caughtUp(first, last);
  }
  return servers;
};

/** Until all have what the first has written. */
export const passAround = async (servers: readonly LiveServer[]): Promise<void> => {
  for (const [i, server] of servers.entries()) {
    const source = servers[i - 1];
    if (source) await caughtUp(server, source);
  }
};

/** Orders with ids from `from` on, a transaction each. */
export const writeOrders = (server: LiveServer, from: number, count: number): void => {
  const rows = Array.from({ length: count }, (_, i) => from + i);
  server.sql(
    rows.map((id) => `INSERT INTO app.orders VALUES (${id}, REPEAT('order ', 20))`).join(';\n'),
  );
};
