import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import type { Fix, Step } from '../finding.ts';
import {
  emptyFilesInPlace,
  missingLogsCondition,
  resetBeforeChange,
} from './reset-before-change.ts';
import { channelName, check, copyAside, serverName, start, stop } from './steps.ts';

/** With GTIDs no coordinates are used: what was not applied is asked for by GTID. */
export const refetchByGtid = (
  server: Server,
  channel: Channel,
  why: string,
  damage: string,
  refused: string | null = null,
): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  const { statements, terms } = dialect;
  const name = channelName(dialect, channel) ?? '';
  const mariadb = dialect.flavor === 'mariadb';
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: [
      { text: why, state: 'met' },
      { text: `the ${terms.source} still has what was not applied`, state: 'unknown' },
      ...missingLogsCondition(channel),
    ],
    steps: [
      stop(on, dialect, name, ''),
      copyAside(server, channel.relay?.base ?? null),
      ...(mariadb
        ? mariadbReset(server, channel, dialect, name, refused)
        : [
            ...emptyFilesInPlace(server, channel, dialect),
            {
              kind: 'change' as const,
              on,
              run: statements.resetReplica(name),
              expect: null,
              risk: 'rewrites-position' as const,
              because: `deletes the relay logs${damage}; connection settings stay, and GTIDs say where to read on. Do not restart the server before the START`,
            },
          ]),
      start(
        on,
        dialect,
        name,
        mariadb
          ? 'with both threads stopped, MariaDB deletes the relay logs itself and reads on from gtid_slave_pos'
          : 'reads on by GTID',
      ),
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.receiverRunning} and ${terms.applierRunning} are Yes`,
        'shows that replication is past the damage',
      ),
    ],
    sideEffects: ['what was received and not applied is fetched again from the source'],
    undo: [],
    alternatives: [],
  };
};

/** Needed only where START would be refused; RESET may change Using_Gtid (10.10+), so it is named again. */
const mariadbReset = (
  server: Server,
  channel: Channel,
  dialect: Dialect,
  name: string,
  refused: string | null,
): Step[] => {
  const reset = resetBeforeChange(server, channel, dialect, name, refused);
  const mode = channel.masterInfo?.value.usingGtid ?? null;
  if (reset.length === 0 || mode === null || mode === 'no') return reset;
  return [
    ...reset,
    {
      kind: 'change',
      on: serverName(server),
      run: dialect.statements.changeSource(name, { useGtid: mode }),
      expect: null,
      risk: 'reversible',
      because: 'names the GTID mode again, which the RESET may have changed',
    },
  ];
};
