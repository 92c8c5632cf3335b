import { type LogCoordinates, splitLogName } from '../binlog/coordinates.ts';
import { tablesNamed } from '../binlog/query-text.ts';
import type { GtidChoice } from './gtid-choice.ts';
import type { ListedEvent } from './listed-event.ts';

/** What shall be listed; what is null or empty is not asked for, the others must all hold. */
export interface EventFilter {
  readonly typeCodes: ReadonlySet<number>;
  readonly serverIds: ReadonlySet<number>;
  readonly gtids: GtidChoice | null;
  readonly threadIds: ReadonlySet<number>;
  readonly databases: ReadonlySet<string>;
  /** `db.table`, or `table` in any database. */
  readonly tables: ReadonlySet<string>;
  /** Unix seconds; `until` is exclusive. */
  readonly since: number | null;
  readonly until: number | null;
  /** Of the file that is read, or of the source's log; `to` is exclusive. */
  readonly from: LogCoordinates | null;
  readonly to: LogCoordinates | null;
}

const asked = <T>(wanted: ReadonlySet<T>, has: () => T | null): boolean => {
  if (wanted.size === 0) return true;
  const value = has();
  return value !== null && wanted.has(value);
};

/** Is this event one of those asked for? `name` is the file's, without directory. */
export const isAsked = (filter: EventFilter, listed: ListedEvent, name: string): boolean => {
  const { event } = listed;
  return (
    asked(filter.typeCodes, () => event.typeCode) &&
    asked(filter.serverIds, () => event.serverId) &&
    (filter.gtids === null || (listed.gtid !== null && filter.gtids.has(listed.gtid))) &&
    asked(filter.threadIds, () => listed.threadId) &&
    (filter.since === null || listed.time >= filter.since) &&
    (filter.until === null || listed.time < filter.until) &&
    (filter.from === null || (isBehind(listed, name, filter.from) ?? false)) &&
    (filter.to === null || !(isBehind(listed, name, filter.to) ?? true)) &&
    (filter.databases.size === 0 || databasesOf(listed).some((db) => filter.databases.has(db))) &&
    (filter.tables.size === 0 || namesOf(listed).some((table) => filter.tables.has(table)))
  );
};

/**
 * Does the event begin at or behind this place: in the file itself where that bears the name, else in
 * the log of its source? Null where the two have no common order.
 */
const isBehind = (listed: ListedEvent, name: string, at: LogCoordinates): boolean | null => {
  const inFile = compared(name, listed.event.offset, at);
  if (inFile !== null) return inFile;
  if (listed.log === null || listed.begin === null) return null;
  return compared(listed.log, listed.begin, at);
};

const compared = (name: string, position: number, at: LogCoordinates): boolean | null => {
  const one = splitLogName(name);
  const other = splitLogName(at.file);
  if (one === null || other === null) return name === at.file ? position >= at.position : null;
  if (one.base !== other.base) return null;
  if (one.number !== other.number) return one.number > other.number;
  return position >= at.position;
};

/** The default database, those that the server says are changed, and those of tables that are named. */
const databasesOf = (listed: ListedEvent): readonly string[] => {
  const { database, body } = listed;
  const changed = body && 'statusVars' in body ? (body.statusVars.updatedDatabases ?? []) : [];
  const named = tablesIn(listed).map((name) => name.slice(0, Math.max(0, name.indexOf('.'))));
  return [...(database === null ? [] : [database]), ...changed, ...named];
};

/** The tables as `db.table` and as `table`. */
const namesOf = (listed: ListedEvent): readonly string[] => {
  const { table } = listed;
  if (table) return [`${table.database}.${table.table}`, table.table];
  return tablesIn(listed).flatMap((name) => [name, name.slice(name.indexOf('.') + 1)]);
};

/** The tables that a statement names, as `db.table`. */
const tablesIn = ({ statement, database, body }: ListedEvent): readonly string[] =>
  statement !== null && body && 'statusVars' in body ? tablesNamed(statement, database ?? '') : [];
