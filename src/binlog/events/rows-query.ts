import { defineEvent } from '../define-event.ts';

/** The statement that the rows after it came from. Its length byte wraps at 256 and says nothing. */
export const rowsQuery = defineEvent({
  name: 'rows-query',
  codes: [29],
  source: 'MySQL libs/mysql/binlog/event/rows_event.h Rows_query_event',
  read: (f) => {
    f.skip('length', 1);
    /** A view of the event's bytes. */
    return { sql: f.bytes('rows_query', f.remaining) };
  },
});
