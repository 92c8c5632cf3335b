import { baseName, splitLogName } from '../binlog/coordinates.ts';
import type { Channel, LogChain, Server } from './evidence.ts';

/** A channel of which relay logs were given. */
type Relayed = Channel & { readonly relay: LogChain };

/** When the newest file of a series was begun by its own server, in seconds since 1970. */
export const begunOf = ({ files }: LogChain): number =>
  files.at(-1)?.facts.formats[0]?.timestamp ?? 0;

const isRelayed = (channel: Channel): channel is Relayed => channel.relay !== null;

const baseOfRecord = ({ relayLogInfo }: Channel): string | null =>
  splitLogName(baseName(relayLogInfo?.value.relayLogFile ?? ''))?.base ?? null;

/**
 * The relay logs that a server writes under another name, though the record of `channel` stands in
 * those of the old one: begun later, and with nothing received. So it is after a change of the host
 * name, or of relay_log. Null where there are none.
 */
export const renamedSeries = (server: Server, channel: Channel): Relayed | null => {
  const recorded = baseOfRecord(channel);
  if (recorded === null || !isRelayed(channel)) return null;
  const { base } = channel.relay;
  const others = base === recorded ? server.channels : [channel];
  return (
    others
      .filter(isRelayed)
      .find(
        (other) =>
          isOther(other.relay.base, recorded) &&
          other.connections.length === 0 &&
          (other === channel ||
            (!other.masterInfo &&
              !other.relayLogInfo &&
              begunOf(other.relay) > begunOf(channel.relay))),
      ) ?? null
  );
};

/** Connections of a name have it behind that of the default one: these are no other series. */
const isOther = (base: string, recorded: string): boolean =>
  base !== recorded && !base.startsWith(`${recorded}-`);
