import { formatCoordinates, type LogCoordinates } from '../binlog/coordinates.ts';
import { formatMariadbGtid } from '../binlog/mariadb-gtid.ts';
import { usesGtid } from '../evidence/channel-view.ts';
import type { Channel, Server } from '../evidence/evidence.ts';
import { isoTime } from '../evidence/iso-time.ts';
import { type NamedBytes, namedBytes } from '../evidence/named-bytes.ts';
import { type NamedGtid, namedGtid } from '../evidence/named-gtid.ts';
import { isRefusal } from '../evidence/receiver-errors.ts';
import { requestedCoordinates } from '../evidence/requested-coordinates.ts';
import { sourceOf } from '../evidence/source-of.ts';
import { type Trouble, troublesOf } from '../evidence/thread-trouble.ts';
import { uuidTwins } from '../evidence/uuid-twins.ts';
import type { SourceRefusal } from '../metadata/error-log/source-refusals.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { afterRefusal } from './fix/after-refusal.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, namedGtidLoci } from './position-locus.ts';
import { REFUSALS } from './refusal-words.ts';
import { standingWords, troubleLoci, weigh } from './report-locus.ts';
import { list } from './words.ts';

interface ReadErrorFacts {
  readonly errorCode: number | null;
  readonly errorNumber: number | null;
  readonly refusal: SourceRefusal | null;
  readonly asked: string | null;
  /** What it asked to go on from by GTID (MariaDB). */
  readonly askedGtid: string | null;
  readonly lastEvent: number | null;
  readonly lastByte: number | null;
  /** What stands in the source’s log at the place that is named; null where it was not given. */
  readonly bytes: NamedBytes['state'] | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Of a second replica with the same identity: the servers of this scan that have the same uuid. */
  readonly sameUuid: readonly (number | null)[];
  readonly standing: Trouble['standing'];
}

export interface RefusedRead {
  readonly server: Server;
  readonly channel: string;
  readonly refusal: SourceRefusal | null;
  readonly asked: LogCoordinates | null;
  readonly bytes: NamedBytes | null;
  readonly twins: readonly Server[];
}

/** The source ended the stream, and said why: error 1236, 13114 in MySQL 8.0.14 and later. */
export const sourceReadError = defineRule({
  id: 'source-read-error',
  title: 'The source refuses to send its binary log (error 1236)',
  severity:
    'critical: the receiver has stopped, and a new start gets the same answer\nmedium: whether it is over is not known\nlow: it is over',
  needs: ['threadWitnesses'],
  story:
    'The source answers the replica’s request with an error instead of events; the receiver prints the source’s words behind "Got fatal error 1236" (13114 in MySQL 8.0.14 and later) and stops for good, without another try. The words tell the cause: a position behind the end or inside an event, a log that was purged, GTIDs that only one side has, an event that is too large or damaged, a second replica with the same identity. "The first event" in them is the place that was asked for; the last event and byte are where the source stood.',
  traps: [
    {
      trap: 'error that a later connect put right',
      why: 'the newest word decides: low',
    },
    {
      trap: 'wrong position taken for a damaged log, or the other way round',
      why: 'where the source’s log is given, the place is looked at: no boundary is a wrong position, a boundary before a damaged event is damage',
    },
    {
      trap: 'connection lost, source shut down',
      why: 'the receiver connects again by itself: no such words',
    },
    {
      trap: 'status text of unknown age beside an error log that goes on',
      why: 'where they contradict each other it is possible, and medium at most',
    },
  ],
  fixStory:
    'By the cause. Nothing is changed before it is certain: a new position that skips what the source lost or purged loses those transactions, and where GTIDs are refused the data have parted. A finding of its own on the same channel carries the repair; here stands what to look at.',
  references: [
    'MySQL sql/rpl_binlog_sender.cc; MariaDB sql/sql_repl.cc: the words of error 1236',
    'MySQL manual: Troubleshooting Replication',
  ],
  follows: [
    'replaced-source-log',
    'impossible-source-position',
    'purged-source-log',
    'errant-gtid',
    'gtid-gap',
    'duplicate-server-id',
    'corrupt-event',
    'truncated-log',
    'position-off-boundary',
  ],
  *detect({ threadWitnesses, servers }) {
    for (const server of threadWitnesses) {
      for (const trouble of troublesOf(server, 'receiver', isRefusal)) {
        yield describe(trouble, servers);
      }
    }
  },
  explain: ({ facts, subject }) =>
    [
      facts.refusal === null
        ? 'The words are none that are known here: they are printed as they stand.'
        : REFUSALS[facts.refusal].cause,
      subject.bytes?.words ?? '',
      'The receiver does not try again: a new start gets the same answer until the cause is gone.',
    ]
      .filter(Boolean)
      .join(' '),
  fix: (found) => (found.facts.standing === 'over' ? null : afterRefusal(found.subject)),
});

/** Where the error names no place, and the receiver stands still: what it will ask for again. */
const byStatus = (
  { standing, reports }: Trouble,
  view: Channel | undefined,
): LogCoordinates | null => {
  const stands = standing === 'stands' && reports.at(-1)?.witness === 'status-text';
  return stands && view && !usesGtid(view) ? requestedCoordinates(view) : null;
};

const gtidWords = ({ gtid, isOwn, place }: NamedGtid): string => {
  const writer = isOwn ? 'this server itself' : `server ${gtid.server}`;
  const written = place?.timestamp;
  const whose =
    written == null ? `a number of ${writer}` : `which ${writer} wrote at ${isoTime(written)}`;
  return `it had asked to go on from ${formatMariadbGtid(gtid)}, ${whose}`;
};

const describe = (
  trouble: Trouble,
  servers: readonly Server[],
): Found<ReadErrorFacts, RefusedRead> => {
  const { story, reports } = trouble;
  const { server, channel } = story;
  const newest = reports.findLast(({ details }) => details.refusal !== undefined) ?? reports[0];
  const last = reports.at(-1) ?? newest;
  const { refusal = null, sourceLog, sourcePosition } = newest.details;
  const view = server.channels.find(({ name }) => name === channel);
  const asked =
    sourceLog && sourcePosition !== undefined
      ? { file: sourceLog, position: sourcePosition }
      : byStatus(trouble, view);
  const source = view ? sourceOf(view, server, servers) : null;
  const bytes = asked && source ? namedBytes(source, asked) : null;
  const gtid = refusal === null ? null : namedGtid(server, newest.details.gtid);
  const twins = refusal === 'duplicate-server' ? uuidTwins(server, servers) : [];
  const code = last.errorCode ?? newest.errorCode;
  const number = code === null ? '' : `error ${code}${code === 1236 ? '' : ' (1236)'}`;
  const said = refusal === null ? 'in words that are not known here' : REFUSALS[refusal].says;
  return {
    key: `${channel}/${refusal ?? 'unknown'}/${asked ? formatCoordinates(asked) : ''}`,
    ...weigh(trouble, 'critical'),
    title: `The source refuse${trouble.standing === 'over' ? 'd' : 's'} to send: ${said}${asked ? `, at ${formatCoordinates(asked)}` : ''}`,
    summary: `${serverName(server)} got ${number || 'an error'} from its source${reports[0].time ? ` at ${reports[0].time}` : ''}: ${said}${asked ? `; it had asked for ${formatCoordinates(asked)}` : ''}${gtid ? `; ${gtidWords(gtid)}` : ''}${twinWords(server, twins)}. ${standingWords(trouble)}`,
    server,
    channel,
    at: [
      ...troubleLoci(trouble),
      ...namedGtidLoci(gtid),
      ...(bytes ? [logLocus(bytes.path, bytes.offset, bytes.words)] : []),
      ...(twins.length > 0 ? [server, ...twins].flatMap(uuidLoci) : []),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      errorCode: code,
      errorNumber: last.errorNumber ?? newest.errorNumber,
      refusal,
      asked: asked && formatCoordinates(asked),
      askedGtid: gtid && formatMariadbGtid(gtid.gtid),
      lastEvent: newest.details.lastEventPosition ?? null,
      lastByte: newest.details.lastBytePosition ?? null,
      bytes: bytes?.state ?? null,
      firstSeen: reports[0].time,
      lastSeen: last.time,
      sameUuid: twins.map(({ id }) => id),
      standing: trouble.standing,
    },
    excluded: bytes
      ? [
          {
            trap: 'wrong position taken for a damaged log, or the other way round',
            why: bytes.words,
          },
        ]
      : [],
    subject: { server, channel, refusal, asked, bytes, twins },
  };
};

const twinWords = ({ uuid }: Server, twins: readonly Server[]): string =>
  twins.length === 0
    ? ''
    : `; ${list(twins.map(serverName))} ${twins.length === 1 ? 'has' : 'have'} the same uuid, ${uuid}`;

const uuidLoci = ({ uuid, uuidAt }: Server): Locus[] =>
  uuidAt
    ? [
        {
          ...uuidAt,
          length: null,
          field: 'server_uuid',
          source: null,
          gtid: null,
          text: `server-uuid=${uuid}`,
        },
      ]
    : [];
