import { formatCoordinates, splitLogName } from '../binlog/coordinates.ts';
import type { ChannelView } from '../evidence/channel-view.ts';
import type { LogChain } from '../evidence/evidence.ts';
import { heartbeatOf, netTimeoutOf } from '../evidence/heartbeat.ts';
import { isoTime } from '../evidence/iso-time.ts';
import { type Burst, evenSpacing, largestBurst } from '../evidence/reconnect-bursts.ts';
import {
  type ReconnectCause,
  reconnectHistory,
  type Stretch,
} from '../evidence/reconnect-history.ts';
import {
  countCauses,
  type ReconnectPattern,
  reconnectPattern,
} from '../evidence/reconnect-pattern.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Severity } from './finding.ts';
import { findWhyItBreaks } from './fix/reconnect-checks.ts';
import { serverName } from './fix/steps.ts';
import { count, list, span } from './words.ts';

interface StormFacts {
  /** Reconnects in the burst, and the seconds that they took at most. */
  readonly reconnects: number;
  readonly withinSeconds: number;
  readonly perHour: number;
  /** In all the relay logs, receivers started anew included. */
  readonly reconnectsInAll: number;
  readonly byCause: Readonly<Record<ReconnectCause, number>>;
  readonly pattern: ReconnectPattern;
  /** Seconds from one to the next, where they follow each other evenly. */
  readonly everySeconds: number | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly heartbeatPeriod: number | null;
  readonly connectRetry: number | null;
}

export interface Storm extends ChannelView {
  readonly pattern: ReconnectPattern;
  readonly heartbeat: number | null;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** From so many within so many seconds on. A source that is down makes one, however long it is. */
const LEVELS: ReadonlyArray<{
  readonly severity: Severity;
  readonly least: number;
  readonly seconds: number;
}> = [
  { severity: 'high', least: 100, seconds: HOUR },
  { severity: 'high', least: 1000, seconds: DAY },
  { severity: 'medium', least: 10, seconds: 10 * MINUTE },
  { severity: 'medium', least: 100, seconds: DAY },
];

/** Receivers that are started again and again, which is somebody's doing. */
const STARTS = { severity: 'low', least: 10, seconds: 10 * MINUTE } as const;

/** Fewer relay logs, over less time, are no history. */
const HISTORY_FILES = 10;

/** The receiver loses its connection again and again. Nothing in most error logs says so. */
export const reconnectStorm = defineRule({
  id: 'reconnect-storm',
  title: 'The receiver reconnects again and again',
  severity: [
    'high: 100 reconnects within an hour, or 1,000 within a day',
    'medium: 10 within ten minutes, or 100 within a day',
    'low: the receiver was started anew 10 times within ten minutes, by hand, by a script or by its server',
  ].join('\n'),
  needs: ['relays'],
  story:
    'A receiver that loses its connection comes back by itself, and a connect that succeeds at once is logged nowhere before MySQL 8. It leaves a relay log for each: a header, and the position that was asked for. A read timeout on a quiet source, two replicas with one server id, a proxy or a firewall that cuts idle connections make hundreds of them. Each costs a dump thread on the source, a transaction that was under way is sent again, and where the lag figure counts the old format description that comes along, it jumps.',
  traps: [
    {
      trap: 'relay log rotated by size or FLUSH',
      why: 'nothing is asked for there; the copied format description carries flag 0x20',
    },
    {
      trap: 'rotation of the source',
      why: 'its last event names the log that is sent next, at position 4',
    },
    {
      trap: 'restart of the source',
      why: 'one outage is one reconnect, however long it took: failed attempts leave no relay log',
    },
    {
      trap: 'STOP and START by hand',
      why: 'own events carry the start of the receiver: a new one is no loss of the connection. Who started it, only the error log says',
    },
    {
      trap: 'a few reconnects over months',
      why: 'only what certainly lies within an hour or a day counts, by the events around',
    },
    {
      trap: 'replica that fetches old events',
      why: 'events from before the start of the receiver date no reconnect',
    },
  ],
  follows: ['heartbeat-outlasts-timeout', 'duplicate-server-id'],
  fixStory:
    'No position is wrong, and nothing is to be changed before the cause is known. Compare the heartbeat period with the net timeout, look for a second replica with the same server id or uuid, read both error logs around the times that are given, and ask what lies between the servers.',
  references: [
    'MySQL bugs #72578, #72581 (two replicas with one id cut each other off)',
    'MySQL WL#342 (heartbeats)',
    'MySQL sql/rpl_slave.cc handle_slave_io, try_to_reconnect',
    'MariaDB sql/slave.cc handle_slave_io, try_to_reconnect',
  ],
  *detect({ relays, now }) {
    for (const { server, channel } of relays) {
      const history = reconnectHistory(channel);
      const again = history.filter(({ cause }) => cause !== null);
      const lost = again.filter(({ cause }) => cause !== 'receiver-start');
      const started = again.filter(({ cause }) => cause === 'receiver-start');
      for (const { severity, ...level } of LEVELS) {
        const burst = largestBurst(lost, { ...level, now });
        if (!burst) continue;
        yield describe({ server, channel }, severity, burst, again);
        break;
      }
      const burst = largestBurst(started, { ...STARTS, now });
      if (burst) yield describe({ server, channel }, STARTS.severity, burst, again);
    }
  },
  unjudged: ({ relays }) =>
    relays.every(({ relay }) => !isHistory(relay))
      ? 'older relay logs (relay_log_purge leaves the last ones): these few are no history of reconnects'
      : null,
  explain: ({ facts }) => `${WHY[facts.pattern]} No position is wrong by that.`,
  fix: ({ subject }, { servers }) => findWhyItBreaks(subject, servers),
});

const WHY: Readonly<Record<ReconnectPattern, string>> = {
  'read-timeout':
    'They come as far apart as the receiver waits for a word of the source: its read timeout strikes, because heartbeats come too seldom or not at all.',
  'another-receiver-or-killed':
    'They follow each other evenly while events were coming, so that no read timeout struck. Another replica with the same server id or uuid does that: the source ends the older dump thread for each new one. So does whatever kills connections at intervals.',
  'receiver-restarted':
    'Each time the receiver thread was started anew: by START, by hand or by a script, after an error or with its server. The relay logs do not tell which; the error log does.',
  idle: 'Nothing had come since the connect before: a read timeout without heartbeats looks so, and so does something between the servers that cuts quiet connections.',
  unknown:
    'The relay logs do not tell why: an unsteady network, a proxy, kills on the source, or another replica with the same server id look alike.',
};

/** Many relay logs, or all that there ever were: a CHANGE and a RESET number them from 1 again. */
const isHistory = ({ files }: LogChain): boolean =>
  files.length >= HISTORY_FILES || splitLogName(files[0]?.name ?? '')?.number === 1;

const CAUSES: readonly ReconnectCause[] = [
  'source-restart',
  'receiver-start',
  'idle',
  'in-traffic',
];

const CAUSE_WORDS: Readonly<Record<ReconnectCause, string>> = {
  'source-restart': 'with a restart of the source',
  'receiver-start': 'with a new start of the receiver',
  idle: 'with nothing received since the connect before',
  'in-traffic': 'while events were coming',
};

const describe = (
  view: ChannelView,
  severity: Severity,
  burst: Burst,
  all: readonly Stretch[],
): Found<StormFacts, Storm> => {
  const { server, channel } = view;
  const { stretches, seconds } = burst;
  const every = evenSpacing(stretches);
  const pattern = reconnectPattern(stretches, every, netTimeoutOf(server));
  const counts = countCauses(stretches);
  const started = pattern === 'receiver-restarted';
  const verb = started ? 'was started anew' : 'reconnected';
  const parts = CAUSES.flatMap((cause) =>
    counts[cause] > 0 ? [`${counts[cause]} ${CAUSE_WORDS[cause]}`] : [],
  );
  const rhythm = every === null ? '' : `, some ${Math.round(every * 10) / 10} s apart`;
  const inAll = all.length > stretches.length ? `, ${all.length} times in all these logs` : '';
  return {
    key: `${channel.name}/${started ? 'starts' : 'losses'}`,
    severity,
    confidence: 'likely',
    title: `The receiver ${verb} ${count(stretches.length, 'time')} within ${span(seconds)}`,
    summary: `The receiver of ${serverName(server)}${channel.name === '' ? '' : `, channel ${channel.name},`} ${verb} ${count(stretches.length, 'time')} within ${span(seconds)}${rhythm}: ${list(parts)}${inAll}.`,
    server,
    channel: channel.name,
    at: stretches.map(place) as unknown as [Locus, ...Locus[]],
    facts: {
      reconnects: stretches.length,
      withinSeconds: Math.round(seconds),
      perHour: Math.round((stretches.length * HOUR) / Math.max(1, seconds)),
      reconnectsInAll: all.length,
      byCause: counts,
      pattern,
      everySeconds: every,
      first: isoTime(stretches[0]?.notBefore ?? null),
      last: isoTime(stretches.at(-1)?.notAfter ?? null),
      heartbeatPeriod: heartbeatOf(channel),
      connectRetry: channel.masterInfo?.value.connectRetry ?? null,
    },
    excluded: [
      {
        trap: 'relay log rotated by size or FLUSH; rotation of the source',
        why: 'only new relay logs that begin with a position asked for are counted',
      },
      ...(started
        ? []
        : [
            {
              trap: 'STOP and START by hand',
              why: 'the receiver was not started in between: its own events keep their time',
            },
          ]),
    ],
    subject: { ...view, pattern, heartbeat: heartbeatOf(channel) },
  };
};

const place = ({ connection: { path, offset, asked } }: Stretch): Locus => ({
  path,
  offset,
  length: null,
  field: null,
  source: asked,
  gtid: null,
  text: asked ? `asks for ${formatCoordinates(asked)}` : null,
});
