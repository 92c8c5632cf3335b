import type { LogCoordinates } from '../binlog/coordinates.ts';
import type { TransactionFact } from '../facts/facts.ts';
import { type ChannelView, positionedChannels } from './channel-view.ts';
import type { Connection, Evidence, LogFile } from './evidence.ts';
import { skippedTransactions } from './skipped-transactions.ts';

/** A connect that asked for more than the relay logs before it hold, which are whole. */
export interface PassedConnect extends ChannelView {
  /** The last relay log before it that holds events of the source. */
  readonly before: LogFile;
  readonly connection: Connection;
  readonly stored: LogCoordinates;
  readonly asked: LogCoordinates;
  /** What the source's log holds between, and this replica does not drop. */
  readonly skipped: readonly TransactionFact[];
}

/**
 * Connects behind whole relay logs that passed over transactions of the source, as its own log
 * shows. Seen on MySQL 5.6.24: with a read position that was set ahead both threads run, the lag is 0,
 * and the rows between are missing.
 */
export const passedConnects = ({
  relays,
  servers,
}: Pick<Evidence, 'relays' | 'servers'>): PassedConnect[] =>
  positionedChannels({ relays }).flatMap((view) =>
    view.channel.connections.flatMap((connection) => {
      const { asked } = connection;
      const files = view.channel.relay?.files ?? [];
      const at = files.findIndex(({ path }) => path === connection.path);
      const before = files.slice(0, Math.max(0, at)).findLast(({ facts }) => facts.sourceEnd);
      const end = before?.facts.sourceEnd;
      if (!asked || !before || !end || end.log !== asked.file || asked.position <= end.position)
        return [];
      const stored = { file: end.log, position: end.position };
      const skipped = skippedTransactions(view, servers, stored, asked.position);
      return skipped.length === 0 ? [] : [{ ...view, before, connection, stored, asked, skipped }];
    }),
  );
