import { defineEvent } from '../define-event.ts';

/** A further part of the file of a LOAD DATA statement; a view of the event's bytes. */
export const appendBlock = defineEvent({
  name: 'append-block',
  codes: [9],
  source: 'MySQL libs/mysql/binlog/event/load_data_events.h Append_block_event',
  read: (f) => ({ fileId: f.u32('file_id'), block: f.bytes('block', f.remaining) }),
});
