import { defineEvent } from '../define-event.ts';

/** Something that any reader may pass over; a view of the event's bytes, which mean nothing here. */
export const ignorable = defineEvent({
  name: 'ignorable',
  codes: [28],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Ignorable_event',
  read: (f) => ({ payload: f.bytes('payload', f.remaining) }),
});
