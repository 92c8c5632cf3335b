import { formatCoordinates } from '../binlog/coordinates.ts';
import { eventTypeName } from '../binlog/event-type.ts';
import { atLeast } from '../dialects/server-version.ts';
import { executedPosition } from '../evidence/executed-position.ts';
import { type CutEnd, findCutEnds } from '../evidence/log-ends.ts';
import { masterInfoName, relayInfoName } from '../evidence/record-name.ts';
import type { IntegrityFact } from '../facts/facts.ts';
import { damageAt } from './damage.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { resumeAtExecuted } from './fix/resume-at.ts';
import { serverName } from './fix/steps.ts';
import { pastRepair } from './fix/withheld.ts';
import { count } from './words.ts';

interface TruncatedFacts {
  readonly offset: number;
  readonly kind: IntegrityFact['kind'] | 'open-transaction';
  readonly eventType: string | null;
  readonly bytesThere: number | null;
  readonly transactionBeginsAt: number | null;
  readonly wholeUntil: number;
  readonly sourceEnd: number | null;
  readonly readPosition: number | null;
  readonly newestFile: boolean;
  readonly live: boolean;
  readonly applied: boolean | null;
  readonly log: string;
}

interface Cut {
  readonly end: CutEnd;
  readonly applied: boolean | null;
  /** relay-log.info names a place behind the end of this copy. */
  readonly overtaken: boolean;
}

/**
 * A log that ends inside an event, in zeros, or inside a transaction that nothing continues: what a
 * power loss, a full disk or a cut copy leaves behind.
 */
export const truncatedLog = defineRule({
  id: 'truncated-log',
  title: 'A log ends too early',
  severity: [
    'high: the applier has yet to read it, events counted as received are missing, or a log follows that does not take it up',
    'medium: nothing tells whether it was applied, and the server does not mend it itself; or relay-log.info names a place behind the end of the copy (confidence possible)',
    'low: before the executed position, and read again after it; a log that was being written when it was copied; MySQL 9 and later cut such a tail themselves',
  ].join('\n'),
  needs: ['logs'],
  story:
    'A log normally ends at the end of an event, and a transaction that is open there goes on in the next file. After a crash or a cut copy it may end inside an event, in a run of zeros, or at an event boundary inside a transaction. MySQL up to 8.0 stops at a torn event of a relay log with error 1594; at an event boundary MySQL 5.6 goes on without a word and loses what is missing.',
  traps: [
    {
      trap: 'copy of a live log',
      why: 'the newest file, still marked in use, or ending where the receiver counts',
    },
    {
      trap: 'transaction over two relay logs',
      why: 'rotation by size and FLUSH split transactions: the next file goes on with it',
    },
    {
      trap: 'reconnect inside a transaction',
      why: 'by position the next file goes on in the middle; with auto-position the whole transaction comes again',
    },
    {
      trap: 'MariaDB’s format description with the in-use flag in the middle of a relay log',
      why: 'it makes the applier roll the partial transaction back',
    },
  ],
  follows: ['relay-log-gap'],
  fixStory:
    'Relay log: read on from the executed position, which deletes the relay logs; the source must still have that log. Binary log: starting its server cuts the tail; replicas that wait for it go to the next log, with what was lost stated.',
  references: ['MySQL error 1594, 13121; MY-015128 (relay log sanitization)', 'MySQL bug #32228'],
  *detect({ logs, streams, servers }) {
    const known = new Set(logs.map((file) => file.path));
    const relays = streams.flatMap(({ server, channel, chain }) =>
      channel ? [{ server, channel, relay: chain }] : [],
    );
    for (const end of findCutEnds({ streams, relays })) {
      if (!known.has(end.file.path)) continue;
      const offset = end.torn?.offset ?? end.open?.offset ?? end.wholeUntil;
      const { applied } = damageAt(servers, end.file, offset);
      yield describe({ end, applied, overtaken: isOvertaken(end) });
    }
  },
  explain: ({ facts }) =>
    facts.live
      ? 'The newest log of a server that was writing while it was copied often ends so. If the server was down, it is the mark of a crash: the server cuts or refetches the rest itself when it starts.'
      : facts.log === 'relay-log'
        ? 'The applier reads on until it comes to the cut. Inside an event it stops with error 1594. At the end of an event it may go on with the next file, and what was lost is missed without any error. The source usually has what is missing.'
        : 'Replicas that have not passed the cut are stopped there (error 1236, "binlog truncated in the middle of event"), or never see what was lost.',
  fix: ({ subject: { end, applied } }, seen) => {
    const { server, channel } = end.stream;
    if (!channel || end.live || mendsItself(end)) return null;
    if (applied === true) return end.skipped ? pastRepair(server, PASSED) : null;
    return resumeAtExecuted(server, channel, ' with the cut tail', seen.servers);
  },
});

const PASSED =
  'the applier has gone past the cut, and the next connect asked for what lies behind it: reading again from there would apply the rest twice; compare the tables with the source';

/** Copied before relay-log.info, or its tail was lost: nothing tells which. */
const isOvertaken = ({ stream: { server, channel }, file, newest }: CutEnd): boolean => {
  const position = channel && newest ? executedPosition(server, channel) : null;
  return (
    position?.state === 'unconfirmed' &&
    position.relay?.file.path === file.path &&
    position.relay.offset > file.facts.bytes
  );
};

/** MySQL 9 cuts a damaged tail of the newest relay log when it starts (MY-015128). */
const mendsItself = ({ stream, newest, missingUntil }: CutEnd): boolean => {
  const { version } = stream.server;
  return newest && missingUntil === null && version?.flavor === 'mysql' && atLeast(version, 9);
};

const grade = ({
  end,
  applied,
  overtaken,
}: Cut): { severity: Severity; confidence: Confidence } => {
  if (end.live) return { severity: 'low', confidence: 'possible' };
  const confidence: Confidence = end.torn ? 'proven' : 'likely';
  if (overtaken) return { severity: 'medium', confidence: 'possible' };
  if (applied === true && end.skipped) return { severity: 'high', confidence: 'likely' };
  if (applied === true || mendsItself(end)) return { severity: 'low', confidence };
  if (applied === false || end.missingUntil !== null || !end.newest)
    return { severity: 'high', confidence };
  return { severity: 'medium', confidence };
};

const describe = (cut: Cut): Found<TruncatedFacts, Cut> => {
  const { end, applied } = cut;
  const { file, torn, open, stream } = end;
  const type = torn?.event ? eventTypeName(torn.event.typeCode) : null;
  const offset = torn?.offset ?? end.wholeUntil;
  const where = torn
    ? torn.kind === 'zeros'
      ? `in ${count(torn.length, 'zero byte')} from ${offset} on`
      : torn.kind === 'torn-header'
        ? `inside an event header at ${offset}`
        : `inside the ${type} event at ${offset} (${torn.problem})`
    : `at ${offset}, inside a transaction`;
  const transaction = open ? ` The transaction that begins at ${open.offset} is not complete.` : '';
  const source = end.sourceEnd
    ? ` The last whole event ends at source position ${end.sourceEnd.position}.`
    : '';
  const missing =
    end.missingUntil === null
      ? ''
      : ` ${stream.channel ? masterInfoName(stream.channel) : 'master.info'} counts as read up to ${end.missingUntil}: source positions ${end.sourceEnd?.position} to ${end.missingUntil} are missing here.`;
  const next = end.next?.asked
    ? ` The next relay log goes on at ${formatCoordinates(end.next.asked)}.`
    : '';
  const harmless = end.live
    ? ' This is the newest log, and its server was writing it: as a copy of a live log it is in order.'
    : mendsItself(end)
      ? ' This server cuts such a tail itself when it starts, and reads on from there.'
      : cut.overtaken
        ? ` ${stream.channel ? relayInfoName(stream.channel) : 'relay-log.info'} names a place behind the end of this copy: either it was copied earlier, or its tail was lost.`
        : applied === true
          ? ` It lies before the executed position: what was whole has been applied${end.skipped ? ', and what is missing has not' : ''}.`
          : '';
  const at: Locus[] = [
    {
      path: file.path,
      offset,
      length: file.facts.bytes - offset,
      field: torn?.field ?? null,
      source: null,
      gtid: null,
      text: torn?.problem ?? 'the file ends here',
    },
    ...(open
      ? [
          {
            path: file.path,
            offset: open.offset,
            length: open.size,
            field: null,
            source: null,
            gtid: null,
            text: 'the transaction that is open at the end begins here',
          },
        ]
      : []),
    ...(end.next
      ? [
          {
            path: end.next.path,
            offset: end.next.offset,
            length: null,
            field: null,
            source: null,
            gtid: null,
            text: null,
          },
        ]
      : []),
  ];
  return {
    key: `${file.name}@${offset}`,
    ...grade(cut),
    title: end.live
      ? `${file.name} ends inside an event, as a copy of a live log does`
      : `${file.name} ends too early, at offset ${offset}${end.missingUntil === null ? '' : ': events counted as received are missing'}`,
    summary: `${file.name} of ${serverName(stream.server)} ends ${where}.${transaction}${source}${missing}${next}${harmless}`,
    server: stream.server,
    channel: stream.channel?.name ?? '',
    at: at as unknown as [Locus, ...Locus[]],
    facts: {
      offset,
      kind: torn?.kind ?? 'open-transaction',
      eventType: type,
      bytesThere: torn ? torn.length : null,
      transactionBeginsAt: open?.offset ?? null,
      wholeUntil: end.wholeUntil,
      sourceEnd: end.sourceEnd?.position ?? null,
      readPosition: end.missingUntil,
      newestFile: end.newest,
      live: end.live,
      applied,
      log: file.kind,
    },
    excluded: end.live
      ? []
      : [
          {
            trap: 'copy of a live log',
            why: end.newest
              ? 'nothing shows that its server was writing: no in-use flag, and the read position does not end here'
              : 'a later log of the same series exists',
          },
        ],
    subject: cut,
  };
};
