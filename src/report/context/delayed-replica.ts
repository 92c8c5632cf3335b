import type { Evidence } from '../../evidence/evidence.ts';
import { serverName } from '../../rules/fix/steps.ts';
import { span } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

/** Replicas that lag on purpose (MASTER_DELAY, SOURCE_DELAY). */
export const delayedReplica = (evidence: Evidence): ContextEntry[] =>
  evidence.servers.flatMap((server) =>
    server.channels.flatMap((channel) => {
      const info = channel.relayLogInfo;
      const delay = info?.value.sqlDelay ?? 0;
      if (!info || delay === 0) return [];
      return [
        {
          kind: 'delayed-replica',
          summary: `${serverName(server)} is delayed on purpose, by ${span(delay)}.`,
          at: [
            {
              path: info.path,
              offset: info.value.offsets.sqlDelay ?? 0,
              length: null,
              field: 'sqlDelay',
              source: null,
              gtid: null,
              text: `delay of ${delay} s`,
            },
          ],
          facts: { server: server.id, channel: channel.name, delaySeconds: delay },
        },
      ];
    }),
  );
