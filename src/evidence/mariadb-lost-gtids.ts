import { parseMariadbGtid, parseMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import type { GtidsFact } from '../facts/facts.ts';
import type { CopyFact } from '../facts/transaction-facts.ts';
import type { SourceRefusal } from '../metadata/error-log/source-refusals.ts';
import { usesGtid } from './channel-view.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { executedUntil, isLast, isWhole, ownChain } from './executed-gtids.ts';
import { keptTransactions } from './kept-transactions.ts';
import { isRefusal } from './receiver-errors.ts';
import { feeds, sourceOf } from './source-of.ts';
import { troublesOf } from './thread-trouble.ts';

/** One transaction where it stands. */
export interface PlacedGtid {
  readonly gtid: string;
  readonly file: LogFile;
  readonly copy: CopyFact;
  /** Unix seconds, by the clock of its first writer. */
  readonly timestamp: number;
  /** Not before it was committed: a client may have SET TIMESTAMP to the past. */
  readonly committed: number;
}

/** What a MariaDB replica has of one writer in one domain, and its source has no more, or never had. */
export interface MariadbLostGtids {
  /** Who wrote them: the source, the replica itself, or a server before them. */
  readonly writtenBy: 'source' | 'replica' | 'other';
  readonly server: Server;
  readonly channel: Channel;
  readonly source: Server;
  readonly domain: number;
  readonly writer: number;
  /** Sequence numbers that the source does not have; null where it has passed them all again. */
  readonly lost: { readonly first: number; readonly last: number } | null;
  /** As many of these as the logs at hand show, oldest first. */
  readonly transactions: readonly PlacedGtid[];
  /** GTIDs that name one transaction on the replica and another on the source. */
  readonly reused: ReadonlyArray<{ readonly here: PlacedGtid; readonly there: PlacedGtid }>;
  /** Did the source refuse to send because of this domain, and does that stand? */
  readonly refused: boolean;
  /** Has the source transactions in that domain that the replica does not have? */
  readonly sourceWentOn: boolean;
}

type StreamFact = GtidsFact['streams'][number];

/** Seconds: below that, copies that were not made at one moment explain it. */
const SKEW = 1;
/** Seconds: two copies of one transaction have one time, up to what a long statement makes of it. */
const OTHER_TIME = 5;

/**
 * Judged where GTIDs decide and the logs of the source were given up to its newest one. A source that
 * was copied earlier than its replica has less, too: only what cannot come to it any more counts.
 */
export const findMariadbLostGtids = (servers: readonly Server[]): MariadbLostGtids[] =>
  servers.flatMap((server) =>
    server.version?.flavor !== 'mariadb'
      ? []
      : server.channels.flatMap((channel) => {
          const source = usesGtid(channel) ? sourceOf(channel, server, servers) : null;
          const newest = source && ownChain(source)?.files.at(-1);
          return source && newest && isWhole(newest) && isLast(source, newest)
            ? lostOn(server, channel, source)
            : [];
        }),
  );

const lostOn = (server: Server, channel: Channel, source: Server): MariadbLostGtids[] => {
  const here = [...(ownChain(server)?.files ?? []), ...(channel.relay?.files ?? [])];
  const there = ownChain(source)?.files ?? [];
  const refusedDomain = domainRefused(server, channel);
  return streamsIn(here).flatMap(({ domain, server: writer, last, newest }): MariadbLostGtids[] => {
    const writtenBy = source.ids.includes(writer)
      ? 'source'
      : server.ids.includes(writer)
        ? 'replica'
        : 'other';
    const known = highestOf(there, domain, writer);
    const refused = refusedDomain === domain;
    if (writtenBy === 'replica' && (feeds(server, source) || !(refused || known > 0))) return [];
    // Without log_slave_updates, or by another channel, it comes from elsewhere
    if (writtenBy === 'other' && (known === 0 || (!refused && server.channels.length > 1)))
      return [];
    const reused = writtenBy === 'source' ? reusedIn(here, there, domain, writer) : [];
    const isPast = writtenBy === 'source' || source.channels.length === 0;
    const transactions = placedIn(here, domain, writer, known);
    const times = [newest, ...transactions.map(({ committed }) => committed)];
    const overtaken = isPast && Math.max(...times) + SKEW < executedUntil(source);
    const isLost = last > known && (refused || overtaken);
    if (!isLost && reused.length === 0) return [];
    const domainThere = highestOf(there, domain, null);
    return [
      {
        writtenBy,
        server,
        channel,
        source,
        domain,
        writer,
        lost: isLost ? { first: firstAbove(here, domain, writer, known), last } : null,
        transactions: isLost ? transactions : [],
        reused,
        refused,
        sourceWentOn: reused.length > 0 || domainThere > known,
      },
    ];
  });
};

/** By domain and writer: the highest number, and the time of what bears it. */
const streamsIn = (
  files: readonly LogFile[],
): Array<{ domain: number; server: number; last: number; newest: number }> => {
  const found = new Map<string, { domain: number; server: number; last: number; newest: number }>();
  for (const { domain, server, last, firstTimestamp, lastTimestamp } of streamFacts(files)) {
    const key = `${domain}-${server}`;
    const before = found.get(key);
    const newest = Math.max(before?.newest ?? 0, firstTimestamp, lastTimestamp);
    found.set(key, { domain, server, last: Math.max(last, before?.last ?? 0), newest });
  }
  return [...found.values()];
};

const streamFacts = (files: readonly LogFile[]): readonly StreamFact[] =>
  files.flatMap(({ facts }) => facts.gtids.streams);

/** Highest number of a writer in a domain, of all writers where it is null; 0 for none. */
const highestOf = (files: readonly LogFile[], domain: number, writer: number | null): number =>
  Math.max(
    0,
    ...files.flatMap(({ facts }) => [
      ...facts.gtids.streams
        .filter((one) => one.domain === domain && (writer === null || one.server === writer))
        .map(({ last }) => last),
      ...(parseMariadbGtidList(facts.previousGtids ?? '') ?? [])
        .filter((one) => one.domain === domain && (writer === null || one.server === writer))
        .map(({ sequence }) => Number(sequence)),
    ]),
  );

/** The first one above a number that the logs show; of a large log not all are kept. */
const firstAbove = (
  files: readonly LogFile[],
  domain: number,
  writer: number,
  above: number,
): number => {
  const begins = streamFacts(files)
    .filter((one) => one.domain === domain && one.server === writer && one.last > above)
    .map(({ first, last }) => (first > above ? first : last));
  const kept = placedIn(files, domain, writer, above).map(({ gtid }) => sequenceOf(gtid));
  return Math.min(...begins, ...kept);
};

const sequenceOf = (gtid: string): number => Number(parseMariadbGtid(gtid)?.sequence ?? 0n);

/** Transactions of a writer above a number, each where it stands first. */
const placedIn = (
  files: readonly LogFile[],
  domain: number,
  writer: number,
  above: number,
): PlacedGtid[] => {
  const found = new Map<string, PlacedGtid>();
  for (const file of files) {
    for (const { key, proof, copy, timestamp } of keptTransactions(file.facts)) {
      const gtid = proof === 'mariadb-gtid' ? parseMariadbGtid(key) : null;
      if (gtid?.domain !== domain || gtid.server !== writer || found.has(key)) continue;
      if (Number(gtid.sequence) > above) found.set(key, placed(key, file, copy, timestamp));
    }
  }
  return [...found.values()].sort((a, b) => sequenceOf(a.gtid) - sequenceOf(b.gtid));
};

const placed = (gtid: string, file: LogFile, copy: CopyFact, timestamp: number): PlacedGtid => ({
  gtid,
  file,
  copy,
  timestamp,
  committed: Math.max(copy.writtenAt ?? timestamp, copy.notBefore),
});

/** One number, another time: the writer gave it away twice. */
const reusedIn = (
  here: readonly LogFile[],
  there: readonly LogFile[],
  domain: number,
  writer: number,
): MariadbLostGtids['reused'] => {
  const ours = new Map(placedIn(here, domain, writer, 0).map((one) => [one.gtid, one]));
  return placedIn(there, domain, writer, 0).flatMap((one) => {
    const other = ours.get(one.gtid);
    return other && Math.abs(other.timestamp - one.timestamp) > OTHER_TIME
      ? [{ here: other, there: one }]
      : [];
  });
};

const UNKNOWN_GTID: ReadonlySet<SourceRefusal> = new Set([
  'gtid-missing',
  'gtid-diverged',
  'gtid-in-hole',
]);

/** The domain whose GTID the source does not know, by its own words, where these stand. */
const domainRefused = (server: Server, { name }: Channel): number | null => {
  for (const { story, reports, standing } of troublesOf(server, 'receiver', isRefusal)) {
    if (story.channel !== name || standing !== 'stands') continue;
    const { details } = reports.findLast((one) => one.details.refusal !== undefined) ?? reports[0];
    const isUnknown = details.refusal !== undefined && UNKNOWN_GTID.has(details.refusal);
    const gtid = isUnknown ? parseMariadbGtid(details.gtid ?? '') : null;
    if (gtid) return gtid.domain;
  }
  return null;
};
