import { formatMariadbGtid, type MariadbGtid, parseMariadbGtid } from '../binlog/mariadb-gtid.ts';
import type { LogFile, Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';
import { keptTransactions } from './kept-transactions.ts';

/** A MariaDB GTID that a message names, and where the server's own binary logs have it. */
export interface NamedGtid {
  readonly gtid: MariadbGtid;
  /** Did this server write it itself? */
  readonly isOwn: boolean;
  /** Null where the logs at hand do not show it. */
  readonly place: GtidPlace | null;
}

interface GtidPlace {
  readonly file: LogFile;
  readonly offset: number;
  /** Null where only its beginning is known. */
  readonly length: number | null;
  /** When it was written, in seconds since 1970; null as `length`. */
  readonly timestamp: number | null;
}

/** Null where `said` is no MariaDB GTID. */
export const namedGtid = (server: Server, said: string | undefined): NamedGtid | null => {
  const gtid = parseMariadbGtid(said ?? '');
  if (!gtid) return null;
  return { gtid, isOwn: server.ids.includes(gtid.server), place: placeOf(server, gtid) };
};

const placeOf = (server: Server, gtid: MariadbGtid): GtidPlace | null => {
  const key = formatMariadbGtid(gtid);
  for (const file of [...(ownChain(server)?.files ?? [])].reverse()) {
    const kept = keptTransactions(file.facts).find((one) => one.key === key);
    if (kept) {
      const { offset, end } = kept.copy;
      return { file, offset, length: end - offset, timestamp: kept.timestamp };
    }
    const stream = file.facts.gtids.streams.find(
      (one) => one.domain === gtid.domain && one.server === gtid.server,
    );
    // Of a large log not every transaction is kept, but the last of each stream is
    if (stream?.last === Number(gtid.sequence)) {
      return { file, offset: stream.lastOffset, length: null, timestamp: null };
    }
  }
  return null;
};

/** ER_GTID_STRICT_OUT_OF_ORDER: MariaDB sql/rpl_gtid.cc, rpl_binlog_state_base::check_strict_sequence. */
const EXISTING = /with existing GTID (\d{1,10}-\d{1,10}-\d{1,20})/;

/** The GTID that keeps gtid_strict_mode from logging a lower one of its domain. */
export const higherGtid = (server: Server, { text }: { readonly text: string }): NamedGtid | null =>
  namedGtid(server, EXISTING.exec(text)?.[1]);
