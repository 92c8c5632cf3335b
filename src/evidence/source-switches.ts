import type { Channel, Connection } from './evidence.ts';

/** A place of a relay chain from which on another server id sends. */
export interface SourceSwitch {
  readonly connection: Connection;
  readonly from: number;
  readonly to: number;
  /** The same server under another id: it still sends the log that it opened under the old one. */
  readonly renumbered: boolean;
}

/** By the Rotate that begins every connect: it carries the id that the source has then. */
export const sourceSwitches = ({ connections }: Channel): SourceSwitch[] => {
  const switches: SourceSwitch[] = [];
  let from: number | null = null;
  for (const connection of connections) {
    const { sourceId, format } = connection;
    if (sourceId === null) continue;
    if (from !== null && sourceId !== from) {
      switches.push({ connection, from, to: sourceId, renumbered: format?.serverId === from });
    }
    from = sourceId;
  }
  return switches;
};
