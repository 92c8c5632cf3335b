import { defineEvent } from '../define-event.ts';

/** The source could not log what happened: a replica stops here. Code 1: events were lost. */
export const incident = defineEvent({
  name: 'incident',
  codes: [26],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Incident_event',
  read: (f) => ({
    code: f.u16('incident'),
    message: f.text('message', f.u8('message_length')),
  }),
});
