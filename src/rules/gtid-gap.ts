import { usesGtid } from '../evidence/channel-view.ts';
import { findCountedGtids } from '../evidence/counted-gtids.ts';
import { type DomainGap, domainLogs, findDomainGaps } from '../evidence/domain-gaps.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { executedGtids } from '../evidence/executed-gtids.ts';
import { findGtidGaps, type GtidGap } from '../evidence/gtid-gaps.ts';
import { sourceOf } from '../evidence/source-of.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { describeDomainGap, explainDomainGap, isOfDomain } from './domain-gap-words.ts';
import type { Confidence, Severity } from './finding.ts';
import { compareCounted, compareDomainGap } from './fix/compare-counted.ts';
import { fetchLate } from './fix/fetch-late.ts';
import { serverName } from './fix/steps.ts';
import { gtidLoci, gtidLocus, setText } from './gtid-words.ts';
import { count } from './words.ts';

type Gap = GtidGap | DomainGap;

export interface GapFacts {
  readonly missing: string;
  readonly transactions: number;
  /** Whose logs have them; null where the source’s were not given. */
  readonly source: number | null;
  readonly stillOnSource: boolean | null;
  /** Does the replica count them as executed, so that auto-position does not fetch them? */
  readonly countedAsExecuted: boolean;
}

/** Transactions are missing between others of one source, and nothing explains it. */
export const gtidGap = defineRule({
  id: 'gtid-gap',
  title: 'Transactions are missing between others of one source',
  severity: [
    'high: the source’s logs have them, the replica has neither executed nor received them, and works by file and position',
    'medium: on MariaDB (confidence possible); the replica’s files alone show the hole, or nothing tells that positions decide and no server id is ignored (confidence possible); or with auto-position the replica counts them as executed, and none of its logs ever held them (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'replicaBinlogs'],
  story:
    'A source numbers its transactions without holes, so that a hole in what a replica has executed is what it missed: after a CHANGE to a newer position, a lost part of a relay log, a transaction that was skipped by hand. With file and position nothing asks for them again, and nothing shows it: the replica runs, with no lag and no error. With auto-position the next connect fetches them, unless the replica counts them as executed: gtid_purged was set by hand to more than the data hold. Then nothing ever asks for them. On MariaDB gtid_slave_pos is all that a replica knows: set to more than it has, or with a position too new at a failover, what lies below never comes. There the source’s own log has the numbers of the domain, and the replica’s own log has those on both sides of them.',
  traps: [
    {
      trap: 'parallel applier',
      why: 'it commits in another order, and fills the hole: what the relay logs have received is not missing',
    },
    {
      trap: 'replica made from a backup, or from a replica with holes of its own',
      why: 'its gtid_purged is in no binary log: a hole counts only behind a transaction that was written after the oldest own log was begun',
    },
    {
      trap: 'holes of the source itself',
      why: 'where its logs were given, only what they have counts',
    },
    { trap: 'numbers set by hand, group replication', why: 'very large holes are no loss' },
    { trap: 'relay log that is missing or damaged', why: 'it has a finding of its own' },
    {
      trap: 'auto-position',
      why: 'the source sends what is missing with the next connect: what it did not send, though it stands in its log before what it sent, the replica counts as executed. The data may have come with a dump or a clone: possible at most',
    },
    { trap: 'ignored server ids', why: 'what is left out on purpose is no loss' },
    {
      trap: 'replication filters',
      why: 'a filtered transaction is logged empty, under its GTID; MariaDB logs nothing of it: there a hole counts only where the status shows that nothing is filtered, neither tables nor domains',
    },
    {
      trap: 'log_slave_updates off for a while, own logs purged (MariaDB)',
      why: 'both sides of the hole stand in one of the replica’s own logs, which it cannot have changed within',
    },
  ],
  follows: ['relay-log-gap', 'broken-relay-index', 'truncated-log', 'corrupt-event'],
  fixStory:
    'Later transactions ran on data without these: the replica is compared and built anew. As an alternative auto-position fetches them from the source, late and out of order; seen to heal on MySQL 9.7 where no later transaction touched the same rows.',
  references: [
    'MySQL manual: GTID Auto-Positioning; Replication Threads and Gaps',
    'MySQL manual: GTID_SUBTRACT()',
  ],
  *detect({ servers }) {
    for (const gap of findGtidGaps(servers)) yield describe(gap);
    for (const gap of findCountedGtids(servers)) yield describeCounted(gap);
    for (const gap of findDomainGaps(servers)) yield describeDomainGap(gap);
  },
  unjudged: ({ relays, servers }) => {
    if (relays.every(({ server }) => server.version?.flavor === 'mariadb'))
      return relays.some(({ server }) => domainLogs(server, servers))
        ? null
        : 'the binary logs of replica and source and the replica’s status without a filter: the numbers of MariaDB have holes by design, and these alone tell which hole is a loss';
    return relays.every((one) => usesGtid(one.channel) && !hasSource(one, servers))
      ? 'the source’s binary logs up to its newest one: with auto-position it sends what is missing, and only its logs tell what the replica counts as executed and never got'
      : null;
  },
  explain: ({ facts, subject }) =>
    isOfDomain(subject)
      ? explainDomainGap(subject)
      : facts.countedAsExecuted
        ? 'With auto-position the replica names at each connect what it has executed, and the source sends all the rest in the order of its log. It sent what stands behind these transactions and not these: the replica had named them. Its relay logs and binary logs never held them, so it did not execute them from there. Either gtid_purged was set by hand to more than the data hold, and they are missing without an error; or the data came another way (a dump, a clone), and all is well.'
        : `${facts.source === null ? 'Numbers of one source follow each other without holes' : 'The source’s logs have these transactions'}, and the replica’s own logs go on behind them, though its relay logs never had them. With file and position nothing will ask for them again.`,
  fix: ({ subject }) =>
    isOfDomain(subject)
      ? compareDomainGap(subject)
      : subject.counted
        ? compareCounted(subject)
        : fetchLate(subject),
});

/** Were the logs of its source given, up to the newest one? */
const hasSource = (
  { server, channel }: Evidence['relays'][number],
  servers: Evidence['servers'],
): boolean => {
  const source = sourceOf(channel, server, servers);
  return source !== null && executedGtids(source)?.complete === true;
};

const grade = ({ source, plain }: GtidGap): { severity: Severity; confidence: Confidence } =>
  source === null || !plain
    ? { severity: 'medium', confidence: 'possible' }
    : { severity: 'high', confidence: 'likely' };

const describe = (gap: GtidGap): Found<GapFacts, Gap> => {
  const { server, channel, missing, source, onSource, below, stillThere } = gap;
  const on = serverName(server);
  const many = Number(missing.count);
  const text = setText(missing);
  return {
    key: `${channel.name}/${String(missing)}`,
    ...grade(gap),
    title: `${count(many, 'transaction')} of its source ${many === 1 ? 'is' : 'are'} missing on ${on}: ${text}`,
    summary: `${on} executed ${below.gtid} (${below.file.name} at ${below.offset}) and later ones, and has neither executed nor received ${text}.${source === null ? '' : ` The logs of ${serverName(source)} have ${many === 1 ? 'it' : 'them'}.`}`,
    server,
    channel: channel.name,
    at: [
      gtidLocus(below, 'the last transaction before the hole'),
      ...gtidLoci(onSource, 5),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      missing: String(missing),
      transactions: many,
      source: source?.id ?? null,
      stillOnSource: stillThere,
      countedAsExecuted: gap.counted,
    },
    excluded: [
      { trap: 'parallel applier', why: 'the relay logs do not hold them either' },
      {
        trap: 'replica made from a backup, or from a replica with holes of its own',
        why: `${below.gtid}, right before the hole, was written after the oldest own log was begun`,
      },
    ],
    subject: gap,
  };
};

const describeCounted = (gap: GtidGap): Found<GapFacts, Gap> => {
  const { server, missing, source, below } = gap;
  const on = serverName(server);
  const many = Number(missing.count);
  const text = setText(missing);
  const from = source ? serverName(source) : 'its source';
  return {
    ...describe(gap),
    severity: 'medium',
    confidence: 'possible',
    title: `${count(many, 'transaction')} of its source ${many === 1 ? 'is' : 'are'} counted as executed on ${on}, and none of its logs ever held ${many === 1 ? 'it' : 'them'}: ${text}`,
    summary: `${on} got ${below.gtid} (${below.file.name} at ${below.offset}) from ${from}, and later ones, but not ${text}, which ${many === 1 ? 'stands' : 'stand'} between them in the logs of ${from}: it had said that it has ${many === 1 ? 'it' : 'them'}.`,
    excluded: [
      {
        trap: 'parallel applier',
        why: 'the relay logs do not hold them either, and the source logged them before what it sent',
      },
    ],
  };
};
