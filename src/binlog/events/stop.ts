import { defineEvent } from '../define-event.ts';

/** The end of a log whose server was shut down in order. */
export const stop = defineEvent({
  name: 'stop',
  codes: [3],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Stop_event',
  read: () => ({}),
});
