import { defineEvent } from '../define-event.ts';

/** The commit of a transaction. The number is the writing server's own, in its byte order. */
export const xid = defineEvent({
  name: 'xid',
  codes: [16],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Xid_event',
  read: (f) => ({ xid: f.u64('xid') }),
});
