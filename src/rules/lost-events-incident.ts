import { atLeast, parseServerVersion } from '../dialects/server-version.ts';
import type { LogFile, Server, Stream } from '../evidence/evidence.ts';
import { executedPosition, isApplied } from '../evidence/executed-position.ts';
import { sourceLogAtHead } from '../evidence/log-chain.ts';
import type { IncidentFact } from '../facts/facts.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { passIncident } from './fix/pass-incident.ts';
import { serverName } from './fix/steps.ts';
import { at } from './words.ts';

interface IncidentFacts {
  readonly log: LogFile['kind'];
  readonly offset: number;
  readonly code: number | null;
  readonly message: string;
  readonly gtid: string | null;
  /** Server that could not log what happened. */
  readonly writtenBy: number;
  readonly sourcePosition: number | null;
  /** Was it written by a version that does so for a GRANT that fails, with nothing lost? */
  readonly mayBeFailedGrant: boolean;
  /** Is the applier past it? Null when nothing tells. */
  readonly passed: boolean | null;
}

export interface PlacedIncident {
  readonly stream: Stream;
  readonly server: Server;
  readonly file: LogFile;
  readonly fact: IncidentFact;
  readonly mayBeFailedGrant: boolean;
  readonly passed: boolean | null;
}

/** Written by no server: `INCIDENT_NONE` says that nothing happened. */
const NONE = 0;

/** The source said in its log that it lost what belongs there. */
export const lostEventsIncident = defineRule({
  id: 'lost-events-incident',
  title: 'The source could not log what happened',
  severity: [
    'critical: it stands in the source’s binary log, or in a relay log before which the applier stops',
    'high: the applier has been taken past it: what was lost is missing on this replica',
  ].join('\n'),
  needs: ['logs'],
  follows: ['lost-events-incident'],
  story:
    'When a server has changed data and cannot write it into its binary log (a full disk, a statement on a non-transactional table that outgrows max_binlog_stmt_cache_size, a privilege statement that was done in part, an SQL node that lost its cluster), it writes an Incident event instead, LOST_EVENTS. Replicas stop at it with error 1590 (13119 from MySQL 8.0.14 on), because from there on the log does not tell all that is in the tables. What was lost stands in no log.',
  traps: [
    {
      trap: 'cluster (NDB)',
      why: 'its SQL nodes write one at each start, with the message "mysqld startup": whether anything changed meanwhile, the message does not tell',
    },
    {
      trap: 'incident that was passed knowingly',
      why: 'the applier stands behind it: said, and less severe',
    },
    { trap: 'code 0', why: 'it says that nothing happened' },
    {
      trap: 'failed GRANT of MySQL 5.6',
      why: 'a GRANT or REVOKE that is refused (error 1221) writes one there, though nothing was changed (bug #68892): said where the version fits, and replication stops all the same',
    },
  ],
  fixStory:
    'Withheld: no statement brings back what no log holds. Rebuild the replicas from the source. Passing over the event is an alternative where the message tells what was lost and the tables concerned are compared; with MySQL GTIDs it is an empty transaction in its place.',
  references: [
    'MySQL error 1590 (ER_SLAVE_INCIDENT), 13119',
    'MySQL sql/log_event.cc Incident_log_event::do_apply_event',
    'MySQL bug #68892 (a GRANT that fails)',
    'MariaDB error 1590 (ER_SLAVE_INCIDENT)',
  ],
  *detect({ streams }) {
    const all = streams.flatMap((stream) =>
      stream.chain.files.flatMap((file) =>
        file.facts.incidents
          .filter(({ code }) => code !== NONE)
          .map((fact) => placed(stream, file, fact)),
      ),
    );
    for (const incident of all) {
      const copies = isOwn(incident) ? all.filter((other) => isCopy(other, incident)) : [];
      yield { ...describe(incident), alsoOn: copies.map(({ server }) => server) };
    }
  },
  explain: ({ facts }) =>
    facts.passed === true
      ? 'The applier can only have been taken past it by hand. What the source lost was not applied here, and everything since stands on other data.'
      : `The applier of each replica stops here (error 1590) and shows the message. What was lost is in ${facts.log === 'binary-log' ? 'the tables of this server' : 'the source’s tables'} and in no log.`,
  fix: ({ subject }, { servers }) => passIncident(subject, servers),
});

/** Does it stand in the log of the server that wrote it? */
const isOwn = ({ stream, server, fact }: PlacedIncident): boolean =>
  stream.channel === null && server.ids.includes(fact.serverId);

/** The same incident, as another server received it. */
const isCopy = ({ server, fact }: PlacedIncident, own: PlacedIncident): boolean =>
  server !== own.server &&
  fact.serverId === own.fact.serverId &&
  fact.timestamp === own.fact.timestamp &&
  fact.code === own.fact.code;

const placed = (stream: Stream, file: LogFile, fact: IncidentFact): PlacedIncident => {
  const { server, channel } = stream;
  const passed = channel
    ? isApplied(executedPosition(server, channel), channel, file, fact.offset)
    : null;
  return { stream, server, file, fact, mayBeFailedGrant: mayBeFailedGrant(file, fact), passed };
};

/** MySQL 5.6 answers a GRANT of a privilege that does not fit with an incident of these words. */
const mayBeFailedGrant = ({ facts }: LogFile, { offset, message }: IncidentFact): boolean => {
  const text = facts.formats.findLast((format) => format.offset < offset)?.serverVersion ?? '';
  const version = parseServerVersion(text);
  return (
    version?.flavor === 'mysql' &&
    atLeast(version, 5, 6) &&
    !atLeast(version, 5, 7) &&
    message === 'error writing to the binary log'
  );
};

const describe = (incident: PlacedIncident): Found<IncidentFacts, PlacedIncident> => {
  const { stream, server, file, fact, mayBeFailedGrant: grant, passed } = incident;
  const { channel } = stream;
  const position = channel && fact.endLogPos > 0 ? fact.endLogPos - fact.size : null;
  const log = position === null ? null : sourceLog(incident);
  const said = fact.message === '' ? 'without a message' : `with the message “${fact.message}”`;
  return {
    key: `${file.name}@${fact.offset}`,
    severity: passed === true ? 'high' : 'critical',
    confidence: 'proven',
    title: `${isOwn(incident) ? 'Events were lost that belong in its own log' : `Server ${fact.serverId} lost events that belong in its log`}${passed === true ? '; the applier is past it' : ''}`,
    summary: `${file.name} of ${serverName(server)} holds an Incident event at ${fact.offset}, ${fact.code === 1 ? 'LOST_EVENTS' : fact.code === null ? 'which cannot be read whole' : `code ${fact.code}`}, ${said}, written ${at(fact.timestamp)} UTC by server ${fact.serverId}. ${passed === true ? 'The applier has been taken past it.' : passed === false ? 'The applier has yet to come to it, and will stop.' : 'Appliers stop there.'}${grant ? ' MySQL 5.6 writes the same for a GRANT that fails, with nothing lost (bug #68892).' : ''}`,
    server,
    channel: channel?.name ?? '',
    at: [
      {
        path: file.path,
        offset: fact.offset,
        length: fact.size,
        field: null,
        source: log !== null && position !== null ? { file: log, position } : null,
        gtid: fact.gtid,
        text: fact.message === '' ? 'Incident' : `Incident: ${fact.message}`,
      } satisfies Locus,
    ],
    facts: {
      log: file.kind,
      offset: fact.offset,
      code: fact.code,
      message: fact.message,
      gtid: fact.gtid,
      writtenBy: fact.serverId,
      sourcePosition: position,
      mayBeFailedGrant: grant,
      passed,
    },
    excluded: [
      {
        trap: 'incident that was passed knowingly',
        why:
          passed === true
            ? 'it was passed: what was lost stays missing'
            : passed === false
              ? 'the executed position is before it'
              : 'nothing shows an applier behind it',
      },
    ],
    subject: incident,
  };
};

/** Log of the source that its position counts in. */
const sourceLog = ({ stream: { chain }, file, fact }: PlacedIncident): string | null =>
  file.facts.rotates.findLast(
    (rotate) => rotate.offset < fact.offset && !chain.ownIds.includes(rotate.serverId),
  )?.nextLog ?? sourceLogAtHead(chain, file);
