import { compareCoordinates } from '../../binlog/coordinates.ts';
import type { Dialect } from '../../dialects/define-dialect.ts';
import { relayedTransactions } from '../../evidence/applied-in-binlog.ts';
import type { Channel, LogFile, Server } from '../../evidence/evidence.ts';
import { isNext } from '../../evidence/log-chain.ts';
import { type ResumePoint, resumePoint } from '../../evidence/resume-point.ts';
import { lists, sourceOf } from '../../evidence/source-of.ts';
import type { Fix, Precondition } from '../finding.ts';
import { drain } from './drain.ts';
import { gapsFirst } from './fill-gaps.ts';
import { ownLogChecks } from './own-log-checks.ts';
import { resumeAtExecuted } from './resume-at.ts';
import { channelName, check, copyAside, serverName, start, stop } from './steps.ts';
import { held } from './withheld.ts';

type At = Extract<ResumePoint, { state: 'at' }>;

interface Place {
  readonly file: LogFile;
  readonly offset: number;
}

/**
 * The repair of a wrong position whose relay logs are whole. Where they are worth keeping (the
 * source has the log no more; a delayed copy) the applier is set to the offset in them that belongs
 * to the true executed position, or is only started where it would begin there anyway.
 */
export const correctPosition = (
  server: Server,
  channel: Channel,
  damage: string,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  const gaps = dialect && gapsFirst(dialect, channel);
  if (gaps) return gaps;
  const point = resumePoint(server, channel);
  const name = dialect && channelName(dialect, channel);
  const kept = point.state === 'at' ? whyKept(server, channel, point, servers) : null;
  if (!dialect || name === null || point.state !== 'at' || kept === null) {
    return resumeAtExecuted(server, channel, damage, servers);
  }
  const place = placeOf(channel, point);
  if (!place) {
    return held(
      dialect,
      `${kept.why}; and which offset of the relay logs belongs to ${point.source.file}:${point.source.position} is not known`,
    );
  }
  if (!isWhole(channel, place)) {
    // Of a delayed copy that has holes nothing is worth keeping
    if (!kept.lastCopy) return resumeAtExecuted(server, channel, damage, servers);
    return held(
      dialect,
      `${kept.why}; and behind ${place.file.name}:${place.offset} they are damaged`,
    );
  }
  return point.witness === 'relay-log.info'
    ? drain(server, channel, dialect, name, kept.why)
    : startThere(server, channel, dialect, name, point, place, kept.why);
};

const whyKept = (
  server: Server,
  channel: Channel,
  point: At,
  servers: readonly Server[],
): { readonly why: string; readonly lastCopy: boolean } | null => {
  const source = sourceOf(channel, server, servers);
  const { file } = point.source;
  if (source && lists(source, file) === false) {
    return {
      why: `${serverName(source)} no longer has ${file}, so the relay logs are the last copy of what was not applied`,
      lastCopy: true,
    };
  }
  const delay = channel.relayLogInfo?.value.sqlDelay ?? 0;
  return delay > 0
    ? {
        why: `this replica is delayed by ${delay} s, and its relay logs are the delayed copy`,
        lastCopy: false,
      }
    : null;
};

/** Where in the relay logs the true position lies; null where none or several places are it. */
const placeOf = (channel: Channel, { source }: At): Place | null => {
  const files = channel.relay?.files ?? [];
  const ends = relayedTransactions(channel)
    .filter(({ end }) => end !== null && compareCoordinates(end, source) === 0)
    .map(({ file, copy }) => ({ file, offset: copy.end }));
  const named = files.flatMap((file) =>
    file.facts.positions
      .filter(
        ({ position, log, boundary }) =>
          boundary &&
          position === source.position % 2 ** 32 &&
          (log ?? source.file) === source.file,
      )
      .map(({ offset }) => ({ file, offset })),
  );
  const places = new Map(
    [...ends, ...named].map((place) => [`${place.file.path}@${place.offset}`, place]),
  );
  const [only] = places.values();
  return places.size === 1 ? (only ?? null) : null;
};

/** Are the relay logs whole from there on? */
const isWhole = ({ relay }: Channel, place: Place): boolean => {
  if (!relay) return false;
  const from = relay.files.indexOf(place.file);
  return relay.files
    .slice(from)
    .every(
      ({ facts }, i, rest) =>
        facts.integrity.length === 0 && (i === rest.length - 1 || isNext(relay, from + i)),
    );
};

const startThere = (
  server: Server,
  channel: Channel,
  dialect: Dialect,
  name: string,
  point: At,
  { file, offset }: Place,
  why: string,
): Fix => {
  const on = serverName(server);
  const { statements, terms, abilities } = dialect;
  const { source, recorded } = point;
  const heartbeat = channel.masterInfo?.value.heartbeatPeriod ?? null;
  const parallel = (channel.relayLogInfo?.value.workers ?? 0) > 0;
  const preconditions: Precondition[] = [
    { text: point.why, state: 'met' },
    { text: `a CHANGE by source coordinates would delete the relay logs: ${why}`, state: 'met' },
    { text: `these files were copied while the ${terms.applier} stood still`, state: 'unknown' },
    ...(parallel ? [{ text: 'the parallel applier left no gaps', state: 'unknown' } as const] : []),
  ];
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions,
    steps: [
      stop(on, dialect, name, 'positions count only while nothing moves'),
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.execLogFile} is ${recorded.file} and ${terms.execPosition} is ${recorded.position}; if not, do not go on: scan again with fresh copies`,
        `going on from a position read while the ${terms.applier} runs applies transactions twice`,
      ),
      ...(point.own ? ownLogChecks(on, dialect, server) : []),
      copyAside(server, channel.relay?.base ?? null, why),
      {
        kind: 'change',
        on,
        run: statements.changeSource(name, {
          relayLogFile: file.name,
          relayLogPos: offset,
          ...(abilities.heartbeatReset && heartbeat !== null ? { heartbeatPeriod: heartbeat } : {}),
        }),
        expect: null,
        risk: 'rewrites-position',
        because: `keeps the relay logs (${why}); the ${terms.applier} begins at ${file.name}:${offset}, where ${source.file}:${source.position} ends`,
      },
      start(on, dialect, name, `${on} replicates again`),
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.receiverRunning} and ${terms.applierRunning} are Yes, and Relay_Log_Pos grows`,
        `shows that replication goes on; until a transaction is applied, ${terms.execPosition} may show the read position`,
      ),
    ],
    sideEffects: [
      ...(purgeOff(dialect)
        ? [
            'the statement switches relay_log_purge off: SET GLOBAL relay_log_purge = 1 once replication runs, or applied relay logs stay',
          ]
        : []),
      ...(abilities.changeOptions.includes('useGtid')
        ? ['Using_Gtid is No after it, as it was before']
        : []),
    ],
    undo: [],
    alternatives: [],
  };
};

/** Code of MySQL 5.x, which MariaDB took over. */
const purgeOff = ({ flavor, version }: Dialect): boolean =>
  flavor === 'mariadb' || version.major < 8;
