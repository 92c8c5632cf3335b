import type { Server } from '../evidence/evidence.ts';
import type { ThreadReport } from '../evidence/thread-reports.ts';
import { type Trouble, troublesOf } from '../evidence/thread-trouble.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { restartReceiver } from './fix/restart-receiver.ts';
import { serverName } from './fix/steps.ts';
import { standingWords, troubleLoci, weigh } from './report-locus.ts';

/** What stopped the receiver between its connect and the first event. */
export type StartupClass = 'question-failed' | 'equal-ids' | 'equal-uuids';

interface StartupFacts {
  readonly class: StartupClass;
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
  readonly channel: string;
  readonly class: StartupClass;
}

const CLASS_WORDS: Readonly<Record<StartupClass, string>> = {
  'question-failed': 'a question to the source at connect failed',
  'equal-ids': 'the source has the same server_id',
  'equal-uuids': 'the source has the same server uuid',
};

const isStartupFailure = ({ kind }: ThreadReport): boolean =>
  kind === 'handshake-failed' || kind === 'equal-server-ids';

const QUESTION =
  /get the value of (\S+) variable|SET (@\w+_heartbeat_period)|Get \w+ (\S+) failed|initialization command '([^']{1,80})/i;

/** The receiver connected, and stopped at one of its first questions. */
export const receiverStartupFailure = defineRule({
  id: 'receiver-startup-failure',
  title: 'The receiver stops at its first questions to the source',
  severity:
    'high: the receiver has stopped for good\nmedium: whether it is over is not known\nlow: it is over',
  needs: ['threadWitnesses'],
  story:
    'After the login the receiver asks the source for its clock, its server_id, its character set and sets the heartbeat period. Where an answer stays away for slave_net_timeout seconds (1159), MySQL of the 5.5 age and Percona Server before 5.5.36 take it for a fatal error (1593) and stop for good, instead of connecting again: on a line that loses packets replication ends now and then, though every reconnect by hand succeeds. Equal server ids or uuids are found out by the same questions, and are another matter: there a start does not help.',
  traps: [
    {
      trap: 'connect that fails',
      why: 'another rule: here the login succeeded',
    },
    {
      trap: 'question that is repeated',
      why: 'later versions connect again: a connect afterwards makes it low',
    },
    {
      trap: 'equal ids by intention',
      why: 'with replicate_same_server_id no such error is raised',
    },
  ],
  fixStory:
    'Start the receiver again; nothing was lost, and no position is to be changed. Upgrade the replica to a version that takes up such connections again. For equal ids or uuids: give one of the two servers its own first.',
  references: [
    'MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc: get_master_version_and_clock (1159 within 1593)',
    'MySQL manual: server_uuid, auto.cnf',
  ],
  follows: ['duplicate-server-id'],
  *detect({ threadWitnesses }) {
    for (const server of threadWitnesses) {
      for (const trouble of troublesOf(server, 'receiver', isStartupFailure))
        yield describe(trouble);
    }
  },
  explain: ({ facts }) =>
    facts.class === 'question-failed'
      ? `The login succeeded, ${facts.question === null ? 'and one of the first questions' : `and ${facts.question}`} was not answered in time or was refused. This version takes that for a fatal error: the receiver has stopped and does not try again. Positions are untouched.`
      : `${CLASS_WORDS[facts.class]}, so the receiver refuses to read from it: its own events would look like those of the source. A copied data directory brings auto.cnf, a copied my.cnf the server_id.`,
  fix: ({ facts, subject }) => (facts.standing === 'over' ? null : restartReceiver(subject)),
});

const classOf = ({ kind, text }: ThreadReport): StartupClass =>
  kind === 'handshake-failed'
    ? 'question-failed'
    : /UUIDs/i.test(text)
      ? 'equal-uuids'
      : 'equal-ids';

const describe = (trouble: Trouble): Found<StartupFacts, FailedStartup> => {
  const { story, reports, lines } = trouble;
  const { server, channel } = story;
  const newest = reports.at(-1) ?? reports[0];
  const type = classOf(newest);
  const asked = QUESTION.exec(newest.text);
  const question = asked?.[1] ?? asked?.[2] ?? asked?.[3] ?? asked?.[4] ?? null;
  const code = newest.errorCode;
  const error = code === null ? '' : ` (error ${code})`;
  return {
    key: `${channel}/${type}`,
    ...weigh(trouble, 'high'),
    title: `The receiver stopped while it connected: ${CLASS_WORDS[type]}${error}`,
    summary: `${serverName(server)}: ${CLASS_WORDS[type]}${question ? `, ${question}` : ''}${error}${newest.time ? `, at ${newest.time}` : ''}${lines > 1 ? `, ${lines} times in the error log` : ''}. ${standingWords(trouble)}`,
    server,
    channel,
    at: troubleLoci(trouble) as [Locus, ...Locus[]],
    facts: {
      class: type,
      errorCode: code,
      question,
      firstSeen: reports[0].time,
      lastSeen: newest.time,
      linesInAll: lines,
      standing: trouble.standing,
    },
    excluded: [{ trap: 'connect that fails', why: 'the words are those after a login' }],
    subject: { server, channel, class: type },
  };
};
