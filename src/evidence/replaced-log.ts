import { compareLogNames } from '../binlog/coordinates.ts';
import type { Channel, Connection, LogFile, Server } from './evidence.ts';
import { isReadable } from './readable.ts';

/** The head of one of the source's logs, as a connect brought it into the relay logs. */
interface Head {
  readonly path: string;
  readonly offset: number;
  readonly log: string;
  readonly position: number;
  readonly serverId: number;
  /** Unix seconds. */
  readonly opened: number;
}

/** A source whose logs are not, or no longer, those that a channel received from. */
export interface ReplacedLog {
  readonly received: Head;
  /** A later connect that brought the head of another log under that name. */
  readonly again: Head | null;
  /** The first log of the new series, as far as they were given; never of a higher number than `received`. */
  readonly first: LogFile | null;
  /** When the log that stands in its place was begun, in Unix seconds. */
  readonly begun: number;
}

/**
 * The numbers of one server's logs grow with time, and the head of each comes with every connect. A log
 * of the same or a lower number than one that the channel received from, and begun later, belongs to a
 * series of its own: after RESET MASTER, or of a server that was restored or set up anew. The other way
 * round, an older log at the source, is what copies from before such a reset look like, and tells
 * nothing. A connect at position 4 is one that begins anew, on purpose.
 */
export const replacedLog = (channel: Channel, source: Server | null): ReplacedLog | null => {
  const heads = channel.connections.flatMap(headOf);
  for (const [i, again] of heads.entries()) {
    if (again.position === FIRST) continue;
    const received = heads.findLast(
      (head, j) =>
        j < i &&
        head.log === again.log &&
        head.serverId === again.serverId &&
        head.opened < again.opened,
    );
    if (received) {
      return { received, again, first: newSeries(received, source), begun: again.opened };
    }
  }
  const received = heads.at(-1);
  const first = received ? newSeries(received, source) : null;
  return received && first
    ? { received, again: null, first, begun: first.facts.formats[0]?.timestamp ?? 0 }
    : null;
};

/** Is there a second head to hold against the first: the source's logs, or a later connect at an old position? */
export const hasSecondHead = (channel: Channel, source: Server | null): boolean => {
  const heads = channel.connections.flatMap(headOf);
  return (
    heads.length > 0 &&
    (source !== null ||
      heads.some(({ log, position }, i) => position !== FIRST && heads[i - 1]?.log === log))
  );
};

const FIRST = 4;

const headOf = ({ path, asked, format }: Connection): Head[] =>
  asked && format && format.timestamp > 0
    ? [
        {
          path,
          offset: format.offset,
          log: asked.file,
          position: asked.position,
          serverId: format.serverId,
          opened: format.timestamp,
        },
      ]
    : [];

const newSeries = ({ log, opened, serverId }: Head, source: Server | null): LogFile | null => {
  if (!source?.ids.includes(serverId)) return null;
  const logs = source.binlogs.flatMap(({ files }) => files);
  const begunOf = ({ facts }: LogFile): number =>
    isReadable(facts) ? (facts.formats[0]?.timestamp ?? 0) : 0;
  const same = logs.find(({ name }) => name === log);
  if (same && begunOf(same) <= opened) return null;
  // Without that name there, a log behind it shows that the old series goes on
  if (!same && logs.some(({ name }) => compareLogNames(name, log) > 0)) return null;
  const [first] = logs
    .filter((file) => compareLogNames(file.name, log) <= 0 && begunOf(file) > opened)
    .sort((a, b) => compareLogNames(a.name, b.name));
  return first ?? null;
};
