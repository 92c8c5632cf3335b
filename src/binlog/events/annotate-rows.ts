import { defineEvent } from '../define-event.ts';

/** The statement that the rows after it came from, MariaDB. */
export const annotateRows = defineEvent({
  name: 'annotate-rows',
  codes: [160],
  source: 'MariaDB sql/log_event.h Annotate_rows_log_event',
  /** A view of the event's bytes. */
  read: (f) => ({ sql: f.bytes('query_text', f.remaining) }),
});
