import type { Evidence } from '../../evidence/evidence.ts';
import { serverName } from '../../rules/fix/steps.ts';
import { list } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

/** Status files beside a server that does not read them: of an older version, before an upgrade. */
export const leftOverStatusFiles = (evidence: Evidence): ContextEntry[] =>
  evidence.servers.flatMap((server) => {
    if (server.leftOver.length === 0) return [];
    const names = server.leftOver.map((path) => path.slice(path.lastIndexOf('/') + 1));
    return [
      {
        kind: 'left-over-status-files',
        summary: `${list(names)} of ${serverName(server)} ${names.length === 1 ? 'is' : 'are'} left over from an older version: MySQL 8.3 and later keep positions in tables alone. Nothing was taken from there.`,
        at: server.leftOver.map((path) => ({
          path,
          offset: 0,
          length: null,
          field: null,
          source: null,
          gtid: null,
          text: null,
        })),
        facts: { server: server.id, files: server.leftOver },
      },
    ];
  });
