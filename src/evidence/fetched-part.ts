import type { LogCoordinates } from '../binlog/coordinates.ts';
import { usesGtid } from './channel-view.ts';
import type { Channel, Connection, LogFile } from './evidence.ts';

/** Events of one transaction that the receiver fetched a second time. */
export interface FetchedPart {
  /** The relay log that ends inside the transaction. */
  readonly before: LogFile;
  readonly stored: LogCoordinates;
  /** The connect that asked for a place before that end. */
  readonly connection: Connection;
  readonly asked: LogCoordinates;
}

/**
 * Does the event that ends at `end`, in relay log `file`, stand twice in one transaction? The receiver
 * writes the relay log before master.info (MySQL sql/rpl_slave.cc handle_slave_io: queue_event, then
 * flush_master_info; MariaDB sql/slave.cc alike): a server that is killed between them asks for the last
 * events again, and where that is inside a transaction, the applier reads on from the one relay log into
 * the other. Seen on MySQL 5.6.24, killed while it received rows of a large transaction.
 */
export const fetchedPart = (
  channel: Channel,
  file: LogFile,
  end: LogCoordinates,
): FetchedPart | null => {
  if (usesGtid(channel)) return null;
  const connection = channel.connections.find(
    ({ path, asked }) => path === file.path && asked !== null,
  );
  const files = channel.relay?.files ?? [];
  const before = files.slice(0, files.indexOf(file)).findLast(({ facts }) => facts.sourceEnd);
  const { asked } = connection ?? { asked: null };
  const stored = before?.facts.sourceEnd;
  // It began in an earlier file, and what follows the connect goes on inside it
  const goesOn = file.facts.transactions.headContinuation !== null;
  if (!connection || !asked || !before || !stored || !goesOn) return null;
  if ((stored.log ?? asked.file) !== asked.file || end.file !== asked.file) return null;
  return asked.position < end.position && end.position <= stored.position
    ? {
        before,
        stored: { file: asked.file, position: stored.position },
        connection,
        asked,
      }
    : null;
};
