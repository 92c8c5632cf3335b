import {
  baseName,
  compareCoordinates,
  formatCoordinates,
  type LogCoordinates,
  logNameOf,
} from '../binlog/coordinates.ts';
import {
  type AppliedInBinlog,
  appliedInBinlog,
  orderOf,
  type RelayedTransaction,
  relayedTransactions,
} from './applied-in-binlog.ts';
import { appliedInOrder } from './applied-in-order.ts';
import { mayUseGtid } from './channel-view.ts';
import type { Channel, Server } from './evidence.ts';
import { executedPosition } from './executed-position.ts';
import { type LoggedLater, loggedLater } from './logged-later.ts';
import { type LoggedOtherwise, loggedOtherwise } from './logged-otherwise.ts';
import { relayInfoName } from './record-name.ts';

/** From where a replica must read on, and which witness says so; best witness first. */
export type ResumePoint =
  | {
      readonly state: 'at';
      readonly source: LogCoordinates;
      readonly witness: 'own-binlog' | 'relay-log.info' | 'source-position';
      /** What the server itself will show after STOP. */
      readonly recorded: LogCoordinates;
      /** Transactions that lie behind the recorded position and were applied all the same. */
      readonly applied: readonly RelayedTransaction[];
      readonly own: AppliedInBinlog['own'] | null;
      /** Why this place and no other. */
      readonly why: string;
    }
  | { readonly state: 'gtid'; readonly why: string }
  | {
      readonly state: 'uncertain';
      readonly why: string;
      /** Applied behind the recorded position all the same, and more may be. */
      readonly atLeast?: AtLeast;
    };

/** How far a channel came at least, by a witness that does not tell the end. */
export interface AtLeast {
  /** Of the last that can be told; null where times alone tell that it went on. */
  readonly end: LogCoordinates | null;
  readonly recorded: LogCoordinates;
  readonly applied: readonly RelayedTransaction[];
  readonly own: AppliedInBinlog['own'];
  /** What stands in the own log behind that. */
  readonly others: LoggedOtherwise;
}

/**
 * The true executed position of a channel. First the replica's own binary log (it moves with the
 * data; with sync_binlog=1 it is never behind them), then relay-log.info where its two positions
 * name one place, then its source position where that ends a transaction though its relay position
 * does not. Seen on MariaDB 10.11 and MySQL 5.6: after a power loss relay-log.info leads to error
 * 1062, the end of the last transaction of the own binary log heals.
 */
export const resumePoint = (server: Server, channel: Channel): ResumePoint => {
  const position = executedPosition(server, channel);
  if (position.state === 'gtid') return { state: 'gtid', why: position.why };
  const info = channel.relayLogInfo?.value;
  if (position.state === 'unknown' || !info) {
    const logged = info ? null : byOwnLog(server, channel);
    if (logged) return logged;
    return {
      state: 'uncertain',
      why: position.state === 'unknown' ? position.why : 'relay-log.info was not given',
    };
  }
  const recorded = position.source;
  const relayed = relayedTransactions(channel);
  const told = appliedInBinlog(server, channel, relayed);
  const inOrder = told ? appliedInOrder(server, channel, told) : [];
  const newest = inOrder.at(-1);
  const logged = newest ? { last: newest.relayed, own: newest.own } : told;
  const end = logged?.last.end ?? null;
  // Behind the newest that order tells nothing stands
  const others = logged && !newest ? loggedOtherwise(server, channel) : null;
  if (logged && end && compareCoordinates(end, recorded) > 0) {
    if ((info.workers ?? 0) > 0) {
      return {
        state: 'uncertain',
        why: `the applier has ${info.workers} workers, and ${relayInfoName(channel)} is written at checkpoints: behind ${formatCoordinates(recorded)} some transactions may be applied and others not`,
      };
    }
    // Not those before the wrap of the positions at 4 GiB
    const applied = behindRecorded(channel, withAll(relayed, inOrder), recorded, info).filter(
      (one) =>
        one.order <= logged.last.order &&
        (one.end === null || compareCoordinates(one.end, end) <= 0),
    );
    const { own } = logged;
    if (others) {
      const why = whyNotEnd(logged, end, others);
      return { state: 'uncertain', why, atLeast: { end, recorded, applied, own, others } };
    }
    return {
      state: 'at',
      source: end,
      witness: 'own-binlog',
      recorded,
      applied,
      own,
      why: whyLogged(logged, end),
    };
  }
  const later = (info.workers ?? 0) > 0 ? null : loggedLater(server, channel);
  if (later && later.applied.length > 0) {
    const why = whyLater(later, recorded);
    return { state: 'uncertain', why, atLeast: { ...later, end: null, recorded } };
  }
  const base = { state: 'at', source: recorded, recorded, applied: [], own: null } as const;
  const isLogged = logged && end && !others && compareCoordinates(end, recorded) === 0;
  if (isLogged && position.state !== 'exact' && (info.workers ?? 0) === 0) {
    return { ...base, witness: 'own-binlog', own: logged.own, why: whyLogged(logged, end) };
  }
  if (position.state === 'exact') {
    return {
      ...base,
      witness: 'relay-log.info',
      why: `both positions in ${relayInfoName(channel)} name the same place (${position.relay.file.name} ${position.relay.offset} = ${formatCoordinates(recorded)})`,
    };
  }
  if (
    position.state === 'contradicted' &&
    endsTransaction(channel, recorded) &&
    !isBoundary(channel)
  ) {
    return {
      ...base,
      witness: 'source-position',
      why: `the source position in ${relayInfoName(channel)} (${formatCoordinates(recorded)}) ends a transaction, its relay position does not`,
    };
  }
  return { state: 'uncertain', why: `the executed position is not certain: ${position.why}` };
};

/** Those that can be told, and those that order tells, each once, in their order. */
const withAll = (
  relayed: readonly RelayedTransaction[],
  inOrder: ReturnType<typeof appliedInOrder>,
): RelayedTransaction[] => {
  const all = [...relayed, ...inOrder.map((one) => one.relayed)];
  return [...new Map(all.map((one) => [one.order, one])).values()].sort(
    (a, b) => a.order - b.order,
  );
};

/**
 * Where a table keeps the executed position (MySQL 8.0+ by default) it moves with the data, as the own
 * binary log does: that log's last transaction of the channel tells it. Null with GTIDs, where no
 * position may be given.
 */
const byOwnLog = (server: Server, channel: Channel): ResumePoint | null => {
  if (server.dialect?.abilities.statusFilesByDefault !== false || mayUseGtid(server, channel))
    return null;
  const logged = appliedInBinlog(server, channel, relayedTransactions(channel));
  const end = logged?.last.end;
  const others = logged && loggedOtherwise(server, channel);
  if (logged && end && others) return { state: 'uncertain', why: whyNotEnd(logged, end, others) };
  return logged && end
    ? {
        state: 'at',
        source: end,
        witness: 'own-binlog',
        recorded: end,
        applied: [],
        own: logged.own,
        why: whyLogged(logged, end),
      }
    : null;
};

const whyLogged = ({ own }: AppliedInBinlog, end: LogCoordinates): string =>
  `the replica’s own binary log ends, as far as this channel goes, with the transaction that ends at ${formatCoordinates(end)} of the source (${logNameOf(own.path)} at ${own.copy.offset})`;

const whyNotEnd = (
  { own }: AppliedInBinlog,
  end: LogCoordinates,
  { count, serverId, path, copy }: LoggedOtherwise,
): string =>
  `the replica’s own binary log has the transaction that ends at ${formatCoordinates(end)} of the source (${logNameOf(own.path)} at ${own.copy.offset}), and behind it ${count} more of server ${serverId} that the relay logs do not show as such, the last at ${copy.offset} of ${logNameOf(path)}: logged in another form (another binlog_format or version), or received in relay logs that were not given or are too large to be kept whole. Which place of the source that is, no bytes tell here: find what that last one did in the relay logs, and where it ends in the source’s log`;

const whyLater = ({ own, applied }: LoggedLater, recorded: LogCoordinates): string =>
  `the replica’s own binary log ends with transactions of its source that are younger than all that was received before ${formatCoordinates(recorded)} (${logNameOf(own.path)} at ${own.copy.offset}), ${applied.length} at least; it has them in another form than the relay logs (another binlog_format or version), so that no bytes tell which place of the source that is: find what the last one did in the relay logs, and where it ends in the source’s log`;

type Info = NonNullable<Channel['relayLogInfo']>['value'];

/** Transactions behind the recorded position, by their place in the relay chain and in the source's log. */
const behindRecorded = (
  channel: Channel,
  relayed: readonly RelayedTransaction[],
  recorded: LogCoordinates,
  info: Info,
): RelayedTransaction[] => {
  const named = channel.relay?.files.find((file) => file.name === baseName(info.relayLogFile));
  const from =
    named && info.relayLogPos !== null ? orderOf(channel, named.path, info.relayLogPos) : null;
  return relayed.filter(({ end, order }) =>
    end === null ? from !== null && order >= from : compareCoordinates(end, recorded) > 0,
  );
};

/** Does a transaction of the relay logs end at this source position? */
const endsTransaction = (channel: Channel, { file, position }: LogCoordinates): boolean =>
  channel.relay?.files.some(({ facts }) =>
    facts.positions.some(
      (one) =>
        one.position === position % 2 ** 32 &&
        one.boundary &&
        (one.log === null || one.log === file),
    ),
  ) ?? false;

/** Is the recorded relay position one that an applier can have: an event's begin outside any transaction? */
const isBoundary = (channel: Channel): boolean => {
  const info = channel.relayLogInfo?.value;
  const file = channel.relay?.files.find((one) => one.name === baseName(info?.relayLogFile ?? ''));
  const probe = file?.facts.probes.find((one) => one.offset === info?.relayLogPos);
  return probe?.boundary === true && probe.transaction === null;
};
