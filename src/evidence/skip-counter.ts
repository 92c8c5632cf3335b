import { parseMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import { usesGtid } from './channel-view.ts';
import type { Channel, Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';
import { settingOf } from './observations.ts';
import { replicaStatuses } from './replica-statuses.ts';

/**
 * May the server refuse sql_slave_skip_counter (error 1966)? MariaDB sql/sys_vars.cc,
 * Sys_slave_skip_counter::check: by GTID, with parallel workers, where gtid_slave_pos has several domains.
 */
export const refusesSkipCounter = (server: Server, channel: Channel): boolean => {
  if (server.version?.flavor !== 'mariadb' || !usesGtid(channel)) return false;
  const workers = settingOf(server.observed, 'replica_parallel_workers')?.setting.value;
  return workers !== 0 && domainsOf(server, channel).size > 1;
};

/** Domains that it replicates, as far as its logs and texts tell. */
const domainsOf = (server: Server, channel: Channel): ReadonlySet<number> => {
  const relayed = server.channels.flatMap(({ relay }) => relay?.files ?? []);
  const logged = ownChain(server)?.files ?? [];
  const said = replicaStatuses(server, channel).flatMap(
    ({ row }) => parseMariadbGtidList(row.gtidSlavePos ?? '') ?? [],
  );
  return new Set([
    ...[...relayed, ...logged].flatMap(({ facts }) =>
      facts.gtids.streams
        .filter((stream) => !server.ids.includes(stream.server))
        .map(({ domain }) => domain),
    ),
    ...said.map(({ domain }) => domain),
  ]);
};
