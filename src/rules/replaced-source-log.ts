import { formatCoordinates } from '../binlog/coordinates.ts';
import { appliedAll } from '../evidence/applied-all.ts';
import { type ChannelView, positionedChannels } from '../evidence/channel-view.ts';
import type { Server } from '../evidence/evidence.ts';
import { isoTime } from '../evidence/iso-time.ts';
import { type NamedBytes, namedBytes } from '../evidence/named-bytes.ts';
import { hasSecondHead, type ReplacedLog, replacedLog } from '../evidence/replaced-log.ts';
import { requestedCoordinates } from '../evidence/requested-coordinates.ts';
import { sourceOf } from '../evidence/source-of.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { newSeries } from './fix/new-series.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, masterInfoLocus } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';
import { at } from './words.ts';

interface ReplacedFacts {
  readonly log: string;
  readonly received: string | null;
  readonly begun: string | null;
  readonly asked: string | null;
  /** What stands at that place today; null where the source’s log was not given. */
  readonly bytes: NamedBytes['state'] | null;
  readonly told: 'relay-logs' | 'source-logs';
  readonly firstLog: string | null;
  readonly allApplied: boolean | null;
}

export interface Replaced extends ChannelView {
  readonly source: Server | null;
  readonly replaced: ReplacedLog;
  readonly allApplied: boolean | null;
}

/** The source began the numbers of its logs anew, and the replica holds a position of the old ones. */
export const replacedSourceLog = defineRule({
  id: 'replaced-source-log',
  title: 'The source’s log is another one than the replica received from',
  severity:
    'critical: what the source writes since does not come, or comes from the middle on; often without an error',
  needs: ['relays'],
  story:
    'RESET MASTER, a data directory that was put back from a backup, or a server set up anew in place of another begin the numbers of the binary logs anew: mysql-bin.000001 is there again, and is another log. A receiver that is connected meanwhile goes on waiting at the end of the log that was deleted under it: both threads run, no error, no lag, and nothing comes any more (seen on MySQL 5.6.24 and MariaDB 10.11). At its next connect it asks the new log for a position of the old one: behind its end it gets error 1236; inside an event too, in words that look like a damaged log or an event that is too large; and where an event happens to begin there it goes on without an error, and all before it is missing.',
  traps: [
    {
      trap: 'copies of different times',
      why: 'only a log that was begun later than the one received counts: a copy of the source from before its reset shows the reverse',
    },
    {
      trap: 'source that has rotated on',
      why: 'a log of a higher number is the same series; only the same or a lower number begun later is not',
    },
    {
      trap: 'another server of that name',
      why: 'both heads carry one server id',
    },
    {
      trap: 'replica that begins anew on purpose',
      why: 'a CHANGE deletes the relay logs, and asks for position 4',
    },
    { trap: 'GTID connects', why: 'positions are not used there' },
  ],
  fixStory:
    'Withheld: no file tells what the source wrote between the last received event and the reset, nor, after a restore, what it lost. Where nothing was written in between, the replica goes on with the first of the new logs at position 4, once everything that it received is applied; otherwise it is built anew.',
  references: ['MySQL manual: RESET MASTER', 'MySQL sql/rpl_binlog_sender.cc: error 1236'],
  *detect({ relays, servers }) {
    for (const view of positionedChannels({ relays })) {
      const source = sourceOf(view.channel, view.server, servers);
      const replaced = replacedLog(view.channel, source);
      if (replaced) yield describe(view, source, replaced);
    }
  },
  unjudged: ({ relays, servers }) =>
    gtidsDecide({ relays }) ??
    (positionedChannels({ relays }).some(({ server, channel }) =>
      hasSecondHead(channel, sourceOf(channel, server, servers)),
    )
      ? null
      : 'the source’s binary logs, in a folder of their own beside the replica’s: name both'),
  explain: ({ facts }) =>
    `The time in the head of a log is that of its making, and comes along with every connect: these are two logs of one series of numbers. The source was reset (RESET MASTER), restored or set up anew${facts.told === 'source-logs' ? ', or these are not files of one time' : ''}. ${ENDS[facts.bytes ?? 'unknown']} What the new logs hold from their beginning on is missing on the replica in any case.`,
  fix: ({ subject }) => newSeries(subject),
});

const ENDS: Readonly<Record<NamedBytes['state'] | 'unknown', string>> = {
  'beyond-end':
    'The new log has not come to that position: a receiver that stays connected waits without an error, one that connects gets error 1236.',
  'inside-event':
    'That position is inside an event of the new log: a receiver that stays connected waits without an error, one that connects gets error 1236, in words that accuse the log.',
  damaged: 'The new log cannot be read at that position.',
  boundary:
    'An event of the new log happens to begin there: a connect goes on from it without an error.',
  'log-missing':
    'The new series has not come to that log: a receiver that stays connected waits without an error, one that connects gets error 1236.',
  unknown: 'A position of the old log means nothing in the new one.',
};

const describe = (
  { server, channel }: ChannelView,
  source: Server | null,
  replaced: ReplacedLog,
): Found<ReplacedFacts, Replaced> => {
  const { received, again, first, begun } = replaced;
  const asked = requestedCoordinates(channel);
  const bytes = asked && source && first ? namedBytes(source, asked) : null;
  const allApplied = appliedAll({ server, channel });
  const on = serverName(server);
  const whose = source ? serverName(source) : 'the source';
  const name = again ? received.log : (first?.name ?? received.log);
  return {
    key: `${channel.name}/${received.log}/${begun}`,
    severity: 'critical',
    confidence: again ? 'proven' : 'likely',
    title:
      name === received.log
        ? `${received.log} of the source is not the log that ${on} received from`
        : `The source began its logs anew, and ${on} waits for ${received.log} of the old ones`,
    summary: `${on} received from ${received.log}, begun ${at(received.opened)} UTC; ${name} of ${whose} was begun ${at(begun)}.${asked ? ` It has read up to ${formatCoordinates(asked)}.` : ''}${bytes ? ` ${bytes.words}` : ''}${allApplied === false ? ' The applier has not executed all that was received.' : ''}`,
    server,
    channel: channel.name,
    at: [
      logLocus(received.path, received.offset, `the head of ${received.log} as it was received`),
      ...(again
        ? [logLocus(again.path, again.offset, `the head of ${again.log} at a later connect`)]
        : []),
      ...(first ? [logLocus(first.path, 4, `the head of ${first.name}`)] : []),
      ...(bytes ? [logLocus(bytes.path, bytes.offset, bytes.words)] : []),
      ...masterInfoLocus(channel),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      log: received.log,
      received: isoTime(received.opened),
      begun: isoTime(begun),
      asked: asked && formatCoordinates(asked),
      bytes: bytes?.state ?? null,
      told: again ? 'relay-logs' : 'source-logs',
      firstLog: first?.name ?? null,
      allApplied,
    },
    excluded: [
      {
        trap: 'copies of different times',
        why: `${name} was begun after the log of ${again ? 'the same' : 'the same or a higher'} number that was received`,
      },
      {
        trap: 'another server of that name',
        why: `both heads carry server id ${received.serverId}`,
      },
    ],
    subject: { server, channel, source, replaced, allApplied },
  };
};
