import { type ThreadWait, threadWaits, type WaitKind } from '../evidence/thread-waits.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { held } from './fix/withheld.ts';
import { placeText } from './lag-figure-words.ts';
import { logLocus } from './position-locus.ts';

interface WaitFacts {
  readonly threads: ReadonlyArray<ThreadWait['thread']>;
  readonly waitsFor: WaitKind;
  readonly state: string;
  readonly takenAt: string | null;
  readonly read: string | null;
  readonly executed: string | null;
  /** Bytes of all relay logs. */
  readonly relayLogSpace: number | null;
}

interface WaitWords {
  readonly severity: Severity;
  readonly says: string;
  readonly cause: string;
  readonly look: string;
}

const WORDS: Readonly<Record<WaitKind, WaitWords>> = {
  'disk-space': {
    severity: 'high',
    says: 'waits for room on a full disk',
    cause:
      'A write met a full disk. The thread stays up without an error and looks again every minute or so: monitoring that asks whether both threads run sees nothing of it. Nothing is lost, and nothing comes in.',
    look: 'which disk is full, and what may be deleted on it: df of the directories of the relay logs, the binary logs and the data; never relay logs by hand (the applier purges what it has applied), and binary logs by PURGE alone. Once there is room the thread goes on by itself',
  },
  'relay-log-space': {
    severity: 'medium',
    says: 'waits since the relay logs have reached relay_log_space_limit',
    cause:
      'All relay logs together are as large as relay_log_space_limit allows, and the receiver fetches no more until the applier is through with one of them. The network and the source are not what is slow: the applier is. While it waits, what the source purges is lost to this replica.',
    look: 'what the applier is at (SHOW PROCESSLIST, long transactions, tables without a primary key), and how long the source keeps its binary logs; the limit is changed in the option file only, with a restart',
  },
  reconnect: {
    severity: 'medium',
    says: 'has lost its connection and tries to make it again',
    cause:
      'A read or a request of the receiver failed, and it waits for the next try. No error is shown yet: the first try may still come. Nothing comes in meanwhile, and the lag figure may stay small.',
    look: 'the next SHOW of the status, a minute later: it is connected again, or has an error with a number by then; and the error log for how often that happens',
  },
};

/** A thread that runs, has no error, and does not go on. */
export const waitingThread = defineRule({
  id: 'waiting-thread',
  title: 'A thread runs without an error, and waits for what does not come by itself',
  severity:
    'high: it waits for room on a full disk\nmedium: the receiver waits for relay_log_space_limit, or to connect again',
  needs: ['statuses'],
  story:
    'A status can say Yes for both threads, with no error, while nothing moves: what a thread is at stands in its state alone (Replica_IO_State, Replica_SQL_Running_State). A full disk makes it wait until there is room, relay_log_space_limit until the applier has caught up, and a lost connection until the next try.',
  traps: [
    {
      trap: 'states of a thread that works',
      why: 'waiting for the source to send, for dependent transactions or for a delay that was asked for is what threads do all day: silent',
    },
    {
      trap: 'full disk before MySQL 8.0.2, and on MariaDB',
      why: 'the state does not say it: the thread seems to be queueing an event, and only the error log speaks of the disk; likely where both were given',
    },
    { trap: 'thread with an error', why: 'the error tells more, by the rule that it belongs to' },
    { trap: 'earlier status', why: 'only the newest one of a channel counts' },
  ],
  fixStory:
    'What it waits for is put right, and the thread goes on by itself. No position has a part in it, and a CHANGE, which deletes relay logs, would only lose what is there.',
  references: [
    'MySQL manual: Replication I/O (Receiver) Thread States; relay_log_space_limit',
    'MariaDB manual: Replica I/O Thread States; relay_log_space_limit',
  ],
  *detect({ statuses }) {
    for (const { server, channel } of statuses) {
      const waits = threadWaits(server, channel);
      const other = waits.find(({ thread }) => thread === 'applier');
      for (const wait of waits) {
        const both = wait.thread === 'receiver' && wait.kind === other?.kind ? other : null;
        const isTold =
          wait === other && waits.some((one) => one !== wait && one.kind === wait.kind);
        if (!isTold) yield describe(wait, both);
      }
    }
  },
  explain: ({ facts }) => WORDS[facts.waitsFor].cause,
  fix: ({ facts, server }) =>
    server?.dialect
      ? held(
          server.dialect,
          `no statement ends the wait; to be looked at: ${WORDS[facts.waitsFor].look}`,
        )
      : null,
});

/** The place of a status that says what a thread is at. */
const stateLocus = ({ thread, state, moment: { row, path } }: ThreadWait): Locus => {
  const field = thread === 'receiver' ? 'receiverState' : 'applierState';
  return {
    path,
    offset: row.offsets[field] ?? row.offset,
    length: null,
    field,
    source: null,
    gtid: null,
    text: `state: ${state}`,
  };
};

/** `other`: the applier, where it waits for the same as the receiver. */
const describe = (wait: ThreadWait, other: ThreadWait | null): Found<WaitFacts> => {
  const { server, channel, thread, kind, state, moment, line } = wait;
  const { row, takenAt } = moment;
  const who = other ? 'receiver, and the applier too,' : thread;
  const { severity, says } = WORDS[kind];
  const read = placeText(row.readSourceLogFile, row.readSourceLogPos);
  const executed = placeText(row.appliedSourceLogFile, row.appliedSourceLogPos);
  const when = takenAt ? `, at ${takenAt.text.replace('T', ' ')}` : '';
  const places =
    read && executed
      ? read === executed
        ? ` All that was received, up to ${read}, is applied.`
        : ` Received up to ${read}, applied up to ${executed}.`
      : '';
  return {
    key: `${channel.name}/${thread}/${kind}`,
    severity,
    // Two texts of perhaps two moments
    confidence: line ? 'likely' : 'proven',
    title: `The ${who} ${says}`,
    summary: `${serverName(server)}: the ${who} ${says}${when}.${places}`,
    server,
    channel: channel.name,
    at: [
      stateLocus(wait),
      ...(other ? [stateLocus(other)] : []),
      ...(line ? [logLocus(line.path, line.offset, `logged: ${line.text}`)] : []),
    ],
    facts: {
      threads: other ? [thread, other.thread] : [thread],
      waitsFor: kind,
      state,
      takenAt: takenAt?.text ?? null,
      read,
      executed,
      relayLogSpace: row.relayLogSpace,
    },
    excluded: [],
    subject: null,
  };
};
