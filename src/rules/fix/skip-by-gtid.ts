import type { MariadbGtid } from '../../binlog/mariadb-gtid.ts';
import { formatMariadbGtid } from '../../binlog/mariadb-gtid.ts';
import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Server } from '../../evidence/evidence.ts';
import type { Step } from '../finding.ts';
import { changeOn, channelName, serverName } from './steps.ts';

/**
 * MariaDB's other way past a transaction: the position of its domain is set behind it. Verified on
 * 10.11 with parallel workers and two domains, where the counter is refused (1966). Null where a
 * connection has a name that cannot be written: all have to stand still.
 */
export const skipByGtid = (
  server: Server,
  dialect: Dialect,
  gtid: MariadbGtid,
): readonly Step[] | null => {
  const { statements } = dialect;
  const names = server.channels.map((channel) => channelName(dialect, channel));
  if (names.includes(null)) return null;
  const change = changeOn(serverName(server), 'reversible');
  const all = names.filter((name) => name !== null);
  return [
    ...all.map((name) =>
      change(statements.stopReplica(name), 'gtid_slave_pos is set while replication stands still'),
    ),
    changeOn(serverName(server), 'loses-data')(
      statements.goBehindGtid(gtid),
      `domain ${gtid.domain} goes on behind ${formatMariadbGtid(gtid)}, every other one where it stands; the counter is refused here (error 1966: parallel workers, several domains)`,
    ),
    ...all.map((name) =>
      change(statements.startReplica(name), 'what was not applied is fetched again by GTID'),
    ),
  ];
};
