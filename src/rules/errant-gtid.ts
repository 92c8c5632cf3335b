import { type ErrantGtids, findErrantGtids } from '../evidence/errant-gtids.ts';
import type { Server } from '../evidence/evidence.ts';
import { executedGtids } from '../evidence/executed-gtids.ts';
import {
  findMariadbLocalWrites,
  type MariadbLocalWrites,
} from '../evidence/mariadb-local-writes.ts';
import { findMariadbLostGtids, type MariadbLostGtids } from '../evidence/mariadb-lost-gtids.ts';
import { sourceOf } from '../evidence/source-of.ts';
import { defineRule, type Found } from './define-rule.ts';
import { describeErrant, ERRANT_EXPLAINED } from './errant-words.ts';
import { decideErrant, decideLocalWrites } from './fix/decide-errant.ts';
import { decideMariadbLost } from './fix/decide-mariadb-lost.ts';
import { describeLocalWrites, LOCAL_WRITES_EXPLAINED } from './local-writes-words.ts';
import { describeMariadbLost, mariadbLostExplained } from './mariadb-lost-words.ts';

export interface ErrantFacts {
  readonly state: ErrantGtids['state'];
  readonly source: number | null;
  /** Do they come from the source, which has them no more? */
  readonly sourceUuid: boolean;
  /** A GTID set; of MariaDB the first and the last one. */
  readonly gtids: string;
  readonly transactions: number;
  /** GTIDs that the source gave to other transactions since. */
  readonly reused: string;
  readonly firstWritten: string | null;
  readonly lastWritten: string | null;
}

export type ErrantSubject =
  | { readonly of: 'mysql'; readonly errant: ErrantGtids }
  | { readonly of: 'mariadb'; readonly writes: MariadbLocalWrites }
  | { readonly of: 'mariadb-lost'; readonly lost: MariadbLostGtids };

/** Transactions that a replica has and its source has not: they break failover, or replication itself. */
export const errantGtid = defineRule({
  id: 'errant-gtid',
  title: 'The replica has transactions that its source does not have',
  severity: [
    'critical: the source lost what it had sent: replication stops ("more GTIDs than the source"; MariaDB: "not in the master\'s binlog"), or skips new transactions under old numbers; or a source of MariaDB refuses a GTID that stands on the replica alone',
    'high: written on the replica, and absent from the source’s logs; a failover to it, or to a server that lacks its purged logs, breaks replication',
    'medium: the replica’s files alone show own writes between those of its source; they stand before all that came from its source (confidence possible); or a MariaDB replica that works by GTID wrote under its own server id in the source’s domain',
    'low: a MariaDB replica wrote under its own server id, where positions decide, or in a domain of its own',
  ].join('\n'),
  needs: ['relays', 'replicaBinlogs'],
  story:
    'With GTIDs every server asks for what it has not executed. A transaction that was written on a replica has the replica’s own uuid and is on no other server. While it is a replica nobody notices; once others replicate from it they want that transaction, and if its log is purged by then they stop with error 1236 ("purged required binary logs"). A source that was reset, restored or lost the end of its log is the other way round: its replica has more of the source’s own GTIDs than the source, and MySQL refuses it from 5.6.23 and 5.7.6 on.',
  traps: [
    {
      trap: 'source copied earlier than the replica',
      why: 'what the source wrote last may be on the replica alone: it counts only where the source’s log goes on behind it, or gave its number to another transaction',
    },
    {
      trap: 'source whose newest logs were not copied',
      why: 'judged only where its index and the end of its newest log show that none follows',
    },
    {
      trap: 'ring, and a co-master seen alone',
      why: 'own transactions are fetched by the other side; its receiver leaves holes or marks in the relay log where they come back',
    },
    {
      trap: 'source made from a backup or a copy',
      why: 'what came with it is in none of its logs: of a uuid that they name only higher numbers count, of others nothing but the replica’s own',
    },
    {
      trap: 'former source that is a replica now',
      why: 'without the source’s files, what it wrote before its oldest relay log was begun is not counted; with them, what stands before all others is possible at most: a source without log_slave_updates has it in its tables alone',
    },
    {
      trap: 'replica that was promoted',
      why: 'own transactions behind the last one that came from the source are not counted without the source’s files',
    },
    {
      trap: 'SET TIMESTAMP, clocks',
      why: 'one transaction with an odd time decides nothing: the second newest of the source’s last ones counts, and what stands before a transaction is older than it',
    },
    {
      trap: 'upstream servers, several sources',
      why: 'what the relay logs have received is not errant; uuids of third servers count only where all sources were given',
    },
    {
      trap: 'maintenance on the replica',
      why: 'ANALYZE, OPTIMIZE or FLUSH without NO_WRITE_TO_BINLOG are logged as well: harmless to the data, and errant all the same; the statements are shown',
    },
  ],
  fixStory:
    'No statement is printed as the plan: somebody has to decide what the transactions are worth. As an alternative the source can be given empty transactions under the same GTIDs, with tag where they have one, which keeps failover working and leaves the data different. Never RESET with another gtid_purged, which hides the difference.',
  references: [
    'MySQL manual: Replication with GTIDs, GTID_SUBTRACT(), super_read_only',
    'MySQL errors 1236, 13114; ER_SOURCE_HAS_PURGED_REQUIRED_GTIDS',
    'MariaDB manual: Global Transaction ID, gtid_current_pos and gtid_strict_mode',
  ],
  *detect({ servers }): Generator<Found<ErrantFacts, ErrantSubject>> {
    for (const errant of findErrantGtids(servers)) yield describeErrant(errant);
    const losses = findMariadbLostGtids(servers);
    for (const lost of losses) yield describeMariadbLost(lost);
    for (const writes of findMariadbLocalWrites(servers)) {
      if (!losses.some((lost) => isSame(lost, writes))) yield describeLocalWrites(writes);
    }
  },
  unjudged: ({ relays, servers }) =>
    relays.every(({ server }) => hasNoGtids(server) || hasSources(server, servers))
      ? null
      : `the source’s binary logs up to its newest one, in a folder of their own${relays.every(({ server }) => server.version?.flavor === 'mariadb') ? '' : ', and auto.cnf of both: without them only own writes between the source’s are seen'}`,
  explain: ({ subject }) => {
    if (subject.of === 'mariadb-lost') return mariadbLostExplained(subject.lost);
    return subject.of === 'mariadb'
      ? LOCAL_WRITES_EXPLAINED
      : ERRANT_EXPLAINED[subject.errant.state];
  },
  fix: ({ subject }) => {
    if (subject.of === 'mariadb-lost') return decideMariadbLost(subject.lost);
    return subject.of === 'mariadb'
      ? decideLocalWrites(subject.writes)
      : decideErrant(subject.errant);
  },
});

/** Of the replica's own writes those whose source has spoken, or knows some of them, have more to tell. */
const isSame = (lost: MariadbLostGtids, writes: MariadbLocalWrites): boolean =>
  lost.channel === writes.channel && lost.writtenBy === 'replica' && lost.domain === writes.domain;

/** Where no transaction has a GTID none is errant; MariaDB gives one to each. */
const hasNoGtids = (server: Server): boolean =>
  server.version?.flavor === 'mysql' && executedGtids(server)?.set.isEmpty !== false;

/** Were the logs of all its sources given? */
const hasSources = (server: Server, servers: readonly Server[]): boolean =>
  server.channels.every((channel) => !channel.relay || sourceOf(channel, server, servers) !== null);
