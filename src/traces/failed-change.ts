import type { LogDamage } from '../binlog/damage.ts';
import { isRows } from '../binlog/event-type.ts';
import { classifyQuery } from '../binlog/query-text.ts';
import type { RowChange } from '../binlog/values/row-image.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import { type LogToList, readListed } from '../listing/read-listed.ts';
import { changedRows, tableName } from './changed-rows.ts';

/** How an error names its event. */
export type Place =
  | { readonly by: 'end'; readonly offset: number }
  /** The group that begins here, or behind it. */
  | { readonly by: 'group'; readonly offset: number }
  | { readonly by: 'gtid'; readonly gtid: string };

/** What the error says of the event that it names. */
export interface Hints {
  readonly table: string | null;
  /** `Write_rows_v1` */
  readonly eventType: string | null;
  /** All of the error: it may quote the statement. */
  readonly text: string;
}

/** The event that could not be applied, and its rows as far as they are read. */
export interface FailedChange {
  readonly listed: ListedEvent;
  readonly rows: readonly RowChange[];
  /** Of an INSERT with AUTO_INCREMENT. */
  readonly insertId: string | null;
  /** Where its transaction begins in the file. */
  readonly begin: number | null;
}

/** Rows of the failing event that are looked at. */
const ROWS = 10_000;
/** Bytes between two places where others may do something. */
const SLICE = 64 << 20;

/** A BEGIN behind one of these opens the same transaction. */
const GTIDS: ReadonlySet<string> = new Set(['gtid', 'gtid-tagged', 'mariadb-gtid']);

/** Does it change something itself? What only tells of a statement does not. */
export const isChange = ({ body, statement }: ListedEvent): boolean =>
  body?.type === 'rows' ||
  (statement !== null &&
    body?.type !== 'rows-query' &&
    body?.type !== 'annotate-rows' &&
    classifyQuery(statement) === 'other');

const isBegin = (statement: string): boolean => classifyQuery(statement) === 'begin';

const isEnd = ({ body, statement }: ListedEvent): boolean =>
  body?.type === 'xid' ||
  body?.type === 'xa-prepare' ||
  (statement !== null && /^(?:commit|rollback)$/.test(classifyQuery(statement)));

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Characters of a statement that errors quote for sure: `MAX_SLAVE_ERRMSG` 1024 holds them and the rest. */
const QUOTED = 200;

const fits = (listed: ListedEvent, { table, eventType, text }: Hints): boolean => {
  if (listed.body?.type !== 'rows') {
    return listed.statement !== null && text.includes(flat(listed.statement).slice(0, QUOTED));
  }
  const kind = /^(Write|Update|Delete)/i.exec(eventType ?? '')?.[1]?.toLowerCase();
  return (
    (table === null || tableName(listed)?.toLowerCase() === table.toLowerCase()) &&
    (kind === undefined || listed.body.kind === kind)
  );
};

/**
 * Reads a relay log to the event that an error names; yields the bytes done. Null where the log does
 * not hold it, and where nothing tells which event of the group it was. Throws a `MalformedError` for
 * what is no log.
 */
export function* findFailed(
  log: LogToList,
  place: Place,
  hints: Hints,
  onDamage: (damage: LogDamage) => void,
): Generator<number, FailedChange | null> {
  let inGroup = false;
  let begin: number | null = null;
  let hasGtid = false;
  let insertId: string | null = null;
  let sliced = 0;
  const seen: FailedChange[] = [];
  const take = (listed: ListedEvent): void => {
    const rows: RowChange[] = [];
    for (const row of changedRows(listed)) if (rows.push(row) >= ROWS) break;
    seen.push({ listed, rows, insertId, begin });
  };
  const events = readListed(log, false, onDamage, ({ typeCode, offset, size }) => {
    if (!isRows(typeCode)) return true;
    return place.by === 'end' ? offset + size === place.offset : inGroup;
  });
  for (const listed of events) {
    const { event, outer, body } = listed;
    if (event.offset - sliced >= SLICE) {
      sliced = event.offset;
      yield sliced;
    }
    if (body !== null && GTIDS.has(body.type)) {
      begin = event.offset;
      hasGtid = true;
    } else if (!hasGtid && listed.statement !== null && isBegin(listed.statement)) {
      begin = event.offset;
    }
    if (place.by === 'end') {
      if (event.offset >= place.offset) break;
      // Of a compressed transaction the error names the end of the whole
      if (outer.offset + outer.size === place.offset && isChange(listed)) take(listed);
    } else {
      if (place.by === 'group') inGroup = event.offset >= place.offset;
      else inGroup = listed.gtid === place.gtid;
      if (inGroup && isChange(listed)) take(listed);
      if (seen.length > 0 && (!inGroup || isEnd(listed))) break;
    }
    if (body?.type === 'intvar' && body.kind === 'insert-id') insertId = String(body.value);
    else if (isChange(listed)) insertId = null;
    if (isEnd(listed)) {
      begin = null;
      hasGtid = false;
    }
  }
  const fitting = seen.filter(({ listed }) => fits(listed, hints));
  return fitting[0] ?? (seen.length === 1 ? (seen[0] ?? null) : null);
}
