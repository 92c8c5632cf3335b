import type { Server } from './evidence.ts';

/**
 * Other servers of the scan that go by this one's uuid under another server id: a data directory was
 * copied with its auto.cnf. Of the same id it may be this server itself, copied twice.
 */
export const uuidTwins = (server: Server, servers: readonly Server[]): readonly Server[] =>
  servers.filter(
    ({ id, uuid }) =>
      id !== null &&
      server.id !== null &&
      id !== server.id &&
      uuid !== null &&
      uuid.toLowerCase() === server.uuid?.toLowerCase(),
  );
