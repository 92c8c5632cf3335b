import { formatCoordinates } from '../../binlog/coordinates.ts';
import type { PurgedRequest } from '../../evidence/purged-requests.ts';
import type { Fix } from '../finding.ts';
import type { PurgedSubject } from '../purged-source-log.ts';
import { list } from '../words.ts';
import { drain } from './drain.ts';
import { channelName, serverName } from './steps.ts';
import { held } from './withheld.ts';

/** What the relay logs still hold is applied first; the rest no statement brings back. */
export const fetchElsewhere = ({ request, allApplied }: PurgedSubject): Fix | null => {
  const { server, channel, source } = request;
  const { dialect } = server;
  if (!dialect) return null;
  const name = channelName(dialect, channel);
  const from = serverName(source);
  if (allApplied === false && name !== null) {
    return drain(
      server,
      channel,
      dialect,
      name,
      `${from} has purged what follows, and perhaps what they hold`,
    );
  }
  const { terms } = dialect;
  return held(
    dialect,
    `no statement brings purged logs back. First look whether ${serverName(server)} has read on since these files were copied (${request.by === 'mariadb-gtid' ? 'Gtid_IO_Pos' : terms.readLogFile}), and let the ${terms.applier} apply all that was received. ${ways(request)} ${BY_HAND[request.by]} would leave out what is missing without an error`,
    [
      {
        text: `${serverName(server)} has not read on since these files were copied`,
        state: 'unknown',
      },
    ],
  );
};

/** What would make it go on, and hide the loss. */
const BY_HAND: Readonly<Record<PurgedRequest['by'], string>> = {
  position: 'A newer position',
  gtid: 'A newer position, or gtid_purged set by hand,',
  'mariadb-gtid': 'A newer gtid_slave_pos, or a position in its place,',
};

const ways = (request: PurgedRequest): string => {
  const on = serverName(request.server);
  const from = serverName(request.source);
  const anew = `${on} anew from a backup or a copy of ${from} that is newer than its oldest log`;
  if (request.by === 'position') {
    return `Build ${anew}; or take ${from}’s purged logs from their backup and apply them by hand from ${formatCoordinates(request.asked)} on (mysqlbinlog, mariadb-binlog).`;
  }
  const holders = request.by === 'gtid' ? request.holders.map(serverName) : [];
  return holders.length > 0
    ? `Of these files ${list(holders)} still ${holders.length === 1 ? 'has' : 'have'} all of it: let ${on} replicate from there by GTID until it has caught up, and then from ${from} again; or build ${anew}.`
    : `Build ${anew}; or let it replicate by GTID from another server that still has what is missing, until it has caught up.`;
};
