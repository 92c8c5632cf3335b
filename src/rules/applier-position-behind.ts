import { formatCoordinates } from '../binlog/coordinates.ts';
import { type ChannelView, positionedChannels, stoppedCleanly } from '../evidence/channel-view.ts';
import { isText, relayInfoName } from '../evidence/record-name.ts';
import { type ResumePoint, resumePoint } from '../evidence/resume-point.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { correctPosition } from './fix/keep-relay-logs.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, relayInfoLocus, transactionLoci } from './position-locus.ts';
import { noWitness } from './unjudged.ts';
import { count } from './words.ts';

interface BehindFacts {
  readonly recorded: string;
  readonly trueExecuted: string;
  readonly truePosition: number;
  readonly recordedPosition: number;
  readonly appliedTwice: number;
  readonly witness: string;
}

type At = Extract<ResumePoint, { state: 'at' }>;

/** On a copy of a running server the status file may be a transaction behind the binary log. */
const HOT_COPY = 1;

/**
 * relay-log.info stands behind what was applied: it is not synced to disk, so a power loss leaves
 * an old one, and the next START applies the same transactions again.
 */
export const applierPositionBehind = defineRule({
  id: 'applier-position-behind',
  title: 'The recorded executed position is behind what was applied',
  severity:
    'high: resuming there applies transactions again (1062 where keys are, doubled rows where none are)',
  needs: ['relays', 'replicaBinlogs'],
  story:
    'relay-log.info is rewritten after every transaction, but synced to disk only now and then (sync_relay_log_info). After a power loss, or from a copy taken at two moments, it names a place that the applier has long passed. With log_slave_updates the replica’s own binary log tells how far it really came: its last transaction that came from the source.',
  traps: [
    {
      trap: 'hot copy',
      why: 'a difference of one transaction is nothing; info files copied before the logs of a busy server look the same, so the plan reads the position again after STOP',
    },
    {
      trap: 'loop',
      why: 'transactions that stand more than once in the relay logs or in the own log are not used as witnesses',
    },
    {
      trap: 'parallel applier',
      why: 'with workers relay-log.info is written at checkpoints: behind is its normal state',
    },
    {
      trap: 'two channels that bring the same transactions',
      why: 'what another channel may have brought is no witness',
    },
    {
      trap: 'MariaDB with using_gtid, MySQL with auto-position',
      why: 'the files are not kept exact there: never judged',
    },
    {
      trap: 'text of another moment',
      why: 'a status or info table that was printed before the logs were copied is behind them: never judged',
    },
    {
      trap: 'transactions missing in the own log',
      why: 'it shows what was applied, never what was not',
    },
  ],
  fixStory:
    'Read on from the end of the last transaction that the replica’s own binary log holds, never from the recorded position. sync_binlog=1 on the replica is what makes its own log a witness after a power loss.',
  references: [
    'MySQL manual: relay_log_recovery, sync_relay_log_info',
    'MySQL WL#4621',
    'MariaDB manual: sync_relay_log_info',
  ],
  *detect({ relays }) {
    for (const view of positionedChannels({ relays })) {
      if (isText(view.channel.relayLogInfo)) continue;
      const point = resumePoint(view.server, view.channel);
      if (point.state !== 'at' || point.witness !== 'own-binlog') continue;
      if (point.applied.length <= HOT_COPY) continue;
      yield describe(view, point);
    }
  },
  unjudged: noWitness,
  explain: ({ facts }) =>
    `The applier would start at ${facts.recorded} and apply ${count(facts.appliedTwice, 'transaction')} a second time. Tables with a unique key stop it with error 1062; rows without one are doubled, and counters run away, without any error.`,
  fix: ({ subject: { server, channel } }, { servers }) =>
    correctPosition(server, channel, ', which the source still has', servers),
});

const describe = ({ server, channel }: ChannelView, point: At): Found<BehindFacts, ChannelView> => {
  const n = point.applied.length;
  const { recorded, source, own, why } = point;
  return {
    key: channel.name,
    severity: 'high',
    // Copied from a running server, info files first, the files look the same: the plan's check tells
    confidence: stoppedCleanly(channel) ? 'proven' : 'likely',
    title: `${relayInfoName(channel)} is behind what was applied: ${count(n, 'transaction')} would be applied again`,
    summary: `${relayInfoName(channel)} of ${serverName(server)} says ${formatCoordinates(recorded)}; ${why}. Resuming at ${formatCoordinates(recorded)} would apply ${count(n, 'transaction')} a second time; the true position is ${formatCoordinates(source)}.`,
    server,
    channel: channel.name,
    at: [
      ...relayInfoLocus(channel, 'sourceLogPos'),
      ...(own
        ? [
            logLocus(
              own.path,
              own.copy.offset,
              'the last transaction of this channel in the replica’s own binary log',
            ),
          ]
        : []),
      ...transactionLoci(point.applied),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      recorded: formatCoordinates(recorded),
      trueExecuted: formatCoordinates(source),
      truePosition: source.position,
      recordedPosition: recorded.position,
      appliedTwice: n,
      witness: point.witness,
    },
    excluded: [{ trap: 'hot copy', why: `${n} transactions lie between, not one` }],
    subject: { server, channel },
  };
};
