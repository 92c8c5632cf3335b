import type { Channel, Evidence, LogFile, Server } from './evidence.ts';

/** One channel of one replica, with its relay logs: what the position rules look at. */
export interface ChannelView {
  readonly server: Server;
  readonly channel: Channel;
}

/**
 * Channels whose positions may be judged: by file and position, not by GTID. On MariaDB with
 * using_gtid, and with MySQL auto-position, both info files stand still while the server runs.
 */
export const positionedChannels = ({ relays }: Pick<Evidence, 'relays'>): ChannelView[] =>
  relays
    .filter(({ server, channel }) => !usesGtid(channel) && !mayUseGtid(server, channel))
    .map(({ server, channel }) => ({ server, channel }));

/** Without master.info nothing tells whether a server that writes GTIDs reads on by them. */
export const mayUseGtid = (server: Server, channel: Channel): boolean =>
  channel.masterInfo === null &&
  (server.gtids === 'on' || (server.dialect?.abilities.changeOptions.includes('useGtid') ?? false));

export const usesGtid = (channel: Channel): boolean => {
  const master = channel.masterInfo?.value;
  return (
    master?.autoPosition === true ||
    (master?.usingGtid !== null && master?.usingGtid !== undefined && master.usingGtid !== 'no')
  );
};

/** The newest relay log that holds events of the source, and where the source stood at its end. */
export const relayEnd = (
  channel: Channel,
): { readonly file: LogFile; readonly log: string; readonly position: number } | null => {
  for (const file of [...(channel.relay?.files ?? [])].reverse()) {
    const end = file.facts.sourceEnd;
    if (end?.log) return { file, log: end.log, position: end.position };
    if (file.facts.firstData) return null;
  }
  return null;
};

/** Did the server close its newest relay log in order? (Own Stop at its end: a clean shutdown.) */
export const stoppedCleanly = (channel: Channel): boolean => {
  const last = channel.relay?.files.at(-1)?.facts.last;
  return last?.typeCode === 3;
};

/** Are events dropped on this channel, so that the read position runs ahead of what is stored? */
export const dropsEvents = (channel: Channel): boolean =>
  (channel.masterInfo?.value.ignoreServerIds?.length ?? 0) > 0 ||
  (channel.relay?.files.some(
    ({ facts }) => facts.holes.count > 0 || facts.rotates.some((rotate) => rotate.serverId === 0),
  ) ??
    false);
