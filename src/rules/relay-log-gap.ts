import { formatCoordinates } from '../binlog/coordinates.ts';
import { type ChannelView, dropsEvents, usesGtid } from '../evidence/channel-view.ts';
import type { Connection, LogFile } from '../evidence/evidence.ts';
import { executedPosition, isApplied } from '../evidence/executed-position.ts';
import { type CutEnd, findCutEnds } from '../evidence/log-ends.ts';
import { passedConnects } from '../evidence/passed-connects.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { resumeAtExecuted } from './fix/resume-at.ts';
import { serverName } from './fix/steps.ts';
import { pastRepair } from './fix/withheld.ts';
import { logLocus } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';
import { count } from './words.ts';

interface GapFacts {
  readonly sourceLog: string;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly lastWholeTransaction: number | null;
  readonly applied: boolean | null;
}

interface Gap extends ChannelView {
  readonly file: LogFile;
  readonly next: Connection | null;
  /** Begin of the transaction that is cut in `file`; null where the file ends behind a whole one. */
  readonly openAt: number | null;
  readonly wholeUntil: number;
  /** Transactions that the source's log shows between, where it was looked at. */
  readonly skipped: number;
  readonly applied: boolean | null;
  readonly from: number;
  /** Begin of what is missing: the end of the last whole transaction. */
  readonly whole: number;
  readonly to: number;
  readonly log: string;
}

/** Source events between two relay logs that nobody stored and nothing explains: a silent loss. */
export const relayLogGap = defineRule({
  id: 'relay-log-gap',
  title: 'Source events are missing between two relay logs',
  severity: [
    'critical: the applier has passed the place: the replica misses these transactions',
    'high: it has not passed it yet, or nothing tells',
  ].join('\n'),
  needs: ['relays'],
  story:
    'Each connect begins a new relay log with the position that was asked for. Where the relay log before ends inside a transaction, and the next connect asks for a later place, the rest of that transaction and all up to the asked place was never stored. Where it ends behind a whole one, the source’s log tells whether anything is missing. MySQL 5.6 goes on without an error, with lag 0, and so do MariaDB 10.5.23 and 11.8.6; MariaDB 10.11.19 stops with 1866, as do those that look for an incomplete event group.',
  traps: [
    {
      trap: 'events that the receiver drops',
      why: 'own and ignored ids leave holes between transactions: only an end inside a transaction counts, or transactions of other ids that the source’s log holds there',
    },
    {
      trap: 'GTID connects',
      why: 'auto-position and MariaDB GTIDs skip what is known: never judged',
    },
    {
      trap: 'relay log that was not copied',
      why: 'files whose numbers do not follow each other are not compared',
    },
  ],
  fixStory:
    'Applier not past it: read on from the executed position. Applier past it: no CHANGE, which would apply all that followed a second time; apply exactly the missing range by hand, or rebuild the replica, and compare the tables.',
  references: ['MariaDB error 1866', 'MySQL bug #32228'],
  *detect({ relays, streams, servers }) {
    for (const passed of passedConnects({ relays, servers })) {
      const { server, channel, before, connection, stored, asked, skipped } = passed;
      const next = channel.relay?.files.find(({ path }) => path === connection.path);
      // Where the file ends inside a transaction, that tells more
      if (!next || before.facts.transactions.open || before.facts.integrity.length > 0) continue;
      yield describe({
        server,
        channel,
        file: before,
        next: connection,
        openAt: null,
        wholeUntil: before.facts.wholeUntil,
        skipped: skipped.length,
        applied: isApplied(executedPosition(server, channel), channel, next, connection.offset),
        from: stored.position,
        whole: stored.position,
        to: asked.position,
        log: asked.file,
      });
    }
    for (const end of findCutEnds({ streams, relays })) {
      const { server, channel } = end.stream;
      const asked = end.next?.asked ?? null;
      if (!channel || usesGtid(channel) || !end.skipped || !end.open || !asked) continue;
      const from = end.sourceEnd?.position ?? 0;
      if (asked.position <= from || (end.sourceEnd?.log ?? asked.file) !== asked.file) continue;
      const applied = end.next
        ? isApplied(executedPosition(server, channel), channel, end.file, end.open.offset)
        : null;
      yield describe({
        server,
        channel,
        file: end.file,
        next: end.next,
        openAt: end.open.offset,
        wholeUntil: end.wholeUntil,
        skipped: 0,
        applied,
        from,
        whole: wholeEnd(end, from),
        to: asked.position,
        log: asked.file,
      });
    }
  },
  unjudged: gtidsDecide,
  explain: ({ facts }) =>
    facts.applied === true
      ? 'The applier went past the gap without an error. The replica misses what lies in it, and whatever was applied afterwards stands on other data than on the source.'
      : 'When the applier comes to the gap it goes on with the next relay log, with or without an error, and what lies between is missing from then on.',
  fix: ({ subject: { server, channel, applied, log, whole, to } }, { servers }) =>
    applied === true
      ? pastRepair(
          server,
          `the applier is past the gap, and no statement repairs that: a CHANGE back would apply everything after it a second time. Take this replica out of service. Rebuild it; or, with the applier stopped, apply ${log} from ${whole} to ${to} by hand (on the source: mysqlbinlog --start-position=${whole} --stop-position=${to} ${log}), knowing that later transactions already ran on other data (1062, 1032). Compare the tables before it serves again`,
        )
      : resumeAtExecuted(server, channel, ' on both sides of the gap', servers),
});

/** Nothing of the cut transaction was applied: what is missing begins with it. */
const wholeEnd = (end: CutEnd, from: number): number => {
  const position = end.file.facts.transactions.lastComplete?.position ?? 0;
  return position > 0 && position <= from ? position : from;
};

const describe = (gap: Gap): Found<GapFacts, Gap> => {
  const { server, channel, file, next, openAt, applied, from, to, log } = gap;
  const whole = file.facts.transactions.lastComplete;
  const ends =
    openAt === null
      ? 'behind a whole transaction'
      : `inside the transaction that begins at ${file.name}@${openAt}${whole && whole.position > 0 ? ` (the last whole one ends at ${whole.position})` : ''}`;
  const shown =
    openAt === null
      ? ` The source’s log holds ${count(gap.skipped, 'transaction')} there that this replica does not drop.`
      : '';
  return {
    key: `${file.name}@${from}`,
    severity: applied === true ? 'critical' : 'high',
    confidence: dropsEvents(channel) ? 'likely' : 'proven',
    title: `${log} from ${gap.whole} to ${to} is missing between two relay logs`,
    summary: `${file.name} of ${serverName(server)} ends at ${formatCoordinates({ file: log, position: from })}, ${ends}; the next connect asked for ${formatCoordinates({ file: log, position: to })}. What lies between was never stored.${shown}${applied === true ? ' The applier has passed it.' : ''}`,
    server,
    channel: channel.name,
    at: [
      logLocus(file.path, openAt ?? gap.wholeUntil),
      ...(next ? [logLocus(next.path, next.offset)] : []),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      sourceLog: log,
      from: gap.whole,
      to,
      bytes: to - gap.whole,
      lastWholeTransaction: whole?.position ?? null,
      applied,
    },
    excluded: [
      {
        trap: 'events that the receiver drops',
        why:
          openAt === null
            ? 'the source’s log holds transactions there that this replica does not drop'
            : 'the relay log ends inside a transaction',
      },
    ],
    subject: gap,
  };
};
