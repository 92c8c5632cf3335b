import type { Dialect } from '../../dialects/define-dialect.ts';
import { stoppedCleanly } from '../../evidence/channel-view.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { isText, relayInfoName } from '../../evidence/record-name.ts';
import { type ResumePoint, resumePoint } from '../../evidence/resume-point.ts';
import { binlogNamed, lists, sourceOf } from '../../evidence/source-of.ts';
import type { Fix, Precondition, Step } from '../finding.ts';
import { drain } from './drain.ts';
import { gapsFirst } from './fill-gaps.ts';
import { ownLogChecks } from './own-log-checks.ts';
import { refetchByGtid } from './refetch-by-gtid.ts';
import { missingLogsCondition, resetBeforeChange } from './reset-before-change.ts';
import {
  channelName,
  check,
  checkSourceLists,
  copyAside,
  serverName,
  sourceName,
  start,
  stop,
  UNWRITABLE_NAME,
} from './steps.ts';
import { held } from './withheld.ts';

/**
 * Throws the relay logs away and reads on from the true executed position: right when the source
 * still has that log, and only then. Verified on MySQL 5.6.24, 9.7.4 and MariaDB 10.11 for torn,
 * flipped and zeroed relay logs, for a wrong relay position, and after a power loss. `damage` goes
 * on from "deletes the relay logs". `refused`: why the server refuses START, so that a RESET comes first.
 */
export const resumeAtExecuted = (
  server: Server,
  channel: Channel,
  damage: string,
  servers: readonly Server[],
  refused: string | null = null,
): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME, []);
  const gaps = gapsFirst(dialect, channel);
  if (gaps) return gaps;
  const point = resumePoint(server, channel);
  if (point.state === 'gtid') return refetchByGtid(server, channel, point.why, damage, refused);
  if (point.state === 'uncertain') {
    return held(dialect, point.why, [{ text: 'the executed position is certain', state: 'unmet' }]);
  }
  const source = sourceOf(channel, server, servers);
  const { file } = point.source;
  if (source && lists(source, file) === false) {
    const why = `${serverName(source)} no longer has ${file}, so the relay logs are the last copy of what was not applied`;
    // Started anew the applier begins at the recorded place
    return point.witness === 'relay-log.info'
      ? drain(server, channel, dialect, name, why)
      : held(
          dialect,
          `${why}, and the applier would not begin at ${file}:${point.source.position}`,
        );
  }
  const from = sourceName(channel, server, dialect, servers);
  return resumeSteps({ server, channel, dialect, name, damage, point, source, from, refused });
};

interface Resume {
  readonly server: Server;
  readonly channel: Channel;
  readonly dialect: Dialect;
  readonly name: string;
  readonly damage: string;
  readonly point: Extract<ResumePoint, { state: 'at' }>;
  readonly source: Server | null;
  /** The same in words. */
  readonly from: string;
  /** Why the server refuses START, in words; null where nothing says that it does. */
  readonly refused: string | null;
}

/** What makes the recorded position the true one: a file may be older than the data, a text than the logs. */
const recordIsNew = (channel: Channel): string =>
  isText(channel.relayLogInfo)
    ? `${relayInfoName(channel)} was taken when the logs were copied: what was applied after it is in the tables already (the check after STOP tells)`
    : `${relayInfoName(channel)} is as new as the data: a power loss leaves an old one, and then the first transaction read again is in the tables already`;

const resumeSteps = (resume: Resume): Fix => {
  const { server, channel, dialect, name, damage, point, source, from, refused } = resume;
  const { terms, statements } = dialect;
  const on = serverName(server);
  const { file, position: at } = point.source;
  const heartbeat = channel.masterInfo?.value.heartbeatPeriod ?? null;
  const repeatsHeartbeat = dialect.abilities.heartbeatReset && heartbeat !== null;
  const delay = channel.relayLogInfo?.value.sqlDelay ?? 0;
  // Without relay-log.info nothing tells, and MySQL 8.0.27 and later have four
  const workers = channel.relayLogInfo ? (channel.relayLogInfo.value.workers ?? 0) : 4;
  const gaps =
    workers > 0 && dialect.abilities.applierGaps
      ? `. An error 1756 or "gaps" in it: fill them first (${statements.fillApplierGaps(name).replace(/;$/, '')})`
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
      : [
          {
            text: recordIsNew(channel),
            state: stoppedCleanly(channel) && !isText(channel.relayLogInfo) ? 'met' : 'unknown',
          } as const,
        ]),
    ...(workers > 0
      ? [{ text: 'the parallel applier left no gaps', state: 'unknown' } as const]
      : []),
    ...missingLogsCondition(channel),
  ];
  const steps: Step[] = [
    checkSourceLists(from, dialect, file),
    stop(on, dialect, name, 'positions count only while nothing moves'),
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.execLogFile} is ${point.recorded.file} and ${terms.execPosition} is ${point.recorded.position}; if not, do not go on: scan again with fresh copies${gaps}`,
      point.own && point.recorded !== point.source
        ? 'still the old recorded position: nothing has moved since these files were copied'
        : `going on from a position read while the ${terms.applier} runs applies transactions twice`,
    ),
    ...(point.own ? ownLogChecks(on, dialect, server) : []),
    copyAside(server, channel.relay?.base ?? null),
    ...resetBeforeChange(server, channel, dialect, name, refused),
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
      because: `deletes the relay logs${damage}, and reads on from ${file}:${at}, the end of what was applied${repeatsHeartbeat ? '; the heartbeat period is named again, since every CHANGE resets it' : ''}`,
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
