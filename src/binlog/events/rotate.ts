import { defineEvent } from '../define-event.ts';

/**
 * The last event of a log: names the next one. Also sent, artificial, at the head of every dump.
 * Before 5.0 a log of format v1 has no position there; such bodies are not read here.
 */
export const rotate = defineEvent({
  name: 'rotate',
  codes: [4],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Rotate_event',
  read: (f) => ({
    /** Where the next log begins, or where the replica asked to begin. */
    position: f.u64('position'),
    nextLogName: f.text('new_log_ident', f.remaining),
  }),
});
