import type { Server, Stream } from '../evidence/evidence.ts';
import { isoTime } from '../evidence/iso-time.ts';
import {
  hasOriginsFigures,
  longestTransactions,
  nearestToOrigin,
  type PlacedTransaction,
} from '../evidence/outsized-transactions.ts';
import type { ExtremeFact } from '../facts/facts.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { at, count, list, size, span } from './words.ts';

interface LongFacts {
  readonly transactions: ReadonlyArray<{
    readonly path: string;
    readonly offset: number;
    /** From its first statement to its commit. */
    readonly seconds: number;
    /** `statement`: one statement ran so long; `open`: from the first statement to the commit. */
    readonly kind: Long['kind'];
    readonly begun: string | null;
    readonly bytes: number;
    readonly events: number;
    readonly serverId: number;
    readonly threadId: number | null;
    readonly tables: readonly string[];
  }>;
  readonly longestSeconds: number;
}

interface Long {
  readonly placed: PlacedTransaction;
  readonly fact: ExtremeFact;
  readonly seconds: number;
  readonly kind: 'statement' | 'open';
}

const MINUTE = 60;
const HOUR = 3600;
/** Beyond, a client has made the time up (SET TIMESTAMP): no server lets a transaction live so long. */
const MADE_UP = 7 * 24 * HOUR;
/** Seconds by which a clock may have been set back. */
const SKEW = 5;
/** Applied in less than a minute or so, however long it was open. */
const HEAVY = 64 << 20;

/** A transaction that was open, or a statement that ran, for a long time. */
export const longTransaction = defineRule({
  id: 'long-transaction',
  title: 'A transaction took long',
  severity: [
    'medium: a statement ran for an hour or more, or a transaction of 64 MiB or more was open that long: replicas fall behind by as much',
    'low: a statement ran for ten minutes or more, or a transaction was open for an hour or more',
    'info: a transaction was open for ten minutes or more',
  ].join('\n'),
  needs: ['logs'],
  story:
    'A statement that runs for an hour on the source comes to its replicas when it is over, and runs for an hour there: they fall behind by that much, whatever else they do. A transaction that is merely held open writes little and is applied at once; but its events carry the times at which they were written, so that the lag figure jumps to its age for a moment, and undo logs and locks were held all the while. Night batches are long on purpose: what matters is whether anybody waited.',
  traps: [
    {
      trap: 'exec_time on a replica',
      why: 'there it grows with the replica’s own delay: only the figures of the server that the transaction comes from count',
    },
    {
      trap: 'made-up time (SET TIMESTAMP, a log replayed by hand)',
      why: 'nothing begins before its server does, and one thread cannot run two statements at once: where times of one thread overlap none of them counts, nor does anything beyond a week',
    },
    {
      trap: 'one transaction in several logs',
      why: 'its copies count once, where it comes from',
    },
    { trap: 'loop', why: 'laps age on other servers; at their origin they do not' },
    {
      trap: 'transaction that was only held open',
      why: 'replicas apply it at once: info, from an hour on low',
    },
  ],
  fixStory:
    'Nothing in replication is to be changed. Cut long statements into ranges of the key, run ALTER TABLE with an online tool (gh-ost, pt-online-schema-change), commit before waiting for anything outside the database. On replicas, parallel appliers only help what can run beside it.',
  references: [
    'MySQL manual: binary log, exec_time; sql/log_event.cc Query_log_event',
    'MySQL WL#7319, WL#7374 (commit timestamps)',
  ],
  *detect({ streams }) {
    const all = nearestToOrigin(streams.flatMap(longestTransactions));
    const long = withoutMadeUp(all.flatMap(measure));
    for (const stream of streams) {
      const own = long
        .filter(({ placed }) => placed.stream === stream)
        .sort(
          (a, b) =>
            RANK.indexOf(severityOf(a)) - RANK.indexOf(severityOf(b)) || b.seconds - a.seconds,
        );
      if (own.length > 0) yield describe(stream, own as [Long, ...Long[]]);
    }
  },
  explain: ({ facts }) =>
    facts.transactions[0]?.kind === 'statement'
      ? 'A replica runs the statement again, for about as long, and everything behind it waits.'
      : 'The lag figure counts from the time in its events: when they come, it jumps to their age. How long a replica needs depends on what the transaction wrote, not on how long it was open.',
  fix: () => null,
});

const RANK: readonly Severity[] = ['medium', 'low', 'info'];

/** By the longer of: its one statement; first statement to commit. Less than ten minutes is nothing. */
const measure = (placed: PlacedTransaction): Long[] => {
  const { fact } = placed;
  if (!fact) return [];
  const commit = fact.originalCommit === null ? 0 : Math.floor(fact.originalCommit / 1e6);
  const open = Math.max(fact.lastTimestamp, commit) - fact.firstTimestamp;
  const exec = hasOriginsFigures(placed) ? (fact.execTime ?? 0) : 0;
  const seconds = Math.max(open, exec);
  if (seconds < 10 * MINUTE || seconds > MADE_UP) return [];
  // One row statement on its own carries one time throughout; only its commit stamp is later
  const isOne = exec >= open || fact.lastTimestamp === fact.firstTimestamp;
  return [{ placed, fact, seconds, kind: isOne ? 'statement' : 'open' }];
};

/** Without those that began before their server, and those of threads that seem to do two things at once. */
const withoutMadeUp = (all: readonly Long[]): Long[] =>
  all.filter(
    (one) =>
      !beganTooEarly(one) &&
      !all.some(
        (other) =>
          other !== one &&
          other.fact.serverId === one.fact.serverId &&
          other.fact.threadId !== null &&
          other.fact.threadId === one.fact.threadId &&
          overlap(one, other),
      ),
  );

/** Before the start of the server that logged it, as its own binary log tells that. */
const beganTooEarly = ({ placed: { stream, file, offset, serverId }, fact }: Long): boolean => {
  if (stream.channel !== null || !stream.server.ids.includes(serverId)) return false;
  const upTo = stream.chain.files.slice(0, stream.chain.files.indexOf(file) + 1);
  const start = upTo
    .flatMap(({ facts, path }) =>
      facts.formats.filter((format) => path !== file.path || format.offset < offset),
    )
    .findLast(({ created }) => created !== 0)?.created;
  return start !== undefined && fact.firstTimestamp < start - SKEW;
};

const overlap = (a: Long, b: Long): boolean =>
  a.fact.firstTimestamp < b.fact.firstTimestamp + b.seconds &&
  b.fact.firstTimestamp < a.fact.firstTimestamp + a.seconds;

const bytesOf = ({ fact }: Long): number => fact.end - fact.offset;

const severityOf = (long: Long): Severity => {
  const { kind, seconds } = long;
  if (kind === 'statement') return seconds >= HOUR ? 'medium' : 'low';
  if (seconds < HOUR) return 'info';
  return bytesOf(long) >= HEAVY ? 'medium' : 'low';
};

const describe = (stream: Stream, long: readonly [Long, ...Long[]]): Found<LongFacts, Server> => {
  const { server, channel, chain } = stream;
  const [top] = long;
  const { fact, kind, seconds } = top;
  const confidence: Confidence = 'likely';
  const others =
    long.length > 1 ? ` ${count(long.length - 1, 'more such transaction')} in the same logs.` : '';
  const tables = fact.tables.length > 0 ? ` on ${list(fact.tables.slice(0, 3))}` : '';
  return {
    key: `${channel?.name ?? ''}/${chain.base}`,
    severity: severityOf(top),
    confidence,
    title:
      kind === 'statement'
        ? `A statement${tables} ran for ${span(seconds)}`
        : `A transaction${tables} was open for ${span(seconds)}`,
    summary: `${kind === 'statement' ? 'A statement' : 'A transaction'} of server ${fact.serverId}${fact.threadId === null ? '' : ` (thread ${fact.threadId})`}${tables}, begun ${at(fact.firstTimestamp)} UTC, ${kind === 'statement' ? 'ran' : 'was open'} for ${span(seconds)}; it stands in ${chain.base} of ${serverName(server)} with ${count(fact.events, 'event')} and ${size(bytesOf(top))}.${others}`,
    server,
    channel: channel?.name ?? '',
    at: long.map(locus) as unknown as [Locus, ...Locus[]],
    facts: {
      transactions: long.map((one) => ({
        path: one.placed.file.path,
        offset: one.fact.offset,
        seconds: one.seconds,
        kind: one.kind,
        begun: isoTime(one.fact.firstTimestamp),
        bytes: bytesOf(one),
        events: one.fact.events,
        serverId: one.fact.serverId,
        threadId: one.fact.threadId,
        tables: one.fact.tables,
      })),
      longestSeconds: Math.max(...long.map((one) => one.seconds)),
    },
    excluded: [
      {
        trap: 'exec_time on a replica',
        why: hasOriginsFigures(top.placed)
          ? 'the figures are those of the server that the transaction comes from'
          : 'exec_time was left out: only the times of its events and of its commit count',
      },
      {
        trap: 'made-up time (SET TIMESTAMP, a log replayed by hand)',
        why: 'no other long one of the same thread overlaps',
      },
    ],
    subject: server,
  };
};

const locus = ({ placed, fact, seconds, kind }: Long): Locus => ({
  path: placed.file.path,
  offset: fact.offset,
  length: fact.end - fact.offset,
  field: null,
  source: null,
  gtid: null,
  text: `${kind === 'statement' ? 'ran' : 'open'} for ${span(seconds)}${fact.tables.length > 0 ? `, on ${list(fact.tables)}` : ''}`,
});
