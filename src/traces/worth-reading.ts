import { EVENT, isRows } from '../binlog/event-type.ts';
import type { LogEvent } from '../binlog/read-log.ts';

/** Types that say nothing of a table, and nothing that later events need. */
const SILENT: ReadonlySet<number> = new Set([
  EVENT.XID,
  EVENT.XA_PREPARE,
  EVENT.RAND,
  EVENT.USER_VAR,
  EVENT.ROWS_QUERY,
  EVENT.ANNOTATE_ROWS,
  EVENT.BINLOG_CHECKPOINT,
  EVENT.HEARTBEAT,
  EVENT.HEARTBEAT_V2,
  EVENT.IGNORABLE,
]);

const PLAIN_NAME = /^[\w$]+$/;

/**
 * Tells by an event's bytes whether it can concern a table, `db.table`: most of a large log does not,
 * and is passed over unread. `onPassed` is told of a statement that is.
 */
export const worthReading = (
  name: string,
  onPassed: () => void,
): ((event: LogEvent) => boolean) => {
  const dot = name.indexOf('.');
  const [database, table] = [name.slice(0, dot), name.slice(dot + 1)].map((part) =>
    part.toLowerCase(),
  ) as [string, string];
  const isPlain = PLAIN_NAME.test(database) && PLAIN_NAME.test(table);
  const concerns = (event: LogEvent): boolean => {
    const bytes = event.bytes().toString('latin1').toLowerCase();
    return bytes.includes(table) || (bytes.includes(database) && /database|schema/.test(bytes));
  };
  let isNear = false;
  return (event) => {
    const { typeCode } = event;
    if (isRows(typeCode)) return isNear;
    if (typeCode === EVENT.TABLE_MAP) {
      // Rows stand right behind the maps of their statement's tables
      const isIts = !isPlain || concerns(event);
      isNear ||= isIts;
      return isIts;
    }
    isNear = false;
    if (SILENT.has(typeCode)) return false;
    if (typeCode !== EVENT.QUERY || !isPlain || concerns(event)) return true;
    onPassed();
    return false;
  };
};
