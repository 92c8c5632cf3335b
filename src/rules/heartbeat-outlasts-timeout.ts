import type { ChannelView } from '../evidence/channel-view.ts';
import { heartbeatOf, netTimeoutOf, presumedNetTimeout } from '../evidence/heartbeat.ts';
import { reconnectHistory } from '../evidence/reconnect-history.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { shortenHeartbeat } from './fix/shorten-heartbeat.ts';
import { serverName } from './fix/steps.ts';
import { count } from './words.ts';

interface HeartbeatFacts {
  /** Seconds; 0: heartbeats are off. */
  readonly heartbeatPeriod: number;
  /** Null where nothing given tells it. */
  readonly netTimeout: number | null;
  readonly presumedNetTimeout: number | null;
  /** Reconnects with nothing received since the connect before. */
  readonly idleReconnects: number;
}

export interface LateHeartbeat extends ChannelView {
  readonly period: number;
  readonly timeout: number | null;
  /** Is the timeout known, or do reconnects fit? */
  readonly fits: boolean;
}

/** What slave_net_timeout was by default until 2015: no heartbeat that comes later is of use. */
const LONGEST_DEFAULT = 3600;
/** Fewer may have any cause. */
const FIT = 3;

/** A receiver that gives a quiet connection up before the next heartbeat is due. */
export const heartbeatOutlastsTimeout = defineRule({
  id: 'heartbeat-outlasts-timeout',
  title: 'Heartbeats come too late to keep the connection',
  severity: [
    'medium: the heartbeat period is known to reach the net timeout; or heartbeats are off, or come less often than the version’s default timeout, and reconnects on a quiet source fit (confidence possible)',
    'low: the same without such reconnects: the timeout is not told by these files (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'masterInfos'],
  story:
    'A source that has nothing to send sends a heartbeat instead, each MASTER_HEARTBEAT_PERIOD seconds. A receiver that hears nothing for slave_net_timeout seconds takes the connection for dead and makes a new one. Where the period is the longer one, or heartbeats are off, every quiet spell ends in a reconnect: a new relay log, a new dump thread, no word in the error log. It comes about when the timeout is lowered and the period stays in master.info, as after an upgrade to MySQL 5.7.7, which made 60 of 3600.',
  traps: [
    {
      trap: 'timeout that is not told',
      why: 'it is a variable of the server, and in no log: without it nothing above medium is said',
    },
    {
      trap: 'half of a long timeout',
      why: '1800 is what servers with a timeout of 3600 derive: only where the version’s default is shorter it counts',
    },
    { trap: 'source older than 5.5', why: 'it sends no heartbeats, and master.info has no period' },
    {
      trap: 'busy source',
      why: 'events are as good as heartbeats: without quiet spells nothing breaks',
    },
  ],
  fixStory:
    'A period of half the timeout; while no reconnect shows any harm, first a look at the timeout. From MySQL 5.7 on with the receiver alone stopped, so that the relay logs stay; before, and on MariaDB, the CHANGE deletes them and reads on from the executed position. Where the timeout may be longer, raising it needs no CHANGE at all.',
  references: [
    'MySQL WL#342 (heartbeats)',
    'MySQL WL#8320 (slave_net_timeout of 60 in 5.7.7)',
    'MySQL and MariaDB error 1704 (the server warns of it at CHANGE only)',
  ],
  *detect({ relays }) {
    for (const { server, channel } of relays) {
      const found = judge({ server, channel });
      if (found) yield found;
    }
  },
  unjudged: ({ relays }) =>
    relays.some(({ server, channel }) => isJudged({ server, channel }))
      ? null
      : 'slave_net_timeout (replica_net_timeout) of the replica: SELECT @@global.slave_net_timeout',
  explain: ({ facts }) =>
    `${facts.heartbeatPeriod === 0 ? 'Without heartbeats' : `With a heartbeat each ${facts.heartbeatPeriod} s`} a source that is quiet for ${facts.netTimeout === null ? 'as long as the net timeout' : `${facts.netTimeout} s`} looks dead to its receiver, which connects anew. The data stays right; relay logs pile up, and where the lag figure counts the format description that each connect brings, it jumps.`,
  fix: ({ subject }, { servers }) => shortenHeartbeat(subject, servers),
});

/** Does anything say that this period is in order, or that it is not? */
const isJudged = ({ server, channel }: ChannelView): boolean => {
  const period = heartbeatOf(channel);
  const timeout = netTimeoutOf(server) ?? presumedNetTimeout(server);
  return period !== null && timeout !== null && period < timeout;
};

const judge = (view: ChannelView): Found<HeartbeatFacts, LateHeartbeat> | null => {
  const { server, channel } = view;
  const period = heartbeatOf(channel);
  const info = channel.masterInfo;
  if (period === null || !info) return null;
  const timeout = netTimeoutOf(server);
  const presumed = presumedNetTimeout(server) ?? LONGEST_DEFAULT;
  if (period > 0 && period < (timeout ?? presumed)) return null;
  const idle = reconnectHistory(channel).filter(({ cause }) => cause === 'idle');
  const [severity, confidence]: [Severity, Confidence] =
    timeout !== null ? ['medium', 'proven'] : [idle.length >= FIT ? 'medium' : 'low', 'possible'];
  const off = period === 0;
  const than =
    timeout === null ? `the default of this version, ${presumed} s` : `the timeout of ${timeout} s`;
  const reconnects =
    idle.length === 0
      ? 'No reconnect on a quiet source is in these relay logs.'
      : `${count(idle.length, 'reconnect')} in these relay logs came with nothing received since the connect before.`;
  return {
    key: channel.name,
    severity,
    confidence,
    title: off
      ? 'Heartbeats are off: a quiet source looks dead'
      : `A heartbeat each ${period} s comes later than ${than} allows`,
    summary: `master.info of ${serverName(server)} says ${off ? 'that no heartbeats are wanted (0)' : `a heartbeat period of ${period} s, not less than ${than}`}. ${reconnects}${timeout === null ? ' The net timeout itself is not in these files.' : ''}`,
    server,
    channel: channel.name,
    at: [
      {
        path: info.path,
        offset: info.value.offsets.heartbeatPeriod ?? 0,
        length: null,
        field: 'heartbeatPeriod',
        source: null,
        gtid: null,
        text: off ? 'heartbeats off (0)' : `heartbeat period ${period} s`,
      },
      ...idle.slice(0, 10).map(
        ({ connection: { path, offset, asked } }): Locus => ({
          path,
          offset,
          length: null,
          field: null,
          source: asked,
          gtid: null,
          text: null,
        }),
      ),
    ],
    facts: {
      heartbeatPeriod: period,
      netTimeout: timeout,
      presumedNetTimeout: presumedNetTimeout(server),
      idleReconnects: idle.length,
    },
    excluded: [
      {
        trap: 'half of a long timeout',
        why: off ? 'heartbeats are off' : `${than} is no longer than the period`,
      },
    ],
    subject: { ...view, period, timeout, fits: severity === 'medium' },
  };
};
