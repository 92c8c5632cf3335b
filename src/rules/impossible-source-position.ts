import { compareCoordinates, formatCoordinates, splitLogName } from '../binlog/coordinates.ts';
import { appliedAll } from '../evidence/applied-all.ts';
import { type RelayedTransaction, relayedTransactions } from '../evidence/applied-in-binlog.ts';
import { type ChannelView, positionedChannels, relayEnd } from '../evidence/channel-view.ts';
import type { LogFile, Server } from '../evidence/evidence.ts';
import { isLocked, isWhole } from '../evidence/readable.ts';
import { isText } from '../evidence/record-name.ts';
import { replacedLog } from '../evidence/replaced-log.ts';
import { requestedCoordinates } from '../evidence/requested-coordinates.ts';
import { isSameLog } from '../evidence/same-log.ts';
import { binlogNamed, sourceOf } from '../evidence/source-of.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { nextLog } from './fix/next-log.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, masterInfoLocus, transactionLoci } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';
import { count } from './words.ts';

interface ImpossibleFacts {
  readonly asked: string;
  readonly askedPosition: number;
  readonly sourceEnds: number;
  readonly transactionsOnlyOnReplica: number;
  readonly nextLog: string | null;
  readonly allApplied: boolean | null;
  /** Is it the log that the replica received from, and no other of its name? */
  readonly sameLog: boolean | null;
}

/** Stop and Rotate. */
const CLOSING = new Set([3, 4]);

export interface Impossible extends ChannelView {
  readonly source: Server;
  readonly log: LogFile;
  readonly next: LogFile | null;
  /** Received from the source, and no longer in its log. */
  readonly lost: readonly RelayedTransaction[];
  readonly allApplied: boolean | null;
  readonly sameLog: boolean | null;
}

/**
 * The replica asks for more than the source's log holds: the source lost its tail in a crash
 * (sync_binlog other than 1) and began a new log.
 */
export const impossibleSourcePosition = defineRule({
  id: 'impossible-source-position',
  title: 'The replica asks for more than the source’s log holds',
  severity: 'critical: replication cannot go on (error 1236)',
  needs: ['relays', 'sourceBinlogs'],
  story:
    'After a crash with sync_binlog other than 1 the source’s binary log may end before what its replicas have already received. The source begins a new log; the replica asks for a position that does not exist any more, and gets error 1236 ("position > file size", MariaDB "impossible position"). The transactions in between exist on the replica alone. What it asks for is the end of its relay logs, or what master.info records behind that. The same error comes from a source that was reset or set up anew: its log of that name is then another one, which the time of its making tells.',
  traps: [
    {
      trap: 'source copied earlier than the replica',
      why: 'the newest log of a running source grows: only a log with a successor is judged',
    },
    {
      trap: 'source log copied while in use, before the next one began',
      why: 'only a log that was closed in order, or that a server start follows, has its last size',
    },
    {
      trap: 'source log that was purged',
      why: 'another rule: here the log is there, and too short',
    },
    {
      trap: 'another server with the same log names',
      why: 'the source is told by the server id in the relay logs, and its log by the time in its format description, which came with it',
    },
    { trap: 'GTID connects', why: 'positions are not used there' },
  ],
  fixStory:
    'First the applier must apply everything that was received: a CHANGE deletes the relay logs, and what is unapplied in them exists nowhere else. Then the replica goes on with the source’s next log, at position 4, knowing that it holds transactions which the source lost. Where the source’s log of that name is another one, nothing is printed: its beginning is missing on the replica too.',
  references: ['MySQL bugs #72635, #80393', 'MySQL manual: sync_binlog'],
  *detect({ relays, servers }) {
    for (const view of positionedChannels({ relays })) {
      const found = judge(view, servers);
      if (found) yield found;
    }
  },
  unjudged: gtidsDecide,
  explain: ({ facts }) =>
    `${facts.sameLog === false ? 'The format description in the relay logs carries another time than that of the log: the source was reset (RESET MASTER), restored or set up anew, or these are not the files of one time. ' : ''}The source’s log ends at ${facts.sourceEnds}; the receiver will ask for ${facts.askedPosition} again and again, and get error 1236 each time. ${count(facts.transactionsOnlyOnReplica, 'transaction')} that the source lost ${facts.transactionsOnlyOnReplica === 1 ? 'is' : 'are'} on this replica only.`,
  fix: ({ subject }) => nextLog(subject),
});

const judge = (
  { server, channel }: ChannelView,
  servers: readonly Server[],
): Found<ImpossibleFacts, Impossible> | null => {
  const asked = requestedCoordinates(channel);
  const source = sourceOf(channel, server, servers);
  const log = asked && source ? binlogNamed(source, asked.file) : null;
  if (!asked || !source || !log || isLocked(log.facts) || !isWhole(log.facts)) return null;
  if (asked.position <= log.facts.wholeUntil) return null;
  // A rule of its own: here the log is the same, or nothing tells
  if (replacedLog(channel, source)) return null;
  const chain = source.binlogs.find(({ files }) => files.includes(log));
  const next =
    chain?.files.find(
      (file) =>
        (splitLogName(file.name)?.number ?? 0) === (splitLogName(log.name)?.number ?? 0) + 1,
    ) ?? null;
  if (!next || !isOver(log, next)) return null;
  const size = log.facts.wholeUntil;
  const lost = relayedTransactions(channel).filter(
    ({ end }) => end?.file === log.name && end.position > size,
  );
  const allApplied = appliedAll({ server, channel });
  const sameLog = isSameLog(channel, log);
  const end = relayEnd(channel);
  const received =
    end !== null && compareCoordinates({ file: end.log, position: end.position }, asked) >= 0;
  const { sourceLogFile, readPosition } = channel.masterInfo?.value ?? {};
  const recorded = sourceLogFile === asked.file && readPosition === asked.position;
  // A text may be older than a RESET of the source
  const sure = sameLog ?? (received || !isText(channel.masterInfo));
  return {
    key: `${channel.name}/${formatCoordinates(asked)}`,
    severity: 'critical',
    confidence: sure ? 'proven' : 'likely',
    title: `The replica asks for ${formatCoordinates(asked)}, and the source’s log ends at ${size}`,
    summary: `${serverName(server)} has read ${formatCoordinates(asked)}; ${log.name} of ${serverName(source)} ends at ${size}, and ${next.name} follows it.${sameLog === false ? ` It is not the log that ${serverName(server)} received from.` : ''} ${count(lost.length, 'transaction')} behind ${size} ${lost.length === 1 ? 'is' : 'are'} on the replica only.${allApplied === true ? ' The applier has executed all that was received.' : allApplied === false ? ' The applier has not executed all that was received.' : ''}`,
    server,
    channel: channel.name,
    at: [
      ...(recorded ? masterInfoLocus(channel) : []),
      ...(received
        ? [
            logLocus(
              end.file.path,
              end.file.facts.last?.offset ?? 4,
              `the relay logs end at ${formatCoordinates(asked)} of the source`,
            ),
          ]
        : []),
      logLocus(
        log.path,
        log.facts.last?.offset ?? 4,
        `the last event of ${log.name} ends at ${size}`,
      ),
      ...transactionLoci(lost, 10),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      asked: formatCoordinates(asked),
      askedPosition: asked.position,
      sourceEnds: size,
      transactionsOnlyOnReplica: lost.length,
      nextLog: next.name,
      allApplied,
      sameLog,
    },
    excluded: [
      {
        trap: 'source copied earlier than the replica',
        why: `${next.name} follows: ${log.name} does not grow any more`,
      },
    ],
    subject: { server, channel, source, log, next, lost, allApplied, sameLog },
  };
};

/**
 * Did the source write all that it ever will into `log`? It was closed in order, or the next one was
 * begun by a server start. If not, it was copied while in use, and the next log began afterwards.
 */
const isOver = ({ facts }: LogFile, next: LogFile): boolean =>
  CLOSING.has(facts.last?.typeCode ?? 0) || (next.facts.formats[0]?.created ?? 0) !== 0;
