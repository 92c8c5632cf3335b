import { defineEvent } from '../define-event.ts';

/** Source: MySQL libs/mysql/binlog/event/codecs/binary.cpp `Heartbeat::fields`. */
const FIELD = { END: 0n, LOG_NAME: 1n, POSITION: 2n } as const;

/** A sign of life with a position beyond 4 GiB: MySQL 8.0.27+. Null: the field is not there. */
export const heartbeatV2 = defineEvent({
  name: 'heartbeat-v2',
  codes: [41],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Heartbeat_event_v2',
  read: (f) => {
    let logName: string | null = null;
    let position: bigint | null = null;
    while (f.remaining > 0) {
      const type = f.lenenc('field_type');
      if (type === FIELD.END) break;
      const length = f.lenencLength('field_length');
      const end = f.remaining - length;
      if (type === FIELD.LOG_NAME) logName = f.text('log_filename', length);
      else if (type === FIELD.POSITION) position = f.lenenc('log_position');
      else f.skip('unknown_field', length);
      if (f.remaining !== end) throw f.malformed('field_length', `${length} is not its length`);
    }
    return { logName, position };
  },
});
