import { usesGtid } from './channel-view.ts';
import type { Channel, Connection } from './evidence.ts';

/**
 * Why a receiver connected again, as far as its relay logs tell. `receiver-start`: by START, by hand
 * or after an error, or with its server. `idle`: nothing had come since the connect before, as
 * when a read timeout strikes. `in-traffic`: events were coming.
 */
export type ReconnectCause = 'source-restart' | 'receiver-start' | 'idle' | 'in-traffic';

/** One stretch of a relay chain: how and when it began. */
export interface Stretch {
  readonly connection: Connection;
  /** What decided where to read on; null for a rotation of the relay log. */
  readonly mode: 'gtid' | 'position' | null;
  /** Null where it is no reconnect. */
  readonly cause: ReconnectCause | null;
  /** Bounds of the moment, in Unix seconds, by the events around and the start of the receiver. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** From the last event before to the first one after, in seconds; null where one is missing. */
  readonly gapSeconds: number | null;
}

/** Clocks of two servers that agree as well as one may expect. */
const SKEW = 5;

/**
 * The history that a channel's relay logs keep. A receiver stamps its own format descriptions with
 * the time of its start, however often it reconnects by itself: a new stamp is a new start (MySQL
 * 5.6.24 and 9.7.4, MariaDB 10.11.19, seen).
 */
export const reconnectHistory = (channel: Channel): readonly Stretch[] => {
  const { connections } = channel;
  const starts = receiverStarts(channel);
  const after = firstEventsAfter(connections);
  let newest: number | null = null;
  return connections.map((connection, i) => {
    const start = starts.get(connection.path) ?? null;
    const isStart = start !== null && newest !== null && start > newest;
    if (connection.kind !== 'relay-rotation' && start !== null) {
      newest = Math.max(newest ?? start, start);
    }
    const cause = causeOf(connections, i, isStart);
    const before = connection.before?.timestamp ?? null;
    const known = [before, newest].filter((time) => time !== null && time > 0) as number[];
    const behind = after[i] ?? null;
    return {
      connection,
      mode: connection.asked === null ? null : usesGtid(channel) ? 'gtid' : 'position',
      cause,
      ...(cause === 'receiver-start'
        ? { notBefore: start, notAfter: start }
        : {
            notBefore: known.length > 0 ? Math.max(...known) : null,
            // Events from before the receiver's start are history being fetched: they date nothing
            notAfter: behind !== null && behind >= (newest ?? 0) - SKEW ? behind : null,
          }),
      gapSeconds:
        before === null || connection.after === null ? null : connection.after.timestamp - before,
    };
  });
};

const causeOf = (
  connections: readonly Connection[],
  i: number,
  isStart: boolean,
): ReconnectCause | null => {
  const connection = connections[i];
  if (connection?.kind !== 'reconnect') return null;
  if (connections[i + 1]?.kind === 'source-restart') return 'source-restart';
  if (isStart) return 'receiver-start';
  const previous = connections.slice(0, i).findLast(({ asked }) => asked !== null);
  // The same last event: nothing was stored in between
  return previous && previous.before === connection.before ? 'idle' : 'in-traffic';
};

/** By path: the time of the file's own format description. */
const receiverStarts = ({ relay }: Channel): ReadonlyMap<string, number> =>
  new Map(
    relay?.files.flatMap(({ path, facts: { formats } }) =>
      formats[0] && relay.ownIds.includes(formats[0].serverId) && formats[0].timestamp > 0
        ? [[path, formats[0].timestamp] as const]
        : [],
    ) ?? [],
  );

/** For each connection the time of the first event that came on it or on a later one. */
const firstEventsAfter = (connections: readonly Connection[]): (number | null)[] => {
  let next: number | null = null;
  return connections
    .toReversed()
    .map(({ after }) => {
      next = after?.timestamp ?? next;
      return next;
    })
    .reverse();
};
