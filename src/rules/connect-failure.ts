import { CONNECT_CLASSES, type ConnectClass, connectClass } from '../evidence/connect-errors.ts';
import type { Channel, Server } from '../evidence/evidence.ts';
import { isConnectFailure } from '../evidence/receiver-errors.ts';
import { type RetryRhythm, retryRhythm } from '../evidence/retry-rhythm.ts';
import { type Trouble, troublesOf } from '../evidence/thread-trouble.ts';
import { tlsWords } from './connect-words.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { connectAgain } from './fix/connect-again.ts';
import { serverName } from './fix/steps.ts';
import { standingWords, troubleLoci, weigh } from './report-locus.ts';
import { count, span } from './words.ts';

interface ConnectFacts extends RetryRhythm {
  readonly errorNumber: number | null;
  readonly class: ConnectClass;
  readonly lines: number;
  readonly linesInAll: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly standing: Trouble['standing'];
}

export interface FailedConnect {
  readonly server: Server;
  readonly channel: Channel | null;
  readonly trouble: Trouble;
  readonly class: ConnectClass;
  readonly errorNumber: number | null;
  readonly rhythm: RetryRhythm;
  /** Had it failed for less than a minute when the records end? */
  readonly wasCutShort: boolean;
}

/** Seconds up to which an outage that is over was one of the network’s everyday. */
const BRIEF = 60;

/** The receiver cannot log in at its source. */
export const connectFailure = defineRule({
  id: 'connect-failure',
  title: 'The receiver cannot connect to its source',
  severity:
    'high: every connect fails, and nothing later says that one succeeded\nmedium: whether it is over is not known\nlow: it is over, or was stopped on purpose within a minute of failing\ninfo: it is over, within a minute',
  needs: ['threadWitnesses'],
  story:
    'The receiver connects like any client: name, network, TLS, account, plugin. What fails is told by the error’s number, and no position has a part in it. 2026 is the TLS handshake: the network carried it, rights were not asked for yet. The replica tries again every MASTER_CONNECT_RETRY seconds, MASTER_RETRY_COUNT times, and then stops for good. MySQL from 5.6 on logs every try; MySQL to 5.5 and MariaDB log an error once, until another one comes: there, lines that stay away prove nothing.',
  traps: [
    {
      trap: 'source that restarted',
      why: 'a later connect in the same log ends the failure: low, or info within a minute',
    },
    {
      trap: 'retries: 86400 on a single line',
      why: 'to 5.5 and on MariaDB the number is how many tries there may be, not which one it was',
    },
    {
      trap: 'status text from before or after the error log',
      why: 'the newer one decides; where that is unknown it is possible, and medium at most',
    },
    {
      trap: 'replication stopped on purpose after the failure',
      why: 'no word on whether it would fail again: possible, and medium at most, low where it had failed for less than a minute, as when source and replica are shut down together',
    },
    {
      trap: 'replica that was promoted since: its old error log still ends with failed connects',
      why: 'a RESET in that log, a status that is an empty set, or a folder that holds a server’s files and none of a channel: low, without a plan, as a START would do no good; an error log alone shows none of it',
    },
    {
      trap: 'connection lost while reading',
      why: 'reconnects follow it as a matter of course; only a connect that fails counts',
    },
  ],
  fixStory:
    'Connect by hand from the replica, as the replication account, with the same files and options: what the client says is what the receiver meets. Put that right; the receiver goes on by itself, or is started where it gave up. Never a CHANGE of positions. For 2061 the source’s public key may be asked for, with the applier left running, so that no relay log is deleted.',
  references: [
    'MySQL manual: CHANGE REPLICATION SOURCE TO, SOURCE_CONNECT_RETRY, SOURCE_RETRY_COUNT, GET_SOURCE_PUBLIC_KEY',
    'MySQL manual: Setting Up Replication to Use Encrypted Connections',
    'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc: connect_to_master',
  ],
  *detect({ threadWitnesses }) {
    for (const server of threadWitnesses) {
      for (const trouble of troublesOf(server, 'receiver', isConnectFailure)) {
        yield describe(server, trouble);
      }
    }
  },
  explain: ({ facts, subject }) =>
    [
      `Error ${facts.errorNumber ?? 'without a number'} is ${CONNECT_CLASSES[facts.class]}${facts.class === 'tls' ? ': not the network, not rights, not a position' : '; no position has a part in it'}.`,
      ...tlsWords(subject),
      rhythmWords(facts),
    ]
      .filter(Boolean)
      .join(' '),
  fix: ({ subject }) => (subject.trouble.standing === 'over' ? null : connectAgain(subject)),
});

const describe = (server: Server, trouble: Trouble): Found<ConnectFacts, FailedConnect> => {
  const { story, reports, lines } = trouble;
  const newest = reports.at(-1) ?? reports[0];
  const { errorNumber } = newest;
  const rhythm = retryRhythm(trouble);
  const logged = reports.filter(({ witness }) => witness === 'error-log');
  const type = connectClass(errorNumber);
  const first = logged[0]?.time ?? null;
  const last = newest.time;
  const weight = weigh(trouble, 'high');
  const outage = secondsBetween(first, trouble.recovery?.time ?? null);
  const isBrief = trouble.standing === 'over' && outage !== null && outage <= BRIEF;
  // A source and its replica that are shut down together leave such a line
  const wasCutShort =
    trouble.standing === 'unclear' && trouble.ended && (rhythm.seconds ?? BRIEF + 1) <= BRIEF;
  const where = newest.details.host
    ? ` to ${newest.details.host}${newest.details.port === undefined ? '' : `:${newest.details.port}`}`
    : '';
  return {
    key: `${story.channel}/${errorNumber ?? 'unknown'}`,
    severity: isBrief ? 'info' : wasCutShort ? 'low' : weight.severity,
    confidence: weight.confidence,
    title: `Connects${where} fail${trouble.standing === 'over' ? 'ed' : ''} with error ${errorNumber ?? 'unknown'}: ${CONNECT_CLASSES[type]}`,
    summary: `${serverName(server)} could not connect${where}: ${logged.length > 0 ? count(logged.length, 'line') : 'a status text'} of error ${errorNumber ?? 'unknown'}${first ? `, from ${first}${last && last !== first ? ` to ${last}` : ''}` : ''}. ${rhythm.gaveUp ? 'That was the last try: the receiver gave up. ' : ''}${standingWords(trouble)}`,
    server,
    channel: story.channel,
    at: troubleLoci(trouble) as [Locus, ...Locus[]],
    facts: {
      errorNumber,
      class: type,
      lines: logged.length,
      linesInAll: lines,
      firstSeen: first,
      lastSeen: last,
      standing: trouble.standing,
      ...rhythm,
    },
    excluded:
      trouble.standing === 'stands'
        ? [{ trap: 'source that restarted', why: 'no later connect is logged or shown' }]
        : [],
    subject: {
      server,
      channel: server.channels.find(({ name }) => name === story.channel) ?? null,
      trouble,
      class: type,
      errorNumber,
      rhythm,
      wasCutShort,
    },
  };
};

const secondsBetween = (from: string | null, to: string | null): number | null => {
  if (from === null || to === null) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
};

/** Whole seconds, but for those that are none. */
const range = ({ shortest, longest }: NonNullable<ConnectFacts['gaps']>): string => {
  const [from, to] = [shortest, longest].map((gap) => (gap < 1 ? gap : Math.round(gap)));
  return from === to ? `${to}` : `${from} to ${to}`;
};

const rhythmWords = (facts: ConnectFacts): string => {
  const { retrySeconds, retriesAllowed, attempt, gaps, logsEveryTry, keptTime, lastsSeconds } =
    facts;
  if (retrySeconds === null) return '';
  const allowed =
    retriesAllowed === null
      ? ''
      : retriesAllowed === 0
        ? ', without end'
        : `, ${count(retriesAllowed, 'time')}${lastsSeconds === null ? '' : `, which takes ${span(lastsSeconds)} from the first try on`}`;
  const done =
    attempt === null
      ? ''
      : facts.gaveUp
        ? ` Try ${attempt} was the last.`
        : ` The newest line is try ${attempt}${retriesAllowed ? ` of ${retriesAllowed}` : ''}.`;
  const pace =
    logsEveryTry === false
      ? ' This server logs an error once until it changes: that no further line comes does not mean that it stopped trying.'
      : keptTime === null || !gaps
        ? ''
        : keptTime
          ? ` The lines keep that time (${range(gaps)} s between them).`
          : ` The lines do not keep that time: up to ${span(gaps.longest)} passed between two of them, so a try itself hung.`;
  return `The receiver tries again every ${retrySeconds} s${allowed}.${done}${pace}`;
};
