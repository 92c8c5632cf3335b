import type { Server } from './evidence.ts';
import { ownChain } from './executed-gtids.ts';

/**
 * What a MySQL server calls itself in GTIDs: by auto.cnf, or else by the one uuid that its own
 * transactions carry in its binary logs. Null when nothing tells.
 */
export const uuidOf = (server: Server): string | null => {
  if (server.uuid) return server.uuid.toLowerCase();
  const uuids = new Set<string>();
  for (const { facts } of ownChain(server)?.files ?? []) {
    for (const { key, proof, serverId } of facts.transactions.sketch) {
      if (proof === 'mysql-gtid' && serverId === server.id) uuids.add(key.slice(0, UUID_LENGTH));
    }
  }
  const [only] = uuids;
  return uuids.size === 1 ? (only ?? null) : null;
};

const UUID_LENGTH = 36;
