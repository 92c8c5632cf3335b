import { detectDialect } from '../../dialects/index.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import type { Loop } from '../../evidence/loops.ts';
import type { LoopTarget } from './ignore-server-ids.ts';
import { sourceName } from './steps.ts';

const heartbeatOf = (channel: Channel | null): number | null =>
  channel?.masterInfo?.value.heartbeatPeriod ?? null;

/** The member that shall ignore the id: the renumbered server itself, else one whose settings are known. */
export const loopTarget = (loop: Loop, servers: readonly Server[]): LoopTarget | null => {
  const members = [...new Set(loop.streams.map(({ stream }) => stream.server))];
  if (loop.cause.kind !== 'renumbered-server') {
    const [best] = [...members].sort((a, b) => known(b, loop) - known(a, loop) || by(a, b));
    return best ? given(best, loop, members, servers) : null;
  }
  const { to } = loop.cause;
  const self = [...members, ...servers].find((server) => server.id === to);
  return self ? given(self, loop, members, servers) : notGiven(to, members);
};

/** Settings weigh more than relay logs. */
const known = (server: Server, loop: Loop): number => {
  const { channel } = channelIn(server, loop);
  return (channel?.masterInfo ? 2 : 0) + (channel?.relay ? 1 : 0);
};

const by = (a: Server, b: Server): number => (a.id ?? 0) - (b.id ?? 0);

/** The channel that brings the loop to `server`: the one with laps, or the only one. */
const channelIn = (server: Server, loop: Loop): Pick<LoopTarget, 'channel' | 'unclear'> => {
  const { channels, dialect } = server;
  const seen = loop.streams.find(({ stream }) => stream.server === server && stream.channel);
  const [only, ...others] = dialect?.abilities.namedChannels
    ? channels
    : channels.filter(({ name }) => name === '');
  return {
    channel: seen?.stream.channel ?? (others.length === 0 ? (only ?? null) : null),
    unclear: !seen && others.length > 0,
  };
};

const given = (
  server: Server,
  loop: Loop,
  members: readonly Server[],
  servers: readonly Server[],
): LoopTarget | null => {
  const { id, dialect, gtids } = server;
  if (!dialect) return null;
  const place = channelIn(server, loop);
  const { channel } = place;
  const own = heartbeatOf(channel);
  const executedLog = channel?.relayLogInfo?.value.sourceLogFile || null;
  return {
    ...place,
    server,
    id,
    from: sourceName(channel, server, dialect, servers),
    dialect,
    heartbeat: own === null ? heartbeatAmong(members) : { seconds: own, own: true },
    gtids,
    executedLog,
    sourceHadLog: members.some(
      (other) =>
        other !== server &&
        other.binlogs.some((chain) => chain.files.some((file) => file.name === executedLog)),
    ),
  };
};

/** A member whose own files were not given: what its peer received from it tells its version. */
const notGiven = (id: number, members: readonly Server[]): LoopTarget | null => {
  const [peer] = members;
  const format = peer?.channels
    .flatMap(({ connections }) => connections)
    .findLast((connection) => connection.sourceId === id && connection.format)?.format;
  const dialect = detectDialect(format?.serverVersion ?? null);
  if (!peer || !dialect) return null;
  return {
    server: null,
    id,
    channel: null,
    unclear: false,
    from: sourceName(null, id, dialect, []),
    dialect,
    heartbeat: heartbeatAmong(members),
    gtids: peer.gtids,
    executedLog: null,
    sourceHadLog: false,
  };
};

const heartbeatAmong = (members: readonly Server[]): LoopTarget['heartbeat'] => {
  const periods = members.flatMap((server) => server.channels.map(heartbeatOf));
  const seconds = periods.find((value) => value !== null) ?? null;
  return seconds === null ? null : { seconds, own: false };
};
