import { type DuplicateId, duplicateIds } from '../evidence/duplicate-ids.ts';
import type { Server } from '../evidence/evidence.ts';
import { isoTime } from '../evidence/iso-time.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { renumberOne } from './fix/renumber-one.ts';
import { serverName } from './fix/steps.ts';
import { at, span } from './words.ts';

interface DuplicateFacts {
  readonly serverId: number;
  readonly folders: readonly [string, string];
  readonly uuids: readonly [string | null, string | null];
  readonly told: DuplicateId['told'];
  readonly relation: DuplicateId['relation'];
  readonly from: string | null;
  readonly to: string | null;
}

/** Two servers of one replication that have the same server id. */
export const duplicateServerId = defineRule({
  id: 'duplicate-server-id',
  title: 'Two servers have one server id',
  severity:
    'high: both were running at the same time, and replicate from one source or one from the other',
  needs: ['relays'],
  story:
    'A source tells its replicas apart by their server id (from MySQL 5.6 on by their uuid): when one connects, the dump thread of another with the same one is taken for its forerunner and ended. Two such replicas cut each other off in turn, and both pile up relay logs. Where they write themselves it is worse: each takes the other’s events for its own and drops them, silently. It comes about when a server is cloned with its option file.',
  traps: [
    {
      trap: 'two copies of one server',
      why: 'they have one uuid and logs in common, or one ends before the other begins',
    },
    {
      trap: 'server built anew in place of another',
      why: 'their times do not overlap',
    },
    {
      trap: 'unrelated folders',
      why: 'ids are unique within a replication only: both must have read one source’s log, told by its uuid or by its opening, not by its id',
    },
  ],
  fixStory:
    'Withheld: which of them gets another id, somebody has to decide. It goes into its option file, and the server is started anew; a clone also needs its auto.cnf removed before. What either dropped of the other is compared afterwards.',
  references: [
    'MySQL bugs #72578, #72581',
    'MySQL manual: server_id; auto.cnf, server_uuid',
    'MariaDB: server_id',
  ],
  *detect({ servers }) {
    for (const pair of duplicateIds(servers)) yield describe(pair);
  },
  unjudged: ({ servers }) =>
    servers.filter(({ channels }) => channels.length > 0).length < 2
      ? 'the files of a second replica, in a folder of its own'
      : null,
  explain: ({ facts }) =>
    facts.relation === 'common-source'
      ? `The source takes both for one replica: each connect of one ends the dump thread of the other${facts.told === 'uuids' ? ' where it goes by server ids (MySQL up to 5.5, MariaDB; newer ones go by the uuid)' : ''}. Where one of them passes events of the other on, they are dropped as its own.`
      : 'Each takes what the other wrote for its own events, and drops them.',
  fix: ({ subject }) => renumberOne(subject),
});

const describe = (pair: DuplicateId): Found<DuplicateFacts, DuplicateId> => {
  const { serverId, servers, channel, told, relation, from, to } = pair;
  const [a, b] = servers;
  const source = channel.sourceIds.at(-1);
  return {
    key: [serverId, ...servers.map(nameOf).sort()].join('/'),
    severity: 'high',
    confidence: 'likely',
    title: `Two servers have server id ${serverId}: ${a.mark ?? a.folder} and ${b.mark ?? b.folder}`,
    summary: `${serverName(a)} and ${serverName(b)} were both running from ${at(from)} to ${at(to)} UTC (${span(to - from)}), and ${relation === 'common-source' ? `both replicate from ${source === undefined ? 'one source' : `server ${source}`}` : 'one replicates from the other'}. ${told === 'uuids' ? `They are two: their uuids are ${a.uuid} and ${b.uuid}.` : 'They are two: they have no log in common, and one server has one series at a time.'}`,
    server: a,
    channel: channel.name,
    at: servers.flatMap(ownHead) as unknown as [Locus, ...Locus[]],
    facts: {
      serverId,
      folders: [a.folder, b.folder],
      uuids: [a.uuid, b.uuid],
      told,
      relation,
      from: isoTime(from),
      to: isoTime(to),
    },
    excluded: [
      {
        trap: 'two copies of one server',
        why:
          told === 'uuids' ? 'the uuids differ' : 'they have no log in common, and overlap in time',
      },
      {
        trap: 'unrelated folders',
        why:
          relation === 'common-source'
            ? 'both have read one source’s log'
            : 'one has the other for its source',
      },
    ],
    subject: pair,
  };
};

/** What tells a server wherever its files lie. */
const nameOf = ({ uuid, channels }: Server): string =>
  uuid ?? channels.map(({ relay }) => relay?.base ?? '').join(' ');

/** The newest own format description, which carries the id. */
const ownHead = ({ binlogs, channels }: Server): Locus[] => {
  const files = [...binlogs, ...channels.flatMap(({ relay }) => relay ?? [])].flatMap(
    (chain) => chain.files.at(-1) ?? [],
  );
  const file = files.find(({ facts }) => facts.formats.length > 0);
  const format = file?.facts.formats[0];
  if (!file || !format) return [];
  return [
    {
      path: file.path,
      offset: format.offset,
      length: format.size,
      field: 'server_id',
      source: null,
      gtid: null,
      text: `server id ${format.serverId}`,
    },
  ];
};
