import { formatCoordinates } from '../binlog/coordinates.ts';
import { type ChannelView, positionedChannels, stoppedCleanly } from '../evidence/channel-view.ts';
import type { LoggedOtherwise } from '../evidence/logged-otherwise.ts';
import { isText, relayInfoName } from '../evidence/record-name.ts';
import { type AtLeast, type ResumePoint, resumePoint } from '../evidence/resume-point.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { correctPosition } from './fix/keep-relay-logs.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, relayInfoLocus, transactionLoci } from './position-locus.ts';
import { noWitness } from './unjudged.ts';
import { count } from './words.ts';

interface BehindFacts {
  readonly recorded: string;
  /** Null where the own log goes on with what cannot be told. */
  readonly trueExecuted: string | null;
  readonly truePosition: number | null;
  readonly recordedPosition: number;
  /** At least as many where the true position is not known. */
  readonly appliedTwice: number;
  readonly witness: string;
}

/** How far behind it is: to the end of what was applied, or, where that cannot be told, at least as far. */
interface Behind extends Pick<AtLeast, 'end' | 'recorded' | 'applied' | 'own'> {
  readonly others: LoggedOtherwise | null;
  readonly why: string;
}

const behindOf = (point: ResumePoint): Behind | null => {
  if (point.state === 'uncertain')
    return point.atLeast ? { ...point.atLeast, why: point.why } : null;
  if (point.state !== 'at' || point.witness !== 'own-binlog' || !point.own) return null;
  return { ...point, own: point.own, end: point.source, others: null };
};

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
    'high: resuming there applies transactions again (1062 where keys are, doubled rows where none are)\nmedium: the times of what the own log holds say so, which it has in another form (confidence possible)',
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
      trap: 'own log in another form',
      why: 'a replica of another version, or with another binlog_format, logs what cannot be matched: what is told is how far it came at least, and no position is printed',
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
      const behind = behindOf(resumePoint(view.server, view.channel));
      if (behind && behind.applied.length > HOT_COPY) yield describe(view, behind);
    }
  },
  unjudged: noWitness,
  explain: ({ facts }) =>
    `The applier would start at ${facts.recorded} and apply ${facts.truePosition === null ? 'at least ' : ''}${count(facts.appliedTwice, 'transaction')} a second time. Tables with a unique key stop it with error 1062; rows without one are doubled, and counters run away, without any error.`,
  fix: ({ subject: { server, channel } }, { servers }) =>
    correctPosition(server, channel, ', which the source still has', servers),
});

const describe = (
  { server, channel }: ChannelView,
  { recorded, end, own, others, applied, why }: Behind,
): Found<BehindFacts, ChannelView> => {
  const n = applied.length;
  const many = `${others ? 'at least ' : ''}${count(n, 'transaction')}`;
  const truth = others
    ? 'the true position is behind that, and not known'
    : `the true position is ${end && formatCoordinates(end)}`;
  return {
    key: channel.name,
    severity: end ? 'high' : 'medium',
    // Copied from a running server, info files first, the files look the same: the plan's check tells
    confidence: !end ? 'possible' : stoppedCleanly(channel) ? 'proven' : 'likely',
    title: `${relayInfoName(channel)} is behind what was applied: ${many} would be applied again`,
    summary: `${relayInfoName(channel)} of ${serverName(server)} says ${formatCoordinates(recorded)}; ${why}. Resuming at ${formatCoordinates(recorded)} would apply ${many} a second time; ${truth}.`,
    server,
    channel: channel.name,
    at: [
      ...relayInfoLocus(channel, 'sourceLogPos'),
      logLocus(
        own.path,
        own.copy.offset,
        others && end
          ? 'the last transaction of this channel in the replica’s own binary log that can be told'
          : 'the last transaction of this channel in the replica’s own binary log',
      ),
      ...(others && end
        ? [logLocus(others.path, others.copy.offset, 'the last one of its source there')]
        : []),
      ...transactionLoci(applied),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      recorded: formatCoordinates(recorded),
      trueExecuted: others || !end ? null : formatCoordinates(end),
      truePosition: others || !end ? null : end.position,
      recordedPosition: recorded.position,
      appliedTwice: n,
      witness: 'own-binlog',
    },
    excluded: [{ trap: 'hot copy', why: `${n} transactions lie between, not one` }],
    subject: { server, channel },
  };
};
