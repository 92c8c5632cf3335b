import type { MariadbLostGtids } from '../../evidence/mariadb-lost-gtids.ts';
import type { Fix } from '../finding.ts';
import { serverName } from './steps.ts';
import { held } from './withheld.ts';

/**
 * Which side is right cannot be read from logs, so nothing is planned. Seen on MariaDB 10.11: a source
 * that had written nothing of its own fetched them from its replica and then fed it again.
 */
export const decideMariadbLost = (found: MariadbLostGtids): Fix | null => {
  const { server, source, sourceWentOn, reused, domain, writtenBy } = found;
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  const from = serverName(source);
  const keep = sourceWentOn
    ? `Where they count, do the same on ${from} by hand, or make ${on} the source and build ${from} anew from it (what ${from} wrote since is lost then)`
    : `${from} has written nothing in domain ${domain} that ${on} lacks: let ${from} replicate from ${on} by GTID until it has caught up, then ${on} from ${from} again, and nothing is lost; or make ${on} the source`;
  const again =
    reused.length > 0
      ? ` Until then ${on} misses what ${from} writes, and may begin to leave it out without an error.`
      : '';
  const writes =
    writtenBy === 'replica'
      ? ` Then see who wrote on ${on}, and keep them off with read_only.`
      : '';
  return held(
    dialect,
    `somebody must decide what they are worth. ${keep}. Where they do not count, build ${on} anew from ${from}. Another gtid_slave_pos makes ${on} go on, and keeps the difference.${again}${writes}`,
  );
};
