import { mayUseGtid, usesGtid } from '../evidence/channel-view.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { ownLogEnd } from '../evidence/logged-otherwise.ts';
import { isText } from '../evidence/record-name.ts';

type Relays = Pick<Evidence, 'relays'>;

/** Positions mean nothing where GTIDs decide: MySQL auto-position, MariaDB using_gtid. */
export const gtidsDecide = ({ relays }: Relays): string | null =>
  relays.every(({ channel }) => usesGtid(channel))
    ? 'a channel that works by file and position: GTIDs decide on all of these'
    : relays.every(({ server, channel }) => usesGtid(channel) || mayUseGtid(server, channel))
      ? 'master.info, without which nothing tells whether GTIDs or positions decide here'
      : null;

/** Without log_slave_updates the replica's own binary log is no witness. */
export const noWitness = ({ relays }: Relays): string | null => {
  const gtids = gtidsDecide({ relays });
  if (gtids !== null) return gtids;
  if (relays.every(({ channel }) => usesGtid(channel) || isText(channel.relayLogInfo)))
    return 'relay-log.info, copied together with the logs: a text may be older than they are, and then says nothing';
  const witnessed = relays.some(
    ({ server, channel }) =>
      !usesGtid(channel) && channel.relayLogInfo && ownLogEnd(server, channel) !== null,
  );
  return witnessed
    ? null
    : 'an own binary log of the replica that holds transactions of these relay logs (log_slave_updates), in the same form (binlog_format, version): nothing else tells how far it really came';
};
