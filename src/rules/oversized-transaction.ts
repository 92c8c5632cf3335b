import type { LogFile, Server, Stream } from '../evidence/evidence.ts';
import {
  largestTransactions,
  nearestToOrigin,
  type PlacedTransaction,
} from '../evidence/outsized-transactions.ts';
import type { EventRef } from '../facts/facts.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { at, count, list, size } from './words.ts';

interface OversizedFacts {
  readonly transactions: ReadonlyArray<{
    readonly path: string;
    readonly offset: number;
    readonly bytes: number;
    readonly events: number | null;
    readonly shareOfLog: number;
    readonly serverId: number;
    readonly threadId: number | null;
    readonly tables: readonly string[];
    readonly formats: readonly string[];
  }>;
  readonly largestBytes: number;
  readonly largestEventBytes: number;
}

const MIB = 1 << 20;
const GIB = 1 << 30;
const LARGE = 256 * MIB;
const NOTABLE = 64 * MIB;
/** Of the log that it stands in. */
const SHARE = 0.1;

/** One transaction that is a large part of a log, or more than a server can send. */
export const oversizedTransaction = defineRule({
  id: 'oversized-transaction',
  title: 'A transaction is very large',
  severity: [
    'high: 1 GiB or more, or a single event of 1 GiB or more, which a source refuses to send (error 1236)',
    'medium: 256 MiB or more',
    'low: 64 MiB or more, and a tenth of its log or more',
  ].join('\n'),
  needs: ['logs'],
  story:
    'A transaction goes into the binary log as a whole when it commits, and a replica begins with it only when it has come. Everything behind it waits that long; it needs its size in caches and temporary files on every server, cannot be split over two binary logs, and after a lost connection by GTID it is sent once more from its start. A single event above max_allowed_packet, which is never more than 1 GiB, is not sent at all.',
  traps: [
    {
      trap: 'large log',
      why: 'transactions are measured, not files: a log may be of any size',
    },
    {
      trap: 'one transaction in several logs',
      why: 'its copies on the source, in relay logs and on replicas count once, where it comes from',
    },
    {
      trap: 'compressed transaction',
      why: 'what stands in the log is measured: unpacked it is larger still',
    },
    {
      trap: 'transaction over several relay logs',
      why: 'rotation by size may cut one: the parts are put together',
    },
    {
      trap: 'LOAD DATA, CREATE TABLE … SELECT',
      why: 'they are as hard on a replica as any other: the tables are named',
    },
  ],
  fixStory:
    'Nothing in replication is to be changed. Write in parts: deletes and updates by ranges of the key (pt-archiver), loads in chunks, CREATE TABLE … SELECT as two statements. Where a single event is too large, the row is: raise max_allowed_packet on all servers, up to 1 GiB.',
  references: [
    'MySQL manual: Replication and max_allowed_packet',
    'MySQL manual: replica_max_allowed_packet (slave_max_allowed_packet)',
    'MariaDB: slave_max_allowed_packet',
  ],
  *detect({ streams }) {
    const all = nearestToOrigin(streams.flatMap(largestTransactions)).filter(isNotable);
    for (const stream of streams) {
      const own = all.filter((one) => one.stream === stream).sort((a, b) => b.bytes - a.bytes);
      const event = largestEvent(stream);
      const tooLarge = event && event.ref.size >= GIB ? event : null;
      if (own.length > 0 || tooLarge) yield describe(stream, own, tooLarge);
    }
  },
  explain: ({ facts }) =>
    facts.largestEventBytes >= GIB
      ? 'No source sends an event larger than max_allowed_packet, and that is never more than 1 GiB: replicas stop there with error 1236.'
      : 'A replica begins to apply it only when all of it has come, and everything behind it waits for it. Its size is needed once more in the binary log cache of each server that logs it.',
  fix: () => null,
});

const isNotable = ({ bytes, ofBytes }: PlacedTransaction): boolean =>
  bytes >= LARGE || (bytes >= NOTABLE && bytes >= SHARE * ofBytes);

interface PlacedEvent {
  readonly file: LogFile;
  readonly ref: EventRef;
}

const largestEvent = ({ chain }: Stream): PlacedEvent | null =>
  chain.files.reduce<PlacedEvent | null>((best, file) => {
    const ref = file.facts.largestEvent;
    return ref && ref.size > (best?.ref.size ?? 0) ? { file, ref } : best;
  }, null);

const severityOf = (largest: number, event: PlacedEvent | null): Severity => {
  if (event || largest >= GIB) return 'high';
  return largest >= LARGE ? 'medium' : 'low';
};

const describe = (
  { server, channel, chain }: Stream,
  transactions: readonly PlacedTransaction[],
  event: PlacedEvent | null,
): Found<OversizedFacts, Server> => {
  const [top] = transactions;
  const largest = top?.bytes ?? 0;
  const where = `${chain.base} of ${serverName(server)}`;
  const tables = top?.fact?.tables ?? [];
  const said = [
    ...(top
      ? [
          `The largest of ${count(transactions.length, 'large transaction')} in ${where} has ${size(largest)}${top.fact ? ` in ${count(top.fact.events, 'event')}, begun ${at(top.fact.firstTimestamp)} UTC by server ${top.serverId}` : ''}, ${Math.round((100 * largest) / Math.max(1, top.ofBytes))} % of the log${tables.length > 0 ? `; it writes ${list(tables)}` : ''}.`,
        ]
      : []),
    ...(event
      ? [`A single event in ${where} has ${size(event.ref.size)}: no source sends it.`]
      : []),
  ];
  return {
    key: `${channel?.name ?? ''}/${chain.base}`,
    severity: severityOf(largest, event),
    confidence: 'proven',
    title: event
      ? `An event of ${size(event.ref.size)} is too large to be sent`
      : `A transaction of ${size(largest)}${tables.length > 0 ? ` on ${list(tables.slice(0, 3))}` : ''}`,
    summary: said.join(' '),
    server,
    channel: channel?.name ?? '',
    at: [
      ...(event ? [eventLocus(event)] : []),
      ...transactions.map(transactionLocus),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      transactions: transactions.map(({ file, offset, bytes, ofBytes, serverId, fact }) => ({
        path: file.path,
        offset,
        bytes,
        events: fact?.events ?? null,
        shareOfLog: Math.round((1000 * bytes) / Math.max(1, ofBytes)) / 1000,
        serverId,
        threadId: fact?.threadId ?? null,
        tables: fact?.tables ?? [],
        formats: fact?.formats ?? [],
      })),
      largestBytes: largest,
      largestEventBytes: event?.ref.size ?? 0,
    },
    excluded: [
      {
        trap: 'one transaction in several logs',
        why: 'other copies of it, where given, are not counted',
      },
    ],
    subject: server,
  };
};

const transactionLocus = ({ file, offset, bytes, fact }: PlacedTransaction): Locus => ({
  path: file.path,
  offset,
  length: fact === null ? null : bytes,
  field: null,
  source: null,
  gtid: null,
  text: `${size(bytes)}${fact && fact.tables.length > 0 ? ` on ${list(fact.tables)}` : fact ? '' : ', over several files'}`,
});

const eventLocus = ({ file, ref }: PlacedEvent): Locus => ({
  path: file.path,
  offset: ref.offset,
  length: ref.size,
  field: 'event_size',
  source: null,
  gtid: null,
  text: `one event of ${size(ref.size)}`,
});
