import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import type { Alternative, Fix, Precondition, Step } from '../finding.ts';
import { list } from '../words.ts';
import { atNotedPosition, changeAfterReset } from './change-after-reset.ts';
import { missingLogsCondition, resetBeforeChange } from './reset-before-change.ts';
import {
  channelName,
  check,
  checkSourceLists,
  copyAside,
  serverName,
  start,
  stop,
  UNWRITABLE_NAME,
} from './steps.ts';

export interface LoopTarget {
  /** The server that shall ignore the id; null for one whose files were not given. */
  readonly server: Server | null;
  readonly id: number | null;
  readonly channel: Channel | null;
  /** Has it several channels, and nothing tells by which the loop comes? */
  readonly unclear: boolean;
  /** The name of its source, which is asked for its logs. */
  readonly from: string;
  readonly dialect: Dialect;
  /** Heartbeat period of a member with the same configuration, where the target's is not known. */
  readonly heartbeat: { readonly seconds: number; readonly own: boolean } | null;
  readonly gtids: Server['gtids'];
  /** Newest log and position by which the source is known to hold what is needed; null when not given. */
  readonly executedLog: string | null;
  /** Was that log among the source's files? */
  readonly sourceHadLog: boolean;
}

/**
 * Ends a loop where it passes one server: its receiver drops the id from then on. Proven on MySQL
 * 5.6.24, 9.7.4 and MariaDB 10.11: one server, no position, no waiting. Without coordinates the
 * server resumes at the executed position, so that nothing received and not applied is lost.
 */
export const ignoreServerIds = (
  target: LoopTarget,
  loopingId: number,
  tables: readonly string[],
  cause: string,
): Fix => {
  const { dialect, channel } = target;
  const { abilities, terms } = dialect;
  const known = channel?.masterInfo?.value.ignoreServerIds ?? null;
  const name = channelName(dialect, channel);
  const on = serverName(target.server ?? target.id);
  const preconditions: Precondition[] = [
    { text: `no living server still writes with server id ${loopingId}`, state: 'unknown' },
    {
      text:
        known === null
          ? `the list of ignored server ids on ${on} is empty`
          : `the list of ignored server ids on ${on} was ${listed(known)} when copied`,
      state: known === null ? 'unknown' : 'met',
    },
    {
      text: `the ${terms.source} of ${on} still has ${target.executedLog ?? `the log that ${terms.execLogFile} names`}${target.sourceHadLog ? ' (it had when copied)' : ''}`,
      state: 'unknown',
    },
  ];
  const base = {
    dialect: dialect.id,
    undo: [] as string[],
    sideEffects: [] as string[],
    // Coordinates would silently end MariaDB's GTID mode
    alternatives: name === null || usesGtid(target) ? [] : [newerPosition(target, name)],
  };
  if (name === null || target.unclear) {
    const reason = `${on} has several channels, and these logs do not tell which of them brings the loop`;
    return {
      ...base,
      withheld: name === null ? UNWRITABLE_NAME : reason,
      preconditions,
      steps: [],
      alternatives: [],
    };
  }
  if (!abilities.ignoreServerIds) {
    return {
      ...base,
      withheld: `${dialect.id} has no IGNORE_SERVER_IDS; the loop ends only by a newer position, which no file tells (see the alternative)`,
      preconditions: [
        { text: 'the server knows IGNORE_SERVER_IDS', state: 'unmet' },
        ...preconditions,
      ],
      steps: [],
    };
  }
  if (!abilities.ignoreServerIdsUnderGtid) {
    if (target.gtids === 'on') {
      return {
        ...base,
        withheld: `gtid_mode is ON by the newest transactions, and ${dialect.id} refuses IGNORE_SERVER_IDS then (error 3139)`,
        preconditions: [{ text: 'gtid_mode is not ON', state: 'unmet' }, ...preconditions],
        steps: [],
      };
    }
    preconditions.unshift({
      text: 'gtid_mode is not ON (the looping transactions have no GTID)',
      state: target.gtids === 'off' ? 'met' : 'unknown',
    });
  }
  if (abilities.heartbeatReset && !target.heartbeat?.own) {
    preconditions.push({
      text: `the heartbeat period of ${on} is that of the other member`,
      state: 'unknown',
    });
  }
  const ids = [...new Set([...(known ?? []), loopingId])];
  const heartbeat =
    abilities.heartbeatReset && target.heartbeat
      ? { heartbeatPeriod: target.heartbeat.seconds }
      : {};
  const reset = resetBeforeChange(target.server, channel, dialect, name);
  // A RESET forgets the position, so that the CHANGE has to give it; by GTID there is none to give
  const anew = reset.length > 0 && !usesGtid(target);
  const mode = channel?.masterInfo?.value.usingGtid ?? null;
  preconditions.push(...missingLogsCondition(channel));
  const again = anew
    ? changeAfterReset(target.server, channel, dialect, name, {
        ignoreServerIds: ids,
        ...heartbeat,
      })
    : null;
  const change =
    again?.change ??
    dialect.statements.changeSource(name, {
      ignoreServerIds: ids,
      ...heartbeat,
      // RESET may have changed it
      ...(reset.length > 0 && mode ? { useGtid: mode } : {}),
    });
  const undo = dialect.statements.changeSource(name, {
    ignoreServerIds: known ?? [],
    ...heartbeat,
  });
  const steps: Step[] = [
    stop(
      on,
      dialect,
      name,
      `breaks the circle at once: while one member does not replicate, nothing comes round`,
    ),
    check(
      on,
      dialect.statements.showReplicas(),
      `no line has server id ${loopingId}; if one has, that server is alive: do not go on`,
      'events of a living server would be lost',
    ),
    checkSourceLists(target.from, dialect, target.executedLog),
    ...(known === null || (abilities.heartbeatReset && !target.heartbeat?.own)
      ? [statusCheck(on, dialect, name, known === null, target)]
      : []),
    copyAside(target.server ?? target.id, channel?.relay?.base ?? null),
    ...(again ? [again.look] : []),
    ...reset,
    {
      kind: 'change',
      on,
      run: change,
      expect: null,
      risk: 'rewrites-position',
      because: `from now on the ${terms.receiver} of ${on} drops events of server id ${loopingId}; it reads on from the executed position${again?.known === false ? ', which stands in place of FILE and POSITION' : ''}, and the relay logs are deleted${known !== null && known.length > 0 ? '; the ids ignored so far are named again, since the list is replaced' : ''}${'heartbeatPeriod' in heartbeat ? '; the heartbeat period is named again, since every CHANGE resets it' : ''}`,
    },
    start(on, dialect, name, `${on} replicates again, without the loop`),
    check(
      on,
      dialect.statements.showReplicaStatus(name),
      `${terms.receiverRunning} and ${terms.applierRunning} are Yes, ${terms.ignoreServerIds} is ${ids.join(', ')}; counters that grew with each lap stand still`,
      'shows that the loop has ended',
    ),
  ];
  return {
    ...base,
    withheld: null,
    preconditions,
    steps,
    sideEffects: [
      ...(tables.length > 0
        ? [
            `${list(tables)} ${tables.length === 1 ? 'has' : 'have'} looped: compare them on all members, they may differ by a lap, and what the laps added stays`,
          ]
        : ['the tables that looped keep what the laps added: compare them on all members']),
      `an event of server id ${loopingId} that is still on its way, and was never applied, is lost`,
      `the list stays: clear it before a server with id ${loopingId} joins again${abilities.ignoreServerIdsUnderGtid ? '' : '; as long as it is there, gtid_mode=ON is refused'}`,
      ...(abilities.heartbeatReset && !target.heartbeat
        ? ['the heartbeat period falls back to half of slave_net_timeout']
        : []),
      ...(cause === 'renumbered-server'
        ? [
            `only ${on} itself may ignore its old id: anywhere else its own older events would be lost`,
          ]
        : []),
    ],
    undo: [dialect.statements.stopReplica(name), undo, dialect.statements.startReplica(name)],
  };
};

const usesGtid = ({ channel }: LoopTarget): boolean => {
  const mode = channel?.masterInfo?.value.usingGtid ?? null;
  return mode !== null && mode !== 'no';
};

const listed = (ids: readonly number[]): string => (ids.length === 0 ? 'empty' : ids.join(', '));

const statusCheck = (
  on: string,
  dialect: Dialect,
  name: string,
  listUnknown: boolean,
  target: LoopTarget,
): Step => {
  const expect = [
    ...(listUnknown
      ? [
          `${dialect.terms.ignoreServerIds} is empty; if it lists ids, write them into the CHANGE too: the list is replaced`,
        ]
      : []),
    ...(dialect.abilities.heartbeatReset && !target.heartbeat?.own
      ? [
          target.heartbeat
            ? `the heartbeat period (SHOW STATUS LIKE 'Slave_heartbeat_period') is ${target.heartbeat.seconds.toFixed(3)}, as on the other member; if not, write the true one into the CHANGE`
            : `note the heartbeat period (SHOW STATUS LIKE 'Slave_heartbeat_period') and add MASTER_HEARTBEAT_PERIOD to the CHANGE`,
        ]
      : []),
  ];
  return check(
    on,
    dialect.statements.showReplicaStatus(name),
    expect.join('; '),
    'the CHANGE replaces these settings',
  );
};

/** Every version's way, the only one up to MySQL 5.1: read on behind the last lap. */
const newerPosition = (target: LoopTarget, name: string): Alternative => {
  const { dialect } = target;
  const { statements } = dialect;
  const on = serverName(target.server ?? target.id);
  const peer = target.from;
  return {
    title: `a newer position of ${peer}`,
    steps: [
      stop(on, dialect, name, 'breaks the circle'),
      check(
        peer,
        statements.showSourceStatus(),
        'the same file and position twice, some seconds apart: all that came round has been executed there. Taken too early, the loop goes on',
        'its position behind the last lap is known only once it stands still',
      ),
      {
        kind: 'change',
        on,
        run: atNotedPosition(
          dialect,
          name,
          dialect.abilities.heartbeatReset && target.heartbeat
            ? { heartbeatPeriod: target.heartbeat.seconds }
            : {},
        ),
        expect: null,
        risk: 'loses-data',
        because:
          'reads on behind the looping events: put the file and position just shown in place of FILE and POSITION',
      },
      start(on, dialect, name, `${on} replicates again`),
    ],
    costs: `what ${peer} wrote itself between the executed position of ${on} and the new one never reaches ${on}`,
  };
};
