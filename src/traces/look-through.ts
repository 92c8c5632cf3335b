import { compareLogNames } from '../binlog/coordinates.ts';
import type { ApplyTrace, TraceLog } from '../evidence/apply-trace.ts';
import type { Evidence, LogFile } from '../evidence/evidence.ts';
import { sourceOf } from '../evidence/source-of.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import { type Found, relayFiles } from './go-to-event.ts';
import { NewestTouches } from './newest-touches.ts';
import { readIn, type TraceInputs } from './read-in.ts';
import { type Bounds, type Search, searchLog } from './search-log.ts';

/** Bytes that are looked through for one error, the newest logs first. */
const SEARCHED_BYTES = 4 * 1024 ** 3;

export interface LogBefore {
  readonly file: LogFile;
  readonly bounds: Bounds;
}

/** The logs that may hold what came before, of each kind the newest first. */
export const logsBefore = (
  trouble: Trouble,
  { file: failing, failed }: Found,
  evidence: Evidence,
): readonly LogBefore[] => {
  const { server, channel: name } = trouble.story;
  const channel = server.channels.find((one) => one.name === name);
  const moment = trouble.reports.find((report) => report.moment !== null)?.moment ?? null;
  const bounds: Bounds = {
    log: 'own-binlog',
    endOffset: null,
    endPosition: null,
    until: moment === null ? null : Math.ceil(moment / 1000),
    ownIds: server.ids,
    sourceId: channel?.sourceIds.at(-1) ?? null,
  };
  const own = server.binlogs.flatMap(({ files }) => files.toReversed());
  const relay = relayFiles(trouble);
  const received = relay.slice(0, relay.indexOf(failing) + 1).toReversed();
  const source = channel ? sourceOf(channel, server, evidence.servers) : null;
  const { log, begin } = failed.listed;
  const sent =
    source?.binlogs
      .flatMap(({ files }) => files.toReversed())
      .filter((file) => log !== null && compareLogNames(file.name, log) <= 0) ?? [];
  return [
    ...own.map((file) => ({ file, bounds })),
    ...received.map((file) => ({
      file,
      bounds: {
        ...bounds,
        log: 'relay-log' as const,
        until: null,
        endOffset: file === failing ? failed.listed.event.offset : null,
      },
    })),
    ...sent.map((file) => ({
      file,
      bounds: {
        ...bounds,
        log: 'source-binlog' as const,
        until: null,
        endPosition: log === null || begin === null ? null : { file: log, position: begin },
      },
    })),
  ];
};

/** What the logs hold that touched the same; those that could not be looked through are named. */
export function* lookThrough(
  logs: readonly LogBefore[],
  search: Search,
  from: TraceInputs,
): Generator<number, Pick<ApplyTrace, 'touches' | 'counts' | 'searched' | 'notSearched'>> {
  const newest = new NewestTouches();
  const since = new Map<TraceLog, number | null>();
  const notSearched: string[] = [];
  let bytes = 0;
  for (const { file, bounds } of logs) {
    bytes += file.facts.bytes;
    const done =
      bytes <= SEARCHED_BYTES &&
      (yield* readIn(file, from, function* searchOne(log) {
        for (const step of searchLog(log, search, bounds, () => undefined)) {
          if (typeof step === 'number') yield step;
          else newest.add(step);
        }
        return true;
      }));
    newest.endFile();
    if (done === true)
      since.set(bounds.log, file.facts.firstTimestamp ?? since.get(bounds.log) ?? null);
    else notSearched.push(file.path);
  }
  return {
    touches: newest.all,
    counts: newest.counts,
    searched: [...since].map(([log, first]) => ({ log, from: first })),
    notSearched,
  };
}
