import { formatCoordinates } from '../binlog/coordinates.ts';
import { usesGtid } from '../evidence/channel-view.ts';
import type { Server } from '../evidence/evidence.ts';
import { isOtherReceiverError } from '../evidence/receiver-errors.ts';
import { requestedCoordinates } from '../evidence/requested-coordinates.ts';
import { type Trouble, troublesOf } from '../evidence/thread-trouble.ts';
import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import { defineRule, type Found } from './define-rule.ts';
import { serverName } from './fix/steps.ts';
import { held } from './fix/withheld.ts';
import { isKnownError, receiverErrorWords } from './receiver-error-words.ts';
import { standingWords, troubleLoci, weigh } from './report-locus.ts';

interface ReceiverErrorFacts {
  readonly errorCode: number | null;
  readonly errorNumber: number | null;
  /** What it will ask for again, where positions decide. */
  readonly asks: string | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly standing: Trouble['standing'];
}

interface Subject {
  readonly server: Server;
  readonly kind: MessageKind | null;
}

/** A receiver that stopped, and that no rule of the source’s answers, first questions or connects tells of. */
export const receiverError = defineRule({
  id: 'receiver-error',
  title: 'The receiver stops with an error of its own',
  severity:
    'high: the receiver has stopped, or a status shows it refused again and again\nmedium: whether it is over is not known: where it tries again by itself, getting through is not logged\nlow: it is over',
  needs: ['threadWitnesses'],
  story:
    'The receiver stops for other reasons than an answer of the source (source-read-error), a question at connect (receiver-startup-failure) or a connect (connect-failure): it cannot write its relay log, an event is larger than it may take or came with a wrong checksum, GTID modes do not go together, the account lacks a right. And whatever error a status shows of a receiver that stands still is told, be its words known here or not.',
  traps: [
    { trap: 'error that a later connect put right', why: 'the newest word decides: low' },
    {
      trap: 'connection lost, which the receiver makes again by itself',
      why: 'lines of that in an error log are none of these; a status that shows it connecting is medium',
    },
    {
      trap: 'receiver that was stopped by a person',
      why: 'that leaves no error in a status, and another line in the error log',
    },
  ],
  fixStory:
    'The cause is put right first, and then the receiver is started. Positions have no part in it, unless an event is too large or out of order where none begins.',
  references: [
    'MySQL sql/rpl_slave.cc handle_slave_io, queue_event',
    'MariaDB sql/slave.cc handle_slave_io, queue_event',
  ],
  follows: ['corrupt-event', 'truncated-log', 'position-off-boundary', 'duplicate-server-id'],
  *detect({ threadWitnesses }) {
    for (const server of threadWitnesses) {
      for (const trouble of troublesOf(server, 'receiver', isOtherReceiverError)) {
        yield describe(trouble);
      }
    }
  },
  explain: ({ subject }) => receiverErrorWords(subject.kind).cause,
  fix: ({ facts, subject: { server, kind } }) =>
    facts.standing === 'over' || !server.dialect
      ? null
      : held(
          server.dialect,
          `a start meets the same error until its cause is gone; to be looked at first: ${receiverErrorWords(kind).look}`,
        ),
});

const describe = (trouble: Trouble): Found<ReceiverErrorFacts, Subject> => {
  const { story, reports, standing } = trouble;
  const { server, channel } = story;
  const [first] = reports;
  const last = reports.at(-1) ?? first;
  const kind = reports.findLast((report) => report.kind !== null)?.kind ?? null;
  const isTrying = story.shown.at(-1)?.isTrying === true;
  // Registering is tried again (seen on 5.6, 9.7 and MariaDB 10.11), and no line tells that it went well
  const isOpen =
    kind === 'source-command-failed' &&
    standing === 'stands' &&
    reports.every(({ witness }) => witness === 'error-log');
  const view = server.channels.find(({ name }) => name === channel);
  const asks = view && !usesGtid(view) ? requestedCoordinates(view) : null;
  const code = last.errorCode ?? first.errorCode;
  const error = code === null ? 'an error' : `error ${code}`;
  const { says } = receiverErrorWords(kind);
  const begins =
    isTrying || isOpen
      ? 'The receiver connects again'
      : `The receiver ${standing === 'over' ? 'had stopped' : 'stopped'}`;
  return {
    key: `${channel}/${code ?? ''}`,
    ...(isOpen
      ? ({ severity: 'medium', confidence: 'possible' } as const)
      : weigh(trouble, isTrying && !isKnownError(kind) ? 'medium' : 'high')),
    title: `${begins} with ${error}: ${says}`,
    summary: `${serverName(server)}: ${error}${first.time ? `, at ${first.time}` : ''}; ${says}.${asks && !isTrying ? ` It has read up to ${formatCoordinates(asks)}.` : ''} ${isOpen ? 'It tries again by itself; whether it got through is not logged.' : standingWords(trouble)}`,
    server,
    channel,
    at: troubleLoci(trouble),
    facts: {
      errorCode: code,
      errorNumber: last.errorNumber ?? first.errorNumber,
      asks: asks && formatCoordinates(asks),
      firstSeen: first.time,
      lastSeen: last.time,
      standing,
    },
    excluded: [],
    subject: { server, kind },
  };
};
