import type { ChannelView } from '../evidence/channel-view.ts';
import { type IgnoredId, ignoredIdsInUse } from '../evidence/ignored-ids.ts';
import { isoTime } from '../evidence/iso-time.ts';
import { sourceOf } from '../evidence/source-of.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { stopIgnoring } from './fix/stop-ignoring.ts';
import { at, count } from './words.ts';

interface IgnoredFacts {
  readonly ignoredServerId: number;
  readonly ignoredIds: readonly number[];
  readonly seen: IgnoredId['seen'];
  /** In the source's logs that hold newer ones; for holes, transactions that were not stored. */
  readonly events: number;
  readonly newest: string | null;
  readonly passed: boolean;
}

export interface InUse extends ChannelView {
  readonly id: IgnoredId;
}

/** A list of ignored server ids that drops what a living server writes. */
export const ignoredServerIdInUse = defineRule({
  id: 'ignored-server-id-in-use',
  title: 'The receiver drops what a living server writes',
  severity: [
    'high: the source’s log holds events of an ignored server id that were written while this receiver ran: they are missing here, without any error',
    'low: relay logs with holes under such a list: whose events they were is not told (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'masterInfos'],
  story:
    'IGNORE_SERVER_IDS drops events by the server that wrote them first, whoever passes them on. It is set to end a loop of a server that has left a ring, and stays when it has done its work. When a server with that id joins again, or an id is given anew, all it writes is lost on this replica and on those behind it: no error, no lag, only rows that are not there.',
  traps: [
    {
      trap: 'loop that was just ended',
      why: 'what still goes round was written before: only events that are newer than the start of this receiver count',
    },
    {
      trap: 'own server id in the list',
      why: 'own events are dropped in any case, and must be',
    },
    {
      trap: 'events from before the list was set',
      why: 'the relay logs of that time are gone, or hold them',
    },
    {
      trap: 'holes of own events in a ring, or by GTID',
      why: 'without the source’s log nobody can tell them from dropped ones: low, and not at all by GTID',
    },
  ],
  fixStory:
    'Take the id out of the list; the others stay. What was dropped until then does not come by itself: compare the tables, or rebuild the replica. Before, make sure that the id is no longer that of a loop.',
  references: [
    'MySQL manual: CHANGE REPLICATION SOURCE TO, IGNORE_SERVER_IDS',
    'MySQL sql/rpl_replica.cc Master_info::shall_ignore_server_id',
    'MariaDB: CHANGE MASTER TO, IGNORE_SERVER_IDS',
  ],
  *detect({ relays, servers }) {
    for (const { server, channel } of relays) {
      for (const id of ignoredIdsInUse({ server, channel }, servers)) {
        yield describe({ server, channel, id });
      }
    }
  },
  unjudged: ({ relays, servers }) => {
    const listed = relays.filter(
      ({ channel }) => (channel.masterInfo?.value.ignoreServerIds?.length ?? 0) > 0,
    );
    const seen = listed.every(({ server, channel }) => sourceOf(channel, server, servers));
    return listed.length > 0 && !seen
      ? 'the binary logs of the source, in a folder of their own: they tell whose events a list of ignored ids drops'
      : null;
  },
  explain: ({ facts }) =>
    facts.seen === 'source'
      ? `The receiver drops every event of server id ${facts.ignoredServerId}, wherever it comes from. The server with that id is alive and writes; nothing of it arrives here, or on any replica behind.`
      : `Something was dropped while server id ${facts.ignoredServerId} was on the list. It may be what the list is for, or own events that came round; the source’s log tells.`,
  fix: ({ subject }, { servers }) => stopIgnoring(subject, servers),
});

const describe = (found: InUse): Found<IgnoredFacts, InUse> => {
  const { server, channel, id } = found;
  const [severity, confidence]: [Severity, Confidence] =
    id.seen === 'source' ? ['high', id.passed ? 'proven' : 'likely'] : ['low', 'possible'];
  const info = channel.masterInfo;
  const ignoredIds = info?.value.ignoreServerIds ?? [];
  const name = serverName(server);
  return {
    key: `${channel.name}/${id.serverId}`,
    severity,
    confidence,
    title:
      id.seen === 'source'
        ? `Events of server id ${id.serverId} are dropped, and that server is alive`
        : `Events are dropped while server id ${id.serverId} is ignored`,
    summary:
      id.seen === 'source'
        ? `${name} ignores server id ${id.serverId}. Its source’s logs hold ${count(id.events, 'event')} of it, the newest written ${at(id.newest ?? 0)} UTC, after this receiver was started${id.passed ? '; the receiver has read past some of them and stored none' : ''}.`
        : `${name} ignores server id ${id.serverId}, and its newest relay log leaves out ${count(id.events, 'stretch', 'stretches')} of the source’s log.`,
    server,
    channel: channel.name,
    at: [
      ...(info
        ? [
            {
              path: info.path,
              offset: info.value.offsets.ignoreServerIds ?? 0,
              length: null,
              field: 'ignoreServerIds',
              source: null,
              gtid: null,
              text: `ignored: ${ignoredIds.join(', ')}`,
            },
          ]
        : []),
      ...id.places.slice(0, 10).map(({ file, offset }) => ({
        path: file.path,
        offset,
        length: null,
        field: null,
        source: null,
        gtid: null,
        text: null,
      })),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      ignoredServerId: id.serverId,
      ignoredIds,
      seen: id.seen,
      events: id.events,
      newest: isoTime(id.newest),
      passed: id.passed,
    },
    excluded:
      id.seen === 'source'
        ? [
            {
              trap: 'loop that was just ended',
              why: 'the newest of them was written after this receiver was started',
            },
            { trap: 'own server id in the list', why: `${name} does not have that id` },
          ]
        : [],
    subject: found,
  };
};
