import { type MariadbGtid, parseMariadbGtid } from '../binlog/mariadb-gtid.ts';
import type { TransactionFact } from '../facts/transaction-facts.ts';
import type { LogFile, Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';
import { keptTransactions } from './kept-transactions.ts';

/** The GTID that a MariaDB replica asked to go on from, and where its own logs have it. */
export interface AskedGtid {
  readonly gtid: MariadbGtid;
  /** Did this server write it itself? */
  readonly isOwn: boolean;
  readonly place: { readonly file: LogFile; readonly transaction: TransactionFact } | null;
}

export const askedGtid = (server: Server, said: string | undefined): AskedGtid | null => {
  const gtid = parseMariadbGtid(said ?? '');
  if (!gtid) return null;
  const files = [...(ownChain(server)?.files ?? [])].reverse();
  const [place = null] = files.flatMap((file) => {
    const transaction = keptTransactions(file.facts).find(({ key }) => key === said);
    return transaction ? [{ file, transaction }] : [];
  });
  return { gtid, isOwn: server.ids.includes(gtid.server), place };
};
