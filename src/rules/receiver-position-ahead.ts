import {
  type ChannelView,
  positionedChannels,
  relayEnd,
  stoppedCleanly,
  usesGtid,
} from '../evidence/channel-view.ts';
import type { LogFile, Server } from '../evidence/evidence.ts';
import { findCutEnds } from '../evidence/log-ends.ts';
import { isText, masterInfoName } from '../evidence/record-name.ts';
import { resumePoint } from '../evidence/resume-point.ts';
import { skippedTransactions } from '../evidence/skipped-transactions.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { resumeAtExecuted } from './fix/resume-at.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, masterInfoLocus } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';
import { count } from './words.ts';

interface AheadFacts {
  readonly readPosition: number;
  readonly relayEnd: number;
  readonly lastWholeTransaction: number | null;
  readonly missingBytes: number;
  readonly relayLog: string;
}

interface Ahead extends ChannelView {
  readonly file: LogFile;
  /** Where the relay log ends, or is cut. */
  readonly offset: number;
  /** Where the source stood at the last whole event. */
  readonly storedUntil: number;
  readonly missingUntil: number;
  /** What shows that the events between were not dropped on purpose. */
  readonly proof: 'torn-event' | 'open-transaction' | 'source-log';
  /** Transactions between, as far as the source's log was given. */
  readonly transactions: number;
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
    'low: only the source’s log shows them, and the replica was not stopped in order: a copy of a running server looks the same (confidence possible)',
    'low: only a text names the position, which may be younger than the copies of the logs (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'masterInfos'],
  story:
    'The receiver writes events into the relay log and its position into master.info. If the relay log loses its tail, in a crash or by a cut copy, master.info stays ahead: at the next START the receiver asks for what comes after, and the events between are lost without any error where the log ends at the end of an event (seen on MySQL 5.6: both threads run, lag 0, rows are missing).',
  traps: [
    {
      trap: 'events that the receiver drops',
      why: 'own and ignored ids move the position ahead: only a relay log that ends inside an event or a transaction proves a loss, or the source’s log with transactions of other ids between',
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
  *detect({ relays, streams, servers }) {
    const cut = new Set<ChannelView['channel']>();
    for (const end of findCutEnds({ streams, relays })) {
      const { channel, server } = end.stream;
      if (!channel || usesGtid(channel) || end.missingUntil === null || end.live) continue;
      cut.add(channel);
      yield describe({
        server,
        channel,
        file: end.file,
        offset: end.torn?.offset ?? end.open?.offset ?? end.wholeUntil,
        storedUntil: end.sourceEnd?.position ?? 0,
        missingUntil: end.missingUntil,
        proof: end.torn ? 'torn-event' : 'open-transaction',
        transactions: 0,
      });
    }
    for (const view of positionedChannels({ relays })) {
      const ahead = cut.has(view.channel) ? null : passedOver(view, servers);
      if (ahead) yield describe(ahead);
    }
  },
  unjudged: gtidsDecide,
  explain: () =>
    'At the next start the receiver asks the source for what comes after the recorded read position. What lies between the end of the relay log and that position is asked for by nobody.',
  fix: ({ severity, subject: { server, channel, proof } }, { servers }) =>
    severity === 'high'
      ? resumeAtExecuted(
          server,
          channel,
          proof === 'source-log' ? ', which lack what lies between' : ' with the cut tail',
          servers,
        )
      : null,
});

/** A relay log that is whole, and transactions in the source's log that the read position has passed over. */
const passedOver = (view: ChannelView, servers: readonly Server[]): Ahead | null => {
  const master = view.channel.masterInfo?.value;
  const end = relayEnd(view.channel);
  if (!master || !end || master.readPosition === null || master.sourceLogFile !== end.log)
    return null;
  const after = { file: end.log, position: end.position };
  const { length } = skippedTransactions(view, servers, after, master.readPosition);
  if (length === 0) return null;
  return {
    ...view,
    file: end.file,
    offset: end.file.facts.wholeUntil,
    storedUntil: end.position,
    missingUntil: master.readPosition,
    proof: 'source-log',
    transactions: length,
  };
};

const describe = (ahead: Ahead): Found<AheadFacts, Ahead> => {
  const { server, channel, file, offset, storedUntil, missingUntil, proof } = ahead;
  const whole = file.facts.transactions.lastComplete;
  const point = resumePoint(server, channel);
  const executed =
    point.state === 'at' ? ` Executed is ${point.source.file}:${point.source.position}.` : '';
  const between =
    proof === 'source-log'
      ? `, ${count(ahead.transactions, 'transaction')} of the source among them`
      : '';
  // Copied from a running server, relay logs first, the files look the same
  const sure = !isText(channel.masterInfo) && (proof !== 'source-log' || stoppedCleanly(channel));
  return {
    key: channel.name,
    severity: sure ? 'high' : 'low',
    confidence: !sure ? 'possible' : proof === 'torn-event' ? 'proven' : 'likely',
    title: `${masterInfoName(channel)} is ahead of the relay log by ${missingUntil - storedUntil} bytes of the source`,
    summary: `${masterInfoName(channel)} of ${serverName(server)} counts as read up to ${missingUntil}; ${file.name} ends at source position ${storedUntil}${whole && whole.position > 0 ? `, its last whole transaction at ${whole.position}` : ''}. Source positions ${storedUntil} to ${missingUntil} are missing${between}.${executed}`,
    server,
    channel: channel.name,
    at: [...masterInfoLocus(channel), logLocus(file.path, offset)] as unknown as [
      Locus,
      ...Locus[],
    ],
    facts: {
      readPosition: missingUntil,
      relayEnd: storedUntil,
      lastWholeTransaction: whole && whole.position > 0 ? whole.position : null,
      missingBytes: missingUntil - storedUntil,
      relayLog: file.name,
    },
    excluded: [
      {
        trap: 'events that the receiver drops',
        why:
          proof === 'source-log'
            ? 'the source’s log holds transactions there that this replica does not drop'
            : `${file.name} ends inside ${proof === 'torn-event' ? 'an event' : 'a transaction'}: its rest was counted as stored`,
      },
    ],
    subject: ahead,
  };
};
