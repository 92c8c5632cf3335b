import { compareCoordinates, type LogCoordinates } from '../binlog/coordinates.ts';
import type { LogDamage } from '../binlog/damage.ts';
import type { RowChange } from '../binlog/values/row-image.ts';
import type { Touch, TraceLog } from '../evidence/apply-trace.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import { type LogToList, readListed } from '../listing/read-listed.ts';
import { changedRows, tableName } from './changed-rows.ts';
import { type FailedChange, isChange } from './failed-change.ts';
import { holdsValue, type QuotedKey, type RowKey, touches } from './row-key.ts';
import { cut, HIDDEN_STATEMENT, plainText, shownChange } from './shown-values.ts';
import { type Sought, statementTouch } from './statement-touch.ts';
import { worthReading } from './worth-reading.ts';

export interface Search {
  readonly failed: FailedChange;
  readonly sought: Sought;
  /** Null where no row of the failing event is known. */
  readonly key: RowKey | null;
  readonly quoted: QuotedKey | null;
  readonly redact: boolean;
}

/** How far a log is looked through. */
export interface Bounds {
  readonly log: TraceLog;
  /** Events from this offset on are not before the failing one. */
  readonly endOffset: number | null;
  /** The same in the source’s log. */
  readonly endPosition: LogCoordinates | null;
  /** Unix seconds: what this server wrote itself later came after the failure. */
  readonly until: number | null;
  readonly ownIds: readonly number[];
  /** Of the direct source: what comes back to it in a loop it does not log again. */
  readonly sourceId: number | null;
}

const SLICE = 64 << 20;

const KINDS = { write: 'insert', update: 'update', delete: 'delete' } as const;

const sameName = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Where the event ends in its source’s log. */
const endOf = ({ log, end }: ListedEvent): LogCoordinates | null =>
  log === null || end === null ? null : { file: log, position: end };

/** What tells its place there: inside a compressed transaction only the begin of the whole does. */
const standsAt = (listed: ListedEvent): LogCoordinates | null => {
  const { log, begin, innerOffset } = listed;
  if (innerOffset === null) return endOf(listed);
  return log === null || begin === null ? null : { file: log, position: begin };
};

/** What stays the same when a server logs a statement or row again. */
const contentOf = (listed: ListedEvent, row: RowChange | null): string => {
  const { table, statement } = listed;
  if (row === null || table === null) return statement ?? '';
  const texts = [row.before, row.after].map((image) =>
    image
      ? table.columns.map((column) => {
          const value = image[column.index];
          return value === undefined ? '' : plainText(value, column);
        })
      : null,
  );
  return JSON.stringify(texts);
};

/**
 * Is this the failing transaction itself, once more? Without GTIDs that is server, second and content:
 * what a client did twice in one second on one server looks the same.
 */
const sameAs = (failed: FailedChange, listed: ListedEvent, row: RowChange | null): boolean => {
  const { listed: first } = failed;
  if (first.event.serverId !== listed.event.serverId) return false;
  if (first.gtid !== null && listed.gtid !== null) return first.gtid === listed.gtid;
  if (first.event.timestamp !== listed.event.timestamp) return false;
  const content = contentOf(listed, row);
  return row === null
    ? contentOf(first, null) === content
    : failed.rows.some((other) => contentOf(first, other) === content);
};

/** Is it the failing event where the source logged it, or a copy of it that the receiver fetched again? */
const samePlace = ({ listed: first }: FailedChange, listed: ListedEvent): boolean => {
  const [a, b] = [standsAt(first), standsAt(listed)];
  return a !== null && b !== null && a.file === b.file && a.position === b.position;
};

/**
 * Looks through one log for what touched the same row, or the same table, before the failing event.
 * Yields the bytes done, and each touch, the oldest first. Throws a `MalformedError` for what is no log.
 */
export function* searchLog(
  log: LogToList,
  search: Search,
  bounds: Bounds,
  onDamage: (damage: LogDamage) => void,
): Generator<number | Touch, void> {
  const { failed, sought, key, quoted } = search;
  let insertId: string | null = null;
  let sliced = 0;
  const wanted = worthReading(sought.table, () => {
    insertId = null;
  });
  const found = (
    listed: ListedEvent,
    row: RowChange | null,
    touch: Pick<Touch, 'match' | 'effect' | 'kind' | 'text'>,
  ): Touch | null => {
    const { event } = listed;
    const isAlike = sameAs(failed, listed, row);
    const isThere = isAlike && samePlace(failed, listed);
    const isSourcesOwn = bounds.log !== 'own-binlog' && event.serverId === bounds.sourceId;
    const isSame = isThere || (isAlike && !(isSourcesOwn && listed.gtid === null));
    // The source's own copy of the failing event is no other one
    if (isThere && bounds.log === 'source-binlog') return null;
    const isOwn = bounds.ownIds.includes(event.serverId);
    if (isOwn && bounds.until !== null && event.timestamp > bounds.until) return null;
    return {
      log: bounds.log,
      path: listed.path,
      offset: event.offset,
      length: listed.outer.size,
      source: bounds.log === 'relay-log' ? endOf(listed) : null,
      serverId: event.serverId,
      timestamp: listed.time,
      gtid: listed.gtid,
      same: isSame ? (isThere ? 'same-place' : 'elsewhere') : null,
      ...touch,
    };
  };
  for (const listed of readListed(log, false, onDamage, wanted)) {
    const { event, body, table } = listed;
    if (event.offset - sliced >= SLICE) {
      sliced = event.offset;
      yield sliced;
    }
    if (bounds.endOffset !== null && event.offset >= bounds.endOffset) return;
    if (bounds.endPosition !== null && listed.log !== null && listed.begin !== null) {
      const here = { file: listed.log, position: listed.begin };
      if (compareCoordinates(here, bounds.endPosition) >= 0) return;
    }
    if (body?.type === 'intvar' && body.kind === 'insert-id') insertId = String(body.value);
    else if (body?.type === 'rows') {
      if (table === null || !sameName(tableName(listed), sought.table) || sought.isDefinition)
        continue;
      for (const row of changedRows(listed)) {
        const how = key ? touches(key, row, table) : quoted && holdsValue(row, table, quoted);
        if (!how) continue;
        const text = shownChange(row, table, search.redact);
        const touch = found(listed, row, { ...how, kind: KINDS[body.kind], text });
        if (touch) yield touch;
      }
    } else if (isChange(listed)) {
      const how = statementTouch(listed, sought, insertId);
      insertId = null;
      if (!how) continue;
      const text = search.redact ? HIDDEN_STATEMENT : cut(listed.statement ?? '');
      const touch = found(listed, null, { ...how, kind: 'statement', text });
      if (touch) yield touch;
    }
  }
}
