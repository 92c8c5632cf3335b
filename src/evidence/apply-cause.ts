import { isReadFailure } from './apply-failures.ts';
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
  | 'held-up'
  | 'setting'
  | 'account'
  | 'no-right'
  | 'definition'
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

/** Errors of what is there already, and of what is not there. */
const IS_THERE: ReadonlySet<number> = new Set([1007, 1022, 1050, 1060, 1061, 1062, 1169, 1586]);
const OBJECT_MISSING: ReadonlySet<number> = new Set([1008, 1049, 1051, 1146]);
const ROW_MISSING = 1032;
/** Errors whose number tells the cause, or that there is no event to look at. */
const BY_NUMBER: ReadonlyMap<number, ApplyCause> = new Map([
  [1594, 'unreadable'], // ER_SLAVE_RELAY_LOG_READ_FAILURE, where its words were left out
  [1590, 'incident'], // ER_SLAVE_INCIDENT
  [1950, 'out-of-order'], // ER_GTID_STRICT_OUT_OF_ORDER of MariaDB
  [1021, 'held-up'], // ER_DISK_FULL
  [1114, 'held-up'], // ER_RECORD_FILE_FULL
  [1197, 'held-up'], // ER_TRANS_CACHE_FULL
  [1205, 'held-up'], // ER_LOCK_WAIT_TIMEOUT
  [1213, 'held-up'], // ER_LOCK_DEADLOCK
  [1614, 'held-up'], // ER_XA_RBDEADLOCK
  [22, 'setting'], // EE_UNKNOWN_CHARSET
  [1115, 'setting'], // ER_UNKNOWN_CHARACTER_SET
  [1231, 'setting'], // ER_WRONG_VALUE_FOR_VAR
  [1235, 'setting'], // ER_NOT_SUPPORTED_YET
  [1273, 'setting'], // ER_UNKNOWN_COLLATION
  [1286, 'setting'], // ER_UNKNOWN_STORAGE_ENGINE
  [1290, 'setting'], // ER_OPTION_PREVENTS_STATEMENT
  [1418, 'setting'], // ER_BINLOG_UNSAFE_ROUTINE
  [1419, 'setting'], // ER_BINLOG_CREATE_ROUTINE_NEED_SUPER
  [1665, 'setting'], // ER_BINLOG_ROW_INJECTION_AND_STMT_MODE
  [1755, 'setting'], // ER_MTS_CANT_PARALLEL
  [1782, 'setting'], // ER_CANT_SET_GTID_NEXT_TO_GTID_WHEN_GTID_MODE_IS_OFF
  [1786, 'setting'], // ER_GTID_UNSAFE_CREATE_SELECT
  [1787, 'setting'], // ER_GTID_UNSAFE_CREATE_DROP_TEMPORARY_TABLE_IN_TRANSACTION
  [1864, 'setting'], // ER_MTS_EVENT_BIGGER_PENDING_JOBS_SIZE_MAX
  [1133, 'account'], // ER_PASSWORD_NO_MATCH
  [1141, 'account'], // ER_NONEXISTING_GRANT
  [1396, 'account'], // ER_CANNOT_USER
  [1410, 'account'], // ER_CANT_CREATE_USER_WITH_GRANT
  [1044, 'no-right'], // ER_DBACCESS_DENIED_ERROR
  [1142, 'no-right'], // ER_TABLEACCESS_DENIED_ERROR
  [1143, 'no-right'], // ER_COLUMNACCESS_DENIED_ERROR
  [1227, 'no-right'], // ER_SPECIFIC_ACCESS_DENIED_ERROR
  [1370, 'no-right'], // ER_PROCACCESS_DENIED_ERROR
  [1054, 'definition'], // ER_BAD_FIELD_ERROR
  [1136, 'definition'], // ER_WRONG_VALUE_COUNT_ON_ROW
  [1535, 'definition'], // ER_BINLOG_ROW_WRONG_TABLE_DEF
  [1677, 'definition'], // ER_SLAVE_CONVERSION_FAILED
  [3, 'no-event'], // EE_WRITE
  [28, 'no-event'], // EE_DISK_FULL's errno, as some versions print it
  [1201, 'no-event'], // ER_MASTER_INFO
  [1593, 'no-event'], // ER_SLAVE_FATAL_ERROR
  [1756, 'no-event'], // ER_MTS_INCONSISTENT_DATA
  [1872, 'no-event'], // ER_SLAVE_RLI_INIT_REPOSITORY
]);

const isThere = (errorNumber: number | null): boolean =>
  errorNumber !== null && IS_THERE.has(errorNumber);

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
  const named = errorNumber === null ? undefined : BY_NUMBER.get(errorNumber);
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
  const deciding = trace && decidingTouch(trace, errorNumber);
  if (deciding) {
    const isOwn = server.ids.includes(deciding.serverId);
    return decided(isOwn ? 'local-write' : 'written-before', deciding);
  }
  const made = trace && errorNumber === ROW_MISSING ? neverCame(trace) : null;
  if (made) return decided('missing-insert', made);
  if (isThere(errorNumber) && isFirstOfAll(server, event)) return decided('from-the-start');
  if (errorNumber !== null && OBJECT_MISSING.has(errorNumber)) return decided('object-missing');
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
