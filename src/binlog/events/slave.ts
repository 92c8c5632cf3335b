import { defineEvent } from '../define-event.ts';

/** A replica's place in its source, as 3.23 noted it in its own log; no server writes it since 4.0. */
export const slave = defineEvent({
  name: 'slave',
  codes: [7],
  source: 'MySQL 5.1 sql/log_event.cc Slave_log_event::init_from_mem_pool',
  read: (f) => ({
    sourcePosition: f.u64('master_pos'),
    sourcePort: f.u16('master_port'),
    sourceHost: f.textUntilNul('master_host'),
    sourceLogName: f.textUntilNul('master_log'),
  }),
});
