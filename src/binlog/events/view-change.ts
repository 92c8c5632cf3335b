import { defineEvent } from '../define-event.ts';

const VIEW_ID_BYTES = 40;
/** `u16` and `u32`: lengths of a key and of its value. */
const SMALLEST_ENTRY = 6;

/**
 * The members of a group changed: the state from which certification goes on. Values are views of the
 * event's bytes; each is a GTID set in the layout of previous-gtids, or part of the group's own state.
 */
export const viewChange = defineEvent({
  name: 'view-change',
  codes: [37],
  source: 'MySQL libs/mysql/binlog/event/control_events.h View_change_event',
  read: (f) => {
    const viewId = f.text('view_id', VIEW_ID_BYTES).replace(/\0[^]*$/, '');
    const sequenceNumber = f.u64('seq_number');
    const count = f.u32('certification_info_len');
    if (count > f.remaining / SMALLEST_ENTRY) {
      throw f.malformed('certification_info_len', `${count} entries in ${f.remaining} bytes`);
    }
    const certificationInfo = Array.from({ length: count }, () => ({
      key: f.text('certification_info_key', f.u16('certification_info_key_len')),
      value: f.bytes('certification_info_value', f.u32('certification_info_value_len')),
    }));
    return { viewId, sequenceNumber, certificationInfo };
  },
});
