import { atLeast } from '../dialects/server-version.ts';
import type { TransactionFact } from '../facts/facts.ts';
import { orderOf, relayedTransactions } from './applied-in-binlog.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import type { FailedEvent } from './failed-event.ts';
import { keptTransactions } from './kept-transactions.ts';
import { settingOf } from './observations.ts';

/** How it is known that a transaction of a channel went out from this server before it came in again. */
export interface CameBack {
  /**
   * `sent`: the source has it from this server. `overtook`: what stands before it in the relay logs
   * was applied after it, so that it had come another way.
   */
  readonly proof: 'sent' | 'overtook';
  /** Of the server that wrote it. */
  readonly serverId: number;
  readonly path: string;
  readonly offset: number;
}

/** One might be two logs that were not copied at one moment. */
const OVERTAKEN = 2;

/**
 * A transaction that stands in the own binary log may have been applied from this channel, and is met
 * again from a position that is too old; or it went round a ring. A table with a key stops the second
 * lap with error 1062. Null where nothing proves the ring, and for ids that servers of it drop.
 */
export const cameBack = (
  server: Server,
  channel: Channel | null,
  event: FailedEvent | null,
  servers: readonly Server[],
): CameBack | null => {
  const key = event?.key;
  if (!channel || !event || key == null || event.again !== null) return null;
  const own = logged(server).filter(({ one }) => one.key === key);
  const [first] = own;
  if (!first || own.length > 1) return null;
  const { serverId } = first.one;
  if (server.ids[0] === serverId || channel.sourceIds.at(-1) === serverId) return null;
  return sent(server, channel, key, serverId, servers) ?? overtook(server, channel, event, first);
};

interface Placed {
  readonly file: LogFile;
  readonly one: TransactionFact;
  readonly order: number;
}

/** Transactions of the own binary log, as far as the facts keep them. */
const logged = (server: Server): Placed[] =>
  server.binlogs.flatMap(({ files }) => files.flatMap((file, i) => placedIn(file, i)));

const placedIn = (file: LogFile, nth: number): Placed[] =>
  keptTransactions(file.facts).map((one) => ({
    file,
    one,
    order: nth * 2 ** 44 + one.copy.offset,
  }));

/** The source’s own relay logs, from this server, hold it. */
const sent = (
  server: Server,
  channel: Channel,
  key: string,
  serverId: number,
  servers: readonly Server[],
): CameBack | null => {
  for (const source of servers) {
    if (source === server || !source.ids.includes(channel.sourceIds.at(-1) ?? -1)) continue;
    for (const { sourceIds, relay } of source.channels) {
      if (!sourceIds.some((id) => server.ids.includes(id))) continue;
      const found = (relay?.files ?? [])
        .flatMap((file, i) => placedIn(file, i))
        .filter(({ one }) => one.key === key);
      const [first] = found;
      if (first && found.length === 1)
        return { proof: 'sent', serverId, path: first.file.path, offset: first.one.copy.offset };
    }
  }
  return null;
};

/** MariaDB's workers commit in order, and MySQL's from 8.0.27 on unless they are told not to. */
const keepsOrder = ({ observed, version }: Server): boolean => {
  if (version === null) return false;
  if (version.flavor === 'mariadb') return true;
  const workers = settingOf(observed, 'replica_parallel_workers')?.setting.value ?? null;
  return workers === null ? atLeast(version, 8, 0, 27) || !atLeast(version, 5, 6) : workers === 0;
};

/** With one channel, whose order the own log keeps. */
const overtook = (
  server: Server,
  channel: Channel,
  event: FailedEvent,
  here: Placed,
): CameBack | null => {
  if (server.channels.length > 1 || !keepsOrder(server)) return null;
  const failing = orderOf(channel, event.file.path, event.copy?.offset ?? event.offset);
  const behind = new Set<string>();
  const own = logged(server);
  for (const { one, order } of own) if (order > here.order) behind.add(one.key);
  // What was fetched and applied again stands there twice
  for (const { one, order } of own) if (order < here.order) behind.delete(one.key);
  for (const { files } of server.binlogs)
    for (const { facts } of files)
      for (const { key } of facts.transactions.repeats) behind.delete(key);
  const overtaken = relayedTransactions(channel).filter(
    ({ key, order }) => order < failing && behind.has(key),
  );
  if (overtaken.length < OVERTAKEN) return null;
  const { file, one } = here;
  return {
    proof: 'overtook',
    serverId: one.serverId,
    path: file.path,
    offset: one.copy.offset,
  };
};
