import type { ChangeOptions, Dialect } from '../../dialects/define-dialect.ts';
import { usesGtid } from '../../evidence/channel-view.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { heartbeatOf } from '../../evidence/heartbeat.ts';
import { missingRelayLogs } from '../../evidence/missing-relay-logs.ts';
import { resumePoint } from '../../evidence/resume-point.ts';
import type { Fix, Precondition, Step } from '../finding.ts';
import { list } from '../words.ts';
import { gapsFirst } from './fill-gaps.ts';
import { checkSourceLists, copyAside, serverName, sourceName, start, stop } from './steps.ts';

export interface ReceiverChange {
  readonly server: Server;
  readonly channel: Channel;
  readonly dialect: Dialect;
  /** As statements name it. */
  readonly name: string;
  readonly servers: readonly Server[];
  readonly to: ChangeOptions;
  /** What it was before. */
  readonly from: ChangeOptions;
  readonly because: string;
}

/** STOP, CHANGE, START, and what they suppose and cost on this version. */
export interface ReceiverSteps
  extends Pick<Fix, 'preconditions' | 'steps' | 'sideEffects' | 'undo'> {
  readonly withheld: string | null;
}

/**
 * Changes a setting of the receiver, and no position. From MySQL 5.7.4 on with the receiver alone
 * stopped, so that the relay logs stay; before, and on MariaDB, a CHANGE deletes them and reads on
 * from the recorded executed position, which must be the true one for that.
 */
export const changeReceiver = (change: ReceiverChange): ReceiverSteps =>
  change.dialect.abilities.changeUnderApplier ? underApplier(change) : anew(change);

const underApplier = ({
  server,
  dialect,
  name,
  to,
  from,
  because,
}: ReceiverChange): ReceiverSteps => {
  const { statements, terms } = dialect;
  const on = serverName(server);
  return {
    withheld: null,
    preconditions: [],
    steps: [
      {
        ...stop(
          on,
          dialect,
          name,
          `the ${terms.applier} goes on: while it runs the CHANGE keeps the relay logs`,
        ),
        run: statements.stopReceiver(name),
      },
      {
        kind: 'change',
        on,
        run: statements.changeSource(name, to),
        expect: null,
        risk: 'reversible',
        because: `${because}; positions and relay logs stay as long as the ${terms.applier} runs`,
      },
      {
        ...start(on, dialect, name, 'connects with the new setting'),
        run: statements.startReceiver(name),
      },
    ],
    sideEffects: [
      `if the ${terms.applier} is stopped, too, the CHANGE deletes the relay logs and reads on from the executed position`,
    ],
    undo: [
      statements.stopReceiver(name),
      statements.changeSource(name, from),
      statements.startReceiver(name),
    ],
  };
};

const anew = (change: ReceiverChange): ReceiverSteps => {
  const { server, channel, dialect, name, servers, because } = change;
  const { statements, abilities } = dialect;
  const on = serverName(server);
  const why = unsafe(change);
  if (why !== null)
    return { withheld: why, preconditions: [], steps: [], sideEffects: [], undo: [] };
  const period = heartbeatOf(channel);
  const repeats =
    abilities.heartbeatReset && period !== null && change.to.heartbeatPeriod === undefined;
  const kept = repeats ? { heartbeatPeriod: period } : {};
  const steps: Step[] = [
    checkSourceLists(
      sourceName(channel, server, dialect, servers),
      dialect,
      usesGtid(channel) ? null : channel.relayLogInfo?.value.sourceLogFile || null,
    ),
    stop(on, dialect, name, 'the CHANGE needs both threads stopped'),
    copyAside(server, channel.relay?.base ?? null),
    {
      kind: 'change',
      on,
      run: statements.changeSource(name, { ...change.to, ...kept }),
      expect: null,
      risk: 'rewrites-position',
      because: `${because}; deletes the relay logs, and reads on from the executed position${repeats ? '; the heartbeat period is named again, since every CHANGE resets it' : ''}`,
    },
    start(on, dialect, name, 'connects with the new setting'),
  ];
  return {
    withheld: null,
    preconditions: preconditions(change),
    steps,
    sideEffects: [
      'what was received and not applied is fetched again from the source',
      ...((channel.relayLogInfo?.value.sqlDelay ?? 0) > 0
        ? ['this replica is delayed: the delayed copy in the relay logs is given up and built anew']
        : []),
    ],
    undo: [
      statements.stopReplica(name),
      statements.changeSource(name, { ...change.from, ...kept }),
      statements.startReplica(name),
    ],
  };
};

/** Why a CHANGE that reads on from the recorded executed position must wait; null where it need not. */
const unsafe = ({ server, channel, dialect }: ReceiverChange): string | null => {
  const missing = missingRelayLogs(channel);
  if (missing.length > 0) {
    return `the relay log index names ${list(missing)}, which ${missing.length === 1 ? 'is' : 'are'} not there: repair that first`;
  }
  const point = resumePoint(server, channel);
  if (
    (point.state === 'at' && point.witness !== 'relay-log.info') ||
    (point.state === 'uncertain' && point.atLeast)
  ) {
    return `the CHANGE would read on from the recorded executed position, which is not the true one: ${point.why}. Repair that first`;
  }
  return gapsFirst(dialect, channel)?.withheld ?? null;
};

const preconditions = ({ server, channel, dialect: { terms } }: ReceiverChange): Precondition[] => {
  const point = resumePoint(server, channel);
  return [
    {
      text:
        point.state === 'uncertain'
          ? `the recorded executed position is the true one (${point.why})`
          : point.why,
      state: point.state === 'uncertain' ? 'unknown' : 'met',
    },
    { text: `these files were copied while the ${terms.applier} stood still`, state: 'unknown' },
    ...((channel.relayLogInfo?.value.workers ?? 0) > 0
      ? [{ text: 'the parallel applier left no gaps', state: 'unknown' } as const]
      : []),
  ];
};
