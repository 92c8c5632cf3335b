import type { Channel, LogFile, Server } from './evidence.ts';

/** Two servers that go by one id at one time, and what brings them together. */
export interface DuplicateId {
  readonly serverId: number;
  readonly servers: readonly [Server, Server];
  /** How they are known to be two. */
  readonly told: 'uuids' | 'logs';
  readonly relation: 'common-source' | 'one-from-the-other';
  /** The channel of the first that shows the relation. */
  readonly channel: Channel;
  /** Unix seconds in which both were writing. */
  readonly from: number;
  readonly to: number;
}

/** Seconds: where only the logs tell that there are two, they must run beside each other for a while. */
const BESIDE = 60;

/**
 * Every pair of servers with one id. Two moments of one server have one uuid, or logs in common, or
 * follow each other; so do a server and what was built in its place.
 */
export const duplicateIds = (servers: readonly Server[]): DuplicateId[] =>
  servers.flatMap((a, i) =>
    servers.slice(i + 1).flatMap((b) => {
      const relation = a.id !== null && a.id > 0 && a.id === b.id ? relationOf(a, b) : null;
      const time = relation && together(a, b);
      if (!relation || !time) return [];
      const told = howTold(a, b, time.to - time.from);
      return told === null
        ? []
        : [{ serverId: a.id ?? 0, servers: [a, b] as const, told, ...relation, ...time }];
    }),
  );

/** Are two servers of one id surely no two moments of one? */
export const areTwo = (a: Server, b: Server): boolean => {
  const time = together(a, b);
  return howTold(a, b, time ? time.to - time.from : 0) !== null;
};

const howTold = (a: Server, b: Server, seconds: number): DuplicateId['told'] | null => {
  if (a.uuid !== null && b.uuid !== null && a.uuid.toLowerCase() !== b.uuid.toLowerCase()) {
    return 'uuids';
  }
  const openings = new Set(opened(a));
  return seconds >= BESIDE && !opened(b).some((opening) => openings.has(opening)) ? 'logs' : null;
};

/** Its logs by name, and when they were begun or its receiver was: the same in two copies of one server. */
const opened = (server: Server): string[] =>
  filesOf(server).flatMap(({ name, facts: { formats } }) =>
    formats[0] ? [`${name} ${formats[0].timestamp} ${formats[0].serverVersion}`] : [],
  );

const filesOf = ({ binlogs, channels }: Server): LogFile[] =>
  [...binlogs, ...channels.flatMap(({ relay }) => relay ?? [])].flatMap(({ files }) => files);

/** From its first own event to its last one of any server. */
const lifeOf = (server: Server): { readonly from: number; readonly to: number } | null => {
  const files = filesOf(server);
  const own = files.map(({ facts }) => facts.formats[0]?.timestamp ?? 0).filter((time) => time > 0);
  const last = files.flatMap(({ facts }) => facts.lastData?.timestamp ?? []);
  return own.length === 0 ? null : { from: Math.min(...own), to: Math.max(...own, ...last) };
};

const together = (a: Server, b: Server): { readonly from: number; readonly to: number } | null => {
  const one = lifeOf(a);
  const other = lifeOf(b);
  if (!one || !other) return null;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from < to ? { from, to } : null;
};

const relationOf = (a: Server, b: Server): Pick<DuplicateId, 'relation' | 'channel'> | null => {
  for (const channel of a.channels) {
    if (b.channels.some((other) => haveOneSource(channel, other))) {
      return { relation: 'common-source', channel };
    }
  }
  const feeds = (channel: Channel, source: Server): boolean =>
    source.uuid !== null && channel.masterInfo?.value.sourceUuid === source.uuid;
  const fromOther =
    a.channels.find((channel) => feeds(channel, b)) ??
    b.channels.find((channel) => feeds(channel, a));
  return fromOther ? { relation: 'one-from-the-other', channel: fromOther } : null;
};

/** By the source's uuid, else by a log of it that both have read: an id alone may be anybody's. */
const haveOneSource = (a: Channel, b: Channel): boolean => {
  const uuids = [a, b].map(({ masterInfo }) => masterInfo?.value.sourceUuid ?? null);
  if (uuids.every((uuid) => uuid !== null)) return uuids[0] === uuids[1];
  return a.connections.some(({ asked, format }) =>
    b.connections.some(
      (other) =>
        asked !== null &&
        asked.file === other.asked?.file &&
        format !== null &&
        format.serverId === other.format?.serverId &&
        format.timestamp === other.format.timestamp &&
        format.serverVersion === other.format.serverVersion,
    ),
  );
};
