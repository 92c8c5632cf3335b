import { GtidSet } from '../binlog/gtid-set.ts';
import { behindHighest } from './behind-highest.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import {
  type ExecutedGtids,
  executedGtids,
  gtidsBefore,
  ownChain,
  receivedGtids,
} from './executed-gtids.ts';
import { type GtidTransaction, setOf, transactionsIn } from './gtid-transactions.ts';
import { type ReusedGtid, reusedGtids } from './reused-gtids.ts';
import { uuidOf } from './server-uuid.ts';
import { feeds, sourceOf } from './source-of.ts';
import { writtenHere } from './written-here.ts';

/** Transactions of a replica that its source does not have (MySQL). */
export interface ErrantGtids {
  /**
   * `lost-by-source`: they came from it, and it has them no more. `local`: they never came from it.
   * `written-here`: the same, told by the replica's files alone.
   */
  readonly state: 'lost-by-source' | 'local' | 'written-here';
  readonly server: Server;
  readonly channel: Channel;
  readonly source: Server | null;
  readonly gtids: GtidSet;
  /** As many of them as the logs at hand show. */
  readonly transactions: readonly [GtidTransaction, ...GtidTransaction[]];
  readonly reused: readonly ReusedGtid[];
  /** Did the source write, or send, later things all the same? */
  readonly overtaken: boolean;
  /** Do all of them stand before the first transaction that came from elsewhere, as a former source's do? */
  readonly beforeOthers: boolean;
}

/** Seconds: below that, copies that were not made at one moment explain it. */
const SKEW = 1;

interface Link {
  readonly channel: Channel;
  readonly source: Server;
  readonly has: ExecutedGtids;
}

/** Every replica's transactions that its source lacks, where the files can tell. */
export const findErrantGtids = (servers: readonly Server[]): ErrantGtids[] =>
  servers.flatMap((server) => {
    const channels = server.channels.filter(({ relay }) => relay !== null);
    if (server.version?.flavor !== 'mysql' || channels.length === 0) return [];
    const links = channels.flatMap((channel) => linkOf(channel, server, servers) ?? []);
    const all =
      links.length === 0
        ? [writtenHere(server, channels, SKEW)]
        : [...links.map((link) => lostBySource(server, link)), local(server, channels, links)];
    return all.filter((one) => one !== null);
  });

/** A channel whose source's logs were given up to the newest one. */
const linkOf = (channel: Channel, server: Server, servers: readonly Server[]): Link | null => {
  const source = sourceOf(channel, server, servers);
  const has = source && executedGtids(source);
  return source && has?.complete ? { channel, source, has } : null;
};

const filesOf = (server: Server): readonly LogFile[] => ownChain(server)?.files ?? [];

/**
 * The source was reset, restored, or lost the end of its log: it gives old numbers to new
 * transactions, or writes on without what it had sent. A source whose files are merely older than
 * the replica's shows neither.
 */
const lostBySource = (server: Server, { channel, source, has }: Link): ErrantGtids | null => {
  const received = receivedGtids(channel);
  const uuid = uuidOf(source);
  const executed = executedGtids(server)?.set;
  const ofSource = uuid && executed ? executed.ofUuid(uuid) : new GtidSet();
  const gtids = behindHighest(received.union(ofSource).subtract(has.set), has.set);
  const relayed = channel.relay?.files ?? [];
  const reused = reusedGtids(channel, source, has.set);
  const lost = once([...transactionsIn(relayed, gtids), ...transactionsIn(filesOf(server), gtids)]);
  const overtaken = isOvertaken(lost, has);
  const [first, ...others] = lost.length > 0 ? lost : reused.map(({ here }) => here);
  if (!first || (reused.length === 0 && !overtaken)) return null;
  const transactions = [first, ...others] as const;
  return {
    state: 'lost-by-source',
    server,
    channel,
    source,
    gtids,
    transactions,
    reused,
    overtaken,
    beforeOthers: false,
  };
};

const local = (
  server: Server,
  channels: readonly Channel[],
  links: readonly Link[],
): ErrantGtids | null => {
  const [link] = links;
  const executed = executedGtids(server);
  // In a ring the others fetch what was written here
  if (!link || !executed || links.some(({ source }) => feeds(server, source))) return null;
  const onSources = links.reduce((set, { has }) => set.union(has.set), new GtidSet());
  const extra = channels.reduce(
    (set, channel) => set.subtract(receivedGtids(channel)),
    executed.set.subtract(onSources),
  );
  const own = uuidOf(server);
  const ofOwn = own === null ? new GtidSet() : extra.ofUuid(own);
  // Where the source has none of this server's, none goes there
  const isFirstHand = own !== null && onSources.ofUuid(own).isEmpty;
  const theirs = links.length < channels.length ? new GtidSet() : ofOthers(extra, ofOwn, links);
  const doubtful = behindHighest(isFirstHand ? theirs : theirs.union(ofOwn), onSources);
  const older = transactionsIn(filesOf(server), doubtful).filter((one) =>
    isOvertaken([one], link.has),
  );
  const gtids = upTo(doubtful, older).union(isFirstHand ? ofOwn : new GtidSet());
  const [first, ...others] = transactionsIn(filesOf(server), gtids);
  if (!first) return null;
  return {
    state: 'local',
    server,
    channel: link.channel,
    source: link.source,
    gtids,
    transactions: [first, ...others],
    reused: [],
    overtaken: isOvertaken([first, ...others], link.has) && isOlder(link.source, first),
    beforeOthers:
      isFirstHand && doubtful.isEmpty && standsFirst(filesOf(server), others.at(-1) ?? first),
  };
};

/** Was the source logging before this was written? Later it might have been made from a copy that has it. */
const isOlder = (source: Server, { timestamp }: GtidTransaction): boolean =>
  filesOf(source).some(({ facts }) => (facts.formats[0]?.timestamp ?? timestamp) < timestamp);

/** Does `last` stand before every transaction whose uuid is another one? */
const standsFirst = (files: readonly LogFile[], last: GtidTransaction): boolean => {
  const own = last.gtid.slice(0, UUID_LENGTH);
  const isOther = ({ uuid }: { readonly uuid: string }): boolean => uuid !== own;
  const at = files.indexOf(last.file);
  return files
    .slice(0, at + 1)
    .every(
      ({ facts }, i) =>
        !(gtidsBefore(facts)?.ranges().some(isOther) ?? false) &&
        facts.gtids.sources.every(
          (one) => !isOther(one) || (i === at && one.firstOffset > last.offset),
        ),
    );
};

const UUID_LENGTH = 36;

/** Of neither this server nor a source: a source that was copied earlier may have them by now. */
const ofOthers = (extra: GtidSet, ofOwn: GtidSet, links: readonly Link[]): GtidSet =>
  links.reduce((set, { source }) => {
    const uuid = uuidOf(source);
    return uuid === null ? set : set.subtract(extra.ofUuid(uuid));
  }, extra.subtract(ofOwn));

/** Of each uuid and tag the numbers up to the highest of these: a large log's others are not all kept. */
const upTo = (set: GtidSet, transactions: readonly GtidTransaction[]): GtidSet => {
  const below = new GtidSet();
  for (const { uuid, tag, intervals } of setOf(transactions).ranges()) {
    const end = intervals.at(-1)?.[1];
    if (end !== undefined) below.addInterval(uuid, tag, [1n, end]);
  }
  return set.intersect(below);
};

/** Does the source's log go on behind all of them? */
const isOvertaken = (transactions: readonly GtidTransaction[], has: ExecutedGtids): boolean =>
  transactions.length > 0 && transactions.every(({ committed }) => committed + SKEW < has.until);

/** Each transaction where it is named first. */
const once = (transactions: readonly GtidTransaction[]): GtidTransaction[] => {
  const first = new Map<string, GtidTransaction>();
  for (const one of transactions) if (!first.has(one.gtid)) first.set(one.gtid, one);
  return [...first.values()];
};
