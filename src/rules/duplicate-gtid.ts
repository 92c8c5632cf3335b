import { usesGtid } from '../evidence/channel-view.ts';
import {
  type DuplicateGtid,
  type DuplicateGtids,
  findDuplicateGtids,
} from '../evidence/duplicate-gtids.ts';
import type { Server } from '../evidence/evidence.ts';
import { findLoops, type Loop } from '../evidence/loops.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Fix } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { held } from './fix/withheld.ts';
import { gtidLocus } from './position-locus.ts';
import { count } from './words.ts';

interface DuplicateFacts {
  /** How many GTIDs stand more than once, as far as the logs are kept in the facts. */
  readonly gtids: number;
  readonly mostRepeated: string;
  readonly copies: number;
  readonly serverId: number;
  /** Was one transaction logged again, or do two share a GTID? */
  readonly sameTransaction: boolean;
  readonly tables: readonly string[];
  /** Are they the laps of a loop, which has a finding of its own? */
  readonly ofLoop: boolean;
}

/** One GTID twice in a server's own binary logs: one transaction executed twice, or two under one name. */
export const duplicateGtid = defineRule({
  id: 'duplicate-gtid',
  title: 'One GTID stands more than once in a server’s binary logs',
  severity: [
    'high: a transaction was executed and logged again, or two transactions share a GTID',
    'low: two transactions share a GTID on a MariaDB replica that works by file and position, whose source was reset',
  ].join('\n'),
  needs: ['logs'],
  story:
    'A GTID names one transaction. MySQL skips what it has executed, so that none can come twice into one history of logs. MariaDB with gtid_strict_mode=0 executes and logs what comes again: from a loop, by two channels that lead to one source, from a range fetched twice, or from a log replayed by hand. Its own mariadb-binlog then refuses to print the log ("Found out of order GTID").',
  traps: [
    {
      trap: 'relay logs after a reconnect',
      why: 'the receiver stores a transaction again that it had not whole: only a server’s own binary logs are judged',
    },
    {
      trap: 'MariaDB domain with several writers',
      why: 'numbers out of order are normal there: domain, server and number must all be equal',
    },
    {
      trap: 'logs from before a RESET, or of two servers, in one folder',
      why: 'where the head of a log (Previous_gtids, Gtid_list) does not count what the log before it holds, the two are not compared',
    },
    {
      trap: 'transaction that broke off and began anew',
      why: 'only whole ones count',
    },
  ],
  follows: ['foreign-server-id-loop'],
  fixStory:
    'None is printed: the tables of the transactions are to be compared with the source’s, and what let them come again has its own finding (a loop), or is to be found (two channels to one source, a replay). Afterwards MariaDB’s gtid_strict_mode=1 refuses such a transaction.',
  references: [
    'MariaDB MDEV-28609, MDEV-29803 (order of GTIDs in mariadb-binlog)',
    'MariaDB manual: gtid_strict_mode, gtid_ignore_duplicates',
    'MySQL manual: GTID Life Cycle',
  ],
  *detect({ streams, servers }) {
    const found = findDuplicateGtids({ streams });
    const loops = found.length > 0 ? findLoops(streams, servers) : [];
    for (const duplicates of found) yield describe(duplicates, loops);
  },
  unjudged: ({ streams }) =>
    streams.some(({ channel }) => channel === null)
      ? null
      : 'a server’s own binary logs: in relay logs a transaction may stand twice',
  explain: ({ facts }) =>
    facts.sameTransaction
      ? 'A transaction that is logged a second time was executed a second time: rows without a key stand in the tables once more, updates were made twice. Whoever replicates from here by GTID may stop at it, or apply it twice as well.'
      : 'Two transactions have one name. A replica that works by GTID executes the first and takes the second for known, and misses it without an error.',
  // The loop’s own repair is all there is to do
  fix: ({ facts, subject }) => (facts.ofLoop ? null : decide(subject.server)),
});

const describe = (
  { server, gtids }: DuplicateGtids,
  loops: readonly Loop[],
): Found<DuplicateFacts, DuplicateGtids> => {
  const laps = new Set(
    loops.flatMap((loop) => loop.streams.flatMap((one) => one.laps.map(({ key }) => key))),
  );
  const [top, ...others] = gtids;
  const on = serverName(server);
  const same = gtids.every(({ sameTime }) => sameTime);
  const where =
    top.first.file === top.second.file
      ? `in ${top.first.file.name}`
      : `in ${top.first.file.name} and ${top.second.file.name}`;
  const rest = others.length > 0 ? ` ${count(others.length, 'other GTID')} likewise.` : '';
  return {
    key: 'own-binlog',
    severity: same || server.version?.flavor !== 'mariadb' || byGtid(server) ? 'high' : 'low',
    confidence: 'proven',
    title: `${top.gtid} stands ${count(top.copies, 'time')} in the binary logs of ${on}${others.length > 0 ? `, and ${count(others.length, 'GTID')} like it` : ''}`,
    summary: `${top.gtid} stands ${where}, first at ${top.first.copy.offset}, again at ${top.second.copy.offset}${same ? '' : ', with another time: they are two transactions'}.${rest}`,
    server,
    channel: '',
    at: gtids.slice(0, 5).flatMap(loci) as unknown as [Locus, ...Locus[]],
    facts: {
      gtids: gtids.length,
      mostRepeated: top.gtid,
      copies: top.copies,
      serverId: top.serverId,
      sameTransaction: same,
      tables: [...new Set(gtids.flatMap(({ tables }) => tables))].sort(),
      ofLoop: gtids.every(({ gtid }) => laps.has(gtid)),
    },
    excluded: [
      {
        trap: 'logs from before a RESET, or of two servers, in one folder',
        why:
          top.first.file === top.second.file
            ? 'both copies are in one log'
            : 'the later log counts what the earlier one holds',
      },
      {
        trap: 'MariaDB domain with several writers',
        why: 'domain, server and number are equal, not only the number',
      },
    ].slice(0, server.version?.flavor === 'mariadb' ? 2 : 1),
    subject: { server, gtids },
  };
};

const byGtid = ({ channels }: Server): boolean => channels.length === 0 || channels.some(usesGtid);

const loci = ({ gtid, first, second }: DuplicateGtid): Locus[] =>
  [first, second].map((copy) => gtidLocus(gtid, copy));

const decide = (server: Server): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  return held(
    dialect,
    dialect.flavor === 'mariadb'
      ? `what was executed twice cannot be taken back by a statement: compare the tables of ${on} with those of its source, and build it anew where they differ. Then find what brought the transactions again (a ring, two channels that lead to one source, a log replayed by hand); with gtid_strict_mode = 1 the next one stops replication instead (error 1950)`
      : `MySQL does not log one GTID twice by itself: see whether these logs are all of ${on} and of one time; if they are, compare its tables with its source’s, and build it anew where they differ`,
  );
};
