import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import type { ExecutedPosition } from '../../evidence/executed-position.ts';
import { executedPosition } from '../../evidence/executed-position.ts';
import type { Fix, Precondition, Step } from '../finding.ts';
import {
  channelName,
  check,
  checkSourceLists,
  copyAside,
  serverName,
  start,
  stop,
  UNWRITABLE_NAME,
} from './steps.ts';

/**
 * Throws the relay logs away and reads on from the executed position : right
 * when the source still has that log, and only then. Verified on MySQL 5.6.24, 9.7.4 and MariaDB
 * 10.11 for torn, flipped and zeroed relay logs. `damage` says in a few words what is given up.
 */
export const resumeAtExecuted = (server: Server, channel: Channel, damage: string): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME, []);
  const position = executedPosition(server, channel);
  const base = { dialect: dialect.id, undo: [], alternatives: [] };
  const { terms } = dialect;
  if (position.state === 'gtid') return refetchByGtid(server, channel, position.why, damage);
  const doubt = withheld(position, server);
  if (doubt !== null) {
    return held(dialect, doubt, [{ text: 'the executed position is certain', state: 'unmet' }]);
  }
  if (position.state !== 'exact') return null;
  const on = serverName(server.id);
  const sourceId = channel.sourceIds.at(-1) ?? null;
  const source = sourceId === null ? `the ${terms.source} of ${on}` : serverName(sourceId);
  const { file, position: at } = position.source;
  const heartbeat = channel.masterInfo?.value.heartbeatPeriod ?? null;
  const repeatsHeartbeat = dialect.abilities.heartbeatReset && heartbeat !== null;
  const delay = channel.relayLogInfo?.value.sqlDelay ?? 0;
  const workers = channel.relayLogInfo?.value.workers ?? 0;
  const preconditions: Precondition[] = [
    {
      text: `both positions in relay-log.info name the same place (${position.relay.file.name} ${position.relay.offset} = ${file}:${at})`,
      state: 'met',
    },
    { text: `the ${terms.source} still has ${file}, undamaged from ${at} on`, state: 'unknown' },
    { text: `these files were copied while the ${terms.applier} stood still`, state: 'unknown' },
    ...(workers > 0
      ? [{ text: 'the parallel applier left no gaps', state: 'unknown' } as const]
      : []),
  ];
  const steps: Step[] = [
    checkSourceLists(source, dialect, file),
    stop(on, dialect, name, 'positions count only while nothing moves'),
    check(
      on,
      dialect.statements.showReplicaStatus(name),
      `${terms.execLogFile} is ${file} and ${terms.execPosition} is ${at}; if not, do not go on: scan again with fresh copies${workers > 0 ? `. An error 1756 or "gaps" in it: fill them first (${dialect.statements.startReplica(name).replace(/;$/, '')} UNTIL SQL_AFTER_MTS_GAPS)` : ''}`,
      `going on from a position read while the ${terms.applier} runs applies transactions twice`,
    ),
    copyAside(server.id, server, channel.relay?.base ?? null),
    {
      kind: 'change',
      on,
      run: dialect.statements.changeSource(name, {
        logFile: file,
        logPos: at,
        ...(repeatsHeartbeat ? { heartbeatPeriod: heartbeat } : {}),
      }),
      expect: null,
      risk: 'rewrites-position',
      because: `deletes the relay logs with ${damage}, and reads the same events again from ${file}:${at}, the end of what was applied`,
    },
    start(on, dialect, name, `${on} replicates again`),
    check(
      on,
      dialect.statements.showReplicaStatus(name),
      `${terms.receiverRunning} and ${terms.applierRunning} are Yes, ${terms.execPosition} grows`,
      'shows that replication is past the damage',
    ),
  ];
  return {
    ...base,
    withheld: null,
    preconditions,
    steps,
    sideEffects: [
      'what was received and not applied is fetched again from the source',
      ...(delay > 0
        ? [
            `this replica is delayed by ${delay} s: the delayed copy in the relay logs is given up and built anew`,
          ]
        : []),
      ...(dialect.abilities.heartbeatReset && !repeatsHeartbeat
        ? ['the heartbeat period falls back to half of slave_net_timeout']
        : []),
    ],
  };
};

const held = (dialect: Dialect, reason: string, preconditions: readonly Precondition[]): Fix => ({
  dialect: dialect.id,
  withheld: reason,
  preconditions,
  steps: [],
  sideEffects: [],
  undo: [],
  alternatives: [],
});

/** Where the applier has gone past a loss: nothing read again from there on would bring it back. */
export const pastRepair = (server: Server, reason: string): Fix | null =>
  server.dialect ? held(server.dialect, reason, []) : null;

const withheld = (position: ExecutedPosition, server: Server): string | null => {
  switch (position.state) {
    case 'exact':
      return position.appliedBeyond > 0
        ? `relay-log.info is behind: the own binary log of ${serverName(server.id)} holds ${position.appliedBeyond} transactions that lie after it; resuming there would apply them twice`
        : null;
    case 'unconfirmed':
    case 'unknown':
    case 'contradicted':
      return `the executed position is not certain: ${position.why}`;
    case 'gtid':
      return null;
  }
};

/** With GTIDs no coordinates are used: what was not applied is asked for by GTID. */
const refetchByGtid = (
  server: Server,
  channel: Channel,
  why: string,
  damage: string,
): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server.id);
  const { statements, terms } = dialect;
  const name = channelName(dialect, channel) ?? '';
  const mariadb = dialect.flavor === 'mariadb';
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: [
      { text: why, state: 'met' },
      { text: `the ${terms.source} still has what was not applied`, state: 'unknown' },
    ],
    steps: [
      stop(on, dialect, name, ''),
      copyAside(server.id, server, channel.relay?.base ?? null),
      ...(mariadb
        ? []
        : [
            {
              kind: 'change' as const,
              on,
              run: statements.resetReplica(name),
              expect: null,
              risk: 'rewrites-position' as const,
              because: `deletes the relay logs with ${damage}; connection settings stay, and GTIDs say where to read on. Do not restart the server before the START`,
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
