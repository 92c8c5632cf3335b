import { baseName, type LogCoordinates } from '../binlog/coordinates.ts';
import type { TransactionFact } from '../facts/facts.ts';
import { type AppliedInBinlog, orderOf, type RelayedTransaction } from './applied-in-binlog.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { sourceLogAtHead } from './log-chain.ts';
import { type LoggedOtherwise, loggedOtherwise } from './logged-otherwise.ts';

interface Received {
  readonly file: LogFile;
  readonly one: TransactionFact;
  readonly order: number;
}

/** What was applied behind a recorded position, as times tell it. */
export interface LoggedLater {
  /** The first of what was received behind it, as many as the own log has. */
  readonly applied: readonly RelayedTransaction[];
  /** The newest of these in the own log. */
  readonly own: AppliedInBinlog['own'];
  readonly others: LoggedOtherwise;
}

/**
 * Where a replica logs in a form of its own (see {@link loggedOtherwise}), transactions cannot be
 * matched; but each keeps the time of its source. What the own log holds of other servers, younger
 * than all that was received before the recorded relay position, and no younger than what was
 * received behind it, was received behind it, and is applied. No more than a hint: clients may set
 * a TIMESTAMP of their own, and a replica may log one transaction as two. Null where it holds
 * nothing of that kind.
 */
export const loggedLater = (server: Server, channel: Channel): LoggedLater | null => {
  const info = channel.relayLogInfo?.value;
  const named = channel.relay?.files.find(
    ({ name }) => name === baseName(info?.relayLogFile ?? ''),
  );
  if (!named || info?.relayLogPos == null || server.channels.length > 1) return null;
  const others = loggedOtherwise(server, channel);
  if (!others) return null;
  const at = orderOf(channel, named.path, info.relayLogPos);
  const received = receivedBy(channel);
  const before = received.filter(({ order }) => order < at);
  const behind = received.filter(({ order }) => order >= at);
  const executed = newest(before);
  const last = newest(behind);
  if (before.length === 0 || last <= executed || !isKept(named, before)) return null;
  const logged = server.binlogs
    .flatMap(({ files }) => files)
    .flatMap(({ path, facts }) => facts.transactions.tail.map((one) => ({ path, one })))
    .filter(
      ({ one: { serverId, timestamp } }) =>
        !server.ids.includes(serverId) && timestamp > executed && timestamp <= last,
    );
  const own = logged.at(-1);
  if (!own) return null;
  return {
    applied: behind.slice(0, logged.length).map(({ file, one, order }) => ({
      key: one.key,
      file,
      copy: one.copy,
      end: endOf(channel, file, one),
      order,
    })),
    own: { path: own.path, copy: own.one.copy },
    others,
  };
};

/** Does what is kept of a large relay log reach back to the recorded position in it? */
const isKept = (named: LogFile, before: readonly Received[]): boolean =>
  named.facts.transactions.tail.length >= named.facts.transactions.count ||
  before.some(({ file }) => file === named);

const newest = (list: readonly Received[]): number =>
  Math.max(0, ...list.map(({ one }) => one.timestamp));

/** The newest of each relay log, in their order. */
const receivedBy = (channel: Channel): Received[] =>
  (channel.relay?.files ?? []).flatMap((file) =>
    file.facts.transactions.tail.map((one) => ({
      file,
      one,
      order: orderOf(channel, file.path, one.copy.offset),
    })),
  );

const endOf = (
  channel: Channel,
  file: LogFile,
  { copy }: TransactionFact,
): LogCoordinates | null => {
  const log = copy.log ?? (channel.relay && sourceLogAtHead(channel.relay, file));
  return log ? { file: log, position: copy.position } : null;
};
