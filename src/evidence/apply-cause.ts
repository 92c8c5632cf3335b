import { isReadFailure } from './apply-failures.ts';
import {
  causeByNumber,
  causeUnlessAgain,
  isObjectMissing,
  isThere,
  ROW_MISSING,
} from './apply-numbers.ts';
import type { ApplyTrace, Touch } from './apply-trace.ts';
import type { CameBack } from './came-back.ts';
import { usesGtid } from './channel-view.ts';
import type { Server } from './evidence.ts';
import type { FailedEvent } from './failed-event.ts';
import type { FetchedPart } from './fetched-part.ts';
import { gtidOfKey } from './gtid-transactions.ts';
import { loggedKeys } from './kept-transactions.ts';
import type { ThreadReport } from './thread-reports.ts';

/** Why the data differ, in the order in which one excludes the other. */
export type ApplyCause =
  | 'unreadable'
  | 'came-back'
  | 'applied-before'
  | 'loop-lap'
  | 'refetched'
  | 'refetched-part'
  | 'local-write'
  | 'written-before'
  | 'missing-insert'
  | 'out-of-order'
  | 'incident'
  | 'no-event'
  | 'lock'
  | 'no-room'
  | 'cache-full'
  | 'killed'
  | 'earlier-failed'
  | 'setting'
  | 'no-right'
  | 'account'
  | 'definition'
  | 'parent-missing'
  | 'child-left'
  | 'without-gtid'
  | 'from-the-start'
  | 'object-missing'
  | 'local-writer'
  | 'row-missing'
  | 'unknown';

export interface Cause {
  readonly cause: ApplyCause;
  /** The change that decides it; null where none does. */
  readonly touch: Touch | null;
}

/** Is it the change that stands in the way: one that made what should not be there, or took what should? */
const standsInTheWay = ({ effect }: Touch, errorNumber: number | null): boolean =>
  effect === (isThere(errorNumber) ? 'makes' : 'removes');

/** The newest change here that surely concerns the row, where it is one that stands in the way. */
const decidingTouch = (trace: ApplyTrace, errorNumber: number | null): Touch | null => {
  const newest = trace.touches.find(
    ({ log, match, same, effect }) =>
      log === 'own-binlog' &&
      match !== 'value' &&
      same === null &&
      // What changed a row that was there already did not make it
      !(effect === 'keeps' && isThere(errorNumber)),
  );
  return newest && standsInTheWay(newest, errorNumber) ? newest : null;
};

/** Seconds that the clocks of source and replica may differ. */
const CLOCK_SLACK = 60;

/**
 * Does a replica with auto-position fail at the source's transaction number 1?
 * It has named none as executed, and so got the whole history of the source.
 */
const isFirstOfAll = (server: Server, event: FailedEvent | null): boolean => {
  const gtid = event?.key ? gtidOfKey(event.key) : null;
  const from = server.channels.find(
    ({ relay }) => event !== null && relay?.files.includes(event.file),
  );
  return gtid?.gno === 1n && from !== undefined && usesGtid(from);
};

/** What made the row on the source, and never came here though this server logs what it applies. */
const neverCame = (trace: ApplyTrace): Touch | null => {
  const from = trace.searched.find(({ log }) => log === 'own-binlog')?.from ?? null;
  const made = trace.touches.find(
    ({ log, match, effect }) => log === 'source-binlog' && match !== 'value' && effect === 'makes',
  );
  const isWhole =
    trace.logsUpdates && from !== null && made !== undefined && from + CLOCK_SLACK < made.timestamp;
  if (!isWhole || trace.counts['own-binlog'] > 0 || trace.notSearched.length > 0) return null;
  return made;
};

/**
 * Why an event could not be applied, as far as the logs of this scan tell. `back`: is it known to have
 * gone out from this server? `part`:
 * does the event stand twice in its transaction? Of a failure that `isOver`
 * the transaction was applied later: that this server's own log holds it says nothing of before.
 */
export const applyCause = (
  server: Server,
  report: ThreadReport,
  event: FailedEvent | null,
  trace: ApplyTrace | null,
  {
    isOver,
    back,
    part,
  }: {
    readonly isOver: boolean;
    readonly back: CameBack | null;
    readonly part: FetchedPart | null;
  },
): Cause => {
  const decided = (cause: ApplyCause, touch: Touch | null = null): Cause => ({ cause, touch });
  if (isReadFailure(report)) return decided('unreadable');
  const { errorNumber } = report;
  const named = causeByNumber(errorNumber, report.text);
  if (named) return decided(named);
  const own = server.binlogs.flatMap(({ files }) => files);
  const copies = trace?.touches.filter(({ same }) => same !== null) ?? [];
  const before = copies.find(({ log }) => log === 'relay-log') ?? null;
  const again = before?.same ?? event?.again;
  if (again) return decided(again === 'elsewhere' ? 'loop-lap' : 'refetched', before);
  if (part) return decided('refetched-part');
  if (back) return decided('came-back');
  const here = copies.find(({ log }) => log === 'own-binlog') ?? null;
  if (!isOver && (here || (event?.key != null && loggedKeys(server).has(event.key))))
    return decided('applied-before', here);
  const meant = causeUnlessAgain(errorNumber);
  if (meant) return decided(meant);
  const deciding = trace && decidingTouch(trace, errorNumber);
  if (deciding) {
    const isOwn = server.ids.includes(deciding.serverId);
    return decided(isOwn ? 'local-write' : 'written-before', deciding);
  }
  const made = trace && errorNumber === ROW_MISSING ? neverCame(trace) : null;
  if (made) return decided('missing-insert', made);
  if (isThere(errorNumber) && isFirstOfAll(server, event)) return decided('from-the-start');
  if (isObjectMissing(errorNumber)) return decided('object-missing');
  const wroteItself = own.some(({ facts }) =>
    facts.serverIds.some(({ serverId, events }) => serverId === server.id && events > 0),
  );
  if (wroteItself) {
    const may = trace?.touches.find(
      (touch) =>
        touch.log === 'own-binlog' &&
        server.ids.includes(touch.serverId) &&
        (touch.effect === 'unknown' ||
          (touch.match === 'value' && standsInTheWay(touch, errorNumber))),
    );
    return decided('local-writer', may ?? null);
  }
  return decided(errorNumber === ROW_MISSING ? 'row-missing' : 'unknown');
};
