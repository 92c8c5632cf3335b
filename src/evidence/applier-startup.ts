import { baseName, splitLogName } from '../binlog/coordinates.ts';
import { ERROR } from '../metadata/error-log/error-symbols.ts';
import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import { appliedSince as appliedSinceThen } from './applied-since.ts';
import type { Channel, LogChain, Server } from './evidence.ts';
import { begunOf } from './renamed-series.ts';
import type { ThreadReport } from './thread-reports.ts';
import { type Trouble, troublesOf } from './thread-trouble.ts';

const KINDS: ReadonlySet<MessageKind | null> = new Set<MessageKind>([
  'relay-log-open-failed',
  'relay-log-missing',
  'replication-metadata-failed',
  'applier-initialisation-failed',
]);
/** ER_SLAVE_MI_INIT_REPOSITORY and ER_SLAVE_RLI_INIT_REPOSITORY, as a status numbers them. */
const NUMBERS = new Set<number | null>([
  ERROR.ER_SLAVE_MI_INIT_REPOSITORY,
  ERROR.ER_SLAVE_RLI_INIT_REPOSITORY,
]);

/** What a server says that cannot set up its relay logs: after it START is refused. */
const isSetUp = ({ says, kind, witness, errorNumber }: ThreadReport): boolean =>
  says === 'failing' &&
  (KINDS.has(kind) || (witness === 'status-text' && NUMBERS.has(errorNumber)));

/** What goes with it. */
const concerns = (report: ThreadReport): boolean =>
  isSetUp(report) || (report.says === 'failing' && report.kind === 'replication-start-failed');

/**
 * Where a server could not set up its relay logs, one a channel. It says so before it is ready for
 * connections: that it became ready is no end of it, as it is of other failures.
 */
export const applierStartups = (server: Server): Trouble[] =>
  troublesOf(server, 'applier', concerns).flatMap((trouble): Trouble[] => {
    const { story, standing, appliedSince } = trouble;
    const last = trouble.reports.findLast(({ witness }) => witness === 'error-log');
    const logged = last ? sinceStart(story.logged, last) : [];
    const shown = trouble.reports.filter(({ witness }) => witness === 'status-text');
    const [first, ...rest] = [...logged, ...shown];
    if (!first || ![first, ...rest].some(isSetUp)) return [];
    const told = { ...trouble, reports: [first, ...rest] as const };
    if (standing === 'over' || !last || appliedSince) return [told];
    // No applier was at work when its set-up failed: whatever it committed since came of a later start
    const applied = appliedSinceThen(story, last, 0);
    if (applied) return [{ ...told, standing: 'over', appliedSince: applied }];
    if (standing !== 'unclear') return [told];
    const after = story.logged.slice(story.logged.indexOf(last) + 1);
    const onlyReady = after.every(({ kind }) => kind === 'server-ready');
    return [
      onlyReady && story.shown.every(({ says }) => says !== 'working')
        ? { ...told, standing: 'stands', ended: false }
        : told,
    ];
  });

/** A failure, and what the files tell of it. */
export interface StartupFailure {
  readonly trouble: Trouble;
  readonly look: StartupLook;
}

/** The one that stands for this channel; null where there is none, or where its log is damaged. */
export const standingStartup = (server: Server, channel: Channel): StartupFailure | null => {
  const trouble = applierStartups(server).find(
    ({ story, standing }) => story.channel === channel.name && standing === 'stands',
  );
  if (!trouble) return null;
  const look = lookAtStartup(server, channel, trouble.reports);
  return isDamaged(server, look) ? null : { trouble, look };
};

/** The lines of one start, up to the last of them: those of the start itself, and of each START that was tried. */
const sinceStart = (logged: readonly ThreadReport[], last: ThreadReport): ThreadReport[] => {
  const before = logged.slice(0, logged.indexOf(last) + 1);
  const begin = before.findLastIndex(
    (report) => !concerns(report) && report.kind !== 'server-ready',
  );
  return before.slice(begin + 1).filter(concerns);
};

/**
 * Why: its logs go by another name now (`renamed`), the log that relay-log.info names is not there
 * (`missing`) or not in the index (`unlisted`), or there is no relay-log.info (`no-record`).
 */
export type StartupCause = 'renamed' | 'missing' | 'unlisted' | 'no-record' | 'unknown';

export interface StartupLook {
  readonly cause: StartupCause;
  /** The relay log that could not be opened. */
  readonly named: string | null;
  /** Of the newer series, where its logs go by another name. */
  readonly newBase: string | null;
}

/** Holds the words of the server against its files. */
export const lookAtStartup = (
  server: Server,
  channel: Channel | null,
  reports: readonly ThreadReport[],
): StartupLook => {
  const opened = reports.findLast(({ details }) => details.relayLog !== undefined);
  const recorded = channel?.relayLogInfo?.value.relayLogFile ?? '';
  const path = opened?.details.relayLog ?? recorded;
  const named = path === '' ? null : baseName(path);
  const look = (cause: StartupCause, newBase: string | null = null): StartupLook => ({
    cause,
    named,
    newBase,
  });
  if (named === null) return look(channel?.relayLogInfo ? 'unknown' : 'no-record');
  const base = splitLogName(named)?.base ?? null;
  const chains = server.channels.flatMap(({ relay }) => relay ?? []);
  const old = chains.find((chain) => chain.base === base) ?? null;
  const newer = chains.find(
    (chain) =>
      chain.base !== base &&
      !hasRecord(server, chain) &&
      (old === null || begunOf(chain) >= begunOf(old)),
  );
  if (newer) return look('renamed', newer.base);
  if (!channel) return look('unknown');
  const isThere =
    channel.unread.includes(named) || old?.files.some(({ name }) => name === named) === true;
  if (!isThere) return look('missing');
  const listed = channel.index?.value.entries.some(({ name }) => name === named);
  return look(listed === false ? 'unlisted' : 'unknown');
};

/** Is the log there, and cannot be read? What damaged it is the cause, and has a finding of its own. */
export const isDamaged = (server: Server, { named }: StartupLook): boolean =>
  server.channels.some(({ relay }) =>
    relay?.files.some(({ name, facts }) => name === named && facts.integrity.length > 0),
  );

/** Does a relay-log.info name this series? */
const hasRecord = (server: Server, { base }: LogChain): boolean =>
  server.channels.some(
    ({ relayLogInfo }) =>
      splitLogName(baseName(relayLogInfo?.value.relayLogFile ?? ''))?.base === base,
  );
