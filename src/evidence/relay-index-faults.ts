import { baseName, compareLogNames, splitLogName } from '../binlog/coordinates.ts';
import { appliedInBinlog, relayedTransactions } from './applied-in-binlog.ts';
import type { Channel, Server } from './evidence.ts';
import { missingRelayLogs } from './missing-relay-logs.ts';

/** What contradicts the index of a channel's relay logs. */
export interface RelayIndexFault {
  /**
   * `missing-log`: it names logs that are not there, between others that are. `lost-line`: a log
   * that lies between those it names is there, and it does not name it. `order`: a line is not above
   * the one before it. `unnamed-position`: relay-log.info names a log that it lacks, between others.
   * `missing-position`: relay-log.info names a log that it names too, and that was not given.
   */
  readonly kind: 'missing-log' | 'lost-line' | 'order' | 'unnamed-position' | 'missing-position';
  readonly logs: readonly [string, ...string[]];
  /** Line of the index that shows it: the log's own, or else the one that follows its place. */
  readonly line: { readonly name: string; readonly offset: number };
}

/** In the order in which a reader wants them, none twice for one log. */
export const findRelayIndexFaults = (channel: Channel): RelayIndexFault[] => {
  const { index, relay } = channel;
  if (!index || !relay) return [];
  const entries = index.value.entries.filter(({ name }) => splitLogName(name)?.base === relay.base);
  const listed = new Set(entries.map(({ name }) => name));
  const lineOf = (log: string) =>
    entries.find(({ name }) => name === log) ??
    entries.find(({ name }) => compareLogNames(name, log) > 0);
  const fault = (kind: RelayIndexFault['kind'], logs: readonly string[]): RelayIndexFault[] => {
    const [first, ...others] = logs;
    const line = first === undefined ? undefined : lineOf(first);
    return first === undefined || !line ? [] : [{ kind, logs: [first, ...others], line }];
  };
  const isBetween = (log: string): boolean =>
    entries.some(({ name }) => compareLogNames(name, log) < 0) &&
    entries.some(({ name }) => compareLogNames(name, log) > 0);

  const missing = missingRelayLogs(channel);
  const unlisted = relay.files
    .map(({ name }) => name)
    .filter((name) => !listed.has(name) && isBetween(name));
  const backwards = entries
    .filter(({ name }, i) => i > 0 && !(compareLogNames(entries[i - 1]?.name ?? '', name) < 0))
    .map(({ name }) => name);
  const named = baseName(channel.relayLogInfo?.value.relayLogFile ?? '');
  const isGiven = relay.files.some(({ name }) => name === named) || channel.unread.includes(named);
  return [
    ...fault('missing-log', missing),
    ...fault('unnamed-position', !listed.has(named) && isBetween(named) ? [named] : []),
    ...fault(
      'lost-line',
      unlisted.filter((name) => name !== named),
    ),
    ...fault('order', backwards),
    ...fault(
      'missing-position',
      listed.has(named) && !isGiven && !missing.includes(named) ? [named] : [],
    ),
  ];
};

/**
 * The relay log that the applier has come to: by relay-log.info, or else by the newest transaction
 * that the replica's own binary log has from it. Null when nothing tells.
 */
export const applierLog = (server: Server, channel: Channel): string | null => {
  const named = baseName(channel.relayLogInfo?.value.relayLogFile ?? '');
  if (named !== '') return named;
  return appliedInBinlog(server, channel, relayedTransactions(channel))?.last.file.name ?? null;
};

/** Is the applier past these logs? Null when nothing tells. */
export const isPast = (
  server: Server,
  channel: Channel,
  logs: readonly string[],
): boolean | null => {
  const at = applierLog(server, channel);
  const orders = at === null ? [] : logs.map((log) => compareLogNames(log, at));
  return orders.length === 0 || orders.some(Number.isNaN) ? null : orders.every((n) => n < 0);
};
