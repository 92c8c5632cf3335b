import {
  baseName,
  compareCoordinates,
  type LogCoordinates,
  logNameOf,
} from '../binlog/coordinates.ts';
import type { FormatDescriptionFact } from '../facts/facts.ts';
import type { StatedTime } from '../metadata/status-text/stated-time.ts';
import type { Channel, Evidence, Server } from './evidence.ts';
import { type ClockCause, clockUnknown, originClock } from './lag-clock.ts';
import { findLoops, type Loop } from './loops.ts';
import { rowsOf, settingOf } from './observations.ts';
import { replicaStatuses, type StatusMoment } from './replica-statuses.ts';

/** Why Seconds_Behind shows what it shows, where that is not how far the replica is behind. */
export type LagCause =
  | { readonly kind: 'applier-stopped' }
  /** Nothing is left to apply, and nothing comes. */
  | { readonly kind: 'nothing-received' }
  | { readonly kind: 'receiver-stopped' | 'receiver-failing' | 'receiver-connecting' }
  | { readonly kind: 'source-ahead'; readonly source: Server; readonly said: SourceSaid }
  | { readonly kind: 'source-behind'; readonly source: Server; readonly status: StatusMoment }
  | {
      readonly kind: 'stale-format-description';
      readonly path: string;
      readonly format: FormatDescriptionFact;
    }
  | { readonly kind: 'loop'; readonly loop: Loop; readonly written: number }
  | { readonly kind: 'delayed'; readonly delay: number }
  | { readonly kind: 'parallel-applier' }
  | ClockCause;

interface SourceSaid {
  readonly path: string;
  readonly offset: number;
  readonly end: LogCoordinates;
  /** Seconds that the source's output is older than the replica's. */
  readonly before: number;
}

export interface LagFigure {
  readonly server: Server;
  readonly channel: Channel;
  readonly moment: StatusMoment;
  /** Seconds; null for NULL. */
  readonly figure: number | null;
  readonly cause: LagCause;
}

/** Seconds by which two clocks, or two looks at one, may differ. */
const SLACK = 5;
/** Source coordinates between received and applied that nobody calls nothing. */
const BACKLOG = 1 << 20;

/**
 * Explains every figure that the texts tell; a figure that is right is left out.
 * Source: MySQL 5.7.36 `show_slave_status_send_data` (sql/rpl_slave.cc), the same in 8.4.8
 * (sql/rpl_replica.cc): NULL where the applier stands, or where all that was received is applied and the
 * receiver is not connected; 0 where it is connected then; else the age of the newest executed event,
 * less the difference of the clocks.
 */
export const explainLagFigures = (
  evidence: Pick<Evidence, 'servers' | 'streams' | 'statuses' | 'staleAfter'>,
): LagFigure[] => {
  const loops = evidence.statuses.length === 0 ? [] : findLoops(evidence.streams, evidence.servers);
  return evidence.statuses.flatMap(({ server, channel }) =>
    replicaStatuses(server, channel).flatMap((moment) => {
      const cause = causeOf({ server, channel, moment }, loops, evidence);
      return cause ? [{ server, channel, moment, figure: moment.row.secondsBehind, cause }] : [];
    }),
  );
};

type Look = Pick<LagFigure, 'server' | 'channel' | 'moment'>;
type Known = Pick<Evidence, 'servers' | 'staleAfter' | 'streams'>;

const causeOf = (look: Look, loops: readonly Loop[], known: Known): LagCause | null => {
  const { row } = look.moment;
  if (row.secondsBehind === null) {
    // Left out of the text, not NULL
    if (!row.sqlNulls.includes('secondsBehind')) return null;
    if (row.applierRunning === 'no') return { kind: 'applier-stopped' };
    return row.applierRunning === 'yes' && row.receiverRunning !== 'yes'
      ? { kind: 'nothing-received' }
      : null;
  }
  if (row.applierRunning !== 'yes') return null;
  const isSmall = row.secondsBehind < known.staleAfter;
  const clock = clockUnknown(look, known);
  return (
    (isSmall ? notReceiving(look) : null) ??
    (isSmall ? (sourceAhead(look, known) ?? sourceBehind(look, known)) : null) ??
    (row.secondsBehind > 0 ? (looping(look, loops) ?? phantom(look, known)) : null) ??
    (clock?.skew ? clock : null) ??
    (isSmall ? originClock(look, known) : null) ??
    delayed(look, known) ??
    parallel(look) ??
    clock
  );
};

const notReceiving = ({ moment: { row } }: Look): LagCause | null => {
  switch (row.receiverRunning) {
    case 'no':
      return { kind: 'receiver-stopped' };
    case 'connecting':
      return {
        kind: (row.receiverErrorNumber ?? 0) > 0 ? 'receiver-failing' : 'receiver-connecting',
      };
    default:
      return null;
  }
};

const sourceServer = ({ server, channel, moment }: Look, { servers }: Known): Server | null => {
  const id = moment.row.sourceServerId || channel.sourceIds.at(-1);
  const named = servers.filter((other) => other !== server && other.id === id);
  return named.length === 1 ? (named[0] ?? null) : null;
};

/** Longer before than any way takes, the source already had more than has been read. */
const sourceAhead = (look: Look, known: Known): LagCause | null => {
  const source = sourceServer(look, known);
  const now = secondsOf(look.moment.takenAt);
  const read = place(look.moment.row.readSourceLogFile, look.moment.row.readSourceLogPos);
  if (!source || now === null || !read) return null;
  for (const { path, row, takenAt } of rowsOf(source.observed, 'source-status').toReversed()) {
    const then = secondsOf(takenAt);
    const end = place(row.file, row.position);
    if (then === null || !end || now - then < known.staleAfter) continue;
    if (compareCoordinates(end, read) <= 0) continue;
    const said = { path, offset: row.offsets.position ?? 0, end, before: Math.round(now - then) };
    return { kind: 'source-ahead', source, said };
  }
  return null;
};

/** At about the same time the source, itself a replica, was late. */
const sourceBehind = (look: Look, known: Known): LagCause | null => {
  const source = sourceServer(look, known);
  const now = secondsOf(look.moment.takenAt);
  if (!source || now === null) return null;
  for (const channel of source.channels) {
    const status = replicaStatuses(source, channel).find(({ takenAt, row }) => {
      const then = secondsOf(takenAt);
      return (
        then !== null &&
        Math.abs(then - now) <= known.staleAfter &&
        // What it is late by on purpose, it is on purpose here
        (row.secondsBehind ?? 0) >= known.staleAfter + (row.delay ?? 0)
      );
    });
    if (status) return { kind: 'source-behind', source, status };
  }
  return null;
};

/** The figure is the age of what goes round. */
const looping = ({ server, channel, moment }: Look, loops: readonly Loop[]): LagCause | null => {
  const now = secondsOf(moment.takenAt);
  const figure = moment.row.secondsBehind ?? 0;
  for (const loop of loops) {
    const own = loop.streams.filter(
      ({ stream }) =>
        stream.server === server && (stream.channel === null || stream.channel === channel),
    );
    for (const { laps } of own) {
      for (const { timestamp, last } of laps) {
        const wall = last.copy.writtenAt ?? last.copy.notBefore;
        const fits =
          now === null
            ? loop.running && figure <= wall - timestamp + SLACK
            : Math.abs(now - figure - timestamp) <= SLACK;
        if (fits) return { kind: 'loop', loop, written: timestamp };
      }
    }
  }
  return null;
};

/**
 * The figure is the age of a format description that a connect copied: MySQL bug #66921. Told by the
 * time of the text; or by its positions, where the applier stands between that event and the next.
 */
const phantom = ({ server, channel, moment }: Look, { staleAfter }: Known): LagCause | null => {
  const { row } = moment;
  const now = secondsOf(moment.takenAt);
  const figure = row.secondsBehind ?? 0;
  if (server.dialect?.abilities.formatDescriptionCountsAsLag === 'never') return null;
  for (const { path, format, after, asked } of channel.connections) {
    const next = format?.nextData ?? after;
    if (!format || !next || next.timestamp - format.timestamp < staleAfter) continue;
    const age = next.timestamp - format.timestamp;
    const isIts =
      now === null
        ? standsAt(row, path, asked) && figure >= age - SLACK && figure - age < staleAfter
        : Math.abs(now - figure - format.timestamp) <= SLACK;
    if (isIts) return { kind: 'stale-format-description', path, format };
  }
  return null;
};

/** Has the applier read the head of this relay log, and executed nothing of what the source sent behind it? */
const standsAt = (
  row: StatusMoment['row'],
  path: string,
  asked: LogCoordinates | null,
): boolean => {
  const applied = place(row.appliedSourceLogFile, row.appliedSourceLogPos);
  return (
    asked !== null &&
    applied !== null &&
    baseName(row.relayLogFile ?? '') === logNameOf(path) &&
    compareCoordinates(applied, asked) === 0
  );
};

/** What exceeds the delay is lag, and the figure right. */
const delayed = ({ moment: { row } }: Look, { staleAfter }: Known): LagCause | null =>
  row.delay !== null &&
  row.delay > 0 &&
  (row.secondsBehind ?? 0) > 0 &&
  (row.secondsBehind ?? 0) < row.delay + staleAfter
    ? { kind: 'delayed', delay: row.delay }
    : null;

/** Workers are busy with what the figure, which moves when a job is done, counts no more or not yet. */
const parallel = ({ server, moment: { row } }: Look): LagCause | null => {
  const workers = settingOf(server.observed, 'replica_parallel_workers')?.setting.value ?? 0;
  const read = place(row.readSourceLogFile, row.readSourceLogPos);
  const applied = place(row.appliedSourceLogFile, row.appliedSourceLogPos);
  if (workers === 0 || row.secondsBehind !== 0 || !read || !applied) return null;
  return read.file === applied.file && read.position - applied.position > BACKLOG
    ? { kind: 'parallel-applier' }
    : null;
};

const place = (file: string | null, position: number | null): LogCoordinates | null =>
  file && position !== null ? { file, position } : null;

/** Unix seconds; null where the text does not say in which zone its clock was. */
const secondsOf = (time: StatedTime | null): number | null => {
  if (time === null || time.utcOffset === null) return null;
  const seconds = Date.parse(`${time.text.slice(0, 19)}Z`) / 1000 - time.utcOffset * 60;
  return Number.isFinite(seconds) ? seconds : null;
};
