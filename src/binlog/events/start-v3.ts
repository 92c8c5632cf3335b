import { defineEvent } from '../define-event.ts';

/**
 * Post-header lengths of a log that a start event opens, by `type - 1`: such a log does not announce
 * them. In format v1 (3.23) a rotate event has none either.
 * Source: MySQL 5.1 sql/log_event.cc `Format_description_log_event` constructor.
 */
export const V3_POST_HEADER_LENGTHS: readonly number[] = [
  56, 11, 0, 8, 0, 18, 0, 4, 4, 4, 4, 18, 0, 0,
];

/** Opens a log of a server before 5.0. */
export const startV3 = defineEvent({
  name: 'start-v3',
  codes: [1],
  source: 'MySQL 5.1 sql/log_event.h Start_log_event_v3',
  read: (f) => ({
    binlogVersion: f.u16('binlog_version'),
    serverVersion: f.text('server_version', 50).replace(/\0[^]*$/, ''),
    /** Seconds since 1970. */
    created: f.u32('create_timestamp'),
  }),
});
