import type { Channel, LogFile, Server } from './evidence.ts';

/** The server that a channel receives from, where its files were given too. */
export const sourceOf = (
  channel: Channel,
  server: Server,
  servers: readonly Server[],
): Server | null => {
  const id = channel.sourceIds.at(-1);
  if (id === undefined) return null;
  const candidates = servers.filter(
    (other) => other !== server && other.ids[0] === id && other.binlogs.length > 0,
  );
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
};

/** Does a channel of `replica` receive from `source`, as its relay logs tell? */
export const feeds = (source: Server, replica: Server): boolean =>
  replica.channels.some(({ sourceIds }) => sourceIds.some((id) => source.ids.includes(id)));

/** A binary log of a server by its name. */
export const binlogNamed = (server: Server, name: string): LogFile | null =>
  server.binlogs.flatMap((chain) => chain.files).find((file) => file.name === name) ?? null;

/** Names of the binary logs that a server says it has, oldest first; null when nothing tells. */
export const listedLogs = ({ binlogIndex }: Server): readonly string[] | null =>
  binlogIndex?.value.entries.map(({ name }) => name) ?? null;

/** Does the server list the log, by its index, or else by the files that were given? Null when nothing tells. */
export const lists = (server: Server, name: string): boolean | null => {
  const listed = listedLogs(server);
  if (listed) return listed.includes(name);
  return binlogNamed(server, name) === null ? null : true;
};
