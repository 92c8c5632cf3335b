import { compareCoordinates, type LogCoordinates } from '../binlog/coordinates.ts';
import { type ChannelView, relayEnd, usesGtid } from './channel-view.ts';
import type { LogFile, Server } from './evidence.ts';
import { sourceOf } from './source-of.ts';

/** A server id that a receiver drops, and what shows that it is still in use. */
export interface IgnoredId {
  readonly serverId: number;
  /** `source`: the source's log holds its events; `holes`: something is dropped, not told whose. */
  readonly seen: 'source' | 'holes';
  /** Its newest event in the source's log; for holes the first ones in the relay logs. */
  readonly places: ReadonlyArray<{ readonly file: LogFile; readonly offset: number }>;
  /** Unix seconds; null for holes. */
  readonly newest: number | null;
  readonly events: number;
  /** Has the receiver gone past such an event? */
  readonly passed: boolean;
}

/** Clocks of two servers that agree as well as one may expect. */
const SKEW = 5;
/** What is left of a loop on its way, or a few own events, leave fewer. */
const HOLES = 3;

/** The ids that a channel ignores although they are in use, as far as logs show it. */
export const ignoredIdsInUse = (
  view: ChannelView,
  servers: readonly Server[],
): readonly IgnoredId[] => {
  const { server, channel } = view;
  const ignored = (channel.masterInfo?.value.ignoreServerIds ?? []).filter(
    (id) => !server.ids.includes(id),
  );
  if (ignored.length === 0) return [];
  const source = sourceOf(channel, server, servers);
  if (source) return ignored.flatMap((id) => atSource(view, source, id) ?? []);
  const [only, ...others] = ignored;
  const holes = only !== undefined && others.length === 0 ? holesOf(view, only) : null;
  return holes ? [holes] : [];
};

/**
 * Events that the id's server wrote after this receiver was started, which was after it began to
 * ignore them: a CHANGE deletes the relay logs of before. What still goes round of a loop is older.
 */
const atSource = (
  { server, channel }: ChannelView,
  source: Server,
  id: number,
): IgnoredId | null => {
  const since = receivingSince({ server, channel });
  if (since === null) return null;
  const stored = newestOf(channel.relay?.files ?? [], id);
  const files = source.binlogs.flatMap((chain) => chain.files);
  const newest = newestOf(files, id);
  if (newest === null || newest <= Math.max(since + SKEW, stored ?? 0)) return null;
  const places = files.flatMap((file) => {
    const tally = file.facts.serverIds.find((one) => one.serverId === id);
    return tally && tally.lastTimestamp > Math.max(since + SKEW, stored ?? 0)
      ? [{ file, offset: tally.lastOffset, events: tally.events }]
      : [];
  });
  const end = relayEnd(channel);
  const read = readTo(channel) ?? (end && { file: end.log, position: end.position });
  return {
    serverId: id,
    seen: 'source',
    places,
    newest,
    events: places.reduce((sum, { events }) => sum + events, 0),
    passed: places.some(
      ({ file, offset }) =>
        read !== null && compareCoordinates({ file: file.name, position: offset }, read) < 0,
    ),
  };
};

/** Transactions that the receiver did not store, up to the end of its newest relay log. */
const holesOf = ({ channel }: ChannelView, id: number): IgnoredId | null => {
  // By GTID the source leaves out what is known
  if (usesGtid(channel)) return null;
  const newest = channel.relay?.files.findLast(({ facts }) => facts.firstData);
  if (!newest || newest.facts.holes.count < HOLES) return null;
  return {
    serverId: id,
    seen: 'holes',
    places: newest.facts.holes.first.map(({ offset }) => ({ file: newest, offset })),
    newest: null,
    events: newest.facts.holes.count,
    passed: true,
  };
};

/** Start of the receiver by the oldest relay log that is left, in Unix seconds. */
const receivingSince = ({ channel }: ChannelView): number | null => {
  const times = (channel.relay?.files ?? []).flatMap(({ facts: { formats } }) =>
    formats[0] && formats[0].timestamp > 0 ? [formats[0].timestamp] : [],
  );
  return times.length > 0 ? Math.min(...times) : null;
};

const newestOf = (files: readonly LogFile[], id: number): number | null => {
  const times = files.flatMap(({ facts }) =>
    facts.serverIds.flatMap((one) => (one.serverId === id ? [one.lastTimestamp] : [])),
  );
  return times.length > 0 ? Math.max(...times) : null;
};

const readTo = ({ masterInfo }: ChannelView['channel']): LogCoordinates | null => {
  const value = masterInfo?.value;
  return value && value.readPosition !== null && value.sourceLogFile !== ''
    ? { file: value.sourceLogFile, position: value.readPosition }
    : null;
};
