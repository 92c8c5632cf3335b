import type { EventFilter } from '../../src/listing/event-filter.ts';
import type { EventsOptions } from '../../src/listing/list-events.ts';

/** A filter that asks for nothing in particular. */
export const noFilter: EventFilter = {
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

/** Every event with its rows and fields. */
export const everything: EventsOptions = {
  format: 'table',
  filter: noFilter,
  limit: null,
  rows: true,
  trace: true,
  verbose: true,
  raw: false,
};
