import type { ErrantGtids } from '../evidence/errant-gtids.ts';
import { isoTime } from '../evidence/iso-time.ts';
import type { Found, Locus } from './define-rule.ts';
import type { ErrantFacts, ErrantSubject } from './errant-gtid.ts';
import type { Confidence, Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { gtidLoci, gtidLocus, setText } from './gtid-words.ts';
import { count, list } from './words.ts';

export const ERRANT_EXPLAINED: Readonly<Record<ErrantGtids['state'], string>> = {
  'lost-by-source':
    'The replica sends the set of what it has when it connects. Where that holds more under the source’s uuid than the source has, MySQL 5.6.23, 5.7.6 and later refuse it (error 1236, "Replica has more GTIDs than the source has"). Where the source has passed those numbers again, nothing is refused, and the replica skips each new transaction whose number it knows: it misses them without an error.',
  local:
    'The source’s logs do not name these transactions, so no other replica has them. Whoever replicates from this server later asks for them; where their log is purged by then, replication stops with error 1236. And what they changed is on this server alone.',
  'written-here':
    'A server’s own uuid in its binary log means a client wrote there, and other transactions of its source were applied after that. Unless the source fetches from it too, no other server has them.',
};

const GRADE: Readonly<
  Record<ErrantGtids['state'], { severity: Severity; sure: Confidence; else: Confidence }>
> = {
  'lost-by-source': { severity: 'critical', sure: 'proven', else: 'likely' },
  local: { severity: 'high', sure: 'proven', else: 'likely' },
  'written-here': { severity: 'medium', sure: 'likely', else: 'possible' },
};

const grade = (
  { state, beforeOthers }: ErrantGtids,
  sure: boolean,
): { severity: Severity; confidence: Confidence } => {
  if (beforeOthers) return { severity: 'medium', confidence: 'possible' };
  const { severity, ...confidence } = GRADE[state];
  return { severity, confidence: sure ? confidence.sure : confidence.else };
};

/** The finding for a MySQL replica. */
export const describeErrant = (errant: ErrantGtids): Found<ErrantFacts, ErrantSubject> => {
  const { state, server, channel, source, gtids, transactions, reused, overtaken } = errant;
  const sure = state === 'lost-by-source' ? reused.length > 0 : overtaken;
  const times = transactions.map(({ timestamp }) => timestamp);
  return {
    key: `${channel.name}/${state}`,
    ...grade(errant, sure),
    title: titleOf(errant),
    summary: summaryOf(errant),
    server,
    channel: channel.name,
    at: [...reusedLoci(errant), ...gtidLoci(transactions)] as unknown as [Locus, ...Locus[]],
    facts: {
      state,
      source: source?.id ?? null,
      sourceUuid: state === 'lost-by-source',
      gtids: String(gtids),
      transactions: Number(gtids.count),
      reused: list(reused.map(({ here }) => here.gtid)),
      firstWritten: isoTime(Math.min(...times)),
      lastWritten: isoTime(Math.max(...times)),
    },
    excluded: excluded(errant),
    subject: { of: 'mysql', errant },
  };
};

const titleOf = ({ state, server, source, gtids, reused }: ErrantGtids): string => {
  const on = serverName(server);
  const from = serverName(source ?? null);
  const many = count(Number(gtids.count), 'transaction');
  const are = gtids.count === 1n ? 'is' : 'are';
  if (state === 'local') return `${many} of ${on} ${are} not on its source, ${from}`;
  if (state === 'written-here')
    return `${many} of ${on} itself ${gtids.count === 1n ? 'stands' : 'stand'} between those of its source`;
  if (gtids.isEmpty)
    return `${count(reused.length, 'GTID')} of ${from} ${reused.length === 1 ? 'names' : 'name'} another transaction on ${on}`;
  const lost = `${many} that ${on} received ${are} lost on its source, ${from}`;
  return reused.length > 0 ? `${lost}, which gives numbers away again` : lost;
};

const summaryOf = (errant: ErrantGtids): string => {
  const { state, server, source, gtids, transactions, reused, beforeOthers } = errant;
  const on = serverName(server);
  const from = serverName(source ?? null);
  const [first] = transactions;
  const place = `${first.file.name} at ${first.offset}, ${isoTime(first.timestamp)}`;
  if (state === 'local') {
    const former = beforeOthers
      ? ' They stand before all that came from elsewhere: written before this server was a replica, perhaps as the source of that time.'
      : '';
    return `${on} has executed ${setText(gtids)}; the logs of ${from} do not name them, and the relay logs of ${on} never received them. The first one: ${place}.${former}`;
  }
  if (state === 'written-here')
    return `Under its own uuid ${on} logged ${setText(gtids)} while it was a replica, and applied transactions of its source after that. The first one: ${place}.`;
  const lost = gtids.isEmpty
    ? ''
    : `${on} received ${setText(gtids)} from ${from}, whose logs do not have ${gtids.count === 1n ? 'it' : 'them'} any more${reused.length > 0 ? '' : ', though they go on to a later time'}. `;
  const [again] = reused;
  return again
    ? `${lost}${again.here.gtid} was written ${isoTime(again.here.timestamp)} in ${again.here.file.name}, and ${isoTime(again.there.timestamp)} in ${again.there.file.name} of ${from}: the source began its numbers anew.`
    : lost.trim();
};

/** Both transactions of the first GTIDs that have two. */
const reusedLoci = ({ reused }: ErrantGtids): Locus[] =>
  reused.slice(0, 3).flatMap(({ here, there }) => [gtidLocus(here, null), gtidLocus(there, null)]);

const excluded = (errant: ErrantGtids): Found['excluded'] => {
  const { state, source, reused, overtaken } = errant;
  const from = serverName(source ?? null);
  if (state === 'written-here') {
    return [
      {
        trap: 'former source that is a replica now',
        why: 'they were written after its oldest relay log was begun',
      },
      {
        trap: 'replica that was promoted',
        why: 'transactions of its source were applied after them',
      },
      { trap: 'ring', why: 'nothing that was dropped left a hole or a mark in the relay logs' },
    ];
  }
  return [
    {
      trap: 'source copied earlier than the replica',
      why:
        reused.length > 0
          ? 'one GTID stands for two transactions'
          : overtaken
            ? `the log of ${from} goes on behind them`
            : 'they carry the uuid of the replica itself, and the source has nothing of it',
    },
    { trap: 'source whose newest logs were not copied', why: 'its newest log was given' },
    ...(state === 'local'
      ? [
          {
            trap: 'ring',
            why: `${from} does not receive from this server, as far as its files tell`,
          },
        ]
      : []),
  ];
};
