import { defineEvent } from '../define-event.ts';

/** Runs the LOAD DATA whose file came before; servers up to 4.1. */
export const execLoad = defineEvent({
  name: 'exec-load',
  codes: [10],
  source: 'MySQL 5.1 sql/log_event.h Execute_load_log_event',
  read: (f) => ({ fileId: f.u32('file_id') }),
});
