import { defineEvent } from '../define-event.ts';
import type { FlagTable } from '../flag-names.ts';

/** Bits of `flags`. Source: MariaDB sql/log_event.h `Partial_rows_log_event`. */
export const PARTIAL_ROW_DATA_FLAGS: FlagTable = [[0x1, 'FL_ORIG_EVENT_SIZE']];

const ORIGINAL_SIZE_FOLLOWS = 1;

/**
 * A part of a rows event that was too large for one: the parts in a row make it whole again, its own
 * 19-byte header with it. `originalSize` counts all of it, and stands in the first part alone.
 *
 * Descriptions of the layout disagree on which of the two numbers comes first, the part's own or the
 * count of parts. Own numbers begin at 1 and never exceed the count, so the smaller is the own one.
 */
export const partialRowData = defineEvent({
  name: 'partial-row-data',
  codes: [172],
  source: 'MariaDB 12.3 sql/log_event.h Partial_rows_log_event (MDEV-32570)',
  read: (f) => {
    const numbers = [f.u32('seq_no'), f.u32('total_fragments')] as const;
    const sequence = Math.min(...numbers);
    if (sequence === 0) throw f.malformed('seq_no', 'parts are numbered from 1');
    const flags = f.u8('flags');
    return {
      sequence,
      fragments: Math.max(...numbers),
      flags,
      originalSize: flags & ORIGINAL_SIZE_FOLLOWS ? f.u64('original_event_size') : null,
      /** A view of the event's bytes. */
      fragment: f.bytes('fragment', f.remaining),
    };
  },
});
