import { baseName } from '../binlog/coordinates.ts';
import { channelOfInfoFile, decodeChannelName } from '../metadata/channel-file-name.ts';
import type { ErrorLogMessage } from '../metadata/error-log/error-log.ts';
import type { MessageDetails } from '../metadata/error-log/message-fields.ts';
import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import { isNetworkError } from './connect-errors.ts';
import type { Server } from './evidence.ts';
import { rowsOf } from './observations.ts';
import { applierRows, receiverRows } from './shown-threads.ts';

export type ReplicationThread = 'receiver' | 'applier';

/** What one line of an error log, or one status text, says of one thread of one channel. */
export interface ThreadReport {
  /** `ended`: stopped, restarted or changed on purpose; what came of it is not said. */
  readonly says: 'failing' | 'working' | 'ended';
  readonly witness: 'error-log' | 'status-text';
  readonly path: string;
  readonly offset: number;
  /** When it happened, as written; of a status text the time of its error. */
  readonly time: string | null;
  /** Unix milliseconds; null where the zone is not known. */
  readonly moment: number | null;
  /** Unix milliseconds when a status text was printed. */
  readonly printed: number | null;
  readonly kind: MessageKind | null;
  /** As printed: `MY-013114` is 13114. */
  readonly errorCode: number | null;
  /** As MySQL to 8.0.13 and MariaDB number it. */
  readonly errorNumber: number | null;
  /** Of a receiver's status text: neither `Yes` nor `No`, it tries to connect. */
  readonly isTrying: boolean;
  readonly text: string;
  readonly details: MessageDetails;
}

/** All that is said of one thread. */
export interface ThreadStory {
  readonly server: Server;
  readonly channel: string;
  readonly thread: ReplicationThread;
  /** In the order of the error logs. */
  readonly logged: readonly ThreadReport[];
  /** In the order of their times, as far as they state them. */
  readonly shown: readonly ThreadReport[];
}

const WORKING: ReadonlySet<MessageKind> = new Set([
  'receiver-connected',
  'receiver-resumed',
  'applier-starting',
]);
const KILLED: ReadonlySet<MessageKind> = new Set(['receiver-killed', 'applier-killed']);
/** These concern both threads of every channel, or of the one that they name. */
const ENDING: ReadonlySet<MessageKind> = new Set([
  'server-stopping',
  'server-starting',
  'server-ready',
  'change-executed',
  'channel-reset',
]);
/** Errors that a thread survives, or that only go with the one that ended it. */
const PASSING: ReadonlySet<MessageKind> = new Set([
  'receiver-lost-connection',
  'receiver-command-will-retry',
  'source-ended-dump',
  'receiver-reconnecting',
  'receiver-exiting',
  'registration-failed',
  'applier-aborted',
  'applier-error-detail',
  'applier-exiting',
  'coordinator-stopping',
]);

/**
 * A question at connect that the network kept from being answered is a warning where the receiver
 * tries again: `is_network_error` of MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc. Questions that the
 * source does not know are warnings too, and no failure.
 */
const isUnanswered = ({ kind, level, details }: ErrorLogMessage): boolean =>
  level === 'Warning' &&
  (kind === 'handshake-failed' || kind === 'source-clock-unknown') &&
  isNetworkError(details.errorNumber);

const sameChannel = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const saysOf = (
  message: ErrorLogMessage,
  thread: ReplicationThread,
): ThreadReport['says'] | null => {
  const { kind, actor, level } = message;
  if (thread === 'receiver' && isUnanswered(message)) return 'failing';
  if (ENDING.has(kind)) return 'ended';
  if (actor !== thread) return null;
  if (WORKING.has(kind)) return 'working';
  if (KILLED.has(kind)) return 'ended';
  return level === 'ERROR' && !PASSING.has(kind) ? 'failing' : null;
};

const momentOf = (time: ErrorLogMessage['time']): number | null =>
  time === null || time.zone === 'unknown' ? null : Date.parse(time.text);

/** Null where a line concerns all of them. */
const channelOf = ({ kind, details }: ErrorLogMessage): string | null => {
  if (kind === 'channel-reset')
    return decodeChannelName(channelOfInfoFile(baseName(details.infoFile ?? '')) ?? '');
  return details.channel ?? (ENDING.has(kind) && kind !== 'change-executed' ? null : '');
};

const loggedBy = (server: Server, thread: ReplicationThread) =>
  [...server.observed.errorLogs]
    .toSorted((a, b) => ((a.value.first?.text ?? '') < (b.value.first?.text ?? '') ? -1 : 1))
    .flatMap(({ path, value }) =>
      value.messages.flatMap((message): Array<{ channel: string | null; report: ThreadReport }> => {
        const says = saysOf(message, thread);
        if (says === null) return [];
        const { details, kind, offset, text, time } = message;
        const channel = channelOf(message);
        return [
          {
            channel,
            report: {
              says,
              witness: 'error-log',
              path,
              offset,
              time: time?.text ?? null,
              moment: momentOf(time),
              printed: null,
              kind,
              errorCode: details.errorCode ?? null,
              errorNumber: details.errorNumber ?? null,
              isTrying: false,
              text,
              details,
            },
          },
        ];
      }),
    );

/** An error log in which no thread of replication speaks: of a source, or of a server alone. */
const isSilent = ({ observed }: Server): boolean =>
  observed.errorLogs.every(({ value }) =>
    value.messages.every(({ actor }) => actor !== 'receiver' && actor !== 'applier'),
  );

/**
 * Is there anything that says how a server's replication threads fare? The silence of an error log
 * says it only beside the logs of its server.
 */
export const hasWitness = (server: Server): boolean =>
  (server.observed.errorLogs.length > 0 &&
    (server.binlogs.length > 0 || server.channels.length > 0 || !isSilent(server))) ||
  rowsOf(server.observed, 'replica-status').length > 0 ||
  rowsOf(server.observed, 'connection-status').length > 0 ||
  rowsOf(server.observed, 'applier-worker-status').length > 0;

/** What error logs and status texts say of one thread of every channel of a server. */
export const threadStories = (server: Server, thread: ReplicationThread): ThreadStory[] => {
  const logged = loggedBy(server, thread);
  const shown = thread === 'receiver' ? receiverRows(server) : applierRows(server);
  const channels: string[] = [];
  for (const { channel } of [...logged, ...shown]) {
    if (channel !== null && !channels.some((known) => sameChannel(known, channel)))
      channels.push(channel);
  }
  return channels.map((channel) => ({
    server,
    channel: server.channels.find(({ name }) => sameChannel(name, channel))?.name ?? channel,
    thread,
    logged: logged
      .filter((one) => one.channel === null || sameChannel(one.channel, channel))
      .map(({ report }) => report),
    shown: shown.filter((one) => sameChannel(one.channel, channel)).map(({ report }) => report),
  }));
};
