import { isoTime } from '../evidence/iso-time.ts';
import type { MariadbLostGtids, PlacedGtid } from '../evidence/mariadb-lost-gtids.ts';
import type { Found, Locus } from './define-rule.ts';
import type { ErrantFacts, ErrantSubject } from './errant-gtid.ts';
import type { Confidence, Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { gtidLocus } from './position-locus.ts';
import { count, list } from './words.ts';

/** What follows from it, by who wrote them. */
export const mariadbLostExplained = ({
  writtenBy,
  reused,
  refused,
  source,
}: MariadbLostGtids): string => {
  const from = serverName(source);
  const whence = {
    source: `${from} sent them and has them no more: it was reset, restored from a backup, or lost the end of its log in a crash.`,
    replica:
      'They were written on the replica itself: while it was the source before, or since then by somebody.',
    other: `They came from the source before, and ${from} had not received them when it took its place; or it was restored since.`,
  }[writtenBy];
  const connect =
    'A replica by GTID asks for what follows on its last transaction of each domain, and a source that does not know that one refuses (error 1236).';
  const silent =
    reused.length > 0
      ? ' Once the source has passed that number it is no more refused: the replica goes on behind it, and what the source wrote under the numbers before never comes, without an error.'
      : '';
  const open = refused ? '' : ' While the connection stands nothing shows it.';
  return `${whence} ${connect}${open}${silent}`;
};

const grade = ({
  writtenBy,
  refused,
  reused,
}: MariadbLostGtids): { severity: Severity; confidence: Confidence } => {
  if (refused || reused.length > 0) return { severity: 'critical', confidence: 'proven' };
  return writtenBy === 'replica'
    ? { severity: 'medium', confidence: 'likely' }
    : { severity: 'critical', confidence: 'likely' };
};

/** The finding for a MariaDB replica by GTID whose source does not have its transactions. */
export const describeMariadbLost = (lost: MariadbLostGtids): Found<ErrantFacts, ErrantSubject> => {
  const { writtenBy, server, channel, source, domain, writer, transactions, reused } = lost;
  const times = [...transactions, ...reused.map(({ here }) => here)].map((one) => one.timestamp);
  return {
    key: `${channel.name}/${domain}-${writer}`,
    ...grade(lost),
    title: titleOf(lost),
    summary: summaryOf(lost),
    server,
    channel: channel.name,
    at: lociOf(lost),
    facts: {
      state: writtenBy === 'replica' ? 'local' : 'lost-by-source',
      source: source.id,
      sourceUuid: false,
      gtids: rangeOf(lost),
      transactions: transactions.length,
      reused: list(reused.map(({ here }) => here.gtid)),
      firstWritten: isoTime(Math.min(...times)),
      lastWritten: isoTime(Math.max(...times)),
    },
    excluded: [
      { trap: 'source whose newest logs were not copied', why: 'its newest log was given' },
      {
        trap: 'source copied earlier than the replica',
        why: lost.refused
          ? 'the source itself says that it does not have them'
          : reused.length > 0
            ? 'one GTID stands for two transactions'
            : `the log of ${serverName(source)} goes on behind them`,
      },
    ],
    subject: { of: 'mariadb-lost', lost },
  };
};

/** `0-11-9 to 12`; empty where none is lost. */
const rangeOf = ({ lost, domain, writer }: MariadbLostGtids): string => {
  if (lost === null) return '';
  const first = `${domain}-${writer}-${lost.first}`;
  return lost.first === lost.last ? first : `${first} to ${lost.last}`;
};

const titleOf = (found: MariadbLostGtids): string => {
  const { writtenBy, server, source, writer, lost, transactions, reused } = found;
  const on = serverName(server);
  const from = serverName(source);
  if (lost === null)
    return `${count(reused.length, 'GTID')} of ${from} ${reused.length === 1 ? 'names' : 'name'} another transaction on ${on}`;
  const isOne = lost.first === lost.last;
  const many = transactions.length > 0 ? count(transactions.length, 'transaction') : 'Transactions';
  const are = isOne ? 'is' : 'are';
  if (writtenBy === 'replica') return `${many} of ${on} ${are} not on its source, ${from}`;
  if (writtenBy === 'other')
    return `${many} that ${on} has of server ${writer} ${are} not on its source, ${from}`;
  return `${many} that ${on} received ${are} lost on its source, ${from}${reused.length > 0 ? ', which gives numbers away again' : ''}`;
};

const summaryOf = (found: MariadbLostGtids): string => {
  const { server, source, lost, transactions, reused, refused, sourceWentOn } = found;
  const on = serverName(server);
  const from = serverName(source);
  const [first] = transactions;
  const [again] = reused;
  const place = first
    ? ` The first one: ${first.file.name} at ${first.copy.offset}, ${isoTime(first.timestamp)}.`
    : '';
  const what = lost
    ? `${on} has ${rangeOf(found)}, which the logs of ${from} do not have.${place}`
    : '';
  const twice = again
    ? ` ${again.here.gtid} was written ${isoTime(again.here.timestamp)} in ${again.here.file.name}, and ${isoTime(again.there.timestamp)} in ${again.there.file.name} of ${from}: the source began its numbers anew.`
    : '';
  const since =
    sourceWentOn && reused.length === 0
      ? ` ${from} has written others in that domain that ${on} does not have: the data have parted.`
      : '';
  return `${what}${twice}${since}${refused ? ` ${from} refuses to send (error 1236).` : ''}`.trim();
};

const lociOf = ({ transactions, reused }: MariadbLostGtids): [Locus, ...Locus[]] =>
  [
    ...reused.slice(0, 3).flatMap(({ here, there }) => [placeOf(here), placeOf(there)]),
    ...transactions.slice(0, 5).map(placeOf),
  ] as unknown as [Locus, ...Locus[]];

const placeOf = (placed: PlacedGtid): Locus => gtidLocus(placed.gtid, placed);
