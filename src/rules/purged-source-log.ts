import { formatCoordinates } from '../binlog/coordinates.ts';
import { appliedAll } from '../evidence/applied-all.ts';
import { mayUseGtid, usesGtid } from '../evidence/channel-view.ts';
import { executedGtids, oldestLog, receivedGtids } from '../evidence/executed-gtids.ts';
import { findPurgedRequests, type PurgedRequest } from '../evidence/purged-requests.ts';
import { replicaStatuses } from '../evidence/replica-statuses.ts';
import { listedLogs, sourceOf } from '../evidence/source-of.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { fetchElsewhere } from './fix/fetch-elsewhere.ts';
import { serverName } from './fix/steps.ts';
import { setText } from './gtid-words.ts';
import { logLocus, masterInfoLocus } from './position-locus.ts';
import { list } from './words.ts';

interface PurgedFacts {
  readonly by: PurgedRequest['by'];
  readonly source: number | null;
  /** Coordinates that will be asked for, by position. */
  readonly asked: string | null;
  readonly oldest: string;
  /** GTIDs that are needed and purged. */
  readonly missing: string | null;
  readonly allApplied: boolean | null;
}

/** A request and what it means for the relay logs. */
export interface PurgedSubject {
  readonly request: PurgedRequest;
  readonly allApplied: boolean | null;
}

/** What the replica needs next is no longer in its source's binary logs. */
export const purgedSourceLog = defineRule({
  id: 'purged-source-log',
  title: 'The source has purged what the replica needs next',
  severity: [
    'critical: the receiver cannot go on (error 1236)',
    'medium: the same, and the source itself receives from this server (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'sourceBinlogs'],
  story:
    'Binary logs are purged by age (binlog_expire_logs_seconds, expire_logs_days), by PURGE or by hand. A replica that was stopped, or cut off, for longer than that asks for a log, or for GTIDs, that the source does not have any more, and gets error 1236: "Could not find first log file name in binary log index file", or "the source purged required binary logs". What is missing cannot be fetched there again.',
  traps: [
    {
      trap: 'replica copied long before the source',
      why: 'it may have read on since: nothing in the files excludes it, so that the finding is likely and never proven, and the first thing to do is to look',
    },
    {
      trap: 'copy of a part',
      why: 'only the source’s index tells what it has: a log that was not given and that the index names is there',
    },
    {
      trap: 'replica made from a backup',
      why: 'gtid_purged of the backup is in no binary log: only numbers behind the highest that the replica’s own logs name are missing',
    },
    {
      trap: 'replica that is ahead of the index',
      why: 'a source copied earlier, or reset: a log behind its last one is another matter',
    },
    {
      trap: 'replica that was promoted, and whose channel was left as it was',
      why: 'where its former source now receives from it, the two look like a broken ring: possible at most',
    },
    {
      trap: 'source that was changed',
      why: 'log names of another series are not compared',
    },
  ],
  follows: ['errant-gtid'],
  fixStory:
    'No statement brings purged logs back, so none is printed as a repair: the replica is built anew, or fed from another server that still has what is missing. While the relay logs hold what is not applied, the applier is let run through them first. A newer position, or GTIDs declared as purged, would leave the data out without a word.',
  references: [
    'MySQL errors 1236, 13114; ER_SOURCE_HAS_PURGED_REQUIRED_GTIDS',
    'MySQL manual: PURGE BINARY LOGS, binlog_expire_logs_seconds, gtid_purged',
    'MariaDB manual: PURGE BINARY LOGS, expire_logs_days',
  ],
  *detect({ relays, servers }) {
    for (const request of findPurgedRequests({ relays, servers })) yield describe(request);
  },
  unjudged: ({ relays, servers }) =>
    relays.every(({ server, channel }) => {
      const source = sourceOf(channel, server, servers);
      if (!source) return true;
      return usesGtid(channel) || mayUseGtid(server, channel)
        ? oldestLog(source) === null
        : listedLogs(source) === null;
    })
      ? 'the index of the source’s binary logs, and where GTIDs decide the oldest log that it names'
      : null,
  explain: ({ facts }) =>
    facts.by === 'position'
      ? 'The receiver asks by file and position, and the source’s index does not know that file. It tries again and again, and gets error 1236 each time.'
      : 'The receiver sends what the replica has; the source finds that a part of the rest lies before its oldest log, and refuses with error 1236.',
  fix: ({ subject }) => fetchElsewhere(subject),
});

const missingText = (request: PurgedRequest): string | null => {
  if (request.by === 'position') return null;
  if (request.by === 'gtid') return String(request.missing);
  return request.missing
    .map(({ domain, from, to }) => `domain ${domain}: ${from} to ${to}`)
    .join(', ');
};

const describe = (request: PurgedRequest): Found<PurgedFacts, PurgedSubject> => {
  const { server, channel, source, oldest } = request;
  const on = serverName(server);
  const from = serverName(source);
  const asked = request.by === 'position' ? formatCoordinates(request.asked) : null;
  const missing = request.by === 'gtid' ? setText(request.missing) : (missingText(request) ?? '');
  const allApplied = isAllApplied(request);
  return {
    key: `${channel.name}/${asked ?? 'gtid'}`,
    severity: request.mutual ? 'medium' : 'critical',
    confidence: request.mutual ? 'possible' : 'likely',
    title:
      asked === null
        ? `What the replica needs next is purged on its source, ${from}: ${missing}`
        : `The replica needs ${asked}, and the source’s logs begin with ${oldest}`,
    summary:
      asked === null
        ? `The logs of ${from} begin with ${oldest}, and what was written before includes ${missing}, which ${on} has neither executed nor received.`
        : `${on} has read up to ${asked} and will go on there; the index of ${from} begins with ${oldest}.${allApplied === true ? ' The applier has executed all that was received.' : allApplied === false ? ' The applier has not executed all that was received.' : ''}`,
    server,
    channel: channel.name,
    at: [...requestLoci(request), ...oldestLoci(request)] as unknown as [Locus, ...Locus[]],
    facts: {
      by: request.by,
      source: source.id,
      asked,
      oldest,
      missing: missingText(request),
      allApplied,
    },
    excluded: [
      {
        trap: 'copy of a part',
        why: `the index of ${from} itself begins with ${oldest}`,
      },
    ],
    subject: { request, allApplied },
  };
};

/** Null when nothing tells: MariaDB’s gtid_slave_pos is in no log. */
const isAllApplied = ({ by, server, channel }: PurgedRequest): boolean | null => {
  if (by === 'position') return appliedAll({ server, channel });
  const executed = by === 'gtid' ? executedGtids(server)?.set : undefined;
  return executed ? receivedGtids(channel).isSubsetOf(executed) : null;
};

/** Where the replica says how far it has come. */
const requestLoci = ({ server, channel, by }: PurgedRequest): Locus[] => {
  const status = by === 'mariadb-gtid' ? replicaStatuses(server, channel).at(-1) : undefined;
  const newest = channel.relay?.files.findLast(({ facts }) => facts.lastData !== null);
  return [
    ...(by === 'position' ? masterInfoLocus(channel) : []),
    ...(status?.row.gtidIoPos
      ? [
          {
            ...logLocus(status.path, status.row.offsets.gtidIoPos ?? status.row.offset),
            field: 'gtidIoPos',
            text: `Gtid_IO_Pos ${status.row.gtidIoPos}`,
          },
        ]
      : []),
    ...(newest?.facts.lastData
      ? [logLocus(newest.path, newest.facts.lastData.offset, 'the last event that was received')]
      : []),
  ];
};

/** The first line of the source’s index, and the head of the log that it names. */
const oldestLoci = ({ source, oldest, file }: PurgedRequest): Locus[] => [
  ...(source.binlogIndex
    ? [
        logLocus(
          source.binlogIndex.path,
          source.binlogIndex.value.entries[0]?.offset ?? 0,
          `the first line: ${oldest}`,
        ),
      ]
    : []),
  ...(file
    ? [logLocus(file.path, file.facts.formats[0]?.offset ?? 4, headText(file.facts.previousGtids))]
    : []),
];

const headText = (previous: string | null): string | null =>
  previous === null ? null : `GTIDs before it: ${list([previous || 'none'])}`;
