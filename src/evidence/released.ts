import { splitLogName } from '../binlog/coordinates.ts';
import type { Channel, Server } from './evidence.ts';
import { rowsOf } from './observations.ts';
import { isText } from './record-name.ts';
import type { ThreadReport } from './thread-reports.ts';

/** What shows that a server that was a replica has no such channel any more: promoted, or set free. */
export interface Released {
  /** `reset-logged`, `reset-seen`: a RESET, with ALL or without, and no start of replication since. */
  readonly by: 'reset-logged' | 'empty-status' | 'reset-seen' | 'no-status-files';
  readonly path: string;
  readonly offset: number;
  readonly text: string;
}

/** An error log may be in any zone where it names none. */
const ANY_ZONE = 14 * 3600;

/** Unix seconds that a line was surely written by; null without its time. */
const latestOf = ({ moment, time }: ThreadReport): number | null => {
  if (moment !== null) return moment / 1000;
  const parsed = time === null ? Number.NaN : Date.parse(`${time.slice(0, 19)}Z`);
  return Number.isNaN(parsed) ? null : parsed / 1000 + ANY_ZONE;
};

const isFile = (channel: Channel): boolean =>
  (channel.masterInfo !== null && !isText(channel.masterInfo)) ||
  (channel.relayLogInfo !== null && !isText(channel.relayLogInfo));

/** Events of a source, which a RESET deletes with the relay logs. */
const holdsEvents = ({ relay }: Channel): boolean =>
  relay?.files.some(({ facts }) => facts.lastData !== null || facts.sourceEnd !== null) ?? false;

const isUnread = (name: string): boolean => /relay|master.*\.info/i.test(name);

/** Neither status files nor relay logs of a source, of any channel, nor any left out of the scan. */
const hasNoChannel = ({ channels, leftOver, unread }: Server): boolean =>
  leftOver.length === 0 &&
  !unread.some(isUnread) &&
  !channels.some((channel) => isFile(channel) || holdsEvents(channel));

/** The last word of the error log on the channel. */
const byLog = (after: readonly ThreadReport[]): Released | null => {
  const last = after.findLast(({ kind }) => !isOfServer(kind));
  return last?.kind === 'channel-reset'
    ? { by: 'reset-logged', path: last.path, offset: last.offset, text: last.text }
    : null;
};

const isOfServer = (kind: ThreadReport['kind']): boolean =>
  kind === 'server-starting' || kind === 'server-ready' || kind === 'server-stopping';

/** A status without a row. MariaDB's tells of its default connection alone. */
const byStatus = (server: Server, channel: string, last: ThreadReport): Released | null => {
  const { observed, dialect } = server;
  if (dialect?.flavor === 'mariadb' && channel !== '') return null;
  const isShown = (
    ['replica-status', 'connection-status', 'connection-configuration'] as const
  ).some((kind) => rowsOf(observed, kind).length > 0);
  // A ticket may hold the source's empty status above the replica's
  if (isShown) return null;
  for (const { path, value } of observed.texts) {
    const empty = value.sections.find(
      ({ kind, rows }) => kind === 'replica-status' && rows.length === 0,
    );
    if (!empty) continue;
    const { takenAt } = empty;
    const printed =
      takenAt === null || takenAt.utcOffset === null
        ? null
        : Date.parse(`${takenAt.text}Z`) / 1000 - takenAt.utcOffset * 60;
    const failed = last.moment;
    const wasBefore =
      printed !== null && failed !== null
        ? printed < failed / 1000
        : takenAt !== null && last.time !== null && failed === null
          ? takenAt.text < last.time.slice(0, 19)
          : false;
    if (wasBefore) continue;
    return {
      by: 'empty-status',
      path,
      offset: empty.offset,
      text: 'the status of the replica, which is an empty set',
    };
  }
  return null;
};

const CONNECTED: ReadonlySet<ThreadReport['kind']> = new Set<ThreadReport['kind']>([
  'receiver-connected',
  'receiver-resumed',
  'receiver-reconnect-failed',
]);

/** Did the receiver connect since the channel was last changed? Then its relay logs held what the source sends first. */
const hadConnected = (before: readonly ThreadReport[]): boolean =>
  before
    .slice(before.findLastIndex(({ kind }) => kind === 'change-executed') + 1)
    .some(({ kind }) => CONNECTED.has(kind));

/**
 * RESET begins the relay logs anew at .000001, as a CHANGE does; until a connect there is nothing of a
 * source in it. `since`: null where it held something before.
 */
const byRelayLog = (
  { channels }: Server,
  channel: string,
  since: number | null,
): Released | null => {
  const files = channels.find(({ name }) => name === channel)?.relay?.files ?? [];
  const [file] = files;
  const format = file?.facts.formats[0];
  if (!file || !format || files.length > 1 || splitLogName(file.name)?.number !== 1) return null;
  return since === null || format.timestamp > since
    ? {
        by: 'reset-seen',
        path: file.path,
        offset: format.offset,
        text: 'relay logs that begin anew, and hold nothing of a source',
      }
    : null;
};

/**
 * Whose folder has the files of a server, and no channel’s. MariaDB keeps master.info and the list of
 * named connections; MySQL to 5.7 master.info by default, but a table may hold it, and it must have
 * written by itself since.
 */
const byFiles = (server: Server, channel: string, since: number | null): Released | null => {
  const { connectionList: list, dialect, uuidAt, version } = server;
  const text = 'no master.info, relay-log.info or relay log of a source beside it';
  if (dialect?.flavor === 'mariadb') {
    if (!list || list.value.connections.length > 0 || channel !== '') return null;
    return { by: 'no-status-files', path: list.path, offset: 0, text };
  }
  const wrote = server.binlogs.some(({ files }) =>
    files.some(({ facts }) =>
      facts.serverIds.some(
        ({ serverId, lastTimestamp }) =>
          server.ids.includes(serverId) && since !== null && lastTimestamp > since,
      ),
    ),
  );
  return version?.flavor === 'mysql' && version.major < 8 && uuidAt !== null && wrote
    ? { by: 'no-status-files', ...uuidAt, text }
    : null;
};

/** What the error log says of a thread and of all, up to the failure and behind it. */
export interface Surroundings {
  readonly before: readonly ThreadReport[];
  readonly after: readonly ThreadReport[];
}

/**
 * Does the server of an old failure not replicate on that channel any more? An error log alone, or logs without any
 * status file, never tell it but by the line of a RESET.
 */
export const releasedSince = (
  server: Server,
  channel: string,
  last: ThreadReport,
  { before, after }: Surroundings,
): Released | null => {
  const told = byLog(after);
  if (told) return told;
  if (!hasNoChannel(server)) return null;
  const since = latestOf(last);
  return (
    byStatus(server, channel, last) ??
    (hadConnected(before) ? byRelayLog(server, channel, null) : null) ??
    (since === null ? null : byRelayLog(server, channel, since)) ??
    byFiles(server, channel, since)
  );
};
