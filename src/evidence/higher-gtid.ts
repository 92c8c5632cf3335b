import { type MariadbGtid, parseMariadbGtid } from '../binlog/mariadb-gtid.ts';
import type { LogFile, Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';
import { keptTransactions } from './kept-transactions.ts';
import type { ThreadReport } from './thread-reports.ts';

/** The GTID that keeps gtid_strict_mode from logging a lower one of its domain. */
export interface HigherGtid {
  readonly gtid: MariadbGtid;
  /** Did this server write it itself? */
  readonly isOwn: boolean;
  /** Where it stands in the server's own binary logs; null where these do not show it. */
  readonly place: {
    readonly file: LogFile;
    readonly offset: number;
    readonly length: number | null;
  } | null;
}

/** ER_GTID_STRICT_OUT_OF_ORDER: MariaDB sql/rpl_gtid.cc, rpl_binlog_state_base::check_strict_sequence. */
const EXISTING = /with existing GTID (\d{1,10}-\d{1,10}-\d{1,20})/;

export const higherGtid = (
  server: Server,
  { text }: Pick<ThreadReport, 'text'>,
): HigherGtid | null => {
  const gtid = parseMariadbGtid(EXISTING.exec(text)?.[1] ?? '');
  if (!gtid) return null;
  return { gtid, isOwn: server.ids.includes(gtid.server), place: placeOf(server, gtid) };
};

const placeOf = (server: Server, gtid: MariadbGtid): HigherGtid['place'] => {
  const key = `${gtid.domain}-${gtid.server}-${gtid.sequence}`;
  for (const file of [...(ownChain(server)?.files ?? [])].reverse()) {
    const kept = keptTransactions(file.facts).find((one) => one.key === key);
    if (kept) return { file, offset: kept.copy.offset, length: kept.copy.end - kept.copy.offset };
    const stream = file.facts.gtids.streams.find(
      (one) => one.domain === gtid.domain && one.server === gtid.server,
    );
    // Of a large log not every transaction is kept, but the last of each stream is
    if (stream?.last === Number(gtid.sequence))
      return { file, offset: stream.lastOffset, length: null };
  }
  return null;
};
