import type { CopyFact, TransactionFact } from '../facts/facts.ts';
import { type AppliedInBinlog, appliedInBinlog, relayedTransactions } from './applied-in-binlog.ts';
import type { Channel, Server } from './evidence.ts';
import { keptTransactions } from './kept-transactions.ts';
import { isWhole } from './readable.ts';

/** Transactions of a source that end a replica's own binary log, and that its relay logs do not show. */
export interface LoggedOtherwise {
  /** At least as many. */
  readonly count: number;
  /** The newest of them. */
  readonly path: string;
  readonly copy: CopyFact;
  readonly serverId: number;
}

/**
 * What the own binary log holds of other servers behind the last transaction that it has in common
 * with the relay logs. So it is where the replica logs in another form than its source (another
 * `binlog_format` or version: MySQL 5.6.24 with ROW behind STATEMENT has only the DDL in common),
 * where not all relay logs were given, and where of a large one not all transactions are kept. Null
 * where nothing stands behind that last one, or it cannot be told.
 */
export const loggedOtherwise = (server: Server, channel: Channel): LoggedOtherwise | null => {
  const received = keysOf(channel);
  const elsewhere = new Set(
    server.channels.filter((other) => other !== channel).flatMap((other) => [...keysOf(other)]),
  );
  let found = null as LoggedOtherwise | null;
  for (const { path, facts } of server.binlogs.flatMap(({ files }) => files).reverse()) {
    if (!isWhole(facts)) return null;
    for (const { key, serverId, copy } of newestFirst(facts.transactions.tail)) {
      if (received.has(key)) return found;
      if (server.ids.includes(serverId) || elsewhere.has(key)) continue;
      found = found ? { ...found, count: found.count + 1 } : { count: 1, path, copy, serverId };
    }
  }
  return found;
};

/** How far the own log shows a channel applied, where it ends with that: null where it goes on otherwise. */
export const ownLogEnd = (server: Server, channel: Channel): AppliedInBinlog | null =>
  loggedOtherwise(server, channel)
    ? null
    : appliedInBinlog(server, channel, relayedTransactions(channel));

const newestFirst = (tail: readonly TransactionFact[]): TransactionFact[] => [...tail].reverse();

/** Of all transactions in its relay logs, as far as the facts keep them. */
const keysOf = ({ relay }: Channel): Set<string> =>
  new Set(
    (relay?.files ?? []).flatMap(({ facts }) =>
      [...keptTransactions(facts), ...facts.transactions.repeats].map(({ key }) => key),
    ),
  );
