import type { Server } from './evidence.ts';
import { replicaStatuses } from './replica-statuses.ts';
import type { ThreadReport } from './thread-reports.ts';

/** A filter of the replica that leaves a table out, as a status of the channel names it. */
export interface ReplicaFilter {
  /** As SHOW SLAVE STATUS calls it: `Replicate_Ignore_Table`. */
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly offset: number;
}

/** ER_NO_SUCH_TABLE: the table that an error misses, as it names it. */
export const missingTable = ({ text }: Pick<ThreadReport, 'text'>): string | null =>
  /Table '([^'.]{1,64}\.[^']{1,64})' doesn't exist/.exec(text)?.[1] ?? null;

/** `db.table`; null where no status names a filter that leaves it out. */
export const filterOf = (server: Server, channel: string, table: string): ReplicaFilter | null => {
  const view = server.channels.find(({ name }) => name === channel);
  const moment = view && replicaStatuses(server, view).at(-1);
  if (!moment) return null;
  const { row, path } = moment;
  const [database = ''] = table.split('.');
  const leavesOut = [
    ['Replicate_Ignore_Table', 'ignoreTables', (name: string) => name === table],
    ['Replicate_Wild_Ignore_Table', 'wildIgnoreTables', (name: string) => isLike(table, name)],
    ['Replicate_Ignore_DB', 'ignoreDatabases', (name: string) => name === database],
  ] as const;
  for (const [name, field, matches] of leavesOut) {
    const value = row[field]?.find(matches);
    if (value !== undefined) return { name, value, path, offset: row.offsets[field] ?? row.offset };
  }
  return null;
};

/** The patterns of LIKE: `%`, `_`, and a backslash before one that is meant as it is. */
const isLike = (text: string, pattern: string): boolean => {
  const source = pattern.replaceAll(/\\(.)|([%_])|([^\w\s])/g, (_all, plain, wild, sign) =>
    wild === undefined
      ? `\\u{${String(plain ?? sign)
          .codePointAt(0)
          ?.toString(16)}}`
      : wild === '%'
        ? '.*'
        : '.',
  );
  return new RegExp(`^${source}$`, 'su').test(text);
};
