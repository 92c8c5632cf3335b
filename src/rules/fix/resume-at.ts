import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { type ResumePoint, resumePoint } from '../../evidence/resume-point.ts';
import { binlogNamed, lists, sourceOf } from '../../evidence/source-of.ts';
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
 * Throws the relay logs away and reads on from the true executed position: right when the source
 * still has that log, and only then. Verified on MySQL 5.6.24, 9.7.4 and MariaDB 10.11 for torn,
 * flipped and zeroed relay logs, for a wrong relay position, and after a power loss. `damage` says
 * in a few words what is given up.
 */
export const resumeAtExecuted = (
  server: Server,
  channel: Channel,
  damage: string,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME, []);
  const point = resumePoint(server, channel);
  if (point.state === 'gtid') return refetchByGtid(server, channel, point.why, damage);
  if (point.state === 'uncertain') {
    return held(dialect, point.why, [{ text: 'the executed position is certain', state: 'unmet' }]);
  }
  const source = sourceOf(channel, server, servers);
  const { file } = point.source;
  if (source && lists(source, file) === false) {
    return drain(
      dialect,
      server,
      name,
      `${serverName(source.id)} no longer has ${file}, so the relay logs are the last copy of what was not applied`,
    );
  }
  return resumeSteps({ server, channel, dialect, name, damage, point, source });
};

interface Resume {
  readonly server: Server;
  readonly channel: Channel;
  readonly dialect: Dialect;
  readonly name: string;
  readonly damage: string;
  readonly point: Extract<ResumePoint, { state: 'at' }>;
  readonly source: Server | null;
}

const resumeSteps = ({ server, channel, dialect, name, damage, point, source }: Resume): Fix => {
  const { terms, statements } = dialect;
  const on = serverName(server.id);
  const sourceId = channel.sourceIds.at(-1) ?? null;
  const sourceName = sourceId === null ? `the ${terms.source} of ${on}` : serverName(sourceId);
  const { file, position: at } = point.source;
  const heartbeat = channel.masterInfo?.value.heartbeatPeriod ?? null;
  const repeatsHeartbeat = dialect.abilities.heartbeatReset && heartbeat !== null;
  const delay = channel.relayLogInfo?.value.sqlDelay ?? 0;
  const workers = channel.relayLogInfo?.value.workers ?? 0;
  const gaps =
    workers > 0
      ? `. An error 1756 or "gaps" in it: fill them first (${statements.startReplica(name).replace(/;$/, '')} UNTIL SQL_AFTER_MTS_GAPS)`
      : '';
  const had = source && binlogNamed(source, file) ? ' (it had when copied)' : '';
  const preconditions: Precondition[] = [
    { text: point.why, state: 'met' },
    {
      text: `the ${terms.source} still has ${file}, undamaged from ${at} on${had}`,
      state: 'unknown',
    },
    { text: `these files were copied while the ${terms.applier} stood still`, state: 'unknown' },
    ...(point.witness === 'own-binlog'
      ? [
          {
            text: `the replica wrote its own binary log with sync_binlog=1`,
            state: 'unknown',
          } as const,
        ]
      : []),
    ...(workers > 0
      ? [{ text: 'the parallel applier left no gaps', state: 'unknown' } as const]
      : []),
  ];
  const steps: Step[] = [
    checkSourceLists(sourceName, dialect, file),
    stop(on, dialect, name, 'positions count only while nothing moves'),
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.execLogFile} is ${point.recorded.file} and ${terms.execPosition} is ${point.recorded.position}; if not, do not go on: scan again with fresh copies${gaps}`,
      `going on from a position read while the ${terms.applier} runs applies transactions twice`,
    ),
    ...(point.own ? ownLogChecks(on, dialect, server) : []),
    copyAside(server.id, server, channel.relay?.base ?? null),
    {
      kind: 'change',
      on,
      run: statements.changeSource(name, {
        logFile: file,
        logPos: at,
        ...(repeatsHeartbeat ? { heartbeatPeriod: heartbeat } : {}),
      }),
      expect: null,
      risk: 'rewrites-position',
      because: `deletes the relay logs with ${damage}, and reads on from ${file}:${at}, the end of what was applied${repeatsHeartbeat ? '; the heartbeat period is named again, since every CHANGE resets it' : ''}`,
    },
    start(on, dialect, name, `${on} replicates again`),
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.receiverRunning} and ${terms.applierRunning} are Yes, ${terms.execPosition} grows`,
      'shows that replication goes on',
    ),
  ];
  return {
    dialect: dialect.id,
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
    undo: [],
    alternatives: [],
  };
};

/** The own binary log decides only while nothing was added to it since it was copied. */
const ownLogChecks = (on: string, { statements }: Dialect, server: Server): Step[] => {
  const newest = server.binlogs.at(-1)?.files.at(-1);
  return [
    check(
      on,
      'SELECT @@global.sync_binlog;',
      'the value is 1; with any other the tables may hold more than the binary log after a power loss: compare the newest rows first',
      'the position is taken from the replica’s own binary log',
    ),
    check(
      on,
      statements.showSourceStatus(),
      newest
        ? `${newest.name} and ${newest.facts.wholeUntil}, or the start of a later log: nothing was applied since these files were copied; if not, scan again with fresh copies`
        : 'the end of the binary log that was scanned',
      'the position is taken from the replica’s own binary log',
    ),
  ];
};

/** The relay logs may be the last copy: let the applier run through them, change nothing. */
export const drain = (dialect: Dialect, server: Server, name: string, why: string): Fix => {
  const on = serverName(server.id);
  const { statements, terms } = dialect;
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: [{ text: `a CHANGE would delete the relay logs: ${why}`, state: 'met' }],
    steps: [
      copyAside(server.id, server, null),
      {
        kind: 'change',
        on,
        run: statements.startApplier(name),
        expect: null,
        risk: 'reversible',
        because: `applies what is still in the relay logs; ${why}`,
      },
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.execPosition} reaches ${terms.readPosition}; then scan again with fresh copies: only then can a position be changed`,
        'until then the relay logs must not be deleted',
      ),
    ],
    sideEffects: ['no position is changed yet'],
    undo: [statements.stopReplica(name)],
    alternatives: [],
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
