import { fromBytes } from '../../src/bytes/byte-source.ts';
import type { EventFilter } from '../../src/listing/event-filter.ts';
import { StatsGatherer } from '../../src/stats/gather-stats.ts';
import type { FileStats, Stats } from '../../src/stats/stats.ts';
import type { LogBuilder } from '../support/build-log.ts';

/** Nothing is asked for in particular. */
export const ALL: EventFilter = {
  typeCodes: new Set(),
  serverIds: new Set(),
  gtids: null,
  threadIds: new Set(),
  databases: new Set(),
  tables: new Set(),
  since: null,
  until: null,
  from: null,
  to: null,
};

/** Stats of these logs, `mysql-bin.000001` and so on. */
export const statsOf = (
  logs: readonly (LogBuilder | Uint8Array)[],
  filter: Partial<EventFilter> = {},
): Stats => {
  const gatherer = new StatsGatherer({ ...ALL, ...filter }, () => undefined);
  for (const [i, log] of logs.entries()) {
    const name = `mysql-bin.${String(i + 1).padStart(6, '0')}`;
    const source = fromBytes(log instanceof Uint8Array ? log : log.bytes());
    gatherer.add({ path: `db1/${name}`, name, source });
  }
  return gatherer.finish();
};

/** Stats of the one file. */
export const fileOf = (
  log: LogBuilder | Uint8Array,
  filter: Partial<EventFilter> = {},
): FileStats => {
  const [file] = statsOf([log], filter).files;
  if (!file) throw new Error('no file was summed up');
  return file;
};
