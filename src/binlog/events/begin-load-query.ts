import { defineEvent } from '../define-event.ts';

/** The first part of the file of a LOAD DATA statement; a view of the event's bytes. */
export const beginLoadQuery = defineEvent({
  name: 'begin-load-query',
  codes: [17],
  source: 'MySQL libs/mysql/binlog/event/load_data_events.h Begin_load_query_event',
  read: (f) => ({ fileId: f.u32('file_id'), block: f.bytes('block', f.remaining) }),
});
