import { defineEvent } from '../define-event.ts';

/** What RAND() of the next statement starts from. */
export const rand = defineEvent({
  name: 'rand',
  codes: [13],
  source: 'MySQL libs/mysql/binlog/event/statement_events.h Rand_event',
  read: (f) => ({ seed1: f.u64('seed1'), seed2: f.u64('seed2') }),
});
