import { type AppliedSince, appliedSince } from './applied-since.ts';
import type { Server } from './evidence.ts';
import { type Released, releasedSince } from './released.ts';
import {
  type ReplicationThread,
  type ThreadReport,
  type ThreadStory,
  threadStories,
} from './thread-reports.ts';

/** `stands`: the newest word on the thread; `over`: it worked, or failed otherwise, afterwards. */
export type Standing = 'stands' | 'over' | 'unclear';

/** A failure of one kind of one thread, and whether it goes on. */
export interface Trouble {
  readonly story: ThreadStory;
  /** The last episode in the error log, in its order, then the status text. */
  readonly reports: readonly [ThreadReport, ...ThreadReport[]];
  /** Lines of this kind in all of the error log, those of earlier episodes included. */
  readonly lines: number;
  readonly standing: Standing;
  /** What ended it; null where nothing did. */
  readonly recovery: ThreadReport | null;
  /** Unix seconds of the newest source event in the relay logs, where it is from after the last line. */
  readonly receivedSince: number | null;
  /** Of an applier: a transaction that it committed after the last line; null where nothing shows one. */
  readonly appliedSince: AppliedSince | null;
  /** Does the server not replicate on that channel any more? */
  readonly released: Released | null;
  /** Was the thread stopped or the server restarted on purpose since? */
  readonly ended: boolean;
}

interface Logged {
  readonly episode: readonly ThreadReport[];
  readonly standing: Standing;
  readonly recovery: ThreadReport | null;
  readonly ended: boolean;
  /** What came up to the end of the episode, and behind it. */
  readonly before: readonly ThreadReport[];
  readonly after: readonly ThreadReport[];
}

/**
 * The coordinator of a parallel applier, and MariaDB's, print that they were killed when a worker has
 * failed: an applier that has stopped already is not stopped once more.
 */
const behindError = (after: readonly ThreadReport[]): readonly ThreadReport[] => {
  const first = after.findIndex(({ kind }) => kind !== 'applier-killed');
  return first < 0 ? [] : after.slice(first);
};

/** The last episode of a failure: its lines since the thread last worked, and what came after. */
const lastEpisode = (
  logged: readonly ThreadReport[],
  concerns: (report: ThreadReport) => boolean,
): Logged | null => {
  const last = logged.findLastIndex((report) => report.says === 'failing' && concerns(report));
  if (last < 0) return null;
  const before = logged.slice(0, last);
  const begin = before.findLastIndex((report) => report.says !== 'failing' || !concerns(report));
  const after = behindError(logged.slice(last + 1));
  const recovery = after.find(({ says }) => says !== 'ended') ?? null;
  const ended = after.some(({ says }) => says === 'ended');
  return {
    episode: logged.slice(begin + 1, last + 1),
    standing: recovery ? 'over' : ended ? 'unclear' : 'stands',
    recovery,
    ended,
    before: logged.slice(0, last + 1),
    after,
  };
};

/** Which came later; null where their clocks cannot be compared. */
const isAfter = (status: ThreadReport, line: ThreadReport): boolean | null => {
  if (status.printed !== null && line.moment !== null) return status.printed > line.moment;
  // Both are written in the server's own zone
  if (status.time !== null && line.time !== null && line.moment === null)
    return status.time >= line.time.slice(0, 19);
  return null;
};

/** What the newest text says; null where texts of unknown order contradict each other. */
const newestShown = (
  shown: readonly ThreadReport[],
  concerns: (report: ThreadReport) => boolean,
): ThreadReport | null => {
  const newest = shown.at(-1);
  if (!newest) return null;
  const fails = (report: ThreadReport): boolean => report.says === 'failing' && concerns(report);
  const contested = shown.some(
    (other) =>
      fails(other) !== fails(newest) && (other.printed === null || newest.printed === null),
  );
  return contested ? null : newest;
};

const judgeStanding = (
  log: Logged | null,
  status: ThreadReport | null,
  isOfKind: boolean,
): Standing => {
  if (log === null) return status && isOfKind ? 'stands' : 'unclear';
  const last = log.recovery ?? log.episode.at(-1);
  if (!status || !last) return log.standing;
  const later = isAfter(status, last);
  if (isOfKind) {
    if (log.standing !== 'over') return 'stands';
    return later === null ? 'unclear' : later ? 'stands' : 'over';
  }
  if (log.standing === 'over' || status.says === 'ended')
    return log.standing === 'stands' ? 'unclear' : log.standing;
  return later === null ? 'unclear' : later ? 'over' : log.standing;
};

/** Seconds that the clocks of source and replica may differ. */
const CLOCK_SLACK = 60;

/** What the source wrote after a failure, and the relay logs hold, was received after it. */
const receivedAfter = ({ server, channel }: ThreadStory, last: ThreadReport): number | null => {
  const moment = last.moment ?? last.printed;
  const relay = server.channels.find(({ name }) => name === channel)?.relay;
  if (moment === null || !relay) return null;
  const newest = Math.max(0, ...relay.files.map(({ facts }) => facts.lastData?.timestamp ?? 0));
  return newest > moment / 1000 + CLOCK_SLACK ? newest : null;
};

/**
 * Failures of one kind, one a channel. The newest word decides whether they go on: where the order of
 * an error log and a status text is not known and they contradict each other, it is `unclear`.
 */
export const troublesOf = (
  server: Server,
  thread: ReplicationThread,
  concerns: (report: ThreadReport) => boolean,
): Trouble[] =>
  threadStories(server, thread).flatMap((story): Trouble[] => {
    const log = lastEpisode(story.logged, concerns);
    const shown = story.shown.filter((report) => report.says === 'failing' && concerns(report));
    const [first, ...rest] = [...(log?.episode ?? []), ...shown.slice(-1)];
    if (!first) return [];
    const status = newestShown(story.shown, concerns);
    const isOfKind = status?.says === 'failing' && concerns(status);
    const contested = status === null && story.shown.length > 0;
    const receivedSince = thread === 'receiver' ? receivedAfter(story, rest.at(-1) ?? first) : null;
    const applied =
      thread === 'applier' && !isOfKind ? appliedSince(story, rest.at(-1) ?? first) : null;
    const judged = contested ? 'unclear' : judgeStanding(log, status, isOfKind);
    const last = log?.episode.at(-1);
    const released =
      log && last && judged !== 'over' && story.shown.length === 0
        ? releasedSince(server, story.channel, last, log)
        : null;
    const isOver = receivedSince !== null || applied !== null || released !== null;
    return [
      {
        story,
        reports: [first, ...rest],
        lines: story.logged.filter((report) => report.says === 'failing' && concerns(report))
          .length,
        standing: isOver ? 'over' : judged,
        receivedSince,
        appliedSince: applied,
        released,
        recovery: log?.recovery ?? null,
        ended: log?.ended ?? false,
      },
    ];
  });
