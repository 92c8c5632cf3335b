import { baseName, compareLogNames, splitLogName } from '../binlog/coordinates.ts';
import { type StartupFailure, standingStartup } from './applier-startup.ts';
import type { Channel, Server } from './evidence.ts';
import { ownLogEnd } from './logged-otherwise.ts';
import { missingRelayLogs } from './missing-relay-logs.ts';
import { renamedSeries } from './renamed-series.ts';

/** What contradicts the index of a channel's relay logs. */
export interface RelayIndexFault {
  /**
   * `missing-log`: it names logs that are not there, between others that are, or where the server
   * itself says so. `lost-line`: a log that lies between those it names is there, and it does not
   * name it. `order`: a line is not above the one before it. `unnamed-position`: relay-log.info names
   * a log that it lacks, between others, or where the server itself says so. `other-series`:
   * relay-log.info names a log of another name than those that the server writes now.
   * `missing-position`: relay-log.info names a log that it names too, and that was not given.
   */
  readonly kind:
    | 'missing-log'
    | 'lost-line'
    | 'order'
    | 'unnamed-position'
    | 'other-series'
    | 'missing-position';
  readonly logs: readonly [string, ...string[]];
  /** The index, and the line of it that shows it: the log's own, or else the one next to its place. */
  readonly index: string;
  readonly line: { readonly name: string; readonly offset: number };
  /** Of a server that says itself that it could not open the log. */
  readonly startup: StartupFailure | null;
}

/** In the order in which a reader wants them, none twice for one log. */
export const findRelayIndexFaults = (server: Server, channel: Channel): RelayIndexFault[] => {
  const { index, relay } = channel;
  if (!relay) return [];
  const startup = standingStartup(server, channel);
  const renamed = otherSeries(server, channel, startup);
  if (!index || renamed.length > 0) return renamed;
  const entries = index.value.entries.filter(({ name }) => splitLogName(name)?.base === relay.base);
  const listed = new Set(entries.map(({ name }) => name));
  const lineOf = (log: string) =>
    entries.find(({ name }) => name === log) ??
    entries.find(({ name }) => compareLogNames(name, log) > 0) ??
    entries.at(-1);
  const named = baseName(channel.relayLogInfo?.value.relayLogFile ?? '');
  const isSaid = startup !== null && startup.look.named === named && named !== '';
  const fault = (kind: RelayIndexFault['kind'], logs: readonly string[]): RelayIndexFault[] => {
    const [first, ...others] = logs;
    const line = first === undefined ? undefined : lineOf(first);
    if (first === undefined || !line) return [];
    const said = isSaid && logs.includes(named) ? startup : null;
    return [{ kind, logs: [first, ...others], index: index.path, line, startup: said }];
  };
  const isBetween = (log: string): boolean =>
    entries.some(({ name }) => compareLogNames(name, log) < 0) &&
    entries.some(({ name }) => compareLogNames(name, log) > 0);

  const isGiven = relay.files.some(({ name }) => name === named) || channel.unread.includes(named);
  const isLost = listed.has(named) && !isGiven;
  const between = missingRelayLogs(channel);
  const missing = isSaid && isLost && !between.includes(named) ? [...between, named] : between;
  const unlisted = relay.files
    .map(({ name }) => name)
    .filter((name) => !listed.has(name) && isBetween(name));
  const backwards = entries
    .filter(({ name }, i) => i > 0 && !(compareLogNames(entries[i - 1]?.name ?? '', name) < 0))
    .map(({ name }) => name);
  return [
    ...fault('missing-log', missing),
    ...fault('unnamed-position', !listed.has(named) && (isBetween(named) || isSaid) ? [named] : []),
    ...fault(
      'lost-line',
      unlisted.filter((name) => name !== named),
    ),
    ...fault('order', backwards),
    ...fault('missing-position', isLost && !missing.includes(named) ? [named] : []),
  ];
};

/** Of a server whose relay logs go by another name than that of its record. */
const otherSeries = (
  server: Server,
  channel: Channel,
  startup: StartupFailure | null,
): RelayIndexFault[] => {
  const series = renamedSeries(server, channel);
  const [line] = series?.index?.value.entries ?? [];
  const named = baseName(channel.relayLogInfo?.value.relayLogFile ?? '');
  if (!series?.index || !line) return [];
  const said = startup?.look.named === named ? startup : null;
  return [{ kind: 'other-series', logs: [named], index: series.index.path, line, startup: said }];
};

/**
 * The relay log that the applier has come to: by relay-log.info, or else by the newest transaction
 * that the replica's own binary log has from it. Null when nothing tells.
 */
export const applierLog = (server: Server, channel: Channel): string | null => {
  const named = baseName(channel.relayLogInfo?.value.relayLogFile ?? '');
  if (named !== '') return named;
  // Behind what is logged in another form it may be anywhere
  return ownLogEnd(server, channel)?.last.file.name ?? null;
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
