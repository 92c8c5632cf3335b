import { skewToSource } from '../evidence/lag-clock.ts';
import { explainLagFigures, type LagCause, type LagFigure } from '../evidence/lag-figure.ts';
import { replicaStatuses } from '../evidence/replica-statuses.ts';
import { defineRule, type Found } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { lagPlaces } from './lag-figure-places.ts';
import { explainFigure, figureName, figureWords, placeText } from './lag-figure-words.ts';
import { count } from './words.ts';

interface LagFacts {
  readonly figure: number | null;
  readonly cause: LagCause['kind'];
  readonly takenAt: string | null;
  readonly receiverRunning: string | null;
  readonly applierRunning: string | null;
  readonly read: string | null;
  readonly executed: string | null;
  readonly statuses: number;
}

interface Subject {
  readonly newest: LagFigure;
  readonly figures: readonly LagFigure[];
}

/** Seconds_Behind of a status text, where it is not how far the replica is behind. */
export const misleadingLagFigure = defineRule({
  id: 'misleading-lag-figure',
  title: 'The lag figure does not say how far the replica is behind',
  severity: [
    'medium: it is 0 or small though nothing is received, the source is late or a clock is ahead, or large though nothing is behind',
    'info: it is NULL, delayed on purpose, or little; the receiver did not learn the source’s time, and nothing shows that the clocks differ; or a later status shows that it is over',
  ].join('\n'),
  needs: ['statuses'],
  story:
    'Seconds_Behind_Source (Seconds_Behind_Master) is no measure of the way to the source. It is NULL while the applier stands, or while everything received is applied and the receiver is not connected. It is 0 while everything received is applied, however little that is. In all other cases it is the age of the newest event that was executed, less the difference of the clocks as it was when the receiver started: an old event that goes round, or a format description that a reconnect copied, makes it jump though nothing is behind; what a late source has not sent yet does not count. A receiver that was not told the time takes the clocks for equal, and in a chain the clock of the server that wrote an event is never compared.',
  traps: [
    { trap: 'replica in step', why: '0 with both threads running is right: silent' },
    { trap: 'real backlog', why: 'a figure that is the age of what is being applied is right' },
    {
      trap: 'source read later than the replica',
      why: 'only a position that the source had shown well before the replica’s status counts, by times that both texts state',
    },
    {
      trap: 'receiver that is just connecting',
      why: 'without an error it is a moment’s state: info',
    },
    { trap: 'column left out of the text', why: 'that is not NULL' },
    {
      trap: 'clocks that differ',
      why: 'the difference to the direct source is taken away: nothing is said of it, unless the receiver did not learn it; with all applied, 0 is right whatever the clocks say',
    },
    {
      trap: 'stamps that were set by hand',
      why: 'a clock is ahead where at least half of its server’s transactions seem to be committed before they were, by 5 s or more',
    },
    {
      trap: 'delayed replica',
      why: 'a figure about as large as SQL_Delay is what was asked for: info',
    },
  ],
  follows: ['foreign-server-id-loop', 'stale-format-description'],
  fixStory:
    'Nothing is to be changed for the figure’s sake. Measure lag by commit timestamps (performance_schema.replication_applier_status_by_worker) or a heartbeat table, and let alarms look at both threads, not at the figure alone.',
  references: [
    'MySQL manual: SHOW REPLICA STATUS, Seconds_Behind_Source',
    'MySQL bug #66921',
    'MariaDB manual: SHOW REPLICA STATUS',
  ],
  *detect(seen) {
    const groups = new Map<string, LagFigure[]>();
    for (const figure of explainLagFigures(seen)) {
      const { server, channel, cause } = figure;
      const key = [server.folder, server.id, channel.name, cause.kind].join('\0');
      groups.set(key, [...(groups.get(key) ?? []), figure]);
    }
    for (const figures of groups.values()) {
      const newest = figures.at(-1);
      if (newest) yield describe({ newest, figures }, seen.staleAfter);
    }
  },
  unjudged: ({ statuses, streams }) => {
    const differ = statuses.some(({ server, channel }) =>
      replicaStatuses(server, channel).some(
        (moment) =>
          moment.row.secondsBehind !== null &&
          skewToSource({ server, channel, moment }, { streams }) !== null,
      ),
    );
    return differ
      ? 'the time of both hosts at one moment (date +%s.%N), and the error log with the receiver’s last connect: their clocks differ, the figure takes away what they differed by when it connected, and whether one was set since is in no file'
      : null;
  },
  explain: ({ subject: { newest } }) => explainFigure(newest),
  fix: () => null,
});

/** Rules whose findings may be the cause; the others only stand beside it. */
const CAUSES: Partial<Record<LagCause['kind'], readonly string[]>> = {
  loop: ['foreign-server-id-loop'],
  'stale-format-description': ['stale-format-description'],
};

const describe = (subject: Subject, staleAfter: number): Found<LagFacts, Subject> => {
  const { newest, figures } = subject;
  const { server, channel, moment, figure, cause } = newest;
  const { row, path, takenAt } = moment;
  const name = figureName(newest);
  const shown = figure === null ? 'NULL' : `${figure}`;
  const { title, why } = figureWords(newest);
  const [severity, confidence] = grade(newest, staleAfter);
  const many = figures.length > 1 ? ` ${count(figures.length, 'status', 'statuses')} show it.` : '';
  const when = takenAt ? ` at ${takenAt.text.replace('T', ' ')}` : '';
  const of = channel.name === '' ? '' : `, channel ${channel.name},`;
  return {
    key: `${channel.name}/${cause.kind}`,
    severity,
    confidence,
    title: `${name} is ${shown}${title}`,
    summary: `${name} of ${serverName(server)}${of} is ${shown}${when}: ${why}.${many}`,
    server,
    channel: channel.name,
    follows: CAUSES[cause.kind] ?? [],
    at: [
      {
        path,
        offset: row.offsets.secondsBehind ?? row.offset,
        length: null,
        field: 'secondsBehind',
        source: null,
        gtid: null,
        text: `${name} ${shown}`,
      },
      ...lagPlaces(cause),
    ],
    facts: {
      figure,
      cause: cause.kind,
      takenAt: takenAt?.text ?? null,
      receiverRunning: row.receiverRunning,
      applierRunning: row.applierRunning,
      read: placeText(row.readSourceLogFile, row.readSourceLogPos),
      executed: placeText(row.appliedSourceLogFile, row.appliedSourceLogPos),
      statuses: figures.length,
    },
    excluded: [],
    subject,
  };
};

const grade = (
  { server, channel, moment, figure, cause }: LagFigure,
  staleAfter: number,
): [Severity, Confidence] => {
  const large = (figure ?? 0) >= staleAfter ? 'medium' : 'info';
  const [severity, confidence] = (
    {
      'applier-stopped': ['info', 'proven'],
      'nothing-received': ['info', 'proven'],
      'receiver-stopped': ['medium', 'proven'],
      'receiver-failing': ['medium', 'proven'],
      'receiver-connecting': ['info', 'proven'],
      'source-ahead': ['medium', 'likely'],
      'source-behind': ['medium', 'likely'],
      'stale-format-description': [large, 'likely'],
      loop: [large, 'likely'],
      delayed: ['info', 'proven'],
      'parallel-applier': ['info', 'possible'],
      'clock-unknown': [skewSeverity(cause, staleAfter), 'likely'],
      'origin-clock': [skewSeverity(cause, staleAfter), 'likely'],
    } as const satisfies Record<LagCause['kind'], readonly [Severity, Confidence]>
  )[cause.kind];
  const moments = replicaStatuses(server, channel);
  if (moments.at(-1) === moment || moments.length === 1) return [severity, confidence];
  // Of another moment: over where their times tell so, and else nobody knows
  return moments.every(({ takenAt }) => takenAt !== null)
    ? ['info', confidence]
    : [severity, states(moments.at(-1)) === states(moment) ? confidence : 'possible'];
};

/** What is off by less than an alarm would wait for misleads nobody. */
const skewSeverity = (cause: LagCause, staleAfter: number): Severity =>
  'skew' in cause && (cause.skew?.seconds ?? 0) >= staleAfter ? 'medium' : 'info';

/** What a status shows of both threads, and the figure. */
const states = (moment: LagFigure['moment'] | undefined): string =>
  `${moment?.row.receiverRunning} ${moment?.row.applierRunning} ${moment?.row.secondsBehind}`;
