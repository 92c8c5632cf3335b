import { isoTime } from '../evidence/iso-time.ts';
import type { LocalPlace, MariadbLocalWrites } from '../evidence/mariadb-local-writes.ts';
import type { Found, Locus } from './define-rule.ts';
import type { ErrantFacts, ErrantSubject } from './errant-gtid.ts';
import { serverName } from './fix/steps.ts';
import { logLocus } from './position-locus.ts';
import { count } from './words.ts';

export const LOCAL_WRITES_EXPLAINED =
  'MariaDB keeps one position a domain. While replication works by file and position nothing happens. With gtid_current_pos, or when another server is to replicate from this one by GTID, its source does not know the replica’s last GTID (error 1236), and gtid_strict_mode refuses the lower numbers that follow (1950).';

/** The finding for a MariaDB replica that wrote under its own server id. */
export const describeLocalWrites = (
  writes: MariadbLocalWrites,
): Found<ErrantFacts, ErrantSubject> => {
  const { server, channel, source, domain, first, last, transactions, places } = writes;
  const on = serverName(server);
  const from = serverName(source);
  const gtids = first === last ? gtid(writes, first) : `${gtid(writes, first)} to ${last}`;
  const [oldest] = places;
  const newest = places.at(-1) ?? oldest;
  const decided = writes.usesGtid && writes.sharesDomain;
  return {
    key: `${channel.name}/${domain}`,
    severity: decided ? 'medium' : 'low',
    confidence: 'likely',
    title: `${count(transactions, 'transaction')} of ${on} ${transactions === 1 ? 'is' : 'are'} not on its source, ${from}`,
    summary: `${on} wrote ${gtids} itself; the logs of ${from} know nothing of server ${server.id} in domain ${domain}. ${writes.usesGtid ? 'GTIDs decide where this replica reads on.' : 'Positions decide where this replica reads on, so it goes on all the same.'}`,
    server,
    channel: channel.name,
    at: places.slice(0, 5).map(firstLocus) as unknown as [Locus, ...Locus[]],
    facts: {
      state: 'local',
      source: source.id,
      sourceUuid: false,
      gtids,
      transactions,
      reused: '',
      firstWritten: isoTime(oldest.stream.firstTimestamp),
      lastWritten: isoTime(newest.stream.lastTimestamp),
    },
    excluded: [
      {
        trap: 'source whose newest logs were not copied',
        why: 'its newest log was given',
      },
      { trap: 'ring', why: `${from} does not receive from this server, as far as its files tell` },
    ],
    subject: { of: 'mariadb', writes },
  };
};

/** With its length, where the log's sample has it, so that its statement is shown. */
const firstLocus = ({ file, stream }: LocalPlace): Locus => {
  const offset = stream.firstOffset;
  const one = file.facts.transactions.sketch.find(({ copy }) => copy.offset === offset);
  return { ...logLocus(file.path, offset), length: one ? one.copy.end - offset : null };
};

const gtid = ({ domain, server }: MariadbLocalWrites, sequence: number): string =>
  `${domain}-${server.id}-${sequence}`;
