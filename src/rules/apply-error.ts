import { formatCoordinates } from '../binlog/coordinates.ts';
import { type ApplyCause, applyCause } from '../evidence/apply-cause.ts';
import { applyFailures } from '../evidence/apply-failures.ts';
import type { ApplyTrace, Touch, TraceLog } from '../evidence/apply-trace.ts';
import { cameBack } from '../evidence/came-back.ts';
import { committedLater } from '../evidence/committed-later.ts';
import type { Server } from '../evidence/evidence.ts';
import { failedAt, failedEvent } from '../evidence/failed-event.ts';
import { fetchedPart } from '../evidence/fetched-part.ts';
import { higherGtid, type NamedGtid } from '../evidence/named-gtid.ts';
import { type PassedBy, passedBy } from '../evidence/passed-by.ts';
import { filterOf, missingTable, type ReplicaFilter } from '../evidence/replica-filter.ts';
import { stillStopped } from '../evidence/still-stopped.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import { APPLY_CLASSES } from './apply-classes.ts';
import { backLoci, inOrder, partLoci } from './apply-loci.ts';
import { filterLoci, filterWords, higherWords } from './apply-obstacle-words.ts';
import { applyStanding } from './apply-standing.ts';
import { eventLoci, traceLoci, traceWords } from './apply-trace-words.ts';
import { defineRule, type Found } from './define-rule.ts';
import { afterApplyError } from './fix/after-apply-error.ts';
import { serverName } from './fix/steps.ts';
import { held } from './fix/withheld.ts';
import { PASSED_BY, passedByLoci, passedByWords } from './passed-by-words.ts';
import { namedGtidLoci } from './position-locus.ts';

interface ApplyFacts {
  readonly class: ApplyCause;
  /** Do the logs hold the change that stands in the way? */
  readonly causeShown: boolean;
  readonly errorCode: number | null;
  readonly errorNumber: number | null;
  readonly table: string | null;
  readonly gtid: string | null;
  /** End of the failing event in the source’s log; else where the applier stopped before it. */
  readonly sourcePlace: string | null;
  readonly relayLog: string | null;
  /** Of its transaction, and of the event itself. */
  readonly relayOffset: number | null;
  readonly eventOffset: number | null;
  readonly key: {
    readonly columns: readonly string[];
    readonly values: readonly string[];
    readonly toldBy: string;
  } | null;
  /** Earlier events that touch the same; null where that was not looked for. */
  readonly touchedBefore: Readonly<Record<TraceLog, number>> | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly linesInAll: number;
  readonly standing: Trouble['standing'];
  /** Was it passed by with a transaction of this server’s own under its GTID? */
  readonly passedBy: boolean;
}

export interface FailedApply {
  readonly server: Server;
  readonly channel: string;
  readonly class: ApplyCause;
  readonly gtid: string | null;
  readonly touch: Touch | null;
  readonly trace: ApplyTrace | null;
  /** What keeps strict mode from logging it (MariaDB). */
  readonly higher: NamedGtid | null;
  /** What left the missing table out, as a status tells. */
  readonly filter: ReplicaFilter | null;
  readonly errorCode: number | null;
  readonly passed: PassedBy | null;
}

/** Words in the place of a GTID where there is none. */
const isGtid = (text: string | undefined): text is string => /\d[:-]\d/.test(text ?? '');

/** The applier stopped at an event. */
export const applyError = defineRule({
  id: 'apply-error',
  title: 'The applier stops at an event',
  severity:
    'critical: the applier has stopped, and stops there again at every start\nhigh: it has stopped since the relay log could not be read, whose damage is the cause\nmedium: whether it is over is not known; or it was passed by, and its changes are missing\nlow: it is over',
  needs: ['threadWitnesses'],
  story:
    'An event cannot be applied: a row is there already (1062), is missing (1032), its table is missing (1146), or the relay log cannot be read (1594). The error names the event by the end of it in the source’s log, or the applier by where it stopped. Why the data differ decides what to do: the same transaction came twice, went round a loop, something wrote on the replica, or an earlier change never arrived. So the event’s rows are read, and what touched the same key before is looked for in the replica’s own binary log, its relay logs and the source’s binary log: file, offset, server, time and what it did.',
  traps: [
    {
      trap: 'transaction that was applied before',
      why: 'it stands in the replica’s own binary log already: a position was too old, and the data are right',
    },
    {
      trap: 'transaction that came several times',
      why: 'copies in one relay log: a loop, or a stretch that was fetched twice',
    },
    {
      trap: 'statement that only names the same value',
      why: 'it may change another row, in another column: it is shown, and called no proof',
    },
    {
      trap: 'column that holds the same value by chance',
      why: 'rows are the same in their key, as the table map or the error tells it, or in all columns',
    },
    {
      trap: 'write on the replica after the failure',
      why: 'by its own clock it came later, and cannot be the cause',
    },
    {
      trap: 'error that a later start got over',
      why: 'the newest word decides, or what the applier has committed since, as the replica’s own log tells: low',
    },
    {
      trap: 'error log without notes (MySQL 8.0 and later, by default)',
      why: 'a later start of the applier would not be in it: possible, and medium at most, unless it ends there (high, likely) or the replica’s own binary log holds nothing of what follows',
    },
  ],
  fixStory:
    'First the class, then the repair. What was applied before is passed by with a right position, a loop is ended, a damaged relay log is fetched again; where the data really differ, the difference is looked at and put right on the replica. Skipping the group is another way, never the plan: it hides the difference, and what it holds besides is lost on this replica.',
  references: [
    'MySQL bug #38205: a group of rows of a MyISAM table, stopped in the middle, fails with 1062 at the next start',
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
    'applier-startup-failure',
    'lost-events-incident',
  ],
  *detect({ threadWitnesses, applyTraces, servers }) {
    for (const server of threadWitnesses) {
      for (const trouble of applyFailures(server)) {
        const { channel } = trouble.story;
        const trace = applyTraces.find((one) => one.server === server && one.channel === channel);
        yield describe(server, trouble, trace ?? null, servers);
      }
    }
  },
  explain: ({ subject }) =>
    [
      subject.passed ? PASSED_BY.cause : APPLY_CLASSES[subject.class].cause,
      ...filterWords(subject.filter),
      ...traceWords(subject),
    ].join(' '),
  fix: ({ facts, subject }, { servers }) => {
    const { dialect } = subject.server;
    if (subject.passed) return dialect && held(dialect, PASSED_BY.withheld);
    return facts.standing === 'over' ? null : afterApplyError(subject, servers);
  },
});

const describe = (
  server: Server,
  said: Trouble,
  trace: ApplyTrace | null,
  servers: readonly Server[],
): Found<ApplyFacts, FailedApply> => {
  const event = failedEvent(said);
  const passed = passedBy(server, event);
  const since = said.standing === 'over' ? null : committedLater(said, event);
  const still = since === null && said.standing === 'stands' ? stillStopped(said, event) : 'told';
  const trouble: Trouble = {
    ...said,
    standing: since !== null || passed ? 'over' : still === 'unknown' ? 'unclear' : said.standing,
  };
  const isOver = trouble.standing === 'over';
  const { story, reports, lines } = trouble;
  const { channel } = story;
  const first = reports[0];
  const last = reports.at(-1) ?? first;
  const { end, stopped } = failedAt(trouble);
  const view = server.channels.find(({ name }) => name === channel) ?? null;
  const back = isOver ? null : cameBack(server, view, event, servers);
  const part = view && event && end ? fetchedPart(view, event.file, end) : null;
  const { cause: type, touch } = applyCause(server, last, event, trace, { isOver, back, part });
  const higher = type === 'out-of-order' ? higherGtid(server, last) : null;
  const says = higher ? higherWords(higher) : APPLY_CLASSES[type].says(touch);
  const code = last.errorCode ?? first.errorCode;
  const at = end ?? stopped;
  const place = at && formatCoordinates(at);
  const details = { ...first.details, ...last.details };
  const table = details.table ?? trace?.event.table ?? null;
  const absent = type === 'object-missing' ? (missingTable(last) ?? table) : null;
  const filter = absent === null ? null : filterOf(server, channel, absent);
  // The error does not name it in every version, and the log always does
  const gtid = isGtid(details.gtid) ? details.gtid : (trace?.event.gtid ?? null);
  const errorNumber = last.errorNumber ?? first.errorNumber;
  const worst = type === 'unreadable' ? 'high' : 'critical';
  const { words, ...weight } = passed
    ? ({ severity: 'medium', confidence: 'likely', words: passedByWords(passed) } as const)
    : applyStanding(trouble, still, since, worst);
  const where =
    place === null ? '' : end ? `, at the event that ends at ${place}` : `, behind ${place}`;
  const error = code === null ? 'an error' : `error ${code}`;
  return {
    key: `${channel}/${code ?? ''}/${place ?? ''}`,
    ...weight,
    title: `The applier ${isOver ? 'had stopped' : 'stopped'} with ${error}${where}${passed ? `, ${PASSED_BY.title}` : `: ${says}`}`,
    summary: `${serverName(server)}: ${error}${table ? ` on ${table}` : ''}${where}${first.time ? `, at ${first.time}` : ''}${event ? `, in ${event.file.name}` : ''}${passed ? '' : `; ${says}`}. ${words}`,
    server,
    channel,
    at: inOrder(
      trouble,
      [
        ...eventLoci(event, trace),
        ...passedByLoci(passed),
        ...(type === 'came-back' ? backLoci(back) : []),
        ...namedGtidLoci(higher),
        ...filterLoci(filter),
        ...(type === 'refetched-part' ? partLoci(part) : []),
      ],
      traceLoci(trace, touch, server),
      touch !== null,
    ),
    facts: {
      class: type,
      causeShown: touch !== null && type !== 'local-writer',
      errorCode: code,
      errorNumber,
      table,
      gtid,
      sourcePlace: place,
      relayLog: event?.file.name ?? null,
      relayOffset: trace?.event.begin ?? event?.copy?.offset ?? event?.offset ?? null,
      eventOffset: trace?.event.offset ?? null,
      key: trace?.key
        ? { columns: trace.key.columns, values: trace.key.values, toldBy: trace.key.told }
        : null,
      touchedBefore: trace && trace.searched.length > 0 ? trace.counts : null,
      firstSeen: first.time,
      lastSeen: last.time,
      linesInAll: lines,
      standing: trouble.standing,
      passedBy: passed !== null,
    },
    excluded: [],
    subject: {
      passed,
      server,
      channel,
      class: type,
      gtid,
      touch,
      trace,
      higher,
      filter,
      errorCode: code,
    },
  };
};
