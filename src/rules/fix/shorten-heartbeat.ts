import type { Dialect } from '../../dialects/define-dialect.ts';
import { usesGtid } from '../../evidence/channel-view.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { missingRelayLogs } from '../../evidence/missing-relay-logs.ts';
import { resumePoint } from '../../evidence/resume-point.ts';
import { sourceOf } from '../../evidence/source-of.ts';
import type { Fix, Precondition, Step } from '../finding.ts';
import type { LateHeartbeat } from '../heartbeat-outlasts-timeout.ts';
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
import { held } from './withheld.ts';

/** Seconds: half of what all newer servers take for the timeout. */
const USUAL = 30;

/** A heartbeat period of half the timeout, with what the CHANGE costs on this version. */
export const shortenHeartbeat = (
  { server, channel, period, timeout }: LateHeartbeat,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  if (!dialect?.abilities.changeOptions.includes('heartbeatPeriod')) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const { terms, statements, abilities } = dialect;
  const on = serverName(server.id);
  const seconds = timeout === null ? USUAL : Math.min(USUAL, timeout / 2);
  const asks = check(
    on,
    `SELECT @@global.${terms.netTimeout};`,
    timeout === null
      ? `${2 * seconds} or more; if it is less, write half of it into the CHANGE instead of ${seconds}`
      : `${timeout}`,
    'a period of half of it lets one heartbeat get lost',
  );
  const change = (to: number): string => statements.changeSource(name, { heartbeatPeriod: to });
  const done = check(
    on,
    statements.showReplicaStatus(name),
    `${terms.receiverRunning} and ${terms.applierRunning} are Yes; the number of relay logs no longer grows while the ${terms.source} is quiet`,
    'shows that the connection holds',
  );
  const base = {
    dialect: dialect.id,
    withheld: null,
    alternatives: period > 0 ? [longerTimeout(on, dialect, name, period)] : [],
  };
  if (abilities.changeUnderApplier) {
    return {
      ...base,
      preconditions: [],
      steps: [
        asks,
        {
          ...stop(
            on,
            dialect,
            name,
            `the ${terms.applier} may go on: with one thread running the CHANGE keeps the relay logs`,
          ),
          run: statements.stopReceiver(name),
        },
        {
          kind: 'change',
          on,
          run: change(seconds),
          expect: null,
          risk: 'reversible',
          because: `asks for a heartbeat each ${seconds} s; positions and relay logs stay as long as the ${terms.applier} runs`,
        },
        {
          ...start(on, dialect, name, 'connects with the new period'),
          run: statements.startReceiver(name),
        },
        done,
      ],
      sideEffects: [
        `if the ${terms.applier} is stopped, too, the CHANGE deletes the relay logs and reads on from the executed position`,
      ],
      undo: [statements.stopReceiver(name), change(period), statements.startReceiver(name)],
    };
  }
  const why = unsafe(server, channel);
  if (why !== null) return { ...held(dialect, why), alternatives: base.alternatives };
  return {
    ...base,
    preconditions: preconditions(channel, dialect),
    steps: [
      asks,
      ...anewSteps({ server, channel, dialect, name, servers }, change(seconds), seconds),
      done,
    ],
    sideEffects: [
      'what was received and not applied is fetched again from the source',
      ...((channel.relayLogInfo?.value.sqlDelay ?? 0) > 0
        ? ['this replica is delayed: the delayed copy in the relay logs is given up and built anew']
        : []),
    ],
    undo: [statements.stopReplica(name), change(period), statements.startReplica(name)],
  };
};

/** Why a CHANGE that reads on from the recorded executed position must wait; null where it need not. */
const unsafe = (server: Server, channel: Channel): string | null => {
  const missing = missingRelayLogs(channel);
  if (missing.length > 0) {
    return `the relay log index names ${missing.join(', ')}, which is not there: repair that first`;
  }
  const point = resumePoint(server, channel);
  return point.state === 'at' && point.witness !== 'relay-log.info'
    ? `the CHANGE would read on from the recorded executed position, which is not the true one: ${point.why}. Repair that first`
    : null;
};

const preconditions = (channel: Channel, { terms }: Dialect): Precondition[] => [
  { text: `the ${terms.applier} has executed what the recorded position says`, state: 'unknown' },
  ...((channel.relayLogInfo?.value.workers ?? 0) > 0
    ? [{ text: 'the parallel applier left no gaps', state: 'unknown' } as const]
    : []),
];

/** By GTID the source finds it. */
const executedLog = (channel: Channel): string | null =>
  usesGtid(channel) ? null : channel.relayLogInfo?.value.sourceLogFile || null;

interface Anew {
  readonly server: Server;
  readonly channel: Channel;
  readonly dialect: Dialect;
  readonly name: string;
  readonly servers: readonly Server[];
}

/** MySQL up to 5.6 and MariaDB: both threads stopped, relay logs deleted, on from the executed position. */
const anewSteps = (
  { server, channel, dialect, name, servers }: Anew,
  run: string,
  seconds: number,
): Step[] => {
  const on = serverName(server.id);
  const { terms } = dialect;
  const source = sourceOf(channel, server, servers);
  const sourceName = source ? serverName(source.id) : `the ${terms.source} of ${on}`;
  return [
    checkSourceLists(sourceName, dialect, executedLog(channel)),
    stop(on, dialect, name, 'the CHANGE needs both threads stopped'),
    copyAside(server.id, server, channel.relay?.base ?? null),
    {
      kind: 'change',
      on,
      run,
      expect: null,
      risk: 'rewrites-position',
      because: `asks for a heartbeat each ${seconds} s; deletes the relay logs, and reads on from the executed position`,
    },
    start(on, dialect, name, 'connects with the new period'),
  ];
};

/** Nothing of the connection is changed, so that relay logs and positions stay. */
const longerTimeout = (
  on: string,
  dialect: Dialect,
  name: string,
  period: number,
): Fix['alternatives'][number] => ({
  title: 'a longer timeout instead',
  steps: [
    {
      kind: 'change',
      on,
      run: `SET GLOBAL ${dialect.terms.netTimeout} = ${Math.ceil(2 * period)};`,
      expect: null,
      risk: 'reversible',
      because: 'counts from the next connect on; write it into the option file too',
    },
    {
      ...stop(on, dialect, name, ''),
      run: dialect.statements.stopReceiver(name),
      because: 'ends the connection',
    },
    {
      ...start(on, dialect, name, 'connects with the new timeout'),
      run: dialect.statements.startReceiver(name),
    },
  ],
  costs: `a connection that is dead indeed is noticed only after ${Math.ceil(2 * period)} s`,
});
