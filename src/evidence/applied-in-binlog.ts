import type { LogCoordinates } from '../binlog/coordinates.ts';
import type { CopyFact, TransactionFact } from '../facts/facts.ts';
import type { Channel, LogChain, LogFile, Server } from './evidence.ts';
import { keptTransactions } from './kept-transactions.ts';
import { sourceLogAtHead } from './log-chain.ts';
import { isWhole } from './readable.ts';

/** A transaction in the relay logs of one channel. */
export interface RelayedTransaction {
  readonly key: string;
  readonly file: LogFile;
  readonly copy: CopyFact;
  /** Its end in the source's log; null where no Rotate names that log. */
  readonly end: LogCoordinates | null;
  /** Order in the chain: file, then offset. */
  readonly order: number;
}

/** Files of a chain are ordered by this much more than any offset. */
const FILE_STEP = 2 ** 44;

export const orderOf = (channel: Channel, path: string, offset: number): number =>
  (channel.relay?.files.findIndex((file) => file.path === path) ?? -1) * FILE_STEP + offset;

/**
 * Transactions of a channel's relay logs in their order, as far as the facts keep them: all of a
 * small file, a sample and the newest ones of a large one. Those that stand there more than once
 * are left out: which copy another log means cannot be told.
 */
export const relayedTransactions = (channel: Channel): RelayedTransaction[] => {
  const found = new Map<string, RelayedTransaction | null>();
  for (const file of channel.relay?.files ?? []) {
    const { transactions } = file.facts;
    const repeated = new Set(transactions.repeats.map(({ key }) => key));
    const head = channel.relay ? sourceLogAtHead(channel.relay, file) : null;
    const inFile = new Map<string, TransactionFact>();
    for (const one of [...transactions.sketch, ...transactions.tail]) inFile.set(one.key, one);
    for (const { key, copy } of inFile.values()) {
      const log = copy.log ?? head;
      const twice = repeated.has(key) || found.has(key);
      found.set(
        key,
        twice
          ? null
          : {
              key,
              file,
              copy,
              end: log === null ? null : { file: log, position: copy.position },
              order: orderOf(channel, file.path, copy.offset),
            },
      );
    }
  }
  return [...found.values()].filter((one) => one !== null).sort((a, b) => a.order - b.order);
};

/** How far a replica's own binary log shows a channel applied. */
export interface AppliedInBinlog {
  /** The newest transaction of the channel that the own log holds. */
  readonly last: RelayedTransaction;
  /** Where it stands there. */
  readonly own: { readonly path: string; readonly copy: CopyFact };
}

/**
 * The best witness short of a GTID set: with log_slave_updates the last transaction in the
 * replica's own binary log that came from the source was applied, and nothing after it was logged.
 * Null where the own log holds none of the channel's transactions. No witness is what may have come
 * there another way: written by this server itself, applied in an earlier lap of a loop, or received
 * by another channel.
 */
export const appliedInBinlog = (
  server: Server,
  channel: Channel,
  relayed: readonly RelayedTransaction[],
): AppliedInBinlog | null => {
  const byKey = new Map(relayed.map((one) => [one.key, one]));
  for (const key of otherWays(server, channel)) byKey.delete(key);
  let found: AppliedInBinlog | null = null;
  for (const chain of server.binlogs) {
    const one = newestOf(chain, byKey);
    if (one && one.last.order > (found?.last.order ?? -1)) found = one;
  }
  return found;
};

const newestOf = (
  chain: LogChain,
  byKey: ReadonlyMap<string, RelayedTransaction>,
): AppliedInBinlog | null => {
  for (const file of [...chain.files].reverse()) {
    // What stood behind is not known, and may be newer
    if (!isWhole(file.facts)) return null;
    for (const { key, copy } of [...file.facts.transactions.tail].reverse()) {
      const last = byKey.get(key);
      if (last) return { last, own: { path: file.path, copy } };
    }
  }
  return null;
};

/** Transactions that stand in the own log for another reason than this channel. */
const otherWays = (server: Server, channel: Channel): Set<string> => {
  const ways = new Set<string>();
  const logged = new Map<string, string>();
  for (const { files } of server.binlogs) {
    for (const { path, facts } of files) {
      for (const { key } of facts.transactions.repeats) ways.add(key);
      for (const { key, serverId, copy } of keptTransactions(facts)) {
        const place = `${path}@${copy.offset}`;
        if (server.ids.includes(serverId) || (logged.get(key) ?? place) !== place) ways.add(key);
        logged.set(key, place);
      }
    }
  }
  for (const other of server.channels) {
    if (other === channel) continue;
    for (const { facts } of other.relay?.files ?? []) {
      for (const { key } of keptTransactions(facts)) ways.add(key);
    }
  }
  return ways;
};
