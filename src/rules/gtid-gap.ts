import { usesGtid } from '../evidence/channel-view.ts';
import { findGtidGaps, type GtidGap } from '../evidence/gtid-gaps.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { fetchLate } from './fix/fetch-late.ts';
import { serverName } from './fix/steps.ts';
import { gtidLoci, gtidLocus, setText } from './gtid-words.ts';
import { count } from './words.ts';

interface GapFacts {
  readonly missing: string;
  readonly transactions: number;
  /** Whose logs have them; null where the source’s were not given. */
  readonly source: number | null;
  readonly stillOnSource: boolean | null;
}

/** Transactions are missing between others of one source, and nothing explains it. */
export const gtidGap = defineRule({
  id: 'gtid-gap',
  title: 'Transactions are missing between others of one source',
  severity: [
    'high: the source’s logs have them, the replica has neither executed nor received them, and works by file and position',
    'medium: the replica’s files alone show the hole, or nothing tells that positions decide and no server id is ignored (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'replicaBinlogs'],
  story:
    'A source numbers its transactions without holes, so that a hole in what a replica has executed is what it missed: after a CHANGE to a newer position, a lost part of a relay log, a transaction that was skipped by hand. With file and position nothing asks for them again, and nothing shows it: the replica runs, with no lag and no error. With auto-position the next connect fetches them.',
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
      why: 'the source sends what is missing with the next connect, or the server has it and its logs do not show it: never judged',
    },
    { trap: 'ignored server ids', why: 'what is left out on purpose is no loss' },
    {
      trap: 'replication filters',
      why: 'a filtered transaction is logged empty, under its GTID',
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
  },
  unjudged: ({ relays }) => {
    if (relays.every(({ server }) => server.version?.flavor === 'mariadb'))
      return 'GTIDs of MySQL: the numbers of MariaDB have holes by design';
    return relays.every(({ channel }) => usesGtid(channel))
      ? 'a channel that works by file and position: with auto-position the source sends what is missing'
      : null;
  },
  explain: ({ facts }) =>
    `${facts.source === null ? 'Numbers of one source follow each other without holes' : 'The source’s logs have these transactions'}, and the replica’s own logs go on behind them, though its relay logs never had them. With file and position nothing will ask for them again.`,
  fix: ({ subject }) => fetchLate(subject),
});

const grade = ({ source, plain }: GtidGap): { severity: Severity; confidence: Confidence } =>
  source === null || !plain
    ? { severity: 'medium', confidence: 'possible' }
    : { severity: 'high', confidence: 'likely' };

const describe = (gap: GtidGap): Found<GapFacts, GtidGap> => {
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
