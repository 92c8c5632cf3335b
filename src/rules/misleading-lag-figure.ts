import { formatCoordinates } from '../binlog/coordinates.ts';
import { explainLagFigures, type LagCause, type LagFigure } from '../evidence/lag-figure.ts';
import { replicaStatuses } from '../evidence/replica-statuses.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { explainFigure, figureName, figureWords, placeText } from './lag-figure-words.ts';
import { logLocus } from './position-locus.ts';
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
    'medium: it is 0 or small though nothing is received or the source is late, or large though nothing is behind',
    'info: it is NULL, delayed on purpose, or little; or a later status shows that it is over',
  ].join('\n'),
  needs: ['statuses'],
  story:
    'Seconds_Behind_Source (Seconds_Behind_Master) is no measure of the way to the source. It is NULL while the applier stands, or while everything received is applied and the receiver is not connected. It is 0 while everything received is applied, however little that is. In all other cases it is the age of the newest event that was executed, less the difference of the clocks as it was when the receiver started: an old event that goes round, or a format description that a reconnect copied, makes it jump though nothing is behind; what a late source has not sent yet does not count.',
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
      ...places(cause),
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
    } as const satisfies Record<LagCause['kind'], readonly [Severity, Confidence]>
  )[cause.kind];
  const moments = replicaStatuses(server, channel);
  if (moments.at(-1) === moment || moments.length === 1) return [severity, confidence];
  // Of another moment: over where their times tell so, and else nobody knows
  return moments.every(({ takenAt }) => takenAt !== null)
    ? ['info', confidence]
    : [severity, states(moments.at(-1)) === states(moment) ? confidence : 'possible'];
};

/** What a status shows of both threads, and the figure. */
const states = (moment: LagFigure['moment'] | undefined): string =>
  `${moment?.row.receiverRunning} ${moment?.row.applierRunning} ${moment?.row.secondsBehind}`;

const places = (cause: LagCause): Locus[] => {
  switch (cause.kind) {
    case 'source-ahead':
      return [
        logLocus(
          cause.said.path,
          cause.said.offset,
          `the source was at ${formatCoordinates(cause.said.end)}`,
        ),
      ];
    case 'source-behind': {
      const { path, row } = cause.status;
      return [
        logLocus(
          path,
          row.offsets.secondsBehind ?? row.offset,
          `the source itself was ${row.secondsBehind} s behind`,
        ),
      ];
    }
    case 'stale-format-description':
      return [logLocus(cause.path, cause.format.offset)];
    case 'loop': {
      const { laps } = cause.loop.streams[0];
      const { file, copy } = laps[0].last;
      return [{ ...logLocus(file.path, copy.offset), length: copy.end - copy.offset }];
    }
    default:
      return [];
  }
};
