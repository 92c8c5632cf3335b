import type { Channel, LogFile } from './evidence.ts';

/**
 * Is this log of the source the one that the channel received from, and not another of its name (after
 * RESET MASTER, of a source that was set up anew)? The head of each log, its format description, comes
 * with the time of its making into the relay log at every connect. Null when no such copy is left.
 */
export const isSameLog = ({ connections }: Channel, log: LogFile): boolean | null => {
  let asked: string | null = null;
  let copied: number | null = null;
  for (const connection of connections) {
    asked = connection.asked?.file ?? asked;
    if (asked === log.name && connection.format) copied = connection.format.timestamp;
  }
  const own = log.facts.formats[0]?.timestamp;
  return copied === null || own === undefined ? null : copied === own;
};
