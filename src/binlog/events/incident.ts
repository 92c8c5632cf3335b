import { defineEvent } from '../define-event.ts';

/**
 * Names of the codes. Source: MySQL sql/log_event.cc and MariaDB sql/log_event.cc
 * `Incident_log_event::description`.
 */
const NAMES: Readonly<Record<number, string>> = { 0: 'NOTHING', 1: 'LOST_EVENTS' };

/** The source could not log what happened: a replica stops here. Code 1: events were lost. */
export const incident = defineEvent({
  name: 'incident',
  codes: [26],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Incident_event',
  read: (f) => {
    const code = f.u16('incident');
    return {
      code,
      /** As the servers call the code; null for one they do not know. */
      name: NAMES[code] ?? null,
      message: f.text('message', f.u8('message_length')),
    };
  },
});
