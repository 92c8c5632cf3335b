import type { LogCoordinates } from '../binlog/coordinates.ts';
import type { TransactionFact } from '../facts/facts.ts';
import type { ChannelView } from './channel-view.ts';
import type { Server } from './evidence.ts';
import { keptTransactions } from './kept-transactions.ts';
import { binlogNamed, sourceOf } from './source-of.ts';

/**
 * Transactions that the source wrote behind `after`, up to position `until` of the same log, and that
 * no receiver drops for their server id: what a read position has passed over. Empty where the
 * source's log was not given. As far as the facts keep them: the newest ones, and a sample.
 */
export const skippedTransactions = (
  { server, channel }: ChannelView,
  servers: readonly Server[],
  after: LogCoordinates,
  until: number,
): readonly TransactionFact[] => {
  const source = sourceOf(channel, server, servers);
  const log = source && binlogNamed(source, after.file);
  if (!log) return [];
  const dropped = new Set([...server.ids, ...(channel.masterInfo?.value.ignoreServerIds ?? [])]);
  return keptTransactions(log.facts)
    .filter(
      ({ serverId, copy }) =>
        !dropped.has(serverId) && copy.position > after.position && copy.position <= until,
    )
    .sort((a, b) => a.copy.offset - b.copy.offset);
};
