import type { GtidSet } from '../binlog/gtid-set.ts';
import type { Channel, Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';
import { type GtidTransaction, setOf, transactionsIn } from './gtid-transactions.ts';

/** One GTID that names a transaction here and another one on the source. */
export interface ReusedGtid {
  readonly here: GtidTransaction;
  readonly there: GtidTransaction;
}

/**
 * GTIDs of `executed` that the source gave away twice: a relay log holds its events unchanged, so
 * that another time is another transaction. Only what the source itself wrote, and sent directly:
 * a server between may have logged it with a time of its own.
 */
export const reusedGtids = (
  { relay, sourceIds }: Channel,
  source: Server,
  executed: GtidSet,
): ReusedGtid[] => {
  if (!relay || sourceIds.length !== 1) return [];
  const isIts = ({ serverId }: GtidTransaction): boolean =>
    serverId !== null && source.ids.includes(serverId);
  const here = transactionsIn(relay.files, executed).filter(isIts);
  const byGtid = new Map(here.map((one) => [one.gtid, one]));
  return transactionsIn(ownChain(source)?.files ?? [], setOf(here))
    .filter(isIts)
    .flatMap((there) => {
      const one = byGtid.get(there.gtid);
      return one && one.timestamp !== there.timestamp ? [{ here: one, there }] : [];
    });
};
