import type { Channel, Server } from '../evidence/evidence.ts';
import { isStartupFailure } from '../evidence/receiver-errors.ts';
import { type StartupQuestion, startupQuestion } from '../evidence/startup-question.ts';
import type { ThreadReport } from '../evidence/thread-reports.ts';
import { type Trouble, troublesOf } from '../evidence/thread-trouble.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { restartReceiver } from './fix/restart-receiver.ts';
import { serverName } from './fix/steps.ts';
import { standingWords, troubleLoci, weigh } from './report-locus.ts';
import { count } from './words.ts';

/** What kept the receiver from going on between its login and the first event. */
export type StartupClass = StartupQuestion['outcome'] | 'equal-ids' | 'equal-uuids';

/**
 * `stopped`: for good; `trying`: a status shows that it connects again and again; `tried-again`: it did,
 * and nothing tells what came of it.
 */
export type StartupState = 'stopped' | 'trying' | 'tried-again' | 'unclear' | 'over';

interface StartupFacts {
  readonly class: StartupClass;
  readonly state: StartupState;
  readonly errorCode: number | null;
  /** Which of its questions went wrong. */
  readonly question: string | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly linesInAll: number;
  readonly standing: Trouble['standing'];
}

export interface FailedStartup {
  readonly server: Server;
  readonly channel: Channel | null;
  readonly class: StartupClass;
  readonly state: StartupState;
  /** What the source said instead of an answer. */
  readonly answer: string | null;
  readonly errorCode: number | null;
}

const CLASS_WORDS: Readonly<Record<StartupClass, string>> = {
  'no-answer': 'no answer came to one of its first questions',
  refused: 'the source refused one of its first questions',
  failed: 'one of its first questions failed',
  'equal-ids': 'the source has the same server_id',
  'equal-uuids': 'the source has the same server uuid',
};

/** From here on a network that loses answers now and then is more than an accident. */
const MANY = 3;
/** Seconds after the last of them for which a log that goes on tells nothing: the next try may wait. */
const NEXT_TRY = 300;

/** The receiver connected, and did not get past its first questions. */
export const receiverStartupFailure = defineRule({
  id: 'receiver-startup-failure',
  title: 'The receiver fails at its first questions to the source',
  severity:
    'high: the receiver has stopped for good, or a status shows it connecting again and again\nmedium: whether it is over is not known; or it tried again and again up to the end of the error log\nlow: it is over; or it tried again, and no further failure follows',
  needs: ['threadWitnesses'],
  story:
    'After the login the receiver asks the source for its clock, its server_id, its checksums, its GTID mode and uuid, and sets the heartbeat period. Where an answer stays away for slave_net_timeout seconds (1159), MySQL to 5.6 (seen with 5.6.24) and Percona Server before 5.5.36 take it for a fatal error, which most questions show as 1593, and stop for good: on a line that loses packets replication ends now and then, though every reconnect by hand succeeds. MySQL 8 and later and MariaDB connect again, with warnings; their status shows Connecting and mostly no error at all. A question that the source refuses (1226, a limit of the account) stops the receiver on every version. Equal server ids or uuids are found out by the same questions, and are another matter: there a start does not help.',
  traps: [
    {
      trap: 'connect that fails',
      why: 'another rule: here the login succeeded',
    },
    {
      trap: 'question that is repeated',
      why: 'a connection that closes is made again on every version, and one that stays silent on newer ones: low, unless a status shows that it goes on',
    },
    {
      trap: 'words that say "stops" and do not mean it',
      why: 'after "stops because the initialization query failed" (GTID_MODE) the receiver connects again',
    },
    {
      trap: 'question that the source does not know',
      why: 'an older source, or one of another make: a warning, and no failure',
    },
    {
      trap: 'equal ids by intention',
      why: 'with replicate_same_server_id no such error is raised',
    },
  ],
  fixStory:
    'Start the receiver again; nothing was lost, and no position is to be changed. A longer slave_net_timeout lets it wait out a loss. Upgrade the replica to a version that takes up such connections again. What the source refused is to be put right at the source first. For equal ids or uuids: give one of the two servers its own first.',
  references: [
    'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc: get_master_version_and_clock, is_network_error',
    'MySQL manual: server_uuid, auto.cnf',
  ],
  follows: ['duplicate-server-id'],
  *detect({ threadWitnesses }) {
    for (const server of threadWitnesses) {
      for (const trouble of troublesOf(server, 'receiver', isStartupFailure))
        yield describe(trouble);
    }
  },
  explain: ({ facts, subject, server }) =>
    facts.class === 'equal-ids' || facts.class === 'equal-uuids'
      ? `The source has the same ${facts.class === 'equal-ids' ? 'server_id' : 'server uuid'}, so the receiver refuses to read from it: its own events would look like those of the source. A copied data directory brings auto.cnf, a copied my.cnf the server_id.`
      : `The login succeeded. ${outcomeWords(facts, subject, server)} ${stateWords(facts)} Positions are untouched.`,
  fix: ({ facts, subject }) =>
    facts.state === 'over' || facts.state === 'tried-again' ? null : restartReceiver(subject),
});

const outcomeWords = (
  { class: type, question }: StartupFacts,
  { answer }: FailedStartup,
  server: Server | null,
): string => {
  const asked = question === null ? 'one of the first questions' : question;
  if (type === 'refused')
    return `The source answered ${asked} with an error: ${answer ?? ''}. That is to be put right there.`;
  if (type === 'failed') return `${asked} failed; the words do not tell why.`;
  return `No answer to ${asked} came back: a matter of the network, or of a source that hangs. The receiver waits ${server?.dialect?.terms.netTimeout ?? 'slave_net_timeout'} seconds for each.`;
};

const stateWords = ({ state, class: type }: StartupFacts): string => {
  if (state === 'stopped')
    return type === 'refused'
      ? 'The receiver has stopped and does not try again.'
      : 'This version takes that for a fatal error: the receiver has stopped and does not try again.';
  if (state === 'trying') return 'The receiver connects again by itself, and so far in vain.';
  if (state === 'tried-again')
    return 'The receiver connects again by itself after it; versions log no line when that succeeds.';
  return '';
};

const classOf = ({ kind, text }: ThreadReport, { outcome }: StartupQuestion): StartupClass =>
  kind !== 'equal-server-ids' ? outcome : /UUIDs/i.test(text) ? 'equal-uuids' : 'equal-ids';

const stateOf = (
  { standing, story }: Trouble,
  type: StartupClass,
  { isRepeated }: StartupQuestion,
): StartupState => {
  if (standing === 'over') return 'over';
  const isQuestion = type !== 'equal-ids' && type !== 'equal-uuids';
  const status = story.shown.at(-1);
  if (isQuestion && isRepeated && status?.isTrying) return 'trying';
  if (isQuestion && isRepeated && status === undefined) return 'tried-again';
  return standing === 'stands' ? 'stopped' : 'unclear';
};

const seconds = (time: string): number => Date.parse(time.endsWith('Z') ? time : `${time}Z`) / 1000;

/** Each try that fails writes its line: a log that goes on without one tells that the next succeeded. */
const isGoingOn = ({ reports, story: { server } }: Trouble): boolean => {
  const [newest, end] = [
    reports.at(-1),
    server.observed.errorLogs.find(({ path }) => path === reports.at(-1)?.path)?.value.last,
  ];
  return (
    reports.length >= MANY &&
    !(newest?.time && end && seconds(end.text) - seconds(newest.time) > NEXT_TRY)
  );
};

const weightOf = (
  trouble: Trouble,
  state: StartupState,
): { readonly severity: Severity; readonly confidence: Confidence } => {
  if (state === 'trying') return { severity: 'high', confidence: 'proven' };
  if (state === 'tried-again')
    return { severity: isGoingOn(trouble) ? 'medium' : 'low', confidence: 'likely' };
  return weigh(trouble, 'high');
};

const BEGINS: Readonly<Record<StartupState, string>> = {
  stopped: 'The receiver stopped while it connected',
  trying: 'The receiver connects again and again in vain',
  'tried-again': 'The receiver had to connect again',
  unclear: 'The receiver failed while it connected',
  over: 'The receiver had failed while it connected',
};

const ends = (trouble: Trouble, state: StartupState): string => {
  if (state === 'trying') return 'The status shows it connecting.';
  if (state === 'tried-again') return 'It tries again by itself; what came of that is not said.';
  return standingWords(trouble);
};

const describe = (trouble: Trouble): Found<StartupFacts, FailedStartup> => {
  const { story, reports, lines } = trouble;
  const { server, channel } = story;
  const newest = reports.at(-1) ?? reports[0];
  const question = startupQuestion(newest);
  const type = classOf(newest, question);
  const state = stateOf(trouble, type, question);
  const code = newest.errorCode;
  const error = code === null ? '' : ` (error ${code})`;
  return {
    key: `${channel}/${type}`,
    ...weightOf(trouble, state),
    title: `${BEGINS[state]}: ${CLASS_WORDS[type]}${error}`,
    summary: `${serverName(server)}: ${CLASS_WORDS[type]}${question.asked ? `, ${question.asked}` : ''}${error}${newest.time ? `, at ${newest.time}` : ''}${lines > 1 ? `; ${count(lines, 'line')} of this kind in the error log` : ''}. ${ends(trouble, state)}`,
    server,
    channel,
    at: troubleLoci(trouble) as [Locus, ...Locus[]],
    facts: {
      class: type,
      state,
      errorCode: code,
      question: question.asked,
      firstSeen: reports[0].time,
      lastSeen: newest.time,
      linesInAll: lines,
      standing: trouble.standing,
    },
    excluded: [{ trap: 'connect that fails', why: 'the words are those after a login' }],
    subject: {
      server,
      channel: server.channels.find(({ name }) => name === channel) ?? null,
      class: type,
      state,
      answer: question.answer,
      errorCode: code,
    },
  };
};
