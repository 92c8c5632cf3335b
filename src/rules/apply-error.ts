import { formatCoordinates } from '../binlog/coordinates.ts';
import { type CameBack, cameBack } from '../evidence/came-back.ts';
import type { Server } from '../evidence/evidence.ts';
import { type FailedEvent, failedAt, failedEvent } from '../evidence/failed-event.ts';
import { READ_FAILURES } from '../evidence/read-failure.ts';
import type { ThreadReport } from '../evidence/thread-reports.ts';
import { type Trouble, troublesOf } from '../evidence/thread-trouble.ts';
import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import { APPLY_CLASSES, type ApplyClass } from './apply-classes.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { afterApplyError } from './fix/after-apply-error.ts';
import { serverName } from './fix/steps.ts';
import { logLocus } from './position-locus.ts';
import { standingWords, troubleLoci, weigh } from './report-locus.ts';

interface ApplyFacts {
  readonly class: ApplyClass;
  readonly errorCode: number | null;
  readonly errorNumber: number | null;
  readonly table: string | null;
  readonly gtid: string | null;
  /** End of the failing event in the source’s log; else where the applier stopped before it. */
  readonly sourcePlace: string | null;
  readonly relayLog: string | null;
  readonly relayOffset: number | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly linesInAll: number;
  readonly standing: Trouble['standing'];
}

export interface FailedApply {
  readonly server: Server;
  readonly channel: string;
  readonly class: ApplyClass;
  readonly gtid: string | null;
}

const KINDS: ReadonlySet<MessageKind | null> = new Set<MessageKind>([
  'applier-worker-failed',
  'applier-row-failed',
  'applier-statement-failed',
  'applier-retries-exhausted',
  'applier-report',
  'conversion-failed',
  'relay-log-read-failed',
  'log-checksum-failed',
]);

const isApplyError = ({ kind, witness, errorNumber }: ThreadReport): boolean =>
  KINDS.has(kind) ||
  (witness === 'status-text' && kind === 'other-replication' && errorNumber !== null);

/** The applier stopped at an event. */
export const applyError = defineRule({
  id: 'apply-error',
  title: 'The applier stops at an event',
  severity:
    'critical: the applier has stopped, and stops there again at every start\nhigh: it has stopped since the relay log could not be read, whose damage is the cause\nmedium: whether it is over is not known\nlow: it is over',
  needs: ['threadWitnesses'],
  story:
    'An event cannot be applied: a row is there already (1062), is missing (1032), its table is missing (1146), or the relay log cannot be read (1594). The error names the event by the end of it in the source’s log, or the applier by where it stopped. Why the data differ decides what to do: the same transaction came twice, went round a loop, something wrote on the replica, or an earlier change never arrived.',
  traps: [
    {
      trap: 'transaction that was applied before',
      why: 'it stands in the replica’s own binary log already: a position was too old, and the data are right',
    },
    {
      trap: 'transaction that went round a ring',
      why: 'its source has it from this server, or what stands before it in the relay logs was applied after it: the position is right',
    },
    {
      trap: 'transaction that came several times',
      why: 'copies in one relay log: a loop, or a stretch that was fetched twice',
    },
    {
      trap: 'error that a later start got over',
      why: 'the newest word decides: low',
    },
    {
      trap: 'error log without notes (MySQL 8.0 and later, by default)',
      why: 'a later start of the applier would not be in it: possible, and medium at most',
    },
  ],
  fixStory:
    'First the class, then the repair. What was applied before is passed by with a right position, a loop is ended, a damaged relay log is fetched again; where the data really differ, the difference is looked at and put right on the replica. Skipping the group is another way, never the plan: it hides the difference, and what it holds besides is lost on this replica.',
  references: [
    'MySQL bugs #54249, #38205',
    'MySQL manual: Troubleshooting Replication; SET GLOBAL sql_replica_skip_counter',
    'MariaDB manual: SET GLOBAL sql_slave_skip_counter',
  ],
  follows: [
    'corrupt-event',
    'truncated-log',
    'position-off-boundary',
    'foreign-server-id-loop',
    'applier-position-behind',
    'receiver-position-behind',
    'position-mismatch',
    'relay-log-gap',
    'receiver-position-ahead',
    'broken-relay-index',
  ],
  *detect({ threadWitnesses, servers }) {
    for (const server of threadWitnesses) {
      for (const trouble of troublesOf(server, 'applier', isApplyError)) {
        yield describe(server, hideable(trouble), servers);
      }
    }
  },
  explain: ({ facts }) => APPLY_CLASSES[facts.class].cause,
  fix: ({ facts, subject }) => (facts.standing === 'over' ? null : afterApplyError(subject)),
});

/** Starts of the applier are notes: a log that holds none would not show that it is over. */
const hideable = (trouble: Trouble): Trouble => {
  const { reports, story } = trouble;
  if (trouble.standing !== 'stands' || reports.some((one) => one.witness === 'status-text'))
    return trouble;
  const hasNotes = story.server.observed.errorLogs.some(({ value }) =>
    value.messages.some(({ level }) => level === 'Note'),
  );
  return hasNotes ? trouble : { ...trouble, standing: 'unclear', ended: true };
};

const classOf = (
  server: Server,
  report: ThreadReport,
  event: FailedEvent | null,
  back: CameBack | null,
): ApplyClass => {
  if (READ_FAILURES.has(report.kind)) return 'unreadable';
  if (back) return 'came-back';
  const key = event?.key;
  const own = server.binlogs.flatMap(({ files }) => files);
  const isLogged =
    key != null &&
    own.some(({ facts: { transactions } }) =>
      [...transactions.sketch, ...transactions.tail, ...transactions.repeats].some(
        (one) => one.key === key,
      ),
    );
  if (isLogged) return 'applied-before';
  if (event && event.copies > 1) return 'repeated';
  const wroteItself = own.some(({ facts }) =>
    facts.serverIds.some(({ serverId, events }) => serverId === server.id && events > 0),
  );
  if (report.errorNumber === 1146 || report.errorNumber === 1049) return 'object-missing';
  if (wroteItself) return 'local-write';
  if (report.errorNumber === 1032) return 'row-missing';
  return 'unknown';
};

const describe = (
  server: Server,
  trouble: Trouble,
  servers: readonly Server[],
): Found<ApplyFacts, FailedApply> => {
  const { story, reports, lines } = trouble;
  const { channel } = story;
  const first = reports[0];
  const last = reports.at(-1) ?? first;
  const event = failedEvent(trouble);
  const { end, stopped } = failedAt(trouble);
  const view = server.channels.find(({ name }) => name === channel) ?? null;
  const back = cameBack(server, view, event, servers);
  const type = classOf(server, first, event, back);
  const code = last.errorCode ?? first.errorCode;
  const said = end ?? stopped;
  const place = said && formatCoordinates(said);
  const details = { ...first.details, ...last.details };
  const where =
    place === null ? '' : end ? `, at the event that ends at ${place}` : `, behind ${place}`;
  const error = code === null ? 'an error' : `error ${code}`;
  return {
    key: `${channel}/${code ?? ''}/${place ?? ''}`,
    ...weigh(trouble, type === 'unreadable' ? 'high' : 'critical'),
    title: `The applier ${trouble.standing === 'over' ? 'had stopped' : 'stopped'} with ${error}${where}: ${APPLY_CLASSES[type].says}`,
    summary: `${serverName(server)}: ${error}${details.table ? ` on ${details.table}` : ''}${where}${first.time ? `, at ${first.time}` : ''}${event ? `, in ${event.file.name}` : ''}; ${APPLY_CLASSES[type].says}. ${standingWords(trouble)}`,
    server,
    channel,
    at: [...troubleLoci(trouble), ...eventLoci(event), ...backLoci(back)] as unknown as [
      Locus,
      ...Locus[],
    ],
    facts: {
      class: type,
      errorCode: code,
      errorNumber: last.errorNumber ?? first.errorNumber,
      table: details.table ?? null,
      gtid: details.gtid ?? null,
      sourcePlace: place,
      relayLog: event?.file.name ?? null,
      relayOffset: event ? (event.copy?.offset ?? event.offset) : null,
      firstSeen: first.time,
      lastSeen: last.time,
      linesInAll: lines,
      standing: trouble.standing,
    },
    excluded: [],
    subject: { server, channel, class: type, gtid: details.gtid ?? null },
  };
};

const eventLoci = (event: FailedEvent | null): Locus[] =>
  event
    ? [
        {
          path: event.file.path,
          offset: event.copy?.offset ?? event.offset,
          length: event.copy ? event.copy.end - event.copy.offset : null,
          field: null,
          source: null,
          gtid: null,
          text: event.copy ? null : 'the failing event ends, or its group begins, here',
        },
      ]
    : [];

const backLoci = (back: CameBack | null): Locus[] =>
  back
    ? [
        logLocus(
          back.path,
          back.offset,
          back.proof === 'sent'
            ? 'the source received it from this server'
            : 'applied here before what stands before it in the relay logs',
        ),
      ]
    : [];
