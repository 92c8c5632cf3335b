import { type ChannelView, usesGtid } from '../evidence/channel-view.ts';
import { type CutEnd, findCutEnds } from '../evidence/log-ends.ts';
import { isText, masterInfoName } from '../evidence/record-name.ts';
import { resumePoint } from '../evidence/resume-point.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { resumeAtExecuted } from './fix/resume-at.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, masterInfoLocus } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';

interface AheadFacts {
  readonly readPosition: number;
  readonly relayEnd: number;
  readonly lastWholeTransaction: number | null;
  readonly missingBytes: number;
  readonly relayLog: string;
}

interface Ahead extends ChannelView {
  readonly end: CutEnd;
  readonly missingUntil: number;
}

/**
 * master.info says that more was received than the relay logs hold: what lies between will never
 * be asked for again.
 */
export const receiverPositionAhead = defineRule({
  id: 'receiver-position-ahead',
  title: 'Events counted as received are missing from the relay log',
  severity: [
    'high: the receiver goes on behind them, and the applier never sees them',
    'low: only a text names the position, which may be younger than the copies of the logs (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'masterInfos'],
  story:
    'The receiver writes events into the relay log and its position into master.info. If the relay log loses its tail, in a crash or by a cut copy, master.info stays ahead: at the next START the receiver asks for what comes after, and the events between are lost without any error where the log ends at the end of an event (seen on MySQL 5.6: both threads run, lag 0, rows are missing).',
  traps: [
    {
      trap: 'events that the receiver drops',
      why: 'own and ignored ids move the position ahead: only a relay log that ends inside an event or a transaction proves a loss',
    },
    {
      trap: 'copy of a live server',
      why: 'a relay log copied before master.info looks the same: the fix asks for files of a stopped replica',
    },
    {
      trap: 'text of another moment',
      why: 'a status that was printed after the logs were copied is ahead of them: low at most',
    },
    { trap: 'connection that was never started', why: 'its position is only configured' },
    { trap: 'MariaDB with using_gtid, MySQL with auto-position', why: 'never judged' },
  ],
  follows: ['truncated-log', 'corrupt-event'],
  fixStory:
    'Read on from the executed position: the relay logs are deleted, and all that was not applied is fetched again.',
  references: ['MySQL WL#4621', 'MySQL manual: relay_log_recovery, sync_relay_log'],
  *detect({ relays, streams }) {
    for (const end of findCutEnds({ streams, relays })) {
      const { channel, server } = end.stream;
      if (!channel || usesGtid(channel) || end.missingUntil === null || end.live) continue;
      yield describe({ server, channel, end, missingUntil: end.missingUntil });
    }
  },
  unjudged: gtidsDecide,
  explain: () =>
    'At the next start the receiver asks the source for what comes after the recorded read position. What lies between the end of the relay log and that position is asked for by nobody.',
  fix: ({ subject: { server, channel } }, { servers }) =>
    resumeAtExecuted(server, channel, ' with the cut tail', servers),
});

const describe = ({ server, channel, end, missingUntil }: Ahead): Found<AheadFacts, Ahead> => {
  const { facts } = end.file;
  const relayEnd = end.sourceEnd?.position ?? 0;
  const whole = facts.transactions.lastComplete;
  const point = resumePoint(server, channel);
  const executed =
    point.state === 'at' ? ` Executed is ${point.source.file}:${point.source.position}.` : '';
  return {
    key: channel.name,
    severity: isText(channel.masterInfo) ? 'low' : 'high',
    confidence: isText(channel.masterInfo) ? 'possible' : end.torn ? 'proven' : 'likely',
    title: `${masterInfoName(channel)} is ahead of the relay log by ${missingUntil - relayEnd} bytes of the source`,
    summary: `${masterInfoName(channel)} of ${serverName(server.id)} counts as read up to ${missingUntil}; ${end.file.name} ends at source position ${relayEnd}${whole && whole.position > 0 ? `, its last whole transaction at ${whole.position}` : ''}. Source positions ${relayEnd} to ${missingUntil} are missing.${executed}`,
    server,
    channel: channel.name,
    at: [
      ...masterInfoLocus(channel),
      logLocus(end.file.path, end.torn?.offset ?? end.open?.offset ?? end.wholeUntil),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      readPosition: missingUntil,
      relayEnd,
      lastWholeTransaction: whole && whole.position > 0 ? whole.position : null,
      missingBytes: missingUntil - relayEnd,
      relayLog: end.file.name,
    },
    excluded: [
      {
        trap: 'events that the receiver drops',
        why: `${end.file.name} ends inside ${end.torn ? 'an event' : 'a transaction'}: its rest was counted as stored`,
      },
    ],
    subject: { server, channel, end, missingUntil },
  };
};
