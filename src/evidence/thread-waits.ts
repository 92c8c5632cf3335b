import type { Channel, Server } from './evidence.ts';
import { replicaStatuses, type StatusMoment } from './replica-statuses.ts';
import type { ReplicationThread } from './thread-reports.ts';

export type WaitKind = 'disk-space' | 'relay-log-space' | 'reconnect';

/** A thread that runs without an error and that its own state keeps from going on. */
export interface ThreadWait {
  readonly server: Server;
  readonly channel: Channel;
  readonly thread: ReplicationThread;
  readonly kind: WaitKind;
  /** The state as it was printed. */
  readonly state: string;
  readonly moment: StatusMoment;
  /** The line of the error log without which the state would say nothing. */
  readonly line: LoggedLine | null;
}

export interface LoggedLine {
  readonly path: string;
  readonly offset: number;
  readonly text: string;
}

/**
 * States by what they wait for. MySQL names the full disk from 8.0.2 on (sql/mysqld.cc
 * `stage_waiting_for_disk_space`); before, and in MariaDB, only the error log speaks of it. The limit is
 * `wait_for_relay_log_space` of MySQL sql/rpl_slave.cc and MariaDB sql/slave.cc, "replica" for "slave"
 * from 8.0.26 on. The last is of `try_to_reconnect`, and what follows a failed read or request.
 */
const STATES: ReadonlyArray<readonly [WaitKind, RegExp]> = [
  ['disk-space', /^Waiting for (?:disk space|someone to free space)/i],
  ['relay-log-space', /^Waiting for the (?:slave|replica) SQL thread to free enough relay log/i],
  ['reconnect', /^(?:Waiting to reconnect|Reconnecting) after a failed/i],
];

/** What a receiver seems to be at that waits for a disk, where the state does not tell. */
const SEEMS_TO_WRITE = /^Queue?ing (?:master|source) event to the relay log/i;

const FULL = /\bDisk is full writing '/;

/** The last line on a full disk, where neither the receiver nor a start of the server has a later word. */
const fullDisk = ({ observed }: Server): LoggedLine | null => {
  for (const { path, value } of observed.errorLogs.toReversed()) {
    const last = value.messages.findLast(
      ({ actor, kind, text }) =>
        FULL.test(text) ||
        actor === 'receiver' ||
        kind === 'server-starting' ||
        kind === 'server-ready',
    );
    if (last) return FULL.test(last.text) ? { path, offset: last.offset, text: last.text } : null;
  }
  return null;
};

/** What the newest status of a channel says its threads wait for; an error tells more, and is told elsewhere. */
export const threadWaits = (server: Server, channel: Channel): ThreadWait[] => {
  const moment = replicaStatuses(server, channel).at(-1);
  if (!moment) return [];
  const { row } = moment;
  const threads = [
    ['receiver', row.receiverState, row.receiverErrorNumber],
    ['applier', row.applierState, row.applierErrorNumber],
  ] as const;
  return threads.flatMap(([thread, state, errorNumber]): ThreadWait[] => {
    if (state === null || (errorNumber ?? 0) !== 0) return [];
    const kind = STATES.find(([, pattern]) => pattern.test(state))?.[0];
    if (kind) return [{ server, channel, thread, kind, state, moment, line: null }];
    const line = thread === 'receiver' && SEEMS_TO_WRITE.test(state) ? fullDisk(server) : null;
    return line ? [{ server, channel, thread, kind: 'disk-space', state, moment, line }] : [];
  });
};
