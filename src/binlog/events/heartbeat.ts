import { defineEvent } from '../define-event.ts';

/** A sign of life on the wire, never in a log. The position it tells is in the event header. */
export const heartbeat = defineEvent({
  name: 'heartbeat',
  codes: [27],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Heartbeat_event',
  read: (f) => ({ logName: f.text('log_ident', f.remaining) }),
});
