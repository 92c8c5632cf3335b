import type { LogFile, Server } from './evidence.ts';
import type { ThreadReport, ThreadStory } from './thread-reports.ts';

/** A transaction of the source that the replica committed after its applier had failed. */
export interface AppliedSince {
  readonly file: LogFile;
  readonly offset: number;
  /** Unix seconds. */
  readonly time: number;
}

/** Seconds until the workers of a parallel applier have ended what they were at. */
const WORKERS_END = 10;
const ONE_WORKER_ENDS = 1;

/**
 * Shown by the commit times in the replica's own binary log (MySQL 8.0.1+, log_replica_updates): same
 * clock as that of its error log. Needed there, since a later start of the applier is a note, and notes
 * are not logged by default. That the log goes beyond the place of the failure would prove nothing: it
 * does so too where a position that was too old leads to the failure.
 */
export const appliedSince = (
  { server, channel }: ThreadStory,
  last: ThreadReport,
  /** Seconds in which what was under way may still have been committed; by default as its workers need. */
  under: number | null = null,
): AppliedSince | null => {
  if (last.moment === null) return null;
  const view = server.channels.find(({ name }) => name === channel);
  if (!view) return null;
  const rest = under ?? (view.relayLogInfo?.value.workers === 0 ? ONE_WORKER_ENDS : WORKERS_END);
  const after = last.moment / 1000 + rest;
  const isOfChannel = (id: number): boolean =>
    server.channels.length === 1 ? !server.ids.includes(id) : view.sourceIds.includes(id);
  const newest = ownCommits(server, isOfChannel)
    .toSorted((a, b) => a.time - b.time)
    .at(-1);
  return newest && newest.time > after ? newest : null;
};

const ownCommits = ({ binlogs }: Server, isAsked: (id: number) => boolean): AppliedSince[] =>
  binlogs
    .flatMap(({ files }) => files)
    .flatMap((file) =>
      file.facts.commitLags
        .filter(({ serverId }) => isAsked(serverId))
        .map(({ newestCommit, newestOffset }) => ({
          file,
          offset: newestOffset,
          time: newestCommit / 1e6,
        })),
    );
