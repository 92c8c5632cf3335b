import { splitLogName } from '../binlog/coordinates.ts';
import type { Channel } from './evidence.ts';

/**
 * Relay logs that the index names, that were not given, and that lie between two that were: gone
 * from the server as it seems, since whoever copies the newest or the oldest ones leaves no hole.
 * Those that lie there and were not read are not gone.
 */
export const missingRelayLogs = ({ index, relay, unread }: Channel): readonly string[] => {
  if (!index || !relay) return [];
  const given = new Set(relay.files.map(({ name }) => splitLogName(name)?.number));
  const numbers = [...given].filter((number) => number !== undefined);
  const oldest = Math.min(...numbers);
  const newest = Math.max(...numbers);
  return index.value.entries
    .map(({ name }) => name)
    .filter((name) => {
      const parts = splitLogName(name);
      return (
        parts?.base === relay.base &&
        !given.has(parts.number) &&
        !unread.includes(name) &&
        parts.number > oldest &&
        parts.number < newest
      );
    });
};
